package decaylab.optim;

/** What an update takes in its own pass. */
public enum Taking {
    /** The sums that every row of samples needs. */
    SUMS,
    /** These, and the parts of the norm's budget. */
    BUDGET,
    /** These, and the lengths of objective's and penalty's share and the angle between them. */
    SHARES
}
