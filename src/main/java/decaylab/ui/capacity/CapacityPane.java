package decaylab.ui.capacity;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.instrument.SampleLog;
import decaylab.optim.NormBall;
import decaylab.ui.base.CanvasWords;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.List;
import javafx.geometry.NodeOrientation;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Draws the norms: a row for each layer, a column for each of the four norms with a bar and its number, the radius as a line in
 * the column of the ball in force, and under them the product and the bound by those norms.
 */
final class CapacityPane extends Region {
    private static final double EDGE = 10;
    private static final double NAMES = 66;
    private static final double GAP = 10;
    private static final double HEAD = 22;
    private static final double TALLEST_ROW = 80;
    /** Lower ones have no room for a number above the bar. */
    private static final double LEAST_WITH_TEXT = 24;

    private static final double BAR = 7;
    private static final double THICKEST = 16;
    /** Of a row, the part that a bar is. */
    private static final double SHARE = 0.22;

    private static final int NORM_COLOUR = 0;
    private static final int BALL_COLOUR = 1;
    private static final int DIGITS = 3;

    private final Texts texts;
    private final Canvas canvas = new Canvas();
    private final CanvasWords lettering = new CanvasWords();
    private @Nullable CapacityPicture picture;
    private Theme theme = Theme.LIGHT;

    CapacityPane(Texts texts) {
        this.texts = texts;
        getChildren().addAll(canvas, lettering);
        getStyleClass().add("capacity-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, 0);
    }

    /** Draws another moment, or the same in another theme; nothing for null. */
    void show(@Nullable CapacityPicture now, Theme in) {
        picture = now;
        theme = in;
        draw();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            draw();
        }
    }

    private Color ink(double opacity) {
        return theme.isDark()
                ? Color.gray(theme.isContrast() ? 1 : 0.86, opacity)
                : Color.gray(theme.isContrast() ? 0 : 0.16, opacity);
    }

    private Color of(int colour) {
        int rgb = Palette.colour(colour, theme);
        return Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    private void draw() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        lettering.begin();
        CapacityPicture now = picture;
        NormBall[] balls = NormBall.values();
        double column = (canvas.getWidth() - 2 * EDGE - NAMES) / balls.length;
        int rows = now == null ? 0 : now.layers().size() + 2;
        double row = Math.min(TALLEST_ROW, (canvas.getHeight() - 2 * EDGE - HEAD) / Math.max(1, rows));
        if (now == null || column < 2 * GAP || row < BAR) {
            return;
        }
        graphics.setTextBaseline(VPos.CENTER);
        for (int l = 0; l < now.layers().size(); l++) {
            name(graphics, now.layers().get(l), l, row);
        }
        name(graphics, texts.of("capacity.product"), rows - 2, row);
        if (now.bounded()) {
            name(graphics, texts.of("capacity.bound"), rows - 1, row);
        }
        for (int b = 0; b < balls.length; b++) {
            drawColumn(graphics, now, balls[b], EDGE + NAMES + b * column, column - GAP, row);
        }
        double line = EDGE + HEAD + (rows - 2) * row;
        graphics.setStroke(ink(0.25));
        graphics.setLineWidth(1);
        graphics.strokeLine(EDGE, line, canvas.getWidth() - EDGE, line);
    }

    private void name(GraphicsContext graphics, String text, int place, double row) {
        if (row >= BAR + 4) {
            graphics.setTextAlign(TextAlignment.LEFT);
            graphics.setFill(ink(0.75));
            graphics.setFont(Font.font("Inter", 12));
            lettering.fillText(graphics, text, EDGE, EDGE + HEAD + (place + 0.5) * row, NAMES - 6);
        }
    }

    private void drawColumn(
            GraphicsContext graphics, CapacityPicture now, NormBall ball, double left, double width, double row) {
        boolean shown = now.projected() && now.shown() == ball;
        graphics.setTextAlign(TextAlignment.LEFT);
        graphics.setFont(Font.font(shown ? "Inter Semi Bold" : "Inter", 12));
        graphics.setFill(shown ? of(BALL_COLOUR) : ink(0.75));
        lettering.fillText(graphics, ball.toString(), left, EDGE + HEAD / 2, width);
        List<Double> norms = now.norms().get(ball);
        if (norms == null) {
            return;
        }
        double largest = shown ? Math.max(now.ball().radius(), now.ball().ofOutput()) : 0;
        double product = 1;
        for (double norm : norms) {
            largest = Math.max(largest, norm);
            product *= norm;
        }
        for (int l = 0; l < norms.size(); l++) {
            double top = EDGE + HEAD + l * row;
            double norm = norms.get(l);
            boolean roomy = row >= LEAST_WITH_TEXT;
            double bar = Math.min(THICKEST, Math.max(BAR, SHARE * row));
            double y = roomy ? top + 0.94 * row - bar - 3 : top + (row - bar) / 2;
            graphics.setFill(ink(0.1));
            graphics.fillRect(left, y, width, bar);
            graphics.setFill(of(shown ? BALL_COLOUR : NORM_COLOUR));
            graphics.fillRect(left, y, norm > 0 && largest > 0 ? width * norm / largest : 0, bar);
            if (shown) {
                boolean last = l == norms.size() - 1;
                double radius = last ? now.ball().ofOutput() : now.ball().radius();
                double x = left + width * radius / largest;
                graphics.setStroke(ink(1));
                graphics.setLineWidth(2);
                graphics.strokeLine(x, y - 4, x, y + bar + 4);
            }
            if (roomy) {
                number(graphics, norm, left, y - 11, width, false);
            }
        }
        double middle = EDGE + HEAD + (norms.size() + 0.5) * row;
        number(graphics, product, left, middle, width, false);
        Double bound = now.bounds().get(ball);
        if (bound != null && !SampleLog.isEmpty(bound)) {
            number(graphics, bound, left, middle + row, width, true);
        }
    }

    private void number(GraphicsContext graphics, double value, double x, double y, double width, boolean strong) {
        graphics.setFont(Font.font(strong ? "Inter Semi Bold" : "Inter", 12));
        graphics.setFill(ink(0.95));
        lettering.fillText(graphics, Numbers.rounded(value, DIGITS), x, y, width);
    }
}
