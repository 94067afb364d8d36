package decaylab.ui.base;

import atlantafx.base.controls.Popover;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;

/** Small windows beside a node, all alike: no head, gone with Escape or a click elsewhere. */
public final class Popovers {
    private Popovers() {}

    /** Makes one, which is then to be shown. */
    public static Popover of(Node content) {
        Popover popover = new Popover(content);
        popover.setHeaderAlwaysVisible(false);
        popover.setDetachable(false);
        popover.setAutoHide(true);
        popover.setHideOnEscape(true);
        popover.setAnimated(false);
        content.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                popover.hide();
            }
        });
        return popover;
    }
}
