package decaylab.ui.base;

import javafx.geometry.NodeOrientation;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;

/** Puts icons on controls, with the words that a screen reader and a tooltip need instead. */
public final class Icons {
    private Icons() {}

    /** An icon without words on it; the words become tooltip and accessible text. */
    public static void only(Labeled control, Ikon icon, String words) {
        control.setText("");
        control.setGraphic(new FontIcon(icon));
        describe(control, words);
    }

    /** The arrow that points to where one came from: against the direction of words. */
    public static Ikon back(Texts texts) {
        return texts.orientation() == NodeOrientation.RIGHT_TO_LEFT
                ? Material2AL.ARROW_FORWARD
                : Material2AL.ARROW_BACK;
    }

    /** Words for whoever does not see, or hovers. */
    public static void describe(javafx.scene.control.Control control, String words) {
        control.setAccessibleText(words);
        control.setTooltip(new Tooltip(words));
    }
}
