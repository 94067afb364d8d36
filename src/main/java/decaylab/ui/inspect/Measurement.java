package decaylab.ui.inspect;

import decaylab.instrument.geometry.FairComparison;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.instrument.geometry.GeneralizationMetrics;

/**
 * Measures of generalisation of one run at one step.
 *
 * @param run its name then
 * @param step how many steps were done
 * @param metrics what was measured
 */
public record Measurement(String run, long step, GeneralizationMetrics metrics) {
    /** A measure; NaN where it has no meaning for this network. */
    public double value(GeneralizationMetric metric) {
        return metrics.value(metric).orElse(Double.NaN);
    }

    /** Whether its measures may be compared with another's. */
    public FairComparison comparedWith(Measurement other) {
        return FairComparison.of(metrics.trainLoss(), other.metrics.trainLoss());
    }
}
