package decaylab.optim;

/**
 * The L_{p,q} norm of a matrix whose columns are units and their incoming weights, the bias first (Xu and Wang, "Understanding
 * Weight Normalized Deep Neural Networks with Rectified Linear Units", NeurIPS 2018): the p-norm of each column, then the q-norm
 * of those numbers.
 *
 * @param p from 1 to infinity, within a column
 * @param q from 1 to infinity, over the columns
 */
public record MatrixNorm(double p, double q) {
    public MatrixNorm {
        if (!(p >= 1) || !(q >= 1)) {
            throw new IllegalArgumentException("L_{" + p + "," + q + "} is no norm");
        }
    }

    /**
     * The norm of a matrix.
     *
     * @param columns one column after the other
     * @param rows numbers a column has
     */
    public double of(double[] columns, int rows) {
        return of(columns, rows, new double[columns.length / rows]);
    }

    /**
     * The same without making anything.
     *
     * @param lengths receives the p-norm of each column
     */
    double of(double[] columns, int rows, double[] lengths) {
        lengths(columns, rows, lengths);
        return vector(lengths, 0, lengths.length, q);
    }

    /** The p-norm of each column. */
    void lengths(double[] columns, int rows, double[] lengths) {
        for (int j = 0; j < lengths.length; j++) {
            lengths[j] = vector(columns, j * rows, (j + 1) * rows, p);
        }
    }

    /** The p-norm of a vector, scaled by its largest number so that no power overflows; NaN where it has one. */
    public static double vector(double[] values, double p) {
        return vector(values, 0, values.length, p);
    }

    /** The p-norm of a part of a vector. */
    static double vector(double[] values, int from, int to, double p) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i])); // NaN where either is
        }
        if (largest == 0 || !Double.isFinite(largest) || p == Double.POSITIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += power(Math.abs(values[i]) / largest, p);
        }
        return largest * (p == 1 ? sum : p == 2 ? Math.sqrt(sum) : StrictMath.pow(sum, 1 / p));
    }

    private static double power(double value, double p) {
        return p == 1 ? value : p == 2 ? value * value : StrictMath.pow(value, p);
    }

    /** The exponent p* of the dual norm, 1/p + 1/p* = 1. */
    public double dual() {
        return p == 1 ? Double.POSITIVE_INFINITY : p == Double.POSITIVE_INFINITY ? 1 : p / (p - 1);
    }

    /** The exponent [1/p* - 1/q]_+ with which a layer's width enters the bound; 0 where width does not matter, q <= p*. */
    public double widthExponent() {
        return Math.max(0, 1 / dual() - 1 / q);
    }
}
