package decaylab.optim;

/** The switch of decay: what it does to the scheduled decay, held until changed. */
public enum Gate {
    /** As scheduled. */
    AUTO("auto"),
    /** The schedule counts as 1. */
    ON("on"),
    /** No decay. */
    OFF("off");

    private final String word;

    Gate(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
