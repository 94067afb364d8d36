package decaylab.ui.base;

import atlantafx.base.controls.Popover;
import decaylab.ui.look.Zoom;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;

/** Small windows beside a node, all alike: no head, gone with Escape or a click elsewhere. */
public final class Popovers {
    private Popovers() {}

    /**
     * Shows one beside a node, at its right where words run from left to right, at its left otherwise. A popover finds its place by
     * the screen's directions, so it keeps them, and its content alone has the window's.
     */
    public static void show(Node content, Node owner) {
        Popover popover = of(content);
        if (owner.getScene() != null
                && owner.getScene().getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT) {
            popover.setArrowLocation(Popover.ArrowLocation.RIGHT_TOP);
            popover.getRoot().setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
            content.setNodeOrientation(NodeOrientation.RIGHT_TO_LEFT);
        }
        popover.show(owner);
    }

    /** Makes one, which is then to be shown. */
    public static Popover of(Node content) {
        DoubleProperty size = new SimpleDoubleProperty(1);
        Popover popover = new Popover(new Zoom(content, size));
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
        popover.setOnShowing(event -> {
            if (popover.getOwnerNode() != null) {
                size.set(Zoom.of(popover.getOwnerNode()));
            }
        });
        return popover;
    }
}
