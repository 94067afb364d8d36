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
        return vector(lengths(columns, rows), q);
    }

    /** The p-norm of each column. */
    double[] lengths(double[] columns, int rows) {
        double[] lengths = new double[columns.length / rows];
        double[] column = new double[rows];
        for (int j = 0; j < lengths.length; j++) {
            System.arraycopy(columns, j * rows, column, 0, rows);
            lengths[j] = vector(column, p);
        }
        return lengths;
    }

    /** The p-norm of a vector, scaled by its largest number so that no power overflows; NaN where it has one. */
    public static double vector(double[] values, double p) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value)); // NaN where either is
        }
        if (largest == 0 || !Double.isFinite(largest) || p == Double.POSITIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (double value : values) {
            sum += power(Math.abs(value) / largest, p);
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
