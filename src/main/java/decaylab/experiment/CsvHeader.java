package decaylab.experiment;

/** Whether the first row of a table names its columns. */
public enum CsvHeader {
    /** It does where a word stands above a number. */
    AUTO("auto"),
    FIRST_ROW("first-row"),
    NONE("none");

    private final String word;

    CsvHeader(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
