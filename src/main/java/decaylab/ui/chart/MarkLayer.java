package decaylab.ui.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Line;

/**
 * Lines and words laid over a painted chart. The nodes are kept from frame to frame and only moved: to make and style new
 * ones for every frame costs the window's thread more than all else that a frame does.
 */
final class MarkLayer {
    private static final int ROWS = 4;
    private static final double ROW_HEIGHT = 14;
    /** Of a letter of a flag, about. */
    private static final double LETTER = 5.8;

    private final Pane pane;
    private final Map<String, Pool<Line>> lines = new HashMap<>();
    private final Map<String, Pool<Label>> labels = new HashMap<>();
    private final Set<List<Object>> drawn = new HashSet<>();
    private final double[] ends = new double[ROWS];

    /** Nodes of one style, the first of them in use. */
    private static final class Pool<T extends Node> {
        private final List<T> nodes = new ArrayList<>();
        private int used;
    }

    /** @param pane that shows them, above what it shows already */
    MarkLayer(Pane pane) {
        this.pane = pane;
    }

    /** Starts a frame: what is not asked for again until {@link #end} disappears. */
    void begin() {
        lines.values().forEach(pool -> pool.used = 0);
        labels.values().forEach(pool -> pool.used = 0);
        drawn.clear();
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
    }

    /**
     * A vertical line with words at its upper end; several with the same words at the same place are one.
     *
     * @param style class of the line and, with "-flag" for "-line", of the words
     * @param x of the line
     * @param area of the data
     */
    void flagged(String style, String words, double x, PlotFrame.Area area) {
        if (!drawn.add(List.of(style, words, Math.round(x)))) {
            return;
        }
        Line line = next(lines, style + "-line", Line::new);
        line.setStartX(x);
        line.setEndX(x);
        line.setStartY(area.y());
        line.setEndY(area.y() + area.height());
        double width = words.length() * LETTER + 8;
        double left = Math.max(area.x(), Math.min(x + 2, area.x() + area.width() - width));
        int row = 0;
        while (row < ROWS - 1 && ends[row] > left) {
            row++;
        }
        ends[row] = Math.max(ends[row], left + width);
        label(style + "-flag", words, left, area.y() + (row - 1) * ROW_HEIGHT);
    }

    /** Words in a colour of their own, as 0xRRGGBB. */
    void words(String style, String words, double x, double y, int colour) {
        label(style, words, x, y).setTextFill(Color.rgb(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF));
    }

    private Label label(String style, String words, double x, double y) {
        Label label = next(labels, style, Label::new);
        label.setText(words);
        label.relocate(x, y);
        return label;
    }

    private <T extends Node> T next(Map<String, Pool<T>> pools, String style, Supplier<T> maker) {
        Pool<T> pool = pools.computeIfAbsent(style, s -> new Pool<>());
        if (pool.used == pool.nodes.size()) {
            T made = maker.get();
            made.getStyleClass().add(style);
            pool.nodes.add(made);
            pane.getChildren().add(made);
        }
        T node = pool.nodes.get(pool.used++);
        node.setVisible(true);
        return node;
    }

    /** Ends a frame. */
    void end() {
        lines.values().forEach(MarkLayer::hideRest);
        labels.values().forEach(MarkLayer::hideRest);
    }

    private static void hideRest(Pool<? extends Node> pool) {
        pool.nodes.subList(pool.used, pool.nodes.size()).forEach(node -> node.setVisible(false));
    }
}
