package decaylab.ui.race;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.optim.DecayEntry;
import decaylab.problem.BadInputException;
import decaylab.study.SweepAxis;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who takes part in a race: experiments that share data, seed and batch size, and their names.
 *
 * @param experiments two to four
 * @param names one each, no two the same
 */
public record RaceField(List<Experiment> experiments, List<String> names) {
    /** The fewest that make a race. */
    public static final int FEWEST = 2;

    /** The most that a window shows side by side. */
    public static final int MOST = 4;

    /** The part of the steps that counts as early, as in the presets. */
    private static final double EARLY = 0.35;

    /** When decay acts. */
    public enum Timing {
        ALWAYS,
        NEVER,
        EARLY,
        LATE
    }

    /** @throws BadInputException where they cannot race; the sentence says why */
    public RaceField {
        experiments = List.copyOf(experiments);
        names = List.copyOf(names);
        if (experiments.size() < FEWEST || experiments.size() > MOST) {
            throw new BadInputException("A race has " + FEWEST + " to " + MOST + " settings, but there "
                    + (experiments.size() == 1 ? "is 1" : "are " + experiments.size()) + "; choose so many.");
        }
        if (names.size() != experiments.size()) {
            throw new BadInputException(
                    "A race of " + experiments.size() + " settings has " + names.size() + " names; give one to each.");
        }
        for (int i = 1; i < experiments.size(); i++) {
            requireSame("data", experiments.get(0).data(), experiments.get(i).data(), names.get(0), names.get(i));
            requireSame("seed", experiments.get(0).seed(), experiments.get(i).seed(), names.get(0), names.get(i));
            requireSame(
                    "batchSize",
                    experiments.get(0).batchSize(),
                    experiments.get(i).batchSize(),
                    names.get(0),
                    names.get(i));
        }
    }

    private static void requireSame(String field, Object one, Object other, String name, String otherName) {
        if (!one.equals(other)) {
            throw new BadInputException("The settings " + name + " and " + otherName + " differ in " + field
                    + (field.equals("data") ? "" : " (" + one + " and " + other + ")")
                    + ", so they would not see the same batches; give both the same " + field + ".");
        }
    }

    /**
     * The same experiment with decay at different times.
     *
     * @throws BadInputException where it has none
     */
    static RaceField ofTimings(Experiment base, List<Timing> timings, ExperimentYaml yaml, Texts texts) {
        if (base.decay().entry() == DecayEntry.NONE || base.decay().lambda() == 0) {
            throw new BadInputException(texts.of("race.noDecay"));
        }
        long switched = Math.max(1, Math.round(EARLY * base.steps()));
        List<Experiment> experiments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Timing timing : timings) {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("decay.gate", timing == Timing.NEVER ? "'off'" : "auto");
            settings.put( // laid over that of the base, so all of its fields are given
                    "decay.schedule",
                    switch (timing) {
                        case ALWAYS, NEVER -> "{kind: constant}";
                        case EARLY -> "{kind: window, from: 0, to: " + switched + "}";
                        case LATE -> "{kind: window, from: " + switched + ", to: " + base.steps() + "}";
                    });
            experiments.add(yaml.with(base, settings).withInterventions(List.of()));
            names.add(texts.of("race." + timing.name().toLowerCase(Locale.ROOT)));
        }
        return new RaceField(experiments, names);
    }

    /**
     * The same experiment with different values of a field.
     *
     * @param field its path
     * @param label its name on screen
     * @param values with commas between them
     * @throws BadInputException where they are no values of it
     */
    static RaceField ofValues(Experiment base, String field, String label, String values, ExperimentYaml yaml) {
        SweepAxis axis = SweepAxis.of(field, values);
        List<Experiment> experiments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String value :
                axis.values().subList(0, Math.min(MOST + 1, axis.values().size()))) {
            experiments.add(yaml.with(base, Map.of(field, value)).withInterventions(List.of()));
            names.add(label + " " + readable(value));
        }
        return new RaceField(experiments, names);
    }

    private static String readable(String value) {
        try {
            return Numbers.exact(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return value;
        }
    }

    /** Presets, each as it is. */
    static RaceField ofPresets(List<String> chosen, Presets presets) {
        return new RaceField(chosen.stream().map(presets::get).toList(), chosen);
    }
}
