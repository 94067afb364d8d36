package decaylab.experiment;

/** What feedback on lambda can hold. */
public enum ControlQuantity {
    /** The norm of the weights, without the last layer's. */
    NORM("norm"),
    /** The effective learning rate. */
    ELR("elr"),
    /** The rotation a step, in radians. */
    ROTATION("rotation");

    private final String word;

    ControlQuantity(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use: the quantity's column in metrics.csv. */
    @Override
    public String toString() {
        return word;
    }
}
