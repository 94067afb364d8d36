package decaylab.experiment;

/** Which layers decay applies to. */
public enum DecayLayers {
    /** Every layer. */
    ALL("all"),
    /** Layers whose output is normalised. */
    NORMALIZED("normalized"),
    /** The last layer, the head. */
    LAST("last");

    private final String word;

    DecayLayers(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
