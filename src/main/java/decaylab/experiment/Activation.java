package decaylab.experiment;

/** What follows each hidden layer. */
public enum Activation {
    /** max(0, x). */
    RELU("relu"),
    /** Hyperbolic tangent. */
    TANH("tanh"),
    /** 1 / (1 + exp(-x)). */
    SIGMOID("sigmoid"),
    /** x itself: a deep linear network, where nothing but normalisation bends. */
    IDENTITY("identity");

    private final String word;

    Activation(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
