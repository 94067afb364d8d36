package decaylab.ui.synthetic;

import decaylab.chart.Theme;
import decaylab.ui.base.Numbers;
import java.util.List;
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

/** Draws the layers' dissimilarities as squares, the lowest layer first: this run's, and below them another run's. */
final class MatrixPane extends Region {
    private static final double MARGIN = 8;
    private static final double GAP = 10;
    private static final double LINE = 18;
    private static final double FONT = 12;

    private final Canvas canvas = new Canvas();
    private final String own;
    private final String reference;
    private @Nullable Pictures pictures;
    private Theme theme = Theme.LIGHT;
    private List<WritableImage> ofOwn = List.of();
    private List<WritableImage> ofReference = List.of();

    /** @param own what this run's row is called; @param reference what the other's is */
    MatrixPane(String own, String reference) {
        this.own = own;
        this.reference = reference;
        getChildren().add(canvas);
        getStyleClass().add("world-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, 0);
    }

    /** Draws others, or the same in another theme; nothing for null. */
    void show(@Nullable Pictures now, Theme in) {
        if (now != pictures || in != theme) {
            pictures = now;
            theme = in;
            ofOwn = now == null ? List.of() : images(now, now.own());
            ofReference = now == null ? List.of() : images(now, now.reference());
        }
        draw();
    }

    private List<WritableImage> images(Pictures of, List<Pictures.Picture> row) {
        return row.stream().map(picture -> image(picture.values(), of.points())).toList();
    }

    /** Alike is dark on light ground and light on dark: what stands out are the classes. */
    private WritableImage image(double[] values, int points) {
        int[] pixels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            double share = Math.min(1, values[i] / 1.4); // beyond that there is next to nothing
            double grey = theme.isDark() ? 0.12 + 0.85 * (1 - share) : 0.08 + 0.9 * share;
            int level = (int) Math.round(255 * grey);
            pixels[i] = 0xFF000000 | level << 16 | level << 8 | level;
        }
        WritableImage image = new WritableImage(points, points);
        image.getPixelWriter().setPixels(0, 0, points, points, PixelFormat.getIntArgbInstance(), pixels, 0, points);
        return image;
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
        Pictures now = pictures;
        if (now == null || ofOwn.isEmpty()) {
            return;
        }
        int rows = ofReference.isEmpty() ? 1 : 2;
        double lines = 2 * LINE;
        double side = Math.min(
                (canvas.getWidth() - 2 * MARGIN - (ofOwn.size() - 1) * GAP) / ofOwn.size(),
                (canvas.getHeight() - 2 * MARGIN) / rows - lines);
        if (side < 16) {
            return;
        }
        graphics.setFont(Font.font("Inter", FONT));
        graphics.setTextBaseline(VPos.CENTER);
        row(graphics, own, now.own(), ofOwn, MARGIN, side);
        if (rows > 1) {
            row(graphics, reference, now.reference(), ofReference, MARGIN + side + lines, side);
        }
    }

    private void row(
            GraphicsContext graphics,
            String name,
            List<Pictures.Picture> pictured,
            List<WritableImage> images,
            double top,
            double side) {
        Color ink =
                theme.isDark() ? Color.gray(theme.isContrast() ? 1 : 0.8) : Color.gray(theme.isContrast() ? 0 : 0.25);
        graphics.setFill(ink);
        graphics.setTextAlign(TextAlignment.LEFT);
        graphics.fillText(name, MARGIN, top + LINE / 2, canvas.getWidth() - 2 * MARGIN);
        graphics.setImageSmoothing(true);
        for (int l = 0; l < images.size(); l++) {
            double left = MARGIN + l * (side + GAP);
            graphics.drawImage(images.get(l), left, top + LINE, side, side);
            double alike = pictured.get(l).alike();
            String words = pictured.get(l).layer() + (Double.isNaN(alike) ? "" : "  " + Numbers.rounded(alike, 2));
            graphics.setFill(ink);
            graphics.setTextAlign(TextAlignment.LEFT);
            graphics.fillText(words, left, top + LINE + side + LINE / 2, side);
        }
    }
}
