package decaylab.ui.weight;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
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

/** The length of the weights over the latest steps, and where it would settle. */
final class NormPlot extends Region {
    private static final double LEFT = 38;
    private static final double RIGHT = 10;
    private static final double TOP = 24;
    private static final double BOTTOM = 20;
    private static final double HEIGHT = 112;
    /** The axis spans this many steps at least. */
    private static final int FEWEST_STEPS = 20;

    private final Texts texts;
    private final Canvas canvas = new Canvas();
    private final CanvasWords lettering = new CanvasWords();
    private @Nullable Walk walk;
    private double settled = Double.NaN;
    private Theme theme = Theme.LIGHT;

    NormPlot(Texts texts) {
        this.texts = texts;
        getChildren().addAll(canvas, lettering);
        getStyleClass().add("weight-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, HEIGHT);
        setPrefHeight(HEIGHT);
    }

    /**
     * Draws a walk.
     *
     * @param settlesAt the length that it settles at; not finite for none
     */
    void show(Walk now, double settlesAt, Theme inTheme) {
        walk = now;
        settled = settlesAt;
        theme = inTheme;
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

    private void draw() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        lettering.begin();
        Walk now = walk;
        double width = canvas.getWidth() - LEFT - RIGHT;
        double height = canvas.getHeight() - TOP - BOTTOM;
        if (now == null || width <= 0 || height <= 0) {
            return;
        }
        int points = now.trail().size();
        long first = now.done() - points + 1;
        long span = Math.max(FEWEST_STEPS, points - 1);
        double most = Double.isFinite(settled) ? settled : 0;
        for (int i = 0; i < points; i++) {
            double norm = now.trail().get(i).norm();
            most = Double.isFinite(norm) ? Math.max(most, norm) : most;
        }
        most = most == 0 ? 1 : 1.1 * most;
        Color ink = rgb(theme.faint());
        graphics.setFont(Font.font("Inter", 11));
        graphics.setTextBaseline(VPos.CENTER);
        graphics.setFill(ink);
        graphics.setTextAlign(TextAlignment.LEFT);
        lettering.fillText(graphics, texts.of("weight.chart"), 8, 12);
        graphics.setTextAlign(TextAlignment.RIGHT);
        lettering.fillText(graphics, Numbers.rounded(most, 2), LEFT - 5, TOP + 4);
        lettering.fillText(graphics, "0", LEFT - 5, TOP + height);
        lettering.fillText(graphics, Numbers.count(first + span), LEFT + width, TOP + height + 11);
        graphics.setTextAlign(TextAlignment.LEFT);
        lettering.fillText(graphics, Numbers.count(first), LEFT, TOP + height + 11);
        graphics.setTextAlign(TextAlignment.CENTER);
        lettering.fillText(graphics, texts.of("weight.chartSteps"), LEFT + width / 2, TOP + height + 11);
        graphics.setStroke(ink.deriveColor(0, 1, 1, 0.5));
        graphics.setLineWidth(1);
        graphics.strokeLine(LEFT, TOP, LEFT, TOP + height);
        graphics.strokeLine(LEFT, TOP + height, LEFT + width, TOP + height);
        if (Double.isFinite(settled)) {
            graphics.setStroke(of(2));
            graphics.setLineWidth(1.6);
            graphics.setLineDashes(5, 4);
            double y = TOP + height * (1 - settled / most);
            graphics.strokeLine(LEFT, y, LEFT + width, y);
            graphics.setLineDashes();
        }
        drawLine(graphics, now, width, height, span, most);
    }

    private void drawLine(GraphicsContext graphics, Walk now, double width, double height, long span, double most) {
        graphics.setStroke(of(0));
        graphics.setLineWidth(2);
        graphics.beginPath();
        double x = LEFT;
        double y = TOP + height;
        for (int i = 0; i < now.trail().size(); i++) {
            double norm = now.trail().get(i).norm();
            if (!Double.isFinite(norm)) {
                break;
            }
            x = LEFT + width * i / span;
            y = TOP + height * (1 - norm / most);
            if (i == 0) {
                graphics.moveTo(x, y);
            } else {
                graphics.lineTo(x, y);
            }
        }
        graphics.stroke();
        graphics.setFill(of(0));
        graphics.fillOval(x - 3, y - 3, 6, 6);
    }

    private Color of(int colour) {
        return rgb(Palette.colour(colour, theme));
    }

    private static Color rgb(int value) {
        return Color.rgb(value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF);
    }
}
