package decaylab.ui;

import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/**
 * The lab's icon, drawn when it is needed: a decaying curve on a rounded tile. Every pixel is the mean of a few samples of
 * the shape, so that it is smooth at every size.
 */
final class AppIcon {
    private static final int[] SIZES = {16, 32, 48, 64, 128, 256};
    private static final int SAMPLES = 4;
    private static final Color TILE = Color.web("#0d2a3f");
    private static final Color CURVE = Color.web("#e69f00");
    private static final Color AXIS = Color.web("#56b4e9");
    private static final double CORNER = 0.22;

    private AppIcon() {}

    /** The icon in the sizes that window systems ask for. */
    static List<Image> sizes() {
        return IntStream.of(SIZES).mapToObj(AppIcon::draw).toList();
    }

    /** The icon at a size in pixels. */
    static Image draw(int size) {
        WritableImage image = new WritableImage(size, size);
        PixelWriter pixels = image.getPixelWriter();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                pixels.setColor(x, y, pixel(x, y, size));
            }
        }
        return image;
    }

    private static Color pixel(int x, int y, int size) {
        double red = 0;
        double green = 0;
        double blue = 0;
        double inside = 0;
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            int column = i % SAMPLES;
            int row = i / SAMPLES;
            double u = (x + (column + 0.5) / SAMPLES) / size;
            double v = (y + (row + 0.5) / SAMPLES) / size;
            if (isTile(u, v)) {
                Color colour = isCurve(u, v) ? CURVE : isAxis(u, v) ? AXIS : TILE;
                red += colour.getRed();
                green += colour.getGreen();
                blue += colour.getBlue();
                inside++;
            }
        }
        return inside == 0
                ? Color.TRANSPARENT
                : new Color(red / inside, green / inside, blue / inside, inside / (SAMPLES * SAMPLES));
    }

    private static boolean isTile(double u, double v) {
        double across = Math.max(0, Math.abs(u - 0.5) - (0.5 - CORNER));
        double down = Math.max(0, Math.abs(v - 0.5) - (0.5 - CORNER));
        return Math.hypot(across, down) <= CORNER;
    }

    private static boolean isAxis(double u, double v) {
        boolean upright = Math.abs(u - 0.22) < 0.025 && v > 0.18 && v < 0.805;
        boolean level = Math.abs(v - 0.78) < 0.025 && u > 0.195 && u < 0.84;
        return upright || level;
    }

    /** A curve that rises while decay is off, and falls from where it is switched on. */
    private static boolean isCurve(double u, double v) {
        double half = 0.045;
        if (u < 0.26 || u > 0.82) {
            return false;
        }
        double top = 0.28;
        double height = u < 0.45
                ? 0.62 - (0.62 - top) * Math.sin(Math.PI / 2 * (u - 0.26) / 0.19)
                : 0.7 - (0.7 - top) * Math.exp(-(u - 0.45) / 0.13);
        double slope = u < 0.45
                ? (0.62 - top) * Math.PI / 2 / 0.19 * Math.cos(Math.PI / 2 * (u - 0.26) / 0.19)
                : (0.7 - top) / 0.13 * Math.exp(-(u - 0.45) / 0.13);
        return Math.abs(v - height) < half * Math.hypot(1, slope);
    }
}
