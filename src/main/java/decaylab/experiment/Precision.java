package decaylab.experiment;

/** The arithmetic of a run. */
public enum Precision {
    /** 32 bits. */
    FLOAT("float"),
    /** 64 bits, for identities. */
    DOUBLE("double");

    private final String word;

    Precision(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
