package decaylab.ui.chart;

/**
 * The part of the step axis that all charts show. While it follows, it shows everything there is; zooming and panning stop
 * that, resetting starts it again. Immutable.
 *
 * @param from left edge, in steps
 * @param to right edge, above from
 * @param follows whether the edges move with the data
 */
public record Viewport(double from, double to, boolean follows) {
    /** The narrowest view, in steps. */
    private static final double NARROWEST = 4;

    public Viewport {
        if (!(to > from)) {
            throw new IllegalArgumentException("from " + from + " to " + to);
        }
    }

    /** Everything up to the last step, and a little more: the right edge moves in steps, and with it what is on the axis. */
    public static Viewport following(long steps) {
        double room = Math.pow(2, Math.floor(Math.log(Math.max(1, steps)) / Math.log(2)) - 4);
        return new Viewport(0, Math.max(NARROWEST, Math.ceil(steps / room) * room), true);
    }

    /** The view after more steps came. */
    public Viewport grown(long steps) {
        return follows ? following(steps) : this;
    }

    /**
     * Zooms so that a step stays where it is.
     *
     * @param centre the step that stays
     * @param factor below 1 shows less, above 1 more
     * @param steps how many there are
     */
    public Viewport zoomed(double centre, double factor, long steps) {
        double width = Math.max(NARROWEST, (to - from) * factor);
        if (width >= Math.max(NARROWEST, steps)) {
            return following(steps);
        }
        double share = (centre - from) / (to - from);
        return within(centre - share * width, width, steps);
    }

    /** Shows a range that was drawn with the mouse. */
    public Viewport selected(double first, double last, long steps) {
        double left = Math.min(first, last);
        return within(left, Math.max(NARROWEST, Math.abs(last - first)), steps);
    }

    /** Moves by a part of the width; positive to the right. */
    public Viewport panned(double share, long steps) {
        double width = to - from;
        return width >= steps ? this : within(from + share * width, width, steps);
    }

    private static Viewport within(double from, double width, long steps) {
        double most = Math.max(NARROWEST, steps);
        double kept = Math.min(width, most);
        double left = Math.max(0, Math.min(from, most - kept));
        return new Viewport(left, left + kept, false);
    }
}
