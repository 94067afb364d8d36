package decaylab.problem;

/**
 * Something the lab could not do although its input was good: a disk that is full, a native library that will not load. The
 * message is one sentence for the user; the command line prints it and ends with exit code 1.
 */
public final class LabFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param sentence one sentence that names the thing, its value and what to do
     * @param cause what the library or the system said, kept for the log
     */
    public LabFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
