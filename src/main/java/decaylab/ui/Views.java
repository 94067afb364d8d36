package decaylab.ui;

import decaylab.ui.base.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.function.Supplier;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/** Loads FXML; each controller is made by its constructor, by whoever knows what it needs. */
final class Views {
    private final Texts texts;
    private final Map<Class<?>, Supplier<?>> controllers;

    /** @param controllers how each is made */
    Views(Texts texts, Map<Class<?>, Supplier<?>> controllers) {
        this.texts = texts;
        this.controllers = Map.copyOf(controllers);
    }

    /** A view by the path of its file under this package. */
    Parent load(String path) {
        FXMLLoader loader = new FXMLLoader(resource(path), texts.bundle());
        loader.setControllerFactory(this::controller);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("the view " + path + " is damaged", e);
        }
    }

    private Object controller(Class<?> type) {
        Supplier<?> maker = controllers.get(type);
        if (maker == null) {
            throw new IllegalStateException("nobody makes a " + type.getName());
        }
        return maker.get();
    }

    static URL resource(String path) {
        URL url = Views.class.getResource(path);
        if (url == null) {
            throw new IllegalStateException("the lab's file " + path + " is missing");
        }
        return url;
    }
}
