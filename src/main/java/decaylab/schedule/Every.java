package decaylab.schedule;

/** The clock of a schedule. */
public enum Every {
    /** Once an optimiser step. */
    STEP("step"),
    /** Once an epoch. */
    EPOCH("epoch");

    private final String word;

    Every(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
