package decaylab.ui.inspect;

import decaylab.ui.base.Numbers;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import org.jspecify.annotations.Nullable;

/** A small plot: now filled, an earlier step as an outline over it, on one axis. */
final class BarsPlot extends Region {
    private static final double TITLE = 20;
    private static final double AXIS = 18;
    private static final double EDGE = 10;
    private static final double HEIGHT = 118;

    private final Label title = new Label();
    private final Label left = new Label();
    private final Label right = new Label();
    private final Label notice = new Label();
    private final Path filled = new Path();
    private final Path outline = new Path();
    private @Nullable Bars now;
    private @Nullable Bars then;

    /**
     * @param name above it
     * @param words how sentences run
     */
    BarsPlot(String name, NodeOrientation words) {
        title.setText(name);
        getStyleClass().add("bars-plot");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        title.getStyleClass().add("bars-title");
        left.getStyleClass().add("bars-axis");
        right.getStyleClass().add("bars-axis");
        notice.getStyleClass().add("bars-notice");
        notice.setWrapText(true);
        notice.setNodeOrientation(words);
        filled.getStyleClass().add("bars-now");
        outline.getStyleClass().add("bars-then");
        getChildren().setAll(filled, outline, title, left, right, notice);
        setPrefHeight(HEIGHT);
        setMinHeight(HEIGHT);
        setMinWidth(120);
        setPrefWidth(200);
        setAccessibleText(name);
    }

    /**
     * Shows values.
     *
     * @param current null where there are none
     * @param earlier null for none
     * @param why what is said where there are none
     */
    void show(@Nullable Bars current, @Nullable Bars earlier, String why) {
        now = current;
        then = current == null ? null : earlier;
        notice.setText(current == null ? why : "");
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth() - 2 * EDGE;
        double height = getHeight() - TITLE - AXIS - 4;
        title.resizeRelocate(EDGE, 2, width, TITLE);
        notice.resizeRelocate(EDGE, TITLE + 8, width, height);
        Bars current = now;
        boolean some = current != null && current.high() > current.low();
        filled.getElements().clear();
        outline.getElements().clear();
        left.setVisible(some);
        right.setVisible(some);
        if (current == null || !some) {
            return;
        }
        Bars earlier = then;
        double low = earlier == null ? current.low() : Math.min(current.low(), earlier.low());
        double high = earlier == null ? current.high() : Math.max(current.high(), earlier.high());
        double most = Math.max(top(current), earlier == null ? 0 : top(earlier));
        filled.getElements().setAll(steps(current, low, high, most, width, height));
        if (earlier != null && earlier.high() > earlier.low()) {
            outline.getElements().setAll(steps(earlier, low, high, most, width, height));
        }
        left.setText(Numbers.rounded(low, 3));
        right.setText(Numbers.rounded(high, 3));
        double y = getHeight() - AXIS;
        left.resizeRelocate(EDGE, y, left.prefWidth(-1), AXIS);
        double wide = right.prefWidth(-1);
        right.resizeRelocate(getWidth() - EDGE - wide, y, wide, AXIS);
    }

    private static double top(Bars bars) {
        double top = 0;
        for (double height : bars.heights()) {
            top = Math.max(top, height);
        }
        return top;
    }

    private static List<PathElement> steps(
            Bars bars, double low, double high, double most, double width, double height) {
        List<PathElement> elements = new ArrayList<>();
        double base = TITLE + height;
        double perUnit = width / (high - low);
        double part = (bars.high() - bars.low()) / bars.heights().length;
        double x = EDGE + (bars.low() - low) * perUnit;
        elements.add(new MoveTo(x, base));
        for (int i = 0; i < bars.heights().length; i++) {
            double y = base - (most > 0 ? bars.heights()[i] / most * height : 0);
            elements.add(new LineTo(x, y));
            x = EDGE + (bars.low() + (i + 1) * part - low) * perUnit;
            elements.add(new LineTo(x, y));
        }
        elements.add(new LineTo(x, base));
        return elements;
    }
}
