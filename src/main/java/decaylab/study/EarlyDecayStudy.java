package decaylab.study;

import decaylab.experiment.Presets;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.schedule.Schedule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Decay at the start alone keeps the norm small for the whole training and makes the updates effectively larger: Bjorck,
 * Weinberger and Gomes, "Understanding Decoupled and Early Weight Decay" (AAAI 2021). The arms are the presets never, always,
 * early-decay and late-decay; the protocol and the criteria are those of the specification's section 1.2, a reconstruction on
 * made data.
 *
 * <p>Keys of {@code measured}, means over the seeds: {@code normX} at the end, {@code normSwitch} of early where its decay ends,
 * {@code elrX} after half of the steps, {@code accuracyX} on the test set; {@code gainX} is the accuracy beyond that of none in
 * percentage points, {@code winsX} the fraction of the seeds in which it is above 0.
 */
final class EarlyDecayStudy implements Study {
    private static final String NONE = "none";
    private static final String ALWAYS = "always";
    private static final String EARLY = "early";
    private static final String LATE = "late";
    private static final String NORM = "norm";
    private static final String SWITCH = "switch";
    private static final String ELR = "elr";
    private static final String ACCURACY = "accuracy";

    private static final double MOST_OF_NONE = 0.65;
    private static final double MOST_SINCE_SWITCH = 1.7;
    private static final double LEAST_ELR = 2.5;
    private static final double LEAST_GAIN = 0.8;
    private static final double LEAST_WINS = 0.75;
    private static final double MOST_OF_EARLY = 0.5;

    private final List<Arm> arms;
    private final long switchStep;

    EarlyDecayStudy(Presets presets) {
        arms = List.of(
                new Arm(NONE, presets.get("never")),
                new Arm(ALWAYS, presets.get("always")),
                new Arm(EARLY, presets.get("early-decay")),
                new Arm(LATE, presets.get("late-decay")));
        Schedule.Window window =
                (Schedule.Window) presets.get("early-decay").decay().schedule();
        Long end = window.to();
        if (end == null) {
            throw new IllegalArgumentException("the decay of early-decay has no end");
        }
        switchStep = end;
    }

    @Override
    public String name() {
        return "early-decay";
    }

    @Override
    public String description() {
        return "Decay at the start alone keeps the norm small and the updates effectively larger to the end.";
    }

    @Override
    public List<Arm> arms() {
        return arms;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        SampleLog log = run.log();
        long steps = run.experiment().steps();
        Map<String, Double> figures = new TreeMap<>();
        figures.put(NORM, at(log, Quantity.NORM, steps - 1));
        figures.put(SWITCH, at(log, Quantity.NORM, switchStep - 1));
        figures.put(ELR, at(log, Quantity.EFFECTIVE_LEARNING_RATE, steps / 2 - 1));
        figures.put(ACCURACY, at(log, Quantity.TEST_ACCURACY, steps - 1));
        return figures;
    }

    /** NaN where a run that diverged never came to the step. */
    private static double at(SampleLog log, Quantity quantity, long row) {
        return row < log.rows() ? log.value(quantity, row) : Double.NaN;
    }

    @Override
    public List<Claim> claims(Figures figures) {
        Map<String, Double> measured = new TreeMap<>();
        for (Arm arm : arms) {
            String name =
                    Character.toUpperCase(arm.name().charAt(0)) + arm.name().substring(1);
            for (String figure : List.of(NORM, ELR, ACCURACY)) {
                measured.put(figure + name, mean(figures.of(arm.name(), figure)));
            }
            double[] gains = gains(figures, arm.name());
            measured.put("gain" + name, mean(gains));
            measured.put(
                    "wins" + name,
                    (double) Arrays.stream(gains).filter(gain -> gain > 0).count() / gains.length);
        }
        measured.put("normSwitch", mean(figures.of(EARLY, SWITCH)));
        double norm = of(measured, "normEarly");
        double gain = of(measured, "gainEarly");
        return List.of(
                Claim.asserted(
                        "A1",
                        "Decay at the start alone keeps the norm small for the whole training.",
                        "norm at the end (early) <= 0.65 norm at the end (none)",
                        pick(measured, "normEarly", "normNone"),
                        norm <= MOST_OF_NONE * of(measured, "normNone")),
                Claim.asserted(
                        "A2",
                        "The norm stays small after decay was switched off.",
                        "norm at the end (early) <= 1.7 norm where decay is switched off",
                        pick(measured, "normEarly", "normSwitch"),
                        norm <= MOST_SINCE_SWITCH * of(measured, "normSwitch")),
                Claim.asserted(
                        "A3",
                        "The updates are effectively larger.",
                        "effective learning rate after half of the steps (early) >= 2.5 that of none",
                        pick(measured, "elrEarly", "elrNone"),
                        of(measured, "elrEarly") >= LEAST_ELR * of(measured, "elrNone")),
                Claim.asserted(
                        "A4",
                        "Early decay generalises better than none.",
                        "mean gain in test accuracy (early) >= 0.8 percentage points, and a gain in 75 % of the seeds or more",
                        pick(measured, "accuracyEarly", "accuracyNone", "gainEarly", "winsEarly"),
                        gain >= LEAST_GAIN && of(measured, "winsEarly") >= LEAST_WINS),
                Claim.asserted(
                        "A5",
                        "Late decay does not help as much.",
                        "mean gain (late) < half of the mean gain (early)",
                        pick(measured, "gainLate", "gainEarly", "winsLate"),
                        of(measured, "gainLate") < MOST_OF_EARLY * gain),
                Claim.reported(
                        "A6",
                        "The size of the final norm does not tell which run generalises best.",
                        "the smallest final norm is that of always or late, the best accuracy that of early",
                        pick(
                                measured,
                                "normNone",
                                "normAlways",
                                "normEarly",
                                "normLate",
                                "accuracyNone",
                                "accuracyAlways",
                                "accuracyEarly",
                                "accuracyLate")));
    }

    private static double of(Map<String, Double> measured, String key) {
        return measured.getOrDefault(key, Double.NaN);
    }

    private static Map<String, Double> pick(Map<String, Double> measured, String... keys) {
        Map<String, Double> picked = new LinkedHashMap<>();
        for (String key : keys) {
            picked.put(key, of(measured, key));
        }
        return picked;
    }

    /** Test accuracy beyond that of the arm without decay, seed by seed, in percentage points. */
    private static double[] gains(Figures figures, String arm) {
        double[] gains = figures.of(arm, ACCURACY);
        double[] none = figures.of(NONE, ACCURACY);
        Arrays.setAll(gains, i -> 100 * (gains[i] - none[i]));
        return gains;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
