package decaylab.ui.synthetic;

import decaylab.chart.Theme;
import decaylab.ui.base.CanvasWords;
import decaylab.ui.base.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private static final double GAP = 6;
    private static final double LINE = 18;
    private static final double LEADING = 15;
    /** Room for the rows' names, and how many letters are about as wide. */
    private static final double NAMES = 104;

    private static final int LETTERS = 16;
    private static final double FONT = 12;

    private final Canvas canvas = new Canvas();
    private final CanvasWords lettering = new CanvasWords();
    private final String own;
    private final String reference;
    private final String alike;
    private @Nullable Pictures pictures;
    private Theme theme = Theme.LIGHT;
    private List<WritableImage> ofOwn = List.of();
    private List<WritableImage> ofReference = List.of();

    /**
     * @param own what this run's row is called
     * @param reference what the other's is
     * @param alike what their similarity is
     */
    MatrixPane(String own, String reference, String alike) {
        this.own = own;
        this.alike = alike;
        this.reference = reference;
        getChildren().addAll(canvas, lettering);
        getStyleClass().add("world-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, 0);
    }

    /** Draws others, or the same in another theme; nothing for null. */
    void show(@Nullable Pictures now, Theme in) {
        theme = in;
        if (!Objects.equals(now, pictures)) {
            pictures = now;
            ofOwn = now == null ? List.of() : images(now, now.own());
            ofReference = now == null ? List.of() : images(now, now.reference());
        }
        draw();
    }

    private static List<WritableImage> images(Pictures of, List<Pictures.Picture> row) {
        return row.stream().map(picture -> image(picture.values(), of.points())).toList();
    }

    /** Alike is dark in every theme, as the caption says. */
    private static WritableImage image(double[] values, int points) {
        int[] pixels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            double share = Math.min(1, values[i] / 1.4); // beyond that there is next to nothing
            int level = (int) Math.round(255 * (0.06 + 0.9 * share));
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
        lettering.begin();
        Pictures now = pictures;
        if (now == null || ofOwn.isEmpty()) {
            return;
        }
        boolean both = !ofReference.isEmpty();
        int rows = both ? 2 : 1;
        double side = Math.min(
                (canvas.getWidth() - 2 * MARGIN - NAMES) / ofOwn.size() - GAP,
                (canvas.getHeight() - 2 * MARGIN - rows * LINE) / rows - GAP);
        if (side < 16) {
            return;
        }
        graphics.setFont(Font.font("Inter", FONT));
        graphics.setTextBaseline(VPos.CENTER);
        graphics.setTextAlign(TextAlignment.LEFT);
        graphics.setFill(ink());
        for (int l = 0; l < ofOwn.size(); l++) {
            double left = left(l, side);
            lettering.fillText(graphics, now.own().get(l).layer(), left, MARGIN + LINE / 2, side);
            if (both) {
                lettering.fillText(
                        graphics,
                        Numbers.rounded(now.own().get(l).alike(), 2),
                        left,
                        MARGIN + 1.5 * LINE + GAP + 2 * side,
                        side);
            }
        }
        row(graphics, own, ofOwn, MARGIN + LINE, side);
        if (both) {
            row(graphics, reference, ofReference, MARGIN + LINE + side + GAP, side);
            name(graphics, alike, MARGIN + 1.5 * LINE + GAP + 2 * side);
        }
    }

    private static double left(int layer, double side) {
        return MARGIN + NAMES + layer * (side + GAP);
    }

    private Color ink() {
        return theme.isDark() ? Color.gray(theme.isContrast() ? 1 : 0.8) : Color.gray(theme.isContrast() ? 0 : 0.25);
    }

    private void row(GraphicsContext graphics, String name, List<WritableImage> images, double top, double side) {
        name(graphics, name, top + side / 2);
        for (int l = 0; l < images.size(); l++) {
            graphics.drawImage(images.get(l), left(l, side), top, side, side);
        }
    }

    /** A row's name, a word a line where it is long, about a height. */
    private void name(GraphicsContext graphics, String name, double middle) {
        List<String> lines = new ArrayList<>();
        for (String word : name.split(" ", -1)) {
            int last = lines.size() - 1;
            if (last >= 0 && lines.get(last).length() + word.length() < LETTERS) {
                lines.set(last, lines.get(last) + " " + word);
            } else {
                lines.add(word);
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            double y = middle + (i - (lines.size() - 1) / 2.0) * LEADING;
            lettering.fillText(graphics, lines.get(i), MARGIN, y, NAMES - MARGIN / 2);
        }
    }
}
