package decaylab.experiment;

/** How a gradient becomes a step. */
public enum OptimizerKind {
    /** Stochastic gradient descent. */
    SGD("sgd"),
    /** Momentum of Polyak, without dampening. */
    HEAVY_BALL("heavy-ball"),
    /** Nesterov's momentum, as PyTorch defines it. */
    NESTEROV("nesterov"),
    /** Adam of Kingma and Ba, with bias correction. */
    ADAM("adam");

    private final String word;

    OptimizerKind(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
