package decaylab.ui;

import decaylab.ui.base.Texts;
import decaylab.ui.keys.Keys;
import decaylab.ui.look.Zoom;
import decaylab.ui.presenter.PresenterModel;
import java.util.function.Supplier;
import javafx.beans.value.ObservableDoubleValue;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The presenter's notes in a window of their own: on another screen where there is one. */
final class PresenterWindow {
    private static final double WIDTH = 760;
    private static final double HEIGHT = 560;

    private final Stage main;
    private final Look look;
    private final PresenterModel model;
    private final ObservableDoubleValue size;
    private final Texts texts;
    private final Supplier<Parent> view;
    private final Keys keys;
    private @Nullable Stage stage;

    /**
     * @param main the window that the class sees
     * @param size of words
     * @param view makes what it shows
     * @param keys do here what they do in the main window
     */
    PresenterWindow(
            Stage main,
            Look look,
            PresenterModel model,
            ObservableDoubleValue size,
            Texts texts,
            Supplier<Parent> view,
            Keys keys) {
        this.main = main;
        this.look = look;
        this.model = model;
        this.size = size;
        this.texts = texts;
        this.view = view;
        this.keys = keys;
    }

    /** Shows it, or brings it to the front. */
    void show() {
        Stage shown = stage;
        if (shown == null) {
            shown = make();
            stage = shown;
        }
        if (!shown.isShowing()) {
            model.begin();
            shown.show();
        }
        shown.toFront();
    }

    private Stage make() {
        Stage made = new Stage();
        made.setTitle(texts.of("presenter.title"));
        made.getIcons().setAll(AppIcon.sizes());
        Scene scene = new Scene(new Zoom(view.get(), size), WIDTH, HEIGHT);
        look.dress(scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (keys.act(event, true)) {
                event.consume();
            }
        });
        made.setScene(scene);
        Rectangle2D seen = new Rectangle2D(main.getX(), main.getY(), main.getWidth(), main.getHeight());
        Screen.getScreens().stream()
                .map(Screen::getVisualBounds)
                .filter(screen -> !screen.intersects(seen))
                .findFirst()
                .ifPresent(screen -> {
                    made.setX(screen.getMinX() + (screen.getWidth() - WIDTH) / 2);
                    made.setY(screen.getMinY() + (screen.getHeight() - HEIGHT) / 2);
                });
        return made;
    }

    /** Once a frame. */
    void pulse() {
        if (stage != null && stage.isShowing()) {
            model.pulse();
        }
    }

    void close() {
        if (stage != null) {
            stage.hide();
        }
    }
}
