package decaylab.train;

import decaylab.experiment.Instrument;
import java.util.Map;

/**
 * What measuring costs, as fractions of the time that steps take without it: 0.05 is a twentieth more. Measured on steps
 * now and then; immutable.
 *
 * @param samples of every row of samples
 * @param evaluations on training and test set; not part of the total
 * @param instruments of each instrument that is on
 */
public record Overhead(double samples, double evaluations, Map<Instrument, Part> instruments) {
    /** Before anything was measured. */
    public static final Overhead UNKNOWN = new Overhead(Double.NaN, Double.NaN, Map.of());

    public Overhead {
        instruments = Map.copyOf(instruments);
    }

    /**
     * One instrument's.
     *
     * @param share fraction of a step's time; NaN where it was not taken yet
     * @param asked steps between two takes, as asked for
     * @param present steps between two takes, as it is now
     */
    public record Part(double share, int asked, int present) {
        /** True where it is taken less often than asked for, so that it stays within the budget. */
        public boolean stretched() {
            return present > asked;
        }
    }

    /** Samples and instruments together. */
    public double total() {
        return samples
                + instruments.values().stream()
                        .mapToDouble(Part::share)
                        .filter(share -> !Double.isNaN(share))
                        .sum();
    }
}
