package decaylab.ui.feedback;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.train.FeedbackScene;
import decaylab.ui.base.CanvasWords;
import javafx.geometry.NodeOrientation;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Draws W and B^T of a layer side by side, or one above the other where that makes them larger: a row for each unit, a column for
 * each input, blue below zero and orange above it, both on one scale.
 */
final class FeedbackPane extends Region {
    private static final double MARGIN = 12;
    private static final double GAP = 24;
    private static final double TITLE = 22;
    private static final double TITLE_SIZE = 14;
    private static final double NOTE_SIZE = 11;
    /** Times the root mean square of both, from which on a colour is full. */
    private static final double FULL = 2.5;

    private static final int BELOW = 0;
    private static final int ABOVE = 1;

    private final Canvas canvas = new Canvas();
    private final CanvasWords lettering = new CanvasWords();
    private FeedbackScene.@Nullable Pair pair;
    private Theme theme = Theme.LIGHT;
    private String weightsTitle = "";
    private String feedbackTitle = "";
    private String scaleNote = "";
    private @Nullable WritableImage weights;
    private @Nullable WritableImage feedback;
    private int[] pixels = {};

    FeedbackPane() {
        getChildren().addAll(canvas, lettering);
        getStyleClass().add("world-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, 0);
    }

    /** What stands above both, and below them with {@code {0}} for the value of the fullest colour. */
    void titles(String ofWeights, String ofFeedback, String scale) {
        weightsTitle = ofWeights;
        feedbackTitle = ofFeedback;
        scaleNote = scale;
    }

    /** Draws another state, or the same in another theme; nothing for null. */
    void show(FeedbackScene.@Nullable Pair now, Theme in) {
        pair = now;
        theme = in;
        draw();
    }

    /** The value of the fullest colour: both on one scale. */
    static double full(FeedbackScene.Pair of) {
        double sum = 0;
        for (int i = 0; i < of.weights().length; i++) {
            double w = of.weights()[i];
            double b = of.feedback()[i];
            sum += w * w + b * b;
        }
        return FULL * Math.sqrt(sum / (2 * of.weights().length));
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
        FeedbackScene.Pair now = pair;
        double width = canvas.getWidth() - 2 * MARGIN;
        double height = canvas.getHeight() - 2 * MARGIN - TITLE;
        if (now == null || width <= GAP || height <= 2 * TITLE + GAP) {
            return;
        }
        double full = full(now);
        weights = paint(weights, now.weights(), now, full);
        feedback = paint(feedback, now.feedback(), now, full);
        // A cell is as large as fits, and the same in both.
        double beside = Math.min((width - GAP) / 2 / now.inputs(), (height - TITLE) / now.units());
        double above = Math.min(width / now.inputs(), ((height - GAP) / 2 - TITLE) / now.units());
        boolean stacked = above > beside;
        double cell = Math.max(beside, above);
        double w = cell * now.inputs();
        double h = cell * now.units();
        double allWidth = stacked ? w : 2 * w + GAP;
        double allHeight = stacked ? 2 * (h + TITLE) + GAP : h + TITLE;
        double left = (canvas.getWidth() - allWidth) / 2;
        double top = MARGIN + (height - allHeight) / 2;
        place(graphics, weights, weightsTitle, left, top, w, h);
        place(
                graphics,
                feedback,
                feedbackTitle,
                stacked ? left : left + w + GAP,
                stacked ? top + h + TITLE + GAP : top,
                w,
                h);
        graphics.setFont(Font.font("Inter", NOTE_SIZE));
        graphics.setFill(ink());
        graphics.setTextAlign(TextAlignment.CENTER);
        graphics.setTextBaseline(VPos.BOTTOM);
        lettering.fillText(
                graphics,
                scaleNote.replace("{0}", decaylab.ui.base.Numbers.rounded(full, 2)),
                canvas.getWidth() / 2,
                canvas.getHeight() - MARGIN / 2,
                width);
    }

    private void place(
            GraphicsContext graphics,
            WritableImage image,
            String title,
            double left,
            double top,
            double width,
            double height) {
        graphics.setFont(Font.font("Inter", TITLE_SIZE));
        graphics.setFill(ink());
        graphics.setTextAlign(TextAlignment.CENTER);
        graphics.setTextBaseline(VPos.TOP);
        lettering.fillText(graphics, title, left + width / 2, top);
        graphics.setImageSmoothing(false); // cells have edges
        graphics.drawImage(image, left, top + TITLE, width, height);
        graphics.setStroke(ink());
        graphics.setLineWidth(1);
        graphics.strokeRect(left - 0.5, top + TITLE - 0.5, width + 1, height + 1);
    }

    private WritableImage paint(@Nullable WritableImage before, float[] values, FeedbackScene.Pair of, double full) {
        WritableImage image = before != null && before.getWidth() == of.inputs() && before.getHeight() == of.units()
                ? before
                : new WritableImage(of.inputs(), of.units());
        if (pixels.length != values.length) {
            pixels = new int[values.length];
        }
        int below = Palette.colour(BELOW, theme);
        int above = Palette.colour(ABOVE, theme);
        int zero = theme.isDark() ? 0x16191D : 0xFFFFFF;
        for (int i = 0; i < values.length; i++) {
            double part = Math.min(1, Math.abs(values[i]) / full);
            pixels[i] =
                    Float.isNaN(values[i]) ? 0xFF808080 : 0xFF000000 | mix(zero, values[i] < 0 ? below : above, part);
        }
        image.getPixelWriter()
                .setPixels(0, 0, of.inputs(), of.units(), PixelFormat.getIntArgbInstance(), pixels, 0, of.inputs());
        return image;
    }

    private static int mix(int from, int to, double part) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double a = from >> shift & 0xFF;
            double b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + part * (b - a)) << shift;
        }
        return mixed;
    }

    private Color ink() {
        return theme.isDark() ? Color.gray(theme.isContrast() ? 1 : 0.72) : Color.gray(theme.isContrast() ? 0 : 0.35);
    }
}
