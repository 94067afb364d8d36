package decaylab.ui.schedule;

import java.util.Locale;

/** Curves over the whole run that papers and practice use. */
enum Shape {
    /** The base throughout. */
    ALWAYS,
    /** Nothing. */
    NEVER,
    /** The base in the first third (Bjorck, Weinberger and Gomes, AAAI 2021). */
    EARLY,
    /** The base after the first third. */
    LATE,
    /** The base in a window (Golatkar, Achille and Soatto, NeurIPS 2019). */
    WINDOW,
    /** Half a cosine wave from the base to 0. */
    COSINE,
    /** The base divided by 1 + 9 t / T, a tenth of it at the end. */
    ONE_OVER_T,
    /** Proportional to the learning rate, the base where that has its own. */
    LIKE_RATE,
    /** Proportional to the learning rate's square. */
    LIKE_RATE_SQUARED;

    private static final double THIRD = 1 / 3.0;
    private static final double SLOWING = 9;

    /** The name of its text. */
    String key() {
        return "schedules.shape." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether it needs the learning rate to go by, and so cannot be its shape. */
    boolean followsRate() {
        return this == LIKE_RATE || this == LIKE_RATE_SQUARED;
    }

    /**
     * What the shape depends on.
     *
     * @param base of what it is the shape of
     * @param rate the learning rate over the run, as a share of its base
     * @param steps of the run
     * @param from a window's first step
     * @param width a window's steps
     */
    record Setting(double base, Curve rate, long steps, long from, long width) {}

    /** The curve. */
    Curve curve(Setting setting) {
        double base = setting.base();
        long steps = setting.steps();
        long third = Math.max(1, Math.round(steps * THIRD));
        return switch (this) {
            case ALWAYS -> Curve.level(base);
            case NEVER -> Curve.level(0);
            case EARLY -> within(base, 0, third);
            case LATE -> within(base, third, steps);
            case WINDOW -> within(base, setting.from(), setting.from() + setting.width());
            case COSINE -> Curve.of(step -> base * (1 + Math.cos(Math.PI * step / Math.max(1, steps - 1))) / 2, steps);
            case ONE_OVER_T -> Curve.of(step -> base / (1 + SLOWING * step / Math.max(1, steps - 1)), steps);
            case LIKE_RATE -> setting.rate().times(base);
            case LIKE_RATE_SQUARED ->
                Curve.of(step -> base * Math.pow(setting.rate().value(step), 2), steps);
        };
    }

    private static Curve within(double base, long from, long to) {
        return Segment.WINDOW.on(Curve.level(0), new Knot(from, base), new Knot(Math.max(from + 1, to - 1), base));
    }
}
