package decaylab.train;

/** How often an instrument is taken: as asked for, or less often by a power of two. Immutable. */
record Pace(int asked, int present) {
    /** Beyond this an instrument costs nothing and shows nothing. */
    private static final int LONGEST = 1 << 20;

    static Pace of(int interval) {
        return new Pace(interval, interval);
    }

    /** Whether it is due after a step: after every so many steps, and after the last. */
    boolean isDue(long step, long steps) {
        return (step + 1) % present == 0 || step + 1 == steps;
    }

    /** How many steps from now it is due. */
    long stepsUntilDue(long step, long steps) {
        return Math.min(present - 1 - step % present, Math.max(0, steps - 1 - step));
    }

    boolean canStretch() {
        return present < LONGEST;
    }

    /** Half as often. */
    Pace stretched() {
        return new Pace(asked, present * 2);
    }

    /** Twice as often, where it is taken less often than asked for. */
    Pace relaxed() {
        return present == asked ? this : new Pace(asked, present / 2);
    }
}
