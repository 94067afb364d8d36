package decaylab.ui.run;

import decaylab.data.DataSet;

/**
 * A square of the plane that holds all training points of a two-dimensional data set, with a margin.
 *
 * @param minX its left edge
 * @param minY its lower edge
 * @param size length of its sides
 */
public record Plane(double minX, double minY, double size) {
    private static final double MARGIN = 0.08;

    /** The square around a data set's training points. */
    public static Plane around(DataSet data) {
        double minX = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        float[] inputs = data.trainInputs();
        for (int i = 0; i < inputs.length; i += 2) {
            minX = Math.min(minX, inputs[i]);
            maxX = Math.max(maxX, inputs[i]);
            minY = Math.min(minY, inputs[i + 1]);
            maxY = Math.max(maxY, inputs[i + 1]);
        }
        double size = Math.max(1e-6, Math.max(maxX - minX, maxY - minY)) * (1 + 2 * MARGIN);
        return new Plane((minX + maxX - size) / 2, (minY + maxY - size) / 2, size);
    }

    /** Whether a data set lies in a plane. */
    public static boolean holds(DataSet data) {
        return data.shape().length == 1 && data.shape()[0] == 2;
    }

    /** Where a point's x lies, 0 at the left edge and 1 at the right. */
    public double across(double x) {
        return (x - minX) / size;
    }

    /** Where a point's y lies, 0 at the upper edge and 1 at the lower. */
    public double down(double y) {
        return 1 - (y - minY) / size;
    }

    /**
     * The middles of a grid of pixels.
     *
     * @param side pixels of a side
     * @return side x side x 2 numbers, in the order of {@link RegionPicture#argb()}
     */
    public float[] grid(int side) {
        float[] points = new float[side * side * 2];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int at = 2 * (row * side + column);
                points[at] = (float) (minX + size * (column + 0.5) / side);
                points[at + 1] = (float) (minY + size * (1 - (row + 0.5) / side));
            }
        }
        return points;
    }
}
