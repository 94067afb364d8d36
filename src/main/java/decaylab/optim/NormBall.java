package decaylab.optim;

import java.util.Arrays;

/**
 * Matrices whose {@link MatrixNorm} is at most a radius, and the nearest of them to a given one: hard control of the size of
 * weights, of which decay is the soft form (Xu and Wang 2018; L_{2,2} is the ball whose Lagrangian the L2 penalty is).
 */
public enum NormBall {
    /** The absolute weights of each unit sum to at most the radius. */
    L1_INF("l1-inf", new MatrixNorm(1, Double.POSITIVE_INFINITY)) {
        @Override
        void pull(double[] columns, int rows, double radius) {
            for (int from = 0; from < columns.length; from += rows) {
                ontoSimplex(columns, from, from + rows, radius);
            }
        }
    },
    /** The length of each unit's weights is at most the radius: max-norm. */
    L2_INF("l2-inf", new MatrixNorm(2, Double.POSITIVE_INFINITY)) {
        @Override
        void pull(double[] columns, int rows, double radius) {
            double[] lengths = norm().lengths(columns, rows);
            for (int j = 0; j < lengths.length; j++) {
                scale(columns, j * rows, (j + 1) * rows, Math.min(1, radius / lengths[j]));
            }
        }
    },
    /** The Frobenius norm is at most the radius. */
    L2_2("l2-2", new MatrixNorm(2, 2)) {
        @Override
        void pull(double[] columns, int rows, double radius) {
            scale(columns, 0, columns.length, radius / norm().of(columns, rows));
        }
    },
    /** The lengths of all units' weights sum to at most the radius. */
    L2_1("l2-1", new MatrixNorm(2, 1)) {
        @Override
        void pull(double[] columns, int rows, double radius) {
            double[] lengths = norm().lengths(columns, rows);
            double[] target = lengths.clone();
            ontoSimplex(target, 0, target.length, radius);
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

    /**
     * Replaces a matrix that is outside of the ball by the nearest one in it; one inside stays as it is, to the bit.
     *
     * @param columns one column after the other; changed in place
     * @param rows numbers a column has
     * @param radius above 0
     */
    public void project(double[] columns, int rows, double radius) {
        if (norm.of(columns, rows) > radius) {
            pull(columns, rows, radius);
        }
    }

    /** As {@link #project} for a matrix outside. */
    abstract void pull(double[] columns, int rows, double radius);

    /**
     * The nearest vector whose absolute numbers sum to at most the radius (Duchi et al., "Efficient Projections onto the l1-Ball
     * for Learning in High Dimensions", ICML 2008, figure 1): all are moved towards zero by the same amount, as far as zero.
     */
    private static void ontoSimplex(double[] values, int from, int to, double radius) {
        double[] sizes = new double[to - from];
        double sum = 0;
        for (int i = from; i < to; i++) {
            sizes[i - from] = Math.abs(values[i]);
            sum += sizes[i - from];
        }
        if (sum <= radius) {
            return;
        }
        Arrays.sort(sizes);
        double taken = 0;
        double threshold = 0;
        int count = 0;
        for (int i = sizes.length - 1; i >= 0; i--) {
            taken += sizes[i];
            count++;
            double candidate = (taken - radius) / count;
            if (sizes[i] <= candidate) {
                break;
            }
            threshold = candidate;
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
