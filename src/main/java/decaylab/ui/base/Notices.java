package decaylab.ui.base;

/** What the window tells its user without being asked. */
public interface Notices {
    /** Something that was done. */
    void tell(String sentence);

    /** Something that could not be done, and what to do instead. */
    void warn(String sentence);

    /** Something that was done and can be taken back. */
    void tellWithUndo(String sentence, Runnable undo);

    /**
     * Something that was done, and what can be done with it.
     *
     * @param action words on the button that does it
     */
    void offer(String sentence, String action, Runnable done);
}
