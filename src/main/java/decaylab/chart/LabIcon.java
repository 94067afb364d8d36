package decaylab.chart;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * The lab's icon, drawn when it is needed: a decaying curve on a rounded tile. Every pixel is the mean of a few samples of the
 * shape, so that it is smooth at every size.
 */
public final class LabIcon {
    private static final int SAMPLES = 3;
    private static final int TILE = 0x0D2A3F;
    private static final int CURVE = 0xE69F00;
    private static final int AXIS = 0x56B4E9;
    private static final double CORNER = 0.22;
    private static final double STROKE = 0.085;
    private static final double[][] CURVE_POINTS = curve();

    private LabIcon() {}

    /**
     * Writes the icon as a PNG file, for installers.
     *
     * @param args the file, and the size in pixels
     */
    public static void main(String[] args) {
        int size = Integer.parseInt(args[1]);
        BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, size, size, argb(size), 0, size);
        PictureFile.png(picture, null, Path.of(args[0]));
    }

    /**
     * The icon's pixels, row by row.
     *
     * @param size of a side, in pixels
     * @return colours as 0xAARRGGBB, not multiplied by their opacity
     */
    public static int[] argb(int size) {
        int[] pixels = new int[size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                pixels[y * size + x] = pixel(x, y, size);
            }
        }
        return pixels;
    }

    private static int pixel(int x, int y, int size) {
        double red = 0;
        double green = 0;
        double blue = 0;
        int inside = 0;
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            int column = i % SAMPLES;
            int row = i / SAMPLES;
            double u = (x + (column + 0.5) / SAMPLES) / size;
            double v = (y + (row + 0.5) / SAMPLES) / size;
            if (isTile(u, v)) {
                int colour = isCurve(u, v) ? CURVE : isAxis(u, v) ? AXIS : TILE;
                red += colour >> 16 & 0xFF;
                green += colour >> 8 & 0xFF;
                blue += colour & 0xFF;
                inside++;
            }
        }
        if (inside == 0) {
            return 0;
        }
        long alpha = Math.round(255.0 * inside / (SAMPLES * SAMPLES));
        return (int) (alpha << 24
                | Math.round(red / inside) << 16
                | Math.round(green / inside) << 8
                | Math.round(blue / inside));
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

    /** Whether a place lies on the stroke: near enough to one of the curve's short straight pieces. */
    private static boolean isCurve(double u, double v) {
        for (int i = 1; i < CURVE_POINTS.length; i++) {
            if (distance(u, v, CURVE_POINTS[i - 1], CURVE_POINTS[i]) < STROKE / 2) {
                return true;
            }
        }
        return false;
    }

    private static double distance(double u, double v, double[] from, double[] to) {
        double across = to[0] - from[0];
        double down = to[1] - from[1];
        double along = ((u - from[0]) * across + (v - from[1]) * down) / (across * across + down * down);
        double at = Math.max(0, Math.min(1, along));
        return Math.hypot(u - from[0] - at * across, v - from[1] - at * down);
    }

    /** The norm of weights: it rises to a plateau while decay is off, and falls from where it is switched on. */
    private static double[][] curve() {
        double[][] points = new double[29][];
        for (int i = 0; i < points.length; i++) {
            double u = 0.31 + 0.48 * i / (points.length - 1);
            double rise = 0.60 - 0.30 * (1 - Math.exp(-(u - 0.31) / 0.07));
            double fall = 0.62 - 0.318 * Math.exp(-(u - 0.53) / 0.08);
            points[i] = new double[] {u, u < 0.53 ? rise : fall};
        }
        return points;
    }
}
