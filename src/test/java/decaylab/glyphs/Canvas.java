package decaylab.glyphs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A small square of ink or no ink, finer than the image that it becomes; in plain arithmetic, so that every Java paints alike. */
final class Canvas {
    /** Cells of a pixel's side. */
    private static final int FINE = 4;

    private final int side;
    private boolean[] ink;

    /** @param pixels of the image's side */
    Canvas(int pixels) {
        side = pixels * FINE;
        ink = new boolean[side * side];
    }

    private record Crossing(double x, int direction) {}

    /**
     * Fills what the outline winds around.
     *
     * @param outline in pixels, y down
     */
    void fill(Outline outline) {
        for (int row = 0; row < side; row++) {
            double y = (row + 0.5) / FINE;
            List<Crossing> crossings = new ArrayList<>();
            for (List<double[]> polygon : outline.polygons()) {
                for (int i = 1; i < polygon.size(); i++) {
                    double[] a = polygon.get(i - 1);
                    double[] b = polygon.get(i);
                    if (a[1] <= y != b[1] <= y) {
                        double x = a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
                        crossings.add(new Crossing(x, a[1] <= y ? 1 : -1));
                    }
                }
            }
            crossings.sort(Comparator.comparingDouble(Crossing::x));
            int winding = 0;
            for (int i = 0; i + 1 < crossings.size(); i++) {
                winding += crossings.get(i).direction;
                if (winding != 0) {
                    int from = (int) StrictMath.ceil(crossings.get(i).x * FINE - 0.5);
                    int to = (int) StrictMath.ceil(crossings.get(i + 1).x * FINE - 0.5);
                    for (int column = Math.max(0, from); column < Math.min(side, to); column++) {
                        ink[row * side + column] = true;
                    }
                }
            }
        }
    }

    /** Makes strokes thicker by a cell all around, or thinner. */
    void thicken(boolean thicker) {
        boolean[] changed = ink.clone();
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                int at = y * side + x;
                boolean beside = ink[at - 1] == thicker
                        || ink[at + 1] == thicker
                        || ink[at - side] == thicker
                        || ink[at + side] == thicker;
                if (beside) {
                    changed[at] = thicker;
                }
            }
        }
        ink = changed;
    }

    /** The part of a pixel that has ink. */
    double at(int x, int y) {
        int count = 0;
        for (int i = 0; i < FINE * FINE; i++) {
            count += ink[(y * FINE + i / FINE) * side + x * FINE + i % FINE] ? 1 : 0;
        }
        return (double) count / (FINE * FINE);
    }
}
