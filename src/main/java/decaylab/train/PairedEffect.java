package decaylab.train;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.util.OptionalInt;

/**
 * What an intervention did, measured against a run on the same batches without it, at the last step that both have done.
 *
 * @param step that last step
 * @param norm ratio of the norms, less 1
 * @param effectiveLearningRate ratio of the effective learning rates, less 1; NaN where nothing is normalised
 * @param testAccuracy difference at the last evaluation of both since the fork, in [-1, 1]; NaN before the first
 */
public record PairedEffect(long step, double norm, double effectiveLearningRate, double testAccuracy) {
    /**
     * @param run with the intervention
     * @param twin without it
     * @param fork the first step at which they differ; both have done it
     */
    public static PairedEffect of(SampleLog run, SampleLog twin, long fork) {
        long last = Math.min(run.rows(), twin.rows()) - 1;
        if (last < fork) {
            throw new IllegalArgumentException("the runs have not done step " + fork);
        }
        long evaluated = last;
        while (evaluated >= fork
                && (SampleLog.isEmpty(value(run, Quantity.TEST_ACCURACY, evaluated))
                        || SampleLog.isEmpty(value(twin, Quantity.TEST_ACCURACY, evaluated)))) {
            evaluated--;
        }
        return new PairedEffect(
                last,
                ratio(run, twin, Quantity.NORM, last),
                ratio(run, twin, Quantity.EFFECTIVE_LEARNING_RATE, last),
                evaluated < fork
                        ? Double.NaN
                        : value(run, Quantity.TEST_ACCURACY, evaluated)
                                - value(twin, Quantity.TEST_ACCURACY, evaluated));
    }

    private static double ratio(SampleLog run, SampleLog twin, Quantity quantity, long row) {
        return value(run, quantity, row) / value(twin, quantity, row) - 1;
    }

    private static double value(SampleLog log, Quantity quantity, long row) {
        OptionalInt place = log.place(Metric.of(quantity));
        return place.isPresent() ? log.value(place.getAsInt(), row) : SampleLog.EMPTY;
    }
}
