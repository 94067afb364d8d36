package decaylab.ui;

import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.util.Duration;
import org.controlsfx.control.NotificationPane;
import org.controlsfx.control.action.Action;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/** Notices in a bar at the foot of the window, which goes by itself or with Escape; what could not be done stays longer. */
final class PaneNotices implements Notices {
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final Duration SHOWN = Duration.seconds(8);
    private static final Duration WARNING_SHOWN = Duration.seconds(30);

    private final Texts texts;
    private final PauseTransition clock = new PauseTransition();
    private @Nullable NotificationPane pane;

    PaneNotices(Texts texts) {
        this.texts = texts;
    }

    /** Where notices appear, once the window is there. */
    void attach(NotificationPane target) {
        pane = target;
        target.setShowFromTop(false); // the menu and the decay switch stay free
        target.getStyleClass().add("notices");
        clock.setOnFinished(event -> target.hide());
    }

    @Override
    public void tell(String sentence) {
        show(sentence, false, List.of());
    }

    @Override
    public void warn(String sentence) {
        show(sentence, true, List.of());
    }

    @Override
    public void tellWithUndo(String sentence, Runnable undo) {
        offer(sentence, texts.of("runs.undo"), undo);
    }

    @Override
    public void offer(String sentence, String action, Runnable done) {
        show(sentence, false, List.of(new Action(action, event -> {
            hide();
            done.run();
        })));
    }

    /** Takes the notice away; false where there is none. */
    boolean dismiss() {
        NotificationPane target = pane;
        boolean shown = target != null && target.isShowing();
        hide();
        return shown;
    }

    private void hide() {
        NotificationPane target = pane;
        if (target != null) {
            target.hide();
        }
    }

    private void show(String sentence, boolean warning, List<Action> actions) {
        NotificationPane target = pane;
        if (target == null) {
            return;
        }
        clock.stop();
        Ikon icon = warning ? Material2MZ.WARNING : Material2AL.INFO;
        target.pseudoClassStateChanged(WARNING, warning);
        target.setGraphic(new FontIcon(icon));
        target.setText(sentence);
        target.getActions().setAll(actions);
        target.show();
        clock.setDuration(warning ? WARNING_SHOWN : SHOWN);
        clock.playFromStart();
    }
}
