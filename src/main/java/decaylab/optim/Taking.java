package decaylab.optim;

/** What an update takes in its own pass. */
public enum Taking {
    /** The sums that every row of samples needs. */
    SUMS,
    /** These, and the shares of objective and penalty. */
    SHARES
}
