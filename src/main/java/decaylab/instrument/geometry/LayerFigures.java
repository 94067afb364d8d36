package decaylab.instrument.geometry;

/**
 * What is measured of one weight matrix.
 *
 * @param layer its name
 * @param normalized whether the function does not feel its size
 * @param frobenius norm
 * @param spectral norm, the largest singular value
 * @param fisher mean over the examples of the squared norm of the gradient of the example's loss
 * @param noise variance of the mean gradient of a mini-batch in training, summed over the weights
 * @param jacobian mean over the examples of the squared norms of the logits' gradients, summed over the classes
 */
public record LayerFigures(
        String layer,
        boolean normalized,
        double frobenius,
        double spectral,
        double fisher,
        double noise,
        double jacobian) {
    /** A figure of degree -2 in the weights, freed of their size. */
    double invariant(double figure) {
        return frobenius * frobenius * figure;
    }
}
