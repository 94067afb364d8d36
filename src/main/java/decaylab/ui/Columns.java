package decaylab.ui;

import java.util.ArrayList;
import java.util.List;
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
    private boolean designerGone;
    private boolean sideGone;
    private boolean fitting;

    /** @param lessons whether a lesson takes the place of the designer */
    Columns(
            SplitPane columns,
            Node lesson,
            Node designer,
            Node middle,
            Node side,
            WindowModel window,
            ObservableBooleanValue lessons) {
        this.lesson = lesson;
        this.lessons = lessons;
        this.columns = columns;
        this.designer = designer;
        this.middle = middle;
        this.side = side;
        this.window = window;
        SplitPane.setResizableWithParent(lesson, false);
        SplitPane.setResizableWithParent(designer, false);
        SplitPane.setResizableWithParent(side, false);
        window.designerShown().addListener((observable, before, now) -> {
            designerGone &= fitting;
            arrange();
        });
        window.sideShown().addListener((observable, before, now) -> {
            sideGone &= fitting;
            arrange();
        });
        lessons.addListener((observable, before, now) -> arrange());
        window.projector().addListener((observable, before, now) -> arrange());
        window.zoom().addListener((observable, before, now) -> fit());
        columns.sceneProperty().addListener((observable, before, now) -> {
            if (now != null) {
                now.widthProperty().addListener((width, old, wide) -> fit());
                fit();
            }
        });
        arrange();
    }

    /** Takes away what no longer fits, and brings back what does again. */
    private void fit() {
        if (columns.getScene() == null || window.projector().get()) {
            return;
        }
        double room = columns.getScene().getWidth() / window.textScale().get();
        fitting = true;
        boolean narrow = window.textScale().get() > 1;
        if (narrow && room < ROOM_FOR_SIDE && window.sideShown().get() && !sideGone) {
            sideGone = true;
            window.sideShown().set(false);
        } else if (sideGone && (!narrow || room >= ROOM_FOR_SIDE)) {
            sideGone = false;
            window.sideShown().set(true);
        }
        if (narrow && room < ROOM_FOR_DESIGNER && window.designerShown().get() && !designerGone) {
            designerGone = true;
            window.designerShown().set(false);
        } else if (designerGone && (!narrow || room >= ROOM_FOR_DESIGNER)) {
            designerGone = false;
            window.designerShown().set(true);
        }
        fitting = false;
    }

    private void arrange() {
        boolean alone = window.projector().get();
        List<Node> shown = new ArrayList<>();
        if (lessons.get()) {
            shown.add(lesson); // also on the projector: it is what the class works on
        } else if (window.designerShown().get() && !alone) {
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
