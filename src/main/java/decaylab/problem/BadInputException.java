package decaylab.problem;

/**
 * A file, field, flag or click that the lab cannot use. The message is one sentence for the user: it names the thing, its
 * value and the remedy. The command line prints it and ends with exit code 2; the window shows it as a notice.
 */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param sentence one sentence that names the thing, its value and what to do */
    public BadInputException(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence one sentence that names the thing, its value and what to do
     * @param cause what the library or the system said, kept for the log
     */
    public BadInputException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
