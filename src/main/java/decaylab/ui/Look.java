package decaylab.ui;

import decaylab.ui.look.SizedCss;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.scene.Parent;
import javafx.scene.Scene;

/** Gives every scene and dialog the lab's stylesheets: the common one, the colours of high contrast, the size of menus. */
final class Look {
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final PseudoClass CONTRAST = PseudoClass.getPseudoClass("contrast");

    private final WindowModel window;
    private final String popups;
    private final String sheet;
    private final NodeOrientation orientation;

    /**
     * @param sheet address of the lab's style sheet, in the letters of the language
     * @param orientation of the language
     */
    Look(WindowModel window, String sheet, NodeOrientation orientation) {
        this.window = window;
        this.sheet = sheet;
        this.orientation = orientation;
        try (InputStream in = Views.resource("popups.css").openStream()) {
            popups = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the lab's file popups.css is damaged", e);
        }
    }

    /** Dresses a scene, now and whenever the look changes. */
    void dress(Scene scene) {
        follow(scene.getStylesheets(), scene.getRoot());
        scene.setNodeOrientation(orientation); // styles the whole scene at once, so it comes after the style sheets
    }

    /** Dresses a dialog, as the window looks now. */
    void dress(Parent dialog) {
        apply(dialog.getStylesheets(), dialog);
    }

    private void follow(ObservableList<String> sheets, Parent root) {
        apply(sheets, root);
        window.zoom().addListener((observable, before, now) -> apply(sheets, root));
        window.theme().addListener((observable, before, now) -> apply(sheets, root));
    }

    private void apply(ObservableList<String> sheets, Parent root) {
        boolean dark = window.dark().get();
        boolean contrast = window.contrast().get();
        root.pseudoClassStateChanged(DARK, dark);
        root.pseudoClassStateChanged(CONTRAST, contrast);
        List<String> wanted = new ArrayList<>();
        wanted.add(sheet);
        if (contrast) {
            wanted.add(Views.resource(dark ? "contrast-dark.css" : "contrast-light.css")
                    .toExternalForm());
        }
        double size = window.zoom().get();
        if (size != 1) {
            wanted.add(SizedCss.address(SizedCss.times(popups, size)));
        }
        if (!sheets.equals(wanted)) {
            sheets.setAll(wanted);
        }
    }
}
