package decaylab.store;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.train.RunState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What summary.json holds.
 *
 * @param state how the run ended: finished, stopped, diverged or failed
 * @param steps steps done
 * @param problem a sentence where it diverged or failed
 * @param last the last value of every column that has one, NaN and infinities as words
 * @param seconds time spent on the steps, evaluations included
 * @param stepsPerSecond steps by seconds
 * @param fingerprint what else the bits of a run depend on
 */
public record Summary(
        String state,
        long steps,
        @Nullable String problem,
        Map<String, Object> last,
        double seconds,
        double stepsPerSecond,
        Map<String, String> fingerprint) {
    private static final Set<String> STATES = Set.of("finished", "stopped", "diverged", "failed");

    public Summary {
        if (!STATES.contains(state)) {
            throw new BadInputException("its state is '" + state + "'");
        }
        if (last == null || fingerprint == null) {
            throw new BadInputException("its last values or its fingerprint are missing");
        }
    }

    /**
     * Of a run that has ended.
     *
     * @param seconds time spent on its own steps
     * @param ownSteps how many those are
     */
    public static Summary of(
            RunState state,
            Experiment experiment,
            SampleLog log,
            @Nullable String problem,
            double seconds,
            long ownSteps) {
        return new Summary(
                state.name().toLowerCase(Locale.ROOT),
                log.rows(),
                problem,
                lastValues(log),
                seconds,
                seconds > 0 ? ownSteps / seconds : 0,
                Fingerprint.here(experiment));
    }

    /** The last value of every column that has one: a number, or NaN and infinities as words, which JSON has no numbers for. */
    public static Map<String, Object> lastValues(SampleLog log) {
        Map<String, Object> last = new LinkedHashMap<>();
        for (int i = 0; i < log.metrics().size(); i++) {
            for (long row = log.rows() - 1; row >= 0; row--) {
                double value = log.value(i, row);
                if (!SampleLog.isEmpty(value)) {
                    last.put(
                            log.metrics().get(i).column(),
                            json(log.metrics().get(i).quantity(), value));
                    break;
                }
            }
        }
        return last;
    }

    private static Object json(Quantity quantity, double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        boolean whole = quantity == Quantity.STEP || quantity == Quantity.EPOCH;
        return whole ? (Object) (long) value : (Object) value;
    }
}
