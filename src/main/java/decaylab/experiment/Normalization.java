package decaylab.experiment;

/** What hidden layers are normalised by. */
public enum Normalization {
    /** Nothing; hidden layers have biases. */
    NONE("none"),
    /** Batch normalisation without gamma and beta; hidden layers have no biases. */
    BATCH("batch"),
    /** Batch normalisation with gamma and beta; hidden layers have no biases. */
    BATCH_AFFINE("batch-affine");

    private final String word;

    Normalization(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
