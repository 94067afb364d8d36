package decaylab.instrument.geometry;

import java.util.Locale;

/**
 * Whether measures of two networks may be compared. Those made of gradients and curvature shrink with the training loss, so
 * that of two networks the one that has fitted further looks better by that alone; a factor of two between the losses is
 * accepted.
 *
 * @param fair whether they may
 * @param sentence that says so, with the losses
 */
public record FairComparison(boolean fair, String sentence) {
    /** The factor between two training losses up to which measures are compared. */
    public static final double MOST = 2;

    /**
     * Of two training losses.
     *
     * @param one mean cross-entropy in nats, on the examples on which the measures were taken
     * @param other that of the other network
     */
    public static FairComparison of(double one, double other) {
        String losses = String.format(Locale.ROOT, "The training losses, %.3g and %.3g,", one, other);
        if (!Double.isFinite(one) || !Double.isFinite(other)) {
            return new FairComparison(false, losses + " are not both finite, so the measures cannot be compared.");
        }
        double less = Math.min(one, other);
        double more = Math.max(one, other);
        if (more <= MOST * less) {
            return new FairComparison(true, losses + " are within a factor of 2, so the measures may be compared.");
        }
        return new FairComparison(
                false,
                losses
                        + " differ by more than a factor of 2, so the measures may not be compared: most shrink with the "
                        + "loss.");
    }
}
