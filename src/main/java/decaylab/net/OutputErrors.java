package decaylab.net;

import decaylab.experiment.Curvature;

/**
 * What is back-propagated from the outputs in place of the loss's gradient, so that the errors that arrive at a layer have a
 * curvature matrix for their second moment: numbers from N(0, I) for the Gauss-Newton matrix of an output that is Gaussian with
 * variance 1; for the Fisher matrix the gradient at labels that are drawn from the model itself.
 *
 * @param curvature which of the two
 * @param noise a number for each output of each row, standard normal; for the Fisher matrix one a row, uniform in [0, 1)
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
public record OutputErrors(Curvature curvature, double[] noise) {
    public OutputErrors {
        if (curvature == Curvature.NONE) {
            throw new IllegalArgumentException("no curvature has no errors");
        }
    }

    /** How many numbers some rows need. */
    public static int length(Curvature curvature, int rows, int classes) {
        return curvature == Curvature.FISHER ? rows : Math.multiplyExact(rows, classes);
    }

    /**
     * Turns the sums of some rows into errors.
     *
     * @param sums in the array, without bias
     * @param outputs what the head makes of sums: probabilities
     * @param first where the rows begin in the noise
     */
    void fill(Matrix sums, double[] bias, HeadRows outputs, int first) {
        int classes = sums.columns();
        if (curvature == Curvature.GAUSS_NEWTON) {
            for (int row = 0; row < sums.rows(); row++) {
                for (int k = 0; k < classes; k++) {
                    sums.set(row, k, noise[(first + row) * classes + k]);
                }
            }
            return;
        }
        outputs.outputs(sums, bias);
        for (int row = 0; row < sums.rows(); row++) {
            double rest = noise[first + row];
            int drawn = 0;
            while (drawn < classes - 1 && rest >= sums.get(row, drawn)) {
                rest -= sums.get(row, drawn++);
            }
            sums.set(row, drawn, sums.get(row, drawn) - 1);
        }
    }
}
