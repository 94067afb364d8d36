package decaylab.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;

/**
 * The columns of the window. A projector shows the middle alone; and where words become so large that the columns no longer
 * fit, those at the sides go first, and come back by themselves. Whoever asks for one all the same gets it, and scrolls.
 */
final class Columns {
    private static final double[] ALL = {0.244, 0.806};

    /** Widths at the usual size of words below which a column goes. */
    private static final double ROOM_FOR_SIDE = 1100;

    private static final double ROOM_FOR_DESIGNER = 860;

    private final SplitPane columns;
    private final Node lesson;
    private final Node designer;
    private final Node middle;
    private final Node side;
    private final WindowModel window;
    private final ObservableBooleanValue lessons;
    private final ObservableBooleanValue locked;
    private final Runnable restore = this::restoreWidths;
    private boolean fitting;
    private double[] widths = {};

    /**
     * @param lessons whether a lesson takes the place of the designer
     * @param locked whether the designer is kept from view, by a lesson that is put aside as well
     */
    Columns(
            SplitPane columns,
            Node lesson,
            Node designer,
            Node middle,
            Node side,
            WindowModel window,
            ObservableBooleanValue lessons,
            ObservableBooleanValue locked) {
        this.lesson = lesson;
        this.lessons = lessons;
        this.locked = locked;
        this.columns = columns;
        this.designer = designer;
        this.middle = middle;
        this.side = side;
        this.window = window;
        SplitPane.setResizableWithParent(lesson, false);
        SplitPane.setResizableWithParent(designer, false);
        SplitPane.setResizableWithParent(side, false);
        follow(window.designerShown(), window.designerYields());
        follow(window.sideShown(), window.sideYields());
        lessons.addListener((observable, before, now) -> arrange());
        locked.addListener((observable, before, now) -> arrange());
        window.projector().addListener((observable, before, now) -> {
            if (now) {
                widths = columns.getDividerPositions();
                arrange();
            } else {
                arrange();
                if (columns.getScene() != null) {
                    columns.getScene().addPostLayoutPulseListener(restore);
                }
            }
        });
        window.zoom().addListener((observable, before, now) -> fit());
        columns.sceneProperty().addListener((observable, before, now) -> {
            if (now != null) {
                now.widthProperty().addListener((width, old, wide) -> fit());
                fit();
            }
        });
        arrange();
    }

    private void follow(BooleanProperty shown, BooleanProperty yields) {
        shown.addListener((observable, before, now) -> {
            if (!fitting) {
                yields.set(false); // it was asked for, or sent away
            }
            arrange();
        });
    }

    /** Takes away what no longer fits, and brings back what does again. */
    private void fit() {
        if (columns.getScene() == null || window.projector().get()) {
            return;
        }
        double size = window.textScale().get();
        double room = size > 1 ? columns.getScene().getWidth() / size : Double.POSITIVE_INFINITY;
        fitting = true;
        fit(window.sideShown(), window.sideYields(), room >= ROOM_FOR_SIDE);
        fit(window.designerShown(), window.designerYields(), room >= ROOM_FOR_DESIGNER);
        fitting = false;
    }

    private static void fit(BooleanProperty shown, BooleanProperty yields, boolean fits) {
        if (!fits && shown.get() && !yields.get()) {
            yields.set(true);
            shown.set(false);
        } else if (fits && yields.get()) {
            yields.set(false);
            shown.set(true);
        }
    }

    /** Once the window has its own size again, since columns at the sides keep their pixels when it changes. */
    private void restoreWidths() {
        columns.getScene().removePostLayoutPulseListener(restore);
        if (widths.length == columns.getDividers().size()) {
            columns.setDividerPositions(widths);
        }
    }

    private void arrange() {
        boolean alone = window.projector().get();
        List<Node> shown = new ArrayList<>();
        if (lessons.get()) {
            shown.add(lesson); // also on the projector: it is what the class works on
        } else if (window.designerShown().get() && !alone && !locked.get()) {
            shown.add(designer);
        }
        shown.add(middle);
        if (window.sideShown().get() && !alone) {
            shown.add(side);
        }
        columns.getItems().setAll(shown);
        if (shown.size() == 3) {
            columns.setDividerPositions(ALL);
        } else if (shown.size() == 2) {
            columns.setDividerPositions(shown.get(0) == middle ? ALL[1] : ALL[0]);
        }
    }
}
