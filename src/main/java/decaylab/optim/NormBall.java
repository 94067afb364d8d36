package decaylab.optim;

/**
 * Matrices whose {@link MatrixNorm} is at most a radius, and the nearest of them to a given one: hard control of the size of
 * weights, of which decay is the soft form (Xu and Wang 2018; L_{2,2} is the ball whose Lagrangian the L2 penalty is).
 */
public enum NormBall {
    /** The absolute weights of each unit sum to at most the radius. */
    L1_INF("L1-inf", new MatrixNorm(1, Double.POSITIVE_INFINITY)) {
        @Override
        void pull(double[] columns, int rows, double radius, Space space) {
            for (int from = 0; from < columns.length; from += rows) {
                ontoSimplex(columns, from, from + rows, radius, space.sizes);
            }
        }
    },
    /** The length of each unit's weights is at most the radius: max-norm. */
    L2_INF("L2-inf", new MatrixNorm(2, Double.POSITIVE_INFINITY)) {
        @Override
        void pull(double[] columns, int rows, double radius, Space space) {
            double[] lengths = space.lengths;
            for (int j = 0; j < lengths.length; j++) {
                scale(columns, j * rows, (j + 1) * rows, Math.min(1, radius / lengths[j]));
            }
        }
    },
    /** The Frobenius norm is at most the radius. */
    L2_2("L2-2", new MatrixNorm(2, 2)) {
        @Override
        void pull(double[] columns, int rows, double radius, Space space) {
            double[] lengths = space.lengths;
            scale(columns, 0, columns.length, radius / MatrixNorm.vector(lengths, 0, lengths.length, 2));
        }
    },
    /** The lengths of all units' weights sum to at most the radius. */
    L2_1("L2-1", new MatrixNorm(2, 1)) {
        @Override
        void pull(double[] columns, int rows, double radius, Space space) {
            double[] lengths = space.lengths;
            double[] target = space.targets;
            System.arraycopy(lengths, 0, target, 0, lengths.length);
            ontoSimplex(target, 0, target.length, radius, space.sizes);
            for (int j = 0; j < lengths.length; j++) {
                scale(columns, j * rows, (j + 1) * rows, lengths[j] == 0 ? 1 : target[j] / lengths[j]);
            }
        }
    };

    private final String word;
    private final MatrixNorm norm;

    NormBall(String word, MatrixNorm norm) {
        this.word = word;
        this.norm = norm;
    }

    /** Whose ball it is. */
    public MatrixNorm norm() {
        return norm;
    }

    /** What projections of matrices of one shape need, made once. */
    static final class Space {
        private final double[] lengths;
        private final double[] targets;
        private final double[] sizes;

        /**
         * @param rows numbers a column has
         * @param columns of the matrix
         */
        Space(int rows, int columns) {
            lengths = new double[columns];
            targets = new double[columns];
            sizes = new double[Math.max(rows, columns)];
        }
    }

    /**
     * Replaces a matrix that is outside of the ball by the nearest one in it; one inside stays as it is, to the bit.
     *
     * @param columns one column after the other; changed in place
     * @param rows numbers a column has
     * @param radius above 0
     */
    public void project(double[] columns, int rows, double radius) {
        project(columns, rows, radius, new Space(rows, columns.length / rows));
    }

    /**
     * The same without making anything.
     *
     * @return whether the matrix was outside; one that is not finite stays as it is
     */
    boolean project(double[] columns, int rows, double radius, Space space) {
        double now = norm.of(columns, rows, space.lengths);
        boolean outside = now > radius && now < Double.POSITIVE_INFINITY;
        if (outside) {
            pull(columns, rows, radius, space);
        }
        return outside;
    }

    /** As {@link #project} for a matrix outside, the lengths of whose columns the space holds. */
    abstract void pull(double[] columns, int rows, double radius, Space space);

    /**
     * The nearest vector whose absolute numbers sum to at most the radius (Duchi et al., "Efficient Projections onto the l1-Ball
     * for Learning in High Dimensions", ICML 2008): all are moved towards zero by the same amount, as far as zero. The amount is
     * found without sorting: numbers that it takes to zero are left out until none is left out any more (Michelot, "A finite
     * algorithm for finding the projection of a point onto the canonical simplex", 1986).
     */
    private static void ontoSimplex(double[] values, int from, int to, double radius, double[] sizes) {
        int count = to - from;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sizes[i] = Math.abs(values[from + i]);
            sum += sizes[i];
        }
        if (sum <= radius) {
            return;
        }
        double threshold = (sum - radius) / count;
        boolean left = true;
        while (left) {
            int kept = 0;
            sum = 0;
            for (int i = 0; i < count; i++) {
                if (sizes[i] > threshold) {
                    sum += sizes[i];
                    sizes[kept++] = sizes[i];
                }
            }
            left = kept < count && kept > 0; // none is above where rounding eats a radius far below them
            if (left) {
                count = kept;
                threshold = (sum - radius) / count;
            }
        }
        for (int i = from; i < to; i++) {
            values[i] = Math.copySign(Math.max(0, Math.abs(values[i]) - threshold), values[i]);
        }
    }

    private static void scale(double[] values, int from, int to, double factor) {
        if (factor < 1) {
            for (int i = from; i < to; i++) {
                values[i] *= factor;
            }
        }
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
