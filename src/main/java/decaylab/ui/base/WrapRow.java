package decaylab.ui.base;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Separator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/**
 * A row that becomes several where there is no room for one: children stand side by side as in an {@link HBox}, and those with
 * a growth priority share what is left over in their row. A separator or a gap is left out at the end of a row.
 */
public final class WrapRow extends HBox {
    private static final double LINE_GAP = 6;
    private static final double UNBOUNDED = 1e6;

    /** Children side by side. */
    private record Line(List<Node> nodes, double height) {}

    /** An empty row. */
    public WrapRow() {
        widthProperty().addListener((observable, before, now) -> {
            if (lines(before.doubleValue() - sides()).size()
                    != lines(now.doubleValue() - sides()).size()) {
                requestLayout(); // those who asked for its height without a width got that of the width before
            }
        });
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        double widest = 0;
        for (Node node : this.<Node>getManagedChildren()) {
            widest = Math.max(widest, least(node));
        }
        return widest + sides();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        boolean asked = width >= 0 && width < UNBOUNDED; // otherwise whoever asks does not know it yet
        double known = !asked && getWidth() > 0 ? getWidth() : width;
        double inner = known < 0 ? Double.MAX_VALUE : known - sides();
        double height = snappedTopInset() + snappedBottomInset();
        List<Line> lines = lines(inner);
        for (Line line : lines) {
            height += line.height;
        }
        return height + LINE_GAP * Math.max(0, lines.size() - 1);
    }

    private double sides() {
        return snappedLeftInset() + snappedRightInset();
    }

    private static boolean isGap(Node node) {
        return node instanceof Separator || node.getClass() == Region.class;
    }

    private static double least(Node node) {
        return HBox.getHgrow(node) == Priority.ALWAYS && !isGap(node) ? node.minWidth(-1) : wanted(node);
    }

    private static double high(Node node, double width) {
        return Math.max(node.minHeight(width), node.prefHeight(width));
    }

    private static double wanted(Node node) {
        return Math.max(node.minWidth(-1), Math.min(node.prefWidth(-1), node.maxWidth(-1)));
    }

    /** The children in rows, none wider than that where it can be helped; heights are for the widths that they get. */
    private List<Line> lines(double width) {
        List<Line> lines = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        double used = 0;
        for (Node node : this.<Node>getManagedChildren()) {
            double needs = least(node);
            if (!nodes.isEmpty() && used + getSpacing() + needs > width + 0.5) {
                close(lines, nodes, width);
                nodes = new ArrayList<>();
                used = 0;
            }
            used += needs + (nodes.isEmpty() ? 0 : getSpacing());
            nodes.add(node);
        }
        close(lines, nodes, width);
        return lines;
    }

    private void close(List<Line> lines, List<Node> nodes, double width) {
        while (!nodes.isEmpty() && nodes.get(nodes.size() - 1) instanceof Separator) {
            nodes.remove(nodes.size() - 1);
        }
        if (nodes.isEmpty()) {
            return;
        }
        double[] widths = widths(nodes, width);
        double height = 0;
        for (int i = 0; i < widths.length; i++) {
            if (!(nodes.get(i) instanceof Separator)) {
                height = Math.max(height, high(nodes.get(i), widths[i]));
            }
        }
        lines.add(new Line(nodes, height));
    }

    /** What is over goes to those that grow always, or else to those that grow sometimes. */
    private double[] widths(List<Node> nodes, double width) {
        double[] widths = new double[nodes.size()];
        double total = getSpacing() * (nodes.size() - 1);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = wanted(nodes.get(i));
            total += widths[i];
        }
        if (width == Double.MAX_VALUE) {
            return widths;
        }
        double over = width - total;
        for (int i = widths.length - 1; i >= 0 && over < 0; i--) { // first those shrink that may
            double less = Math.min(-over, widths[i] - nodes.get(i).minWidth(-1));
            widths[i] -= less;
            over += less;
        }
        for (Priority priority : new Priority[] {Priority.ALWAYS, Priority.SOMETIMES}) {
            over = share(nodes, widths, over, priority);
        }
        return widths;
    }

    private static double share(List<Node> nodes, double[] widths, double over, Priority priority) {
        double left = over;
        for (int round = 0; round < 2; round++) { // again with what those leave that have reached their largest width
            List<Integer> growing = new ArrayList<>();
            for (int i = 0; i < widths.length; i++) {
                Node node = nodes.get(i);
                if (HBox.getHgrow(node) == priority && (isGap(node) || widths[i] < node.maxWidth(-1))) {
                    growing.add(i);
                }
            }
            double each = growing.isEmpty() ? 0 : Math.max(0, left) / growing.size();
            for (int i : growing) {
                double most =
                        isGap(nodes.get(i)) ? Double.MAX_VALUE : nodes.get(i).maxWidth(-1);
                double more = Math.min(each, most - widths[i]);
                widths[i] += more;
                left -= more;
            }
        }
        return left;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth() - sides();
        List<Line> lines = lines(width);
        for (Node node : this.<Node>getManagedChildren()) {
            if (node instanceof Separator) {
                node.setVisible(lines.stream().anyMatch(line -> line.nodes.contains(node)));
            }
        }
        double y = snappedTopInset();
        for (Line line : lines) {
            double[] widths = widths(line.nodes, width);
            double x = snappedLeftInset();
            for (int i = 0; i < widths.length; i++) {
                Node node = line.nodes.get(i);
                double high = isGap(node) ? line.height : high(node, widths[i]);
                node.resizeRelocate(snapPositionX(x), snapPositionY(y + (line.height - high) / 2), widths[i], high);
                x += widths[i] + getSpacing();
            }
            y += line.height + LINE_GAP;
        }
    }
}
