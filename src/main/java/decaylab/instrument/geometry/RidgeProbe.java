package decaylab.instrument.geometry;

/**
 * A linear classifier on what a layer puts out, that tells how easily the classes are read there: ridge regression on the
 * one-hot labels, with an input that is always 1 (section 5.4 of the specification).
 */
public final class RidgeProbe {
    private final int inputs;
    private final int classes;
    /** One column for each class, row after row. */
    private final double[] weights;

    /**
     * Fits: the weights B that make ||X B - Y||^2 + penalty ||B||^2 smallest.
     *
     * @param labels the class of each example of the representation
     * @param penalty above 0
     */
    public RidgeProbe(Representation of, int[] labels, int classes, double penalty) {
        inputs = of.width() + 1;
        this.classes = classes;
        int columns = inputs + classes;
        double[] system = new double[inputs * columns];
        double[] row = new double[inputs];
        for (int i = 0; i < labels.length; i++) {
            read(of, i, row);
            for (int j = 0; j < inputs; j++) {
                if (row[j] == 0) {
                    continue; // most outputs of relu are
                }
                for (int k = 0; k < inputs; k++) {
                    system[j * columns + k] += row[j] * row[k];
                }
                system[j * columns + inputs + labels[i]] += row[j];
            }
        }
        for (int j = 0; j < inputs; j++) {
            system[j * columns + j] += penalty;
        }
        solve(system, columns);
        weights = new double[inputs * classes];
        for (int j = 0; j < inputs; j++) {
            for (int k = 0; k < classes; k++) {
                weights[j * classes + k] = system[j * columns + inputs + k] / system[j * columns + j];
            }
        }
    }

    private static void read(Representation of, int example, double[] into) {
        System.arraycopy(of.values(), example * of.width(), into, 0, of.width());
        into[of.width()] = 1;
    }

    /** Eliminates everything beside the diagonal; the matrix is positive definite, so that no pivot has to be looked for. */
    private void solve(double[] system, int columns) {
        for (int p = 0; p < inputs; p++) {
            for (int i = 0; i < inputs; i++) {
                double factor = i == p ? 0 : system[i * columns + p] / system[p * columns + p];
                for (int j = p; j < columns && factor != 0; j++) {
                    system[i * columns + j] -= factor * system[p * columns + j];
                }
            }
        }
    }

    /** The fraction of examples whose class has the largest value, and among equals the first, in [0, 1]. */
    public double accuracy(Representation of, int[] labels) {
        double[] row = new double[inputs];
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            read(of, i, row);
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                double value = 0;
                for (int j = 0; j < inputs; j++) {
                    value += row[j] * weights[j * classes + k];
                }
                if (value > most) {
                    most = value;
                    best = k;
                }
            }
            right += best == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }
}
