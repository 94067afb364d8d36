package decaylab.instrument.geometry;

/**
 * Measures that are said to tell how well a network generalises, from its weights and training data alone. Less is said to be
 * better. The raw ones are those in use; an invariant one does not change where the weights of a normalised layer are
 * multiplied by a number (and its running statistics with them), which changes nothing that the network computes: each
 * layer's part is of degree -2 in that layer's weights, and is multiplied with their squared norm. The invariant ones are a
 * reconstruction: Bjorck, Weinberger and Gomes (AAAI 2021) state that a simple scale-invariant measure sees the benefit of
 * early decay, but its formula could not be had.
 */
public enum GeneralizationMetric {
    /** sqrt of the sum of squared Frobenius norms of all weight matrices but the head's. */
    NORM("norm", false),
    /** Sum of the Frobenius norms of all weight matrices. */
    FROBENIUS_SUM("frobeniusSum", false),
    /** Product of the Frobenius norms of all weight matrices. */
    FROBENIUS_PRODUCT("frobeniusProduct", false),
    /** Sum of the spectral norms of all weight matrices. */
    SPECTRAL_SUM("spectralSum", false),
    /** Product of the spectral norms of all weight matrices, a bound on the slope where nothing is normalised. */
    SPECTRAL_PRODUCT("spectralProduct", false),
    /**
     * Path norm (Neyshabur, Salakhutdinov and Srebro, NIPS 2015): root of the sum over all paths of the product of squared
     * weights, normalisations being weights of the path; without biases. Itself invariant.
     */
    PATH_NORM("pathNorm", false),
    /** Trace of the empirical Fisher matrix: sum over the weight matrices of the mean squared norm of an example's gradient. */
    FISHER("trF", false),
    /** Gradient noise: variance of a mini-batch's mean gradient in training, summed over the weight matrices. */
    NOISE("trS", false),
    /** Sum over the weight matrices and the classes of the mean squared norm of a logit's gradient. */
    JACOBIAN("trJ", false),
    /** Largest eigenvalue of the Hessian of the mean loss, with respect to the normalised (else: hidden) layers' weights. */
    HESSIAN("lambdaMax", false),
    /** Mean rise of the loss where each such layer moves by a given length, in random directions. */
    SHARPNESS("sharpness", false),
    /** Sum over the normalised layers of ||W||^2 times the layer's part of FISHER. The recommended one. */
    K_FISHER("kF", true),
    /** Sum over the normalised layers of ||W||^2 times the layer's part of NOISE. */
    K_NOISE("kS", true),
    /** Sum over the normalised layers of ||W||^2 times the layer's part of JACOBIAN. It does not see the loss. */
    K_JACOBIAN("kJ", true),
    /** Largest eigenvalue of D H D, D = ||W|| on a layer's weights: the Hessian in the coordinates W / ||W||. */
    K_HESSIAN("kH", true),
    /** Mean rise of the loss where each layer moves by a given part of its ||W||, in random directions. For display only. */
    K_SHARPNESS("kR", true);

    private final String key;
    private final boolean invariant;

    GeneralizationMetric(String key, boolean invariant) {
        this.key = key;
        this.invariant = invariant;
    }

    /** The name in files. */
    public String key() {
        return key;
    }

    /** Whether it does not feel the size of normalised layers by its definition, and so needs some. */
    public boolean invariant() {
        return invariant;
    }
}
