package decaylab.optim;

/** Eta's part in what a decoupled decay takes off the weights. */
public enum Coupling {
    /** eta_t lambda_t w (AdamW as PyTorch has it). */
    LEARNING_RATE("learning-rate"),
    /** s_t lambda_t w with s_t the factor of the learning-rate schedule (Loshchilov and Hutter 2019). */
    SCHEDULE("schedule"),
    /** lambda_t w. */
    NONE("none");

    private final String word;

    Coupling(String word) {
        this.word = word;
    }

    /**
     * What a decoupled decay takes off the weights in a step, as a fraction of them.
     *
     * @param learningRate eta_t, schedule included
     * @param factor s_t, of the learning rate's schedule
     * @param decay lambda_t
     */
    public double taken(double learningRate, double factor, double decay) {
        return switch (this) {
            case LEARNING_RATE -> learningRate * decay;
            case SCHEDULE -> factor * decay;
            case NONE -> decay;
        };
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
