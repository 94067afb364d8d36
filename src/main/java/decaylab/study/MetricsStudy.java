package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Presets;
import decaylab.instrument.geometry.FairComparison;
import decaylab.instrument.geometry.GeneralizationMeter;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.instrument.geometry.GeneralizationMetrics;
import decaylab.instrument.geometry.Lanczos;
import decaylab.instrument.geometry.MeterSettings;
import decaylab.instrument.geometry.Rescaling;
import decaylab.optim.FlatArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Which measure sees that decay in the first third of the training helps: Bjorck, Weinberger and Gomes, "Understanding
 * Decoupled and Early Weight Decay" (AAAI 2021). The arms are the presets early-decay and never, whose protocol is that of
 * the specification's section 1.2. The formulas of the measures are a reconstruction.
 *
 * <p>Keys of {@code measured}: {@code X} is the median over the seeds of the measure X of early-decay by that of never, for
 * the raw measures with B2 and the invariant ones with B1; with B1 also {@code kFBetter}, the fraction of seeds in which kF
 * of early-decay is the smaller, {@code trainLossEarly} and {@code trainLossNone}, the medians of the losses, and {@code
 * comparable}, the fraction of seeds whose two losses are within a factor of 2; with B3 {@code largestDeviation}, the largest
 * relative change of an invariant measure of any seed.
 */
final class MetricsStudy implements Study {
    private static final String EARLY = "early";
    private static final String NONE = "none";
    private static final String TRAIN_LOSS = "trainLoss";
    private static final String DEVIATION = "deviation";

    private static final double MOST_OF_INVARIANT = 0.8;
    private static final double LEAST_BETTER = 0.75;
    private static final double LEAST_OF_RAW = 1.2;
    private static final double TOLERANCE = 1e-6;
    /** What the first layer is multiplied by. */
    private static final double FACTOR = 3;

    /** The identity holds for any number of examples and iterations, so few will do. */
    private static final MeterSettings FOR_IDENTITY = new MeterSettings(200, 10, 2, 0.1, new Lanczos(1, 10, 10, 0), 1);

    private final List<Arm> arms;

    MetricsStudy(Presets presets) {
        arms = List.of(new Arm(NONE, presets.get("never")), new Arm(EARLY, presets.get("early-decay")));
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public String description() {
        return "Which measures of generalisation see the benefit of early decay: raw ones or invariant ones.";
    }

    @Override
    public List<Arm> arms() {
        return arms;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        GeneralizationMetrics metrics = measure(
                run,
                run.experiment(),
                MeterSettings.fitting(run.experiment().network().kind()),
                run.parameters(),
                progress,
                abandoned);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(TRAIN_LOSS, metrics.trainLoss());
        metrics.values().forEach((metric, value) -> figures.put(metric.key(), value));
        if (run.arm().equals(EARLY)) {
            figures.put(DEVIATION, deviation(run, abandoned));
        }
        return figures;
    }

    private static GeneralizationMetrics measure(
            TrainedRun run,
            Experiment experiment,
            MeterSettings settings,
            FlatArray parameters,
            DoubleConsumer progress,
            BooleanSupplier abandoned) {
        return new GeneralizationMeter(experiment, run.data(), settings)
                .measure(parameters, progress, abandoned)
                .orElseThrow(() -> new CancellationException("the study was given up"));
    }

    /**
     * The largest relative change of an invariant measure where the first layer and its statistics are scaled. Batch
     * normalisation's epsilon, which bends the identity, is left out of the network for that.
     */
    private static double deviation(TrainedRun run, BooleanSupplier abandoned) {
        NetworkSpec spec = run.experiment().network();
        Experiment exact = run.experiment()
                .withNetwork(new NetworkSpec(spec.kind(), spec.widths(), spec.activation(), spec.normalization(), 0));
        FlatArray parameters =
                new FlatArray.OfDouble(new double[run.parameters().length()]);
        for (int i = 0; i < parameters.length(); i++) {
            parameters.set(i, run.parameters().get(i));
        }
        GeneralizationMetrics before = measure(run, exact, FOR_IDENTITY, parameters, done -> {}, abandoned);
        String first = run.layout().weights().get(0).layer();
        FlatArray scaled = Rescaling.of(run.layout(), parameters, first, FACTOR);
        GeneralizationMetrics after = measure(run, exact, FOR_IDENTITY, scaled, done -> {}, abandoned);
        return Arrays.stream(GeneralizationMetric.values())
                .filter(GeneralizationMetric::invariant)
                .mapToDouble(metric -> Math.abs(after.value(metric).orElse(Double.NaN)
                                / before.value(metric).orElse(Double.NaN)
                        - 1))
                .reduce(0, Math::max); // a NaN stays one
    }

    @Override
    public List<Claim> claims(Figures figures) {
        Map<String, Double> invariant = medians(figures, true);
        Map<String, Double> raw = medians(figures, false);
        double[] kF = figures.ratios(EARLY, NONE, GeneralizationMetric.K_FISHER.key());
        double better = (double) Arrays.stream(kF).filter(ratio -> ratio < 1).count() / kF.length;
        double[] lossesEarly = figures.of(EARLY, TRAIN_LOSS);
        double[] lossesNone = figures.of(NONE, TRAIN_LOSS);
        double comparable = 0;
        for (int i = 0; i < kF.length; i++) {
            comparable += FairComparison.of(lossesEarly[i], lossesNone[i]).fair() ? 1.0 / kF.length : 0;
        }
        invariant.put("kFBetter", better);
        invariant.put("trainLossEarly", Figures.median(lossesEarly));
        invariant.put("trainLossNone", Figures.median(lossesNone));
        invariant.put("comparable", comparable);
        double deviation = Arrays.stream(figures.of(EARLY, DEVIATION)).reduce(0, Math::max);
        return List.of(
                Claim.asserted(
                        "B1",
                        "A scale-invariant measure sees the benefit of early decay.",
                        "median of kF(early) / kF(none) <= 0.8, and kF(early) < kF(none) in 75 % of the seeds or more",
                        invariant,
                        Figures.median(kF) <= MOST_OF_INVARIANT && better >= LEAST_BETTER),
                Claim.asserted(
                        "B2",
                        "Measures in common use miss it: they are worse for early decay.",
                        "median of Tr F(early) / Tr F(none) >= 1.2",
                        raw,
                        Figures.median(figures.ratios(EARLY, NONE, GeneralizationMetric.FISHER.key())) >= LEAST_OF_RAW),
                Claim.asserted(
                        "B3",
                        "The invariant measures do not change with the size of a normalised layer's weights.",
                        "first layer's weights and running mean times 3, running variance times 9: every invariant measure "
                                + "changes by at most 1e-6 of itself (epsilon of the normalisation 0)",
                        Map.of("largestDeviation", deviation),
                        deviation <= TOLERANCE));
    }

    private static Map<String, Double> medians(Figures figures, boolean invariant) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (GeneralizationMetric metric : GeneralizationMetric.values()) {
            if (metric.invariant() == invariant) {
                medians.put(metric.key(), Figures.median(figures.ratios(EARLY, NONE, metric.key())));
            }
        }
        return medians;
    }
}
