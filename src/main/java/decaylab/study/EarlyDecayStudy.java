package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.schedule.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decay at the start alone keeps the norm small for the whole training and makes the updates effectively larger: Bjorck,
 * Weinberger and Gomes, "Understanding Decoupled and Early Weight Decay" (AAAI 2021). The arms are no decay, decay always, in
 * the first part and in the rest; the protocol and the criteria are those of the specification's section 1.2, a reconstruction.
 * On made data it also asks {@link CriticalPeriod when} decay matters.
 *
 * <p>Keys of {@code measured}, means over the seeds: {@code normX} at the end, {@code normSwitch} of early where its decay ends,
 * {@code elrX} after half of the steps, {@code rotationX} there, the mean of a fortieth of the steps, {@code trainLossX} at the
 * end, {@code accuracyX} on the test set; {@code gainX} is the accuracy beyond that of none in percentage points, {@code seX}
 * its standard error (of none: that of its accuracy), {@code winsX} the fraction of the seeds in which it is above 0.
 */
final class EarlyDecayStudy implements Study {
    static final String NORM = "norm";
    static final String ACCURACY = "accuracy";
    private static final String NONE = "none";
    private static final String ALWAYS = "always";
    private static final String EARLY = "early";
    private static final String LATE = "late";
    private static final String SWITCH = "switch";
    private static final String ELR = "elr";
    private static final String ROTATION = "rotation";
    private static final String TRAIN_LOSS = "trainLoss";

    /** Of the run, with decay: 14 of 40 epochs. */
    private static final double EARLY_PART = 0.35;

    /** An epoch of forty. */
    private static final int ROTATIONS = 40;

    private static final double MOST_OF_NONE = 0.65;
    private static final double MOST_SINCE_SWITCH = 1.7;
    private static final double LEAST_ELR = 2.5;
    private static final double LEAST_GAIN = 0.8;
    private static final double LEAST_WINS = 0.75;
    private static final double MOST_OF_EARLY = 0.5;

    private final Protocol protocol;
    private final boolean assertsAccuracy;
    private final @Nullable CriticalPeriod criticalPeriod;

    private EarlyDecayStudy(Protocol protocol, boolean assertsAccuracy, @Nullable CriticalPeriod criticalPeriod) {
        this.protocol = protocol;
        this.assertsAccuracy = assertsAccuracy;
        this.criticalPeriod = criticalPeriod;
    }

    /**
     * On the data of the specification, with the critical period.
     *
     * @param base with decay that is always on
     */
    static EarlyDecayStudy onMadeData(Experiment base) {
        CriticalPeriod period = new CriticalPeriod(base);
        List<Arm> arms = new ArrayList<>(arms(base));
        arms.addAll(period.arms());
        List<Panel> panels = new ArrayList<>(panels());
        panels.addAll(period.panels());
        return new EarlyDecayStudy(
                new Protocol(
                        "early-decay",
                        "Decay at the start alone keeps the norm small and the updates effectively larger to the end.",
                        "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021), the "
                                + "experiments on early decay; Golatkar, Achille and Soatto, Time Matters in Regularizing "
                                + "Deep Networks (NeurIPS 2019), its switches and windows.",
                        List.of(
                                words(base),
                                "A learning rate that falls by 7 % an epoch: no decay, decay always, in the first 35 % of the "
                                        + "steps (early), in the rest (late).",
                                "A staircase of learning rates, which falls by 10 at 1/2 and at 3/4 of the steps: decay "
                                        + "switched off at a step, switched on at a step, or on for a quarter of the steps. "
                                        + "The staircase ties time to the learning rate; on the command line --set "
                                        + "'optimizer.learningRate=0.05' or another field runs all arms otherwise.",
                                "For a seed all arms share data, start and order of the batches. The optimiser keeps its "
                                        + "momentum at a switch."),
                        "The paper trains ResNet-18 on CIFAR-10 and others like it. This is a network of two normalised "
                                + "layers on made data, with criteria of our own.",
                        arms,
                        panels,
                        0.3,
                        0.02),
                true,
                period);
    }

    /**
     * On other data, where norms are judged and accuracies only told.
     *
     * @param on which data and network, for the name
     * @param base with decay that is always on
     * @param secondsPerRun as in {@link Protocol}
     * @param note on how it differs from the paper
     */
    static EarlyDecayStudy on(String on, Experiment base, double secondsPerRun, String note) {
        return new EarlyDecayStudy(
                new Protocol(
                        "early-decay-" + on,
                        "The same on " + on + ": norms and effective learning rates are judged, accuracies told.",
                        "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021).",
                        List.of(
                                words(base),
                                "No decay, decay always, in the first 35 % of the steps (early), in the rest (late).",
                                "For a seed all arms share data, start and order of the batches."),
                        note,
                        arms(base),
                        panels(),
                        secondsPerRun,
                        0.001),
                false,
                null);
    }

    static String words(Experiment base) {
        return "Each run: " + base.summaryOfSeeds() + ", " + base.steps() + " steps.";
    }

    static List<Arm> arms(Experiment base) {
        Arms arms = new Arms(base);
        return arms.add(NONE, "decay.gate", "off")
                .add(ALWAYS)
                .add(EARLY, "decay.schedule", arms.window(0, EARLY_PART))
                .add(LATE, "decay.schedule", arms.window(EARLY_PART, 1))
                .all();
    }

    private static List<Panel> panels() {
        List<String> all = List.of(NONE, ALWAYS, EARLY, LATE);
        return List.of(
                new Panel("Norm", Quantity.NORM, all),
                new Panel("Effective learning rate", Quantity.EFFECTIVE_LEARNING_RATE, all),
                new Panel("Test accuracy", Quantity.TEST_ACCURACY, all),
                new Panel("Rotation", Quantity.ROTATION, all),
                new Panel("Training loss", Quantity.TRAIN_LOSS, all));
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        SampleLog log = run.log();
        long half = run.experiment().steps() / 2;
        Map<String, Double> figures = new TreeMap<>();
        figures.put(NORM, run.last(Quantity.NORM));
        if (run.experiment().decay().schedule() instanceof Schedule.Window window && window.to() != null) {
            figures.put(SWITCH, log.value(Quantity.NORM, window.to() - 1));
        }
        figures.put(ELR, log.value(Quantity.EFFECTIVE_LEARNING_RATE, half - 1));
        long rotations = Math.max(1, run.experiment().steps() / ROTATIONS);
        double sum = 0;
        for (long row = half - rotations; row < half; row++) {
            sum += log.value(Quantity.ROTATION, row);
        }
        figures.put(ROTATION, sum / rotations);
        figures.put(TRAIN_LOSS, run.last(Quantity.TRAIN_LOSS));
        figures.put(ACCURACY, run.last(Quantity.TEST_ACCURACY));
        return figures;
    }

    @Override
    public List<Claim> claims(Figures figures) {
        Map<String, Double> measured = measured(figures);
        double norm = of(measured, "normEarly");
        double gain = of(measured, "gainEarly");
        List<Claim> claims = new ArrayList<>(List.of(
                Claim.asserted(
                                "A1",
                                "Decay at the start alone keeps the norm small for the whole training.",
                                "norm at the end (early) <= 0.65 norm at the end (none)",
                                pick(measured, "normEarly", "normNone"),
                                norm <= MOST_OF_NONE * of(measured, "normNone"))
                        .reconstructed("The norm of all normalised layers together; the factor is ours."),
                Claim.asserted(
                                "A2",
                                "The norm stays small after decay was switched off.",
                                "norm at the end (early) <= 1.7 norm where decay is switched off",
                                pick(measured, "normEarly", "normSwitch"),
                                norm <= MOST_SINCE_SWITCH * of(measured, "normSwitch"))
                        .reconstructed("It creeps up and does not blow up; the factor is ours."),
                Claim.asserted(
                                "A3",
                                "The updates are effectively larger.",
                                "effective learning rate after half of the steps (early) >= 2.5 that of none",
                                pick(measured, "elrEarly", "elrNone", "rotationEarly", "rotationNone"),
                                of(measured, "elrEarly") >= LEAST_ELR * of(measured, "elrNone"))
                        .reconstructed("Learning rate by squared norm; the rotation of the weights a step is measured "
                                + "beside it, without any theory."),
                Claim.asserted(
                                "A4",
                                "Early decay generalises better than none.",
                                "mean gain in test accuracy (early) >= 0.8 percentage points, and a gain in 75 % of the "
                                        + "seeds or more",
                                pick(
                                        measured,
                                        "accuracyEarly",
                                        "accuracyNone",
                                        "seNone",
                                        "gainEarly",
                                        "seEarly",
                                        "winsEarly"),
                                gain >= LEAST_GAIN && of(measured, "winsEarly") >= LEAST_WINS)
                        .reconstructed("The threshold is ours, from a prototype on this task."),
                Claim.asserted(
                                "A5",
                                "Late decay does not help as much.",
                                "mean gain (late) < half of the mean gain (early)",
                                pick(measured, "gainLate", "seLate", "gainEarly", "seEarly", "winsLate"),
                                of(measured, "gainLate") < MOST_OF_EARLY * gain)
                        .reconstructed("The factor is ours."),
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
                                        "accuracyLate",
                                        "gainAlways",
                                        "seAlways",
                                        "trainLossNone",
                                        "trainLossAlways",
                                        "trainLossEarly",
                                        "trainLossLate"))
                        .reconstructed("Only told.")));
        if (!assertsAccuracy) {
            claims.replaceAll(claim -> List.of("A4", "A5").contains(claim.id()) ? claim.onlyReported() : claim);
        }
        if (criticalPeriod != null) {
            claims.addAll(criticalPeriod.claims(figures));
        }
        return claims;
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<List<String>> rows = protocol.arms().stream()
                .map(Arm::name)
                .map(arm -> List.of(
                        arm,
                        Statistics.meanAndError(figures.of(arm, NORM)),
                        Statistics.meanAndError(figures.of(arm, ELR)),
                        Statistics.meanAndError(figures.of(arm, ROTATION)),
                        Statistics.meanAndError(figures.of(arm, TRAIN_LOSS)),
                        Statistics.meanAndError(figures.of(arm, ACCURACY))))
                .toList();
        return List.of(new Table(
                "Every arm",
                "Means over the seeds, with their standard errors. Effective learning rate and rotation after half of the steps, the "
                        + "others at the end.",
                List.of(
                        "arm",
                        "norm",
                        "effective learning rate",
                        "rotation in radians",
                        "training loss",
                        "test accuracy"),
                rows));
    }

    @Override
    public List<Graph> graphs(Figures figures) {
        return criticalPeriod == null ? List.of() : List.of(criticalPeriod.graph(figures));
    }

    private static Map<String, Double> measured(Figures figures) {
        Map<String, Double> measured = new TreeMap<>();
        for (String arm : List.of(NONE, ALWAYS, EARLY, LATE)) {
            String name = Character.toUpperCase(arm.charAt(0)) + arm.substring(1);
            for (String figure : List.of(NORM, ELR, ROTATION, TRAIN_LOSS, ACCURACY)) {
                measured.put(figure + name, figures.mean(arm, figure));
            }
            double[] gains = gains(figures, arm, NONE);
            measured.put("gain" + name, Statistics.mean(gains));
            measured.put("se" + name, Statistics.standardError(gains));
            measured.put("wins" + name, Statistics.positive(gains));
        }
        double[] none = figures.of(NONE, ACCURACY);
        measured.put(
                "seNone",
                Statistics.standardError(Arrays.stream(none).map(a -> 100 * a).toArray()));
        measured.put("normSwitch", figures.mean(EARLY, SWITCH));
        return measured;
    }

    /** Test accuracy beyond that of another arm, seed by seed, in percentage points. */
    static double[] gains(Figures figures, String arm, String from) {
        double[] gains = figures.differences(arm, from, ACCURACY);
        Arrays.setAll(gains, i -> 100 * gains[i]);
        return gains;
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
}
