package decaylab.cli;

/** What the process returns. */
public final class ExitCode {
    public static final int OK = 0;
    /** Something failed although the input was good. */
    public static final int FAILURE = 1;
    /** The input cannot be used. */
    public static final int BAD_INPUT = 2;
    /** A run diverged. */
    public static final int DIVERGED = 3;
    /** A study's claim that the lab stands for is not met. */
    public static final int CLAIM_NOT_MET = 4;
    /** A replay on another machine agrees within the tolerance. */
    public static final int OTHER_MACHINE = 5;

    private ExitCode() {}
}
