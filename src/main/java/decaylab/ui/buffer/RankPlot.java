package decaylab.ui.buffer;

import decaylab.instrument.TokenClass;
import decaylab.train.RowLook;
import decaylab.ui.base.Numbers;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;

/** The length of each row of an embedding against the rank of its token, on a logarithmic axis of ranks. */
final class RankPlot extends Region {
    private static final double TITLE = 22;
    private static final double AXIS = 20;
    private static final double LEFT = 46;
    private static final double EDGE = 12;
    private static final double DOT = 2.6;
    /** More dots than this would hide each other; ranks are then left out evenly on the logarithmic axis. */
    private static final int MOST_DOTS = 600;

    private final Label title = new Label();
    private final Label notice = new Label();
    private final Label low = axis();
    private final Label high = axis();
    private final Label first = axis();
    private final Label last = axis();
    private final Line base = new Line();
    private final List<Circle> dots = new ArrayList<>();
    private @Nullable RowLook look;

    /**
     * @param name above it
     * @param empty stands in it as long as there are no rows
     * @param words how sentences run
     */
    RankPlot(String name, String empty, NodeOrientation words) {
        title.setText(name);
        notice.setText(empty);
        notice.setNodeOrientation(words);
        title.getStyleClass().add("chart-title");
        notice.getStyleClass().add("chart-empty");
        base.getStyleClass().add("rank-base");
        getStyleClass().add("rank-plot");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        getChildren().addAll(title, notice, low, high, first, last, base);
        setAccessibleText(name);
        show(null);
    }

    private static Label axis() {
        Label label = new Label();
        label.getStyleClass().add("bars-axis");
        return label;
    }

    void show(@Nullable RowLook rows) {
        look = rows;
        notice.setVisible(rows == null);
        for (Label label : List.of(low, high, first, last)) {
            label.setVisible(rows != null);
        }
        base.setVisible(rows != null);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        title.resizeRelocate(EDGE, 4, width - 2 * EDGE, TITLE);
        notice.resizeRelocate(EDGE, TITLE, width - 2 * EDGE, Math.max(0, height - TITLE - AXIS));
        RowLook rows = look;
        int used = 0;
        if (rows != null) {
            double bottom = height - AXIS - 4;
            double top = TITLE + 10;
            double most = 0;
            for (double norm : rows.norms()) {
                most = Math.max(most, norm);
            }
            int tokens = rows.norms().length;
            double decades = Math.log(Math.max(2, tokens));
            double before = Double.NEGATIVE_INFINITY;
            for (int rank = 1; rank <= tokens; rank++) {
                double x = LEFT + Math.log(rank) / decades * (width - LEFT - EDGE);
                double norm = rows.norms()[rank - 1];
                if (!Double.isFinite(norm) || tokens > MOST_DOTS && x - before < (width - LEFT) / MOST_DOTS) {
                    continue;
                }
                before = x;
                place(used++, x, bottom - (most > 0 ? norm / most : 0) * (bottom - top), rows.classes()[rank - 1]);
            }
            base.setStartX(LEFT);
            base.setEndX(width - EDGE);
            base.setStartY(bottom);
            base.setEndY(bottom);
            text(low, "0", EDGE, bottom - 14);
            text(high, Numbers.rounded(most, 3), EDGE, top - 8);
            text(first, "1", LEFT - 3, bottom + 2);
            text(last, Numbers.count(tokens), 0, 0);
            last.relocate(width - EDGE - last.prefWidth(-1), bottom + 2);
        }
        for (int i = used; i < dots.size(); i++) {
            dots.get(i).setVisible(false);
        }
    }

    private static void text(Label label, String words, double x, double y) {
        label.setText(words);
        label.resizeRelocate(x, y, label.prefWidth(-1), label.prefHeight(-1));
    }

    private void place(int number, double x, double y, int ofClass) {
        if (number == dots.size()) {
            Circle made = new Circle(DOT);
            made.getStyleClass().setAll("rank-dot", "rank-dot-0");
            dots.add(made);
            getChildren().add(made);
        }
        Circle dot = dots.get(number);
        dot.getStyleClass().set(1, "rank-dot-" + Math.min(ofClass, TokenClass.values().length - 1));
        dot.setCenterX(x);
        dot.setCenterY(y);
        dot.setVisible(true);
    }
}
