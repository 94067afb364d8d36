package decaylab.optim;

/**
 * How long the parts of an update take, on one thread; of chosen steps only, since looking at the clock takes time itself.
 * Mutable, for one thread at a time.
 */
final class Laps {
    private boolean on;
    private long last;
    private long sums;
    private long shares;

    /** Begins anew. */
    void reset(boolean measure) {
        on = measure;
        sums = 0;
        shares = 0;
    }

    /** A part begins that is not an instrument's. */
    void begin() {
        if (on) {
            last = System.nanoTime();
        }
    }

    /** What was done since the last lap served the sums of every row. */
    void forSums() {
        if (on) {
            long now = System.nanoTime();
            sums += now - last;
            last = now;
        }
    }

    /** What was done since the last lap served the shares. */
    void forShares() {
        if (on) {
            long now = System.nanoTime();
            shares += now - last;
            last = now;
        }
    }

    long sums() {
        return sums;
    }

    long shares() {
        return shares;
    }
}
