package decaylab.experiment;

/** By which weights the error travels back through a dense network. */
public enum FeedbackKind {
    /** The transposed forward weights: back-propagation. */
    EXACT("exact"),
    /** Matrices at random that never change: feedback alignment (Lillicrap, Cownden, Tweed and Akerman 2016). */
    FIXED("fixed"),
    /** From the output to each layer at once, by such a matrix of its own: direct feedback alignment (Nøkland 2016). */
    DIRECT("direct"),
    /** Matrices that learn from the network's answers to noise: the weight mirror (Akrout et al. 2019). */
    MIRROR("mirror"),
    /** Matrices that take the same steps and the same decay as the weights (Kolen and Pollack 1994; Akrout et al. 2019). */
    KOLEN_POLLACK("kolen-pollack");

    private final String word;

    FeedbackKind(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
