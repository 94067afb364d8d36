package decaylab.ui.weight;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.optim.AngleLoss;
import decaylab.optim.QuadraticLoss;
import decaylab.optim.WeightPair;
import decaylab.ui.base.CanvasWords;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
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
 * The picture: a parabola with the weight as a ball on it and both pulls beneath, or the plane of two weights with lines of equal
 * loss, the circle of equal length, the pulls and the way so far. It is never mirrored: its axes are mathematics.
 */
final class WeightPane extends Region {
    private static final double EDGE = 14;
    /** Room under a parabola for its axis and three arrows. */
    private static final double BELOW = 106;
    /** The axes reach this far either way; farther as the weights do, in doublings. */
    private static final double RANGE = 4;

    private static final double LARGEST_RANGE = 1e12;
    private static final double BALL = 6;
    private static final double DOT = 2.2;
    private static final int LINES = 18;
    private static final int CURVE_POINTS = 160;
    private static final int GRADIENT = 0;
    private static final int DECAY = 1;
    private static final int SETTLED = 2;
    private static final double SHORTEST_LABELLED = 16;
    /** A pointer is no finer than that. */
    private static final int DIGITS_OF_A_POINTER = 3;

    private final Texts texts;
    private final Canvas canvas = new Canvas();
    private final CanvasWords lettering = new CanvasWords();
    private @Nullable Walk walk;
    private Theme theme = Theme.LIGHT;
    private double range = RANGE;

    WeightPane(Texts texts) {
        this.texts = texts;
        getChildren().addAll(canvas, lettering);
        getStyleClass().add("weight-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, 0);
        setFocusTraversable(true);
    }

    /** Draws where the weights are. */
    void show(Walk now, Theme inTheme) {
        walk = now;
        theme = inTheme;
        draw();
    }

    /** The weights at a place of the picture; of one weight the second is 0. */
    WeightPair weightsAt(double x, double y) {
        double along = (x - getWidth() / 2) / unit();
        boolean one = walk == null || walk.kind() == LossKind.ONE;
        return new WeightPair(
                Numbers.coarse(along, DIGITS_OF_A_POINTER),
                one ? 0 : Numbers.coarse((getHeight() / 2 - y) / unit(), DIGITS_OF_A_POINTER));
    }

    /** Where weights are in the picture, across. */
    double across(double weight) {
        return getWidth() / 2 + weight * unit();
    }

    /** Where the second of two weights is in the picture, down. */
    double down(double weight) {
        return getHeight() / 2 - weight * unit();
    }

    private double unit() {
        boolean one = walk == null || walk.kind() == LossKind.ONE;
        double side = one ? getWidth() : Math.min(getWidth(), getHeight());
        return (side - 2 * EDGE) / (2 * range);
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            draw();
        }
    }

    private void draw() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        lettering.begin();
        Walk now = walk;
        if (now == null || canvas.getWidth() <= 4 * EDGE || canvas.getHeight() <= BELOW + 2 * EDGE) {
            return;
        }
        range = range(now);
        graphics.setFont(Font.font("Inter", 12));
        graphics.setTextBaseline(VPos.CENTER);
        if (now.descent().loss() instanceof AngleLoss angle) {
            drawDirections(graphics, now, angle);
            drawPlane(graphics, now);
        } else if (now.descent().loss() instanceof QuadraticLoss quadratic && now.kind() == LossKind.ONE) {
            drawParabola(graphics, now, quadratic);
        } else if (now.descent().loss() instanceof QuadraticLoss quadratic) {
            drawEllipses(graphics, now, quadratic);
            drawPlane(graphics, now);
        }
    }

    private static double range(Walk now) {
        double reach = 0;
        for (WeightPair w : now.trail()) {
            if (w.isFinite()) {
                reach = Math.max(reach, Math.max(Math.abs(w.x()), Math.abs(w.y())));
            }
        }
        double chosen = RANGE;
        while (chosen < reach && chosen < LARGEST_RANGE) {
            chosen *= 2;
        }
        return chosen;
    }

    private Color ink(double opacity) {
        return rgb(theme.text(), opacity);
    }

    private Color paper() {
        return rgb(theme.background(), 1);
    }

    private Color of(int colour) {
        return rgb(Palette.colour(colour, theme), 1);
    }

    private static Color rgb(int value, double opacity) {
        return Color.rgb(value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF, opacity);
    }

    // one weight

    private void drawParabola(GraphicsContext graphics, Walk now, QuadraticLoss loss) {
        double axis = canvas.getHeight() - BELOW;
        double highest = Math.max(1e-3, 0.6 * loss.at(new WeightPair(-range, 0)));
        double perLoss = (axis - 2 * EDGE) / highest;
        drawNumbers(graphics, axis);
        graphics.save();
        graphics.beginPath();
        graphics.rect(0, EDGE, canvas.getWidth(), axis - EDGE + 1);
        graphics.clip();
        double lambda = now.descent().lambda();
        graphics.setLineWidth(1.6);
        graphics.setStroke(of(DECAY));
        graphics.setLineDashes(6, 4);
        curve(graphics, loss, lambda, axis, perLoss);
        graphics.setLineDashes();
        graphics.setLineWidth(2.4);
        graphics.setStroke(of(GRADIENT));
        curve(graphics, loss, 0, axis, perLoss);
        graphics.restore();
        double ballHeight = Math.min(perLoss * loss.at(now.now()), axis - 2 * EDGE);
        for (WeightPair w : now.trail()) {
            if (w.isFinite()) {
                dot(graphics, across(w.x()), axis - Math.min(perLoss * loss.at(w), axis - 2 * EDGE), DOT, ink(0.5));
            }
        }
        mark(graphics, across(LossKind.MINIMUM), axis, GRADIENT, texts.of("weight.mark.minimum"), false);
        if (!now.descent().diverges()) {
            WeightPair settled = now.descent().fixedPoint(loss, now.now());
            if (Math.abs(settled.x() - LossKind.MINIMUM) > 0.02 * range && loss.steep() + lambda > 0) {
                mark(
                        graphics,
                        across(settled.x()),
                        axis,
                        SETTLED,
                        texts.of("weight.mark.settled"),
                        settled.x() < LossKind.MINIMUM);
            }
        }
        double right = canvas.getWidth() - EDGE;
        graphics.setTextAlign(TextAlignment.RIGHT);
        label(graphics, texts.of("weight.mark.loss"), right, EDGE + 26, of(GRADIENT));
        if (lambda > 0) {
            label(graphics, texts.of("weight.mark.penalised"), right, EDGE + 44, of(DECAY));
        }
        if (!now.now().isFinite()) {
            return;
        }
        double x = across(now.now().x());
        graphics.setStroke(ink(0.35));
        graphics.setLineWidth(1);
        graphics.setLineDashes(3, 3);
        graphics.strokeLine(x, axis - ballHeight, x, canvas.getHeight() - 10);
        graphics.setLineDashes();
        dot(graphics, x, axis - ballHeight, BALL, ink(1));
        drawPulls(graphics, now, x, axis);
    }

    private void curve(GraphicsContext graphics, QuadraticLoss loss, double lambda, double axis, double perLoss) {
        graphics.beginPath();
        for (int i = 0; i <= CURVE_POINTS; i++) {
            double w = range * (2.0 * i / CURVE_POINTS - 1);
            double height = loss.at(new WeightPair(w, 0)) + 0.5 * lambda * w * w;
            double y = Math.max(-canvas.getHeight(), axis - perLoss * height);
            if (i == 0) {
                graphics.moveTo(across(w), y);
            } else {
                graphics.lineTo(across(w), y);
            }
        }
        graphics.stroke();
    }

    /** The three arrows under the axis, each on its own line. */
    private void drawPulls(GraphicsContext graphics, Walk now, double x, double axis) {
        double times = now.enlarged() * unit();
        double[] lengths = {
            now.next().gradientPart().x() * times,
            now.next().decayPart().x() * times,
            now.next().sum().x() * times
        };
        Color[] colours = {of(GRADIENT), of(DECAY), ink(1)};
        String[] names = {"weight.mark.gradient", "weight.mark.decay", "weight.mark.sum"};
        for (int i = 0; i < lengths.length; i++) {
            double y = axis + 50 + 18 * i;
            boolean left = x > canvas.getWidth() / 2;
            graphics.setTextAlign(left ? TextAlignment.LEFT : TextAlignment.RIGHT);
            label(graphics, texts.of(names[i]), left ? EDGE : canvas.getWidth() - EDGE, y, colours[i]);
            arrow(graphics, x, y, x + lengths[i], y, colours[i]);
        }
        graphics.setTextAlign(TextAlignment.RIGHT);
        drawScale(graphics, now, canvas.getWidth() - EDGE, EDGE + 8);
    }

    /** Says how much longer than the step its arrows are. */
    private void drawScale(GraphicsContext graphics, Walk now, double x, double y) {
        if (now.enlarged() > 1) {
            label(graphics, texts.of("weight.mark.enlarged", Integer.toString(now.enlarged())), x, y, ink(0.7));
        }
    }

    private void drawNumbers(GraphicsContext graphics, double axis) {
        graphics.setStroke(ink(0.6));
        graphics.setLineWidth(1);
        graphics.strokeLine(EDGE, axis, canvas.getWidth() - EDGE, axis);
        graphics.setTextAlign(TextAlignment.CENTER);
        for (int i = -3; i <= 3; i++) {
            double w = i * range / 4;
            graphics.setStroke(ink(i == 0 ? 0.6 : 0.15));
            graphics.strokeLine(across(w), i == 0 ? EDGE + 40 : axis - 4, across(w), axis + 4);
            label(graphics, Numbers.rounded(w, 3), across(w), axis + 14, ink(0.7));
        }
    }

    // two weights

    private void drawAxes(GraphicsContext graphics) {
        graphics.setLineWidth(1);
        graphics.setStroke(ink(0.4));
        graphics.strokeLine(0, down(0), canvas.getWidth(), down(0));
        graphics.strokeLine(across(0), 0, across(0), canvas.getHeight());
        for (int i = -3; i <= 3; i++) {
            if (i != 0) {
                double w = i * range / 4;
                graphics.setTextAlign(TextAlignment.CENTER);
                graphics.strokeLine(across(w), down(0) - 3, across(w), down(0) + 3);
                label(graphics, Numbers.rounded(w, 3), across(w), down(0) + 12, ink(0.6));
                graphics.setTextAlign(TextAlignment.RIGHT);
                graphics.strokeLine(across(0) - 3, down(w), across(0) + 3, down(w));
                label(graphics, Numbers.rounded(w, 3), across(0) - 7, down(w), ink(0.6));
            }
        }
    }

    private void drawEllipses(GraphicsContext graphics, Walk now, QuadraticLoss loss) {
        double least = 1e-4;
        double most = Math.max(least, Math.max(loss.steep(), loss.flat()));
        graphics.setLineWidth(1.2);
        graphics.setStroke(of(GRADIENT).deriveColor(0, 1, 1, theme.isDark() ? 0.45 : 0.35));
        for (int k = 1; k <= LINES; k++) {
            double level = k * range / 9 * Math.sqrt(most);
            graphics.beginPath();
            for (int i = 0; i <= CURVE_POINTS; i++) {
                double turn = 2 * Math.PI * i / CURVE_POINTS;
                WeightPair w = loss.minimum()
                        .plus(loss.across(new WeightPair(
                                level / Math.sqrt(Math.max(least, loss.steep())) * Math.cos(turn),
                                level / Math.sqrt(Math.max(least, loss.flat())) * Math.sin(turn))));
                if (i == 0) {
                    graphics.moveTo(across(w.x()), down(w.y()));
                } else {
                    graphics.lineTo(across(w.x()), down(w.y()));
                }
            }
            graphics.stroke();
        }
        drawAxes(graphics);
        if (!now.descent().diverges()) {
            WeightPair settled = now.descent().fixedPoint(loss, now.now());
            if (settled.minus(loss.minimum()).norm() > 0.02 * range) {
                cross(
                        graphics,
                        settled,
                        SETTLED,
                        texts.of("weight.mark.settled"),
                        settled.x() < loss.minimum().x());
            }
        }
        cross(graphics, loss.minimum(), GRADIENT, texts.of("weight.mark.minimum"), false);
    }

    private void cross(GraphicsContext graphics, WeightPair at, int colour, String words, boolean left) {
        double x = across(at.x());
        double y = down(at.y());
        graphics.setStroke(of(colour));
        graphics.setLineWidth(2.4);
        graphics.strokeLine(x - 5, y - 5, x + 5, y + 5);
        graphics.strokeLine(x - 5, y + 5, x + 5, y - 5);
        graphics.setTextAlign(left ? TextAlignment.RIGHT : TextAlignment.LEFT);
        label(graphics, words, left ? x - 4 : x + 9, left ? y + 16 : y + 1, of(colour));
    }

    /** Lines of equal loss of a direction are rays; the circle is the length that it settles at. */
    private void drawDirections(GraphicsContext graphics, Walk now, AngleLoss loss) {
        double far = 2 * (canvas.getWidth() + canvas.getHeight());
        graphics.setLineWidth(1.2);
        graphics.setStroke(of(GRADIENT).deriveColor(0, 1, 1, 0.25));
        for (int i = 0; i < 24; i++) {
            ray(graphics, loss.best() + Math.toRadians(15.0 * i), far);
        }
        drawAxes(graphics);
        graphics.setStroke(of(GRADIENT));
        graphics.setLineWidth(2);
        ray(graphics, loss.best(), far);
        graphics.setLineDashes(5, 5);
        graphics.setLineWidth(1.2);
        ray(graphics, loss.best() + loss.spread(), far);
        ray(graphics, loss.best() - loss.spread(), far);
        graphics.setTextAlign(TextAlignment.CENTER);
        words(graphics, "weight.mark.best", WeightPair.polar(0.8 * range, loss.best()));
        words(graphics, "weight.mark.evenBatch", WeightPair.polar(0.8 * range, loss.best() + loss.spread()));
        words(graphics, "weight.mark.oddBatch", WeightPair.polar(0.8 * range, loss.best() - loss.spread()));
        double settled = now.descent().balancedNorm(loss);
        if (Double.isFinite(settled) && !now.descent().diverges()) {
            graphics.setStroke(of(SETTLED));
            graphics.setLineWidth(1.8);
            circle(graphics, settled);
            WeightPair at = WeightPair.polar(settled, Math.toRadians(-55));
            graphics.setTextAlign(TextAlignment.LEFT);
            label(graphics, texts.of("weight.mark.settled"), across(at.x()) + 6, down(at.y()) + 8, of(SETTLED));
        }
        graphics.setLineDashes();
    }

    private void words(GraphicsContext graphics, String key, WeightPair at) {
        label(graphics, texts.of(key), across(at.x()), down(at.y()), of(GRADIENT));
    }

    private void ray(GraphicsContext graphics, double angle, double far) {
        graphics.strokeLine(across(0), down(0), across(0) + far * Math.cos(angle), down(0) - far * Math.sin(angle));
    }

    private void circle(GraphicsContext graphics, double length) {
        double radius = length * unit();
        graphics.strokeOval(across(0) - radius, down(0) - radius, 2 * radius, 2 * radius);
    }

    private void drawPlane(GraphicsContext graphics, Walk now) {
        for (WeightPair w : now.trail()) {
            if (w.isFinite()) {
                dot(graphics, across(w.x()), down(w.y()), DOT, ink(0.55));
            }
        }
        WeightPair w = now.now();
        if (!w.isFinite()) {
            return;
        }
        graphics.setStroke(of(DECAY).deriveColor(0, 1, 1, 0.7));
        graphics.setLineWidth(1.2);
        graphics.setLineDashes(2, 4);
        circle(graphics, w.norm());
        graphics.setLineDashes();
        dot(graphics, across(w.x()), down(w.y()), BALL, ink(1));
        pull(graphics, now, now.next().sum(), ink(1), "weight.mark.sum");
        pull(graphics, now, now.next().gradientPart(), of(GRADIENT), "weight.mark.gradient");
        pull(graphics, now, now.next().decayPart(), of(DECAY), "weight.mark.decay");
        graphics.setTextAlign(TextAlignment.LEFT);
        drawScale(graphics, now, EDGE, canvas.getHeight() - EDGE);
    }

    private void pull(GraphicsContext graphics, Walk now, WeightPair part, Color colour, String key) {
        WeightPair from = now.now();
        WeightPair to = from.plus(part.times(now.enlarged()));
        double x = across(to.x());
        double y = down(to.y());
        arrow(graphics, across(from.x()), down(from.y()), x, y, colour);
        if (part.norm() * now.enlarged() * unit() >= SHORTEST_LABELLED) {
            double length = part.norm();
            graphics.setTextAlign(
                    part.x() > 0.3 * length
                            ? TextAlignment.LEFT
                            : part.x() < -0.3 * length ? TextAlignment.RIGHT : TextAlignment.CENTER);
            double wordsX = x + 8 * part.x() / length;
            double wordsY = y - 12 * part.y() / length;
            label(
                    graphics,
                    texts.of(key),
                    inside(wordsX, canvas.getWidth()),
                    inside(wordsY, canvas.getHeight()),
                    colour);
        }
    }

    /** The nearest place within the picture. */
    private static double inside(double place, double size) {
        return Math.max(EDGE, Math.min(size - EDGE, place));
    }

    // pieces

    private void mark(GraphicsContext graphics, double x, double axis, int colour, String words, boolean left) {
        graphics.setStroke(of(colour));
        graphics.setLineWidth(2);
        graphics.strokeLine(x, axis - 8, x, axis + 5);
        graphics.strokeLine(x, axis + 23, x, axis + 36); // the axis' number stands between
        graphics.setTextAlign(left ? TextAlignment.RIGHT : TextAlignment.LEFT);
        label(graphics, words, left ? x - 5 : x + 5, axis + 30, of(colour));
    }

    private static void dot(GraphicsContext graphics, double x, double y, double radius, Color colour) {
        graphics.setFill(colour);
        graphics.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    /** Words on a little of the background, so that lines beneath do not strike them through. */
    private void label(GraphicsContext graphics, String words, double x, double y, Color colour) {
        graphics.save();
        graphics.setStroke(paper());
        graphics.setLineWidth(5);
        graphics.setLineDashes();
        graphics.setFill(theme.isContrast() ? ink(1) : colour);
        lettering.outlinedText(graphics, words, x, y);
        graphics.restore();
    }

    private static void arrow(GraphicsContext graphics, double x, double y, double toX, double toY, Color colour) {
        double length = Math.hypot(toX - x, toY - y);
        if (!(length > 1)) {
            return;
        }
        double head = Math.min(10, 0.6 * length);
        double acrossX = (toX - x) / length;
        double acrossY = (toY - y) / length;
        double neckX = toX - head * acrossX;
        double neckY = toY - head * acrossY;
        graphics.setStroke(colour);
        graphics.setLineWidth(3);
        graphics.strokeLine(x, y, neckX, neckY);
        graphics.setFill(colour);
        graphics.fillPolygon(
                new double[] {toX, neckX - 0.5 * head * acrossY, neckX + 0.5 * head * acrossY},
                new double[] {toY, neckY + 0.5 * head * acrossX, neckY - 0.5 * head * acrossX},
                3);
    }
}
