package decaylab.experiment;

/** The family of a network. */
public enum NetworkKind {
    /** Dense layers. */
    MLP("mlp"),
    /** 3x3 convolutions, the first with stride 1, the others with stride 2, then a global average. */
    CNN("cnn"),
    /** An embedding of tokens as wide as the first layer, then layers of long short-term memory. */
    LSTM("lstm");

    private final String word;

    NetworkKind(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
