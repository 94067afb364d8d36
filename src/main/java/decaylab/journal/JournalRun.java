package decaylab.journal;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.store.Summary;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A run of a journal.
 *
 * @param name as the student called it
 * @param tried what was done with decay, in words that runs of other students share: the group of a class chart
 * @param settings the experiment in one line
 * @param seed of the run
 * @param steps how many it did
 * @param state how it stands or ended, such as finished or diverged
 * @param interventions what was changed at which step
 * @param end the last values, by the columns of metrics.csv
 * @param norm over the steps
 * @param elr effective learning rate over the steps; empty where there is none
 */
public record JournalRun(
        String name,
        String tried,
        String settings,
        long seed,
        long steps,
        String state,
        List<Made> interventions,
        Map<String, Double> end,
        Curve norm,
        Curve elr) {
    private static final List<Quantity> LAST = List.of(
            Quantity.NORM,
            Quantity.EFFECTIVE_LEARNING_RATE,
            Quantity.LOSS,
            Quantity.TRAIN_LOSS,
            Quantity.TEST_LOSS,
            Quantity.TRAIN_ACCURACY,
            Quantity.TEST_ACCURACY);

    public JournalRun {
        Objects.requireNonNull(name);
        Objects.requireNonNull(tried);
        Objects.requireNonNull(norm);
        Objects.requireNonNull(elr);
        interventions = List.copyOf(interventions);
        end = Map.copyOf(end);
    }

    /**
     * An intervention.
     *
     * @param step the first step that it was in force
     * @param what as events.csv has it
     * @param from value before
     * @param to value after
     */
    public record Made(long step, String what, String from, String to) {}

    /** A run as it is now. */
    public static JournalRun of(
            String name, Experiment experiment, SampleLog log, List<Intervention> interventions, RunState state) {
        Map<String, Object> last = Summary.lastValues(log);
        Map<String, Double> end = new LinkedHashMap<>();
        for (Quantity quantity : LAST) {
            Object value = last.get(quantity.column());
            if (value instanceof Number number) {
                end.put(quantity.column(), number.doubleValue());
            } else if (value != null) {
                end.put(quantity.column(), Double.valueOf(value.toString())); // NaN and infinities
            }
        }
        return new JournalRun(
                name,
                tried(experiment, interventions),
                experiment.summary(),
                experiment.seed(),
                log.rows(),
                state.name().toLowerCase(Locale.ROOT),
                interventions.stream()
                        .map(made -> new Made(made.step(), made.what(), made.from(), made.to()))
                        .toList(),
                end,
                Curve.of(log, Quantity.NORM),
                Curve.of(log, Quantity.EFFECTIVE_LEARNING_RATE));
    }

    /** Decay at the start and what was done to it since, without the steps: students switch at different ones. */
    static String tried(Experiment experiment, List<Intervention> interventions) {
        boolean none = experiment.decay().entry() == DecayEntry.NONE
                || experiment.decay().gate() == Gate.OFF
                || experiment.decay().lambda() == 0;
        List<String> words = new ArrayList<>();
        words.add(none ? "no decay" : experiment.decayInWords());
        interventions.forEach(made -> words.add(made.brief()));
        return String.join(", then ", words);
    }

    /** The last value of a column; NaN where there is none. */
    public double last(Quantity quantity) {
        return end.getOrDefault(quantity.column(), Double.NaN);
    }
}
