package decaylab.ui.explain;

import decaylab.train.Intervention;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was measured around a step of a run. Norms are those that {@code norm} covers.
 *
 * @param rows how many steps the run has done
 * @param from first step of the window that is told of; at least 1, so that there is a norm before it
 * @param to its last step; below from where there are too few steps for a window
 * @param normBefore norm before the window
 * @param normAfter norm after it
 * @param share what decay did to the squared norm, where that is known; else null
 * @param length mean of ||u||^2 over the steps of the window
 * @param elrBefore effective learning rate before the window; NaN where there is none
 * @param elrAfter effective learning rate after it
 * @param rotation mean angle of a step in the window, in radians; NaN where there is none
 * @param decay decay in force at the last step
 * @param absence why none is in force there; null where some is
 * @param changed the newest intervention, where it is recent enough to be told of; else null
 * @param normalized whether a layer of the network is normalised
 * @param failure where the run diverged; else null
 */
public record Moment(
        long rows,
        long from,
        long to,
        double normBefore,
        double normAfter,
        @Nullable Share share,
        double length,
        double elrBefore,
        double elrAfter,
        double rotation,
        double decay,
        @Nullable Absence absence,
        @Nullable Intervention changed,
        boolean normalized,
        @Nullable Divergence failure) {
    /** A norm that changes by less than this part of it over a window stays. */
    static final double BALANCE = 0.005;

    /**
     * Decay's share of the change of the squared norm, a step.
     *
     * @param decay mean of -2 (w, u_d): negative where decay takes away
     * @param rest mean of everything else that changed the squared norm
     * @param steps at how many steps of the window it is known
     * @param measured true where the budget was measured, false where it follows from eta lambda ||w||^2
     */
    public record Share(double decay, double rest, long steps, boolean measured) {}

    /** Why no decay is in force. */
    public enum Absence {
        /** The experiment has none. */
        NONE,
        /** The switch is off. */
        OFF,
        /** Lambda is 0. */
        ZERO,
        /** The schedule says 0 now. */
        SCHEDULE
    }

    /**
     * Where a run diverged.
     *
     * @param step its last step
     * @param loss at that step
     * @param lastNorm the last finite norm; NaN where there is none
     * @param lastNormStep its step
     */
    public record Divergence(long step, double loss, double lastNorm, long lastNormStep) {}

    /** How many steps the window has; 0 where there are too few. */
    public long steps() {
        return Math.max(0, to - from + 1);
    }

    /** The change of the squared norm a step, over the window. */
    public double change() {
        return (normAfter * normAfter - normBefore * normBefore) / steps();
    }

    /** Whether the norm stays. */
    public boolean balanced() {
        return Math.abs(normAfter / normBefore - 1) < BALANCE;
    }

    /** Decay's share, where it is known. */
    public Optional<Share> known() {
        return Optional.ofNullable(share);
    }
}
