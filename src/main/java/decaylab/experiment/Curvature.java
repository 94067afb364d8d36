package decaylab.experiment;

/**
 * What a gradient is preconditioned with: nothing, or a Kronecker-factored curvature matrix (K-FAC; Martens and Grosse, "Optimizing
 * Neural Networks with Kronecker-factored Approximate Curvature", ICML 2015), as Zhang, Wang, Xu and Grosse, "Three Mechanisms
 * of Weight Decay Regularization" (ICLR 2019), tell two of them apart.
 */
public enum Curvature {
    /** The gradient itself. */
    NONE("none"),
    /**
     * The Gauss-Newton matrix E[J^T J] of the outputs before the softmax: that of an output which is Gaussian with variance 1
     * whatever the input, so that the softmax's own Hessian is not in it.
     */
    GAUSS_NEWTON("gauss-newton"),
    /** The Fisher matrix, with labels drawn from what the model predicts; it fades as predictions become certain. */
    FISHER("fisher");

    private final String word;

    Curvature(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
