package decaylab.train;

/** Where a run stands. */
public enum RunState {
    /** Data and network are being made. */
    PREPARING,
    /** Waiting between two steps. */
    PAUSED,
    /** Training. */
    RUNNING,
    /** All steps were done. */
    FINISHED,
    /** Ended by the user before the last step. */
    STOPPED,
    /** The loss, a weight or a buffer was not finite; the last row is the step at which that was seen. */
    DIVERGED,
    /** Something went wrong; {@link RunStatus#problem()} says what. */
    FAILED;

    /** True where no further step will come. */
    public boolean ended() {
        return this == FINISHED || this == STOPPED || this == DIVERGED || this == FAILED;
    }
}
