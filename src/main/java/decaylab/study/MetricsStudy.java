package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.geometry.FairComparison;
import decaylab.instrument.geometry.GeneralizationMeter;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.instrument.geometry.GeneralizationMetrics;
import decaylab.instrument.geometry.Lanczos;
import decaylab.instrument.geometry.MeterSettings;
import decaylab.instrument.geometry.Rescaling;
import decaylab.optim.FlatArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Which measure sees that decay in the first third of the training helps: Bjorck, Weinberger and Gomes, "Understanding
 * Decoupled and Early Weight Decay" (AAAI 2021). The arms are those of {@link EarlyDecayStudy}. The formulas of the measures are a reconstruction.
 *
 * <p>Keys of {@code measured}: {@code X} is the median over the seeds of the measure X of early-decay by that of never, for
 * the raw measures with B2 and the invariant ones with B1; with B1 also {@code kFBetter}, the fraction of seeds in which kF
 * of early-decay is the smaller, {@code trainLossEarly} and {@code trainLossNone}, the medians of the losses, and {@code
 * comparable}, the fraction of seeds whose two losses are within a factor of 2; with B3 {@code largestDeviation}, the largest
 * relative change of an invariant measure of any seed; with B4 and B5 {@code X} is Kendall's tau of the test accuracy and the
 * measure, {@code XLow} and {@code XHigh} its interval.
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

    private final Protocol protocol;
    private final boolean assertsMeasures;

    private MetricsStudy(Protocol protocol, boolean assertsMeasures) {
        this.protocol = protocol;
        this.assertsMeasures = assertsMeasures;
    }

    /**
     * On the data of the specification.
     *
     * @param base with decay that is always on
     */
    static MetricsStudy onMadeData(Experiment base) {
        return new MetricsStudy(
                protocol(
                        "metrics",
                        "Which measures of generalisation see the benefit of early decay: raw ones or invariant ones.",
                        base,
                        1.4,
                        "The formulas of the invariant measures, since the paper's could not be had: each layer's part times its "
                                + "squared norm."),
                true);
    }

    /**
     * On other data, where the identity is judged and all else only told.
     *
     * @param on which data and network, for the name
     * @param base with decay that is always on
     * @param secondsPerRun as in {@link Protocol}
     * @param note on how it differs from the paper
     */
    static MetricsStudy on(String on, Experiment base, double secondsPerRun, String note) {
        return new MetricsStudy(
                protocol(
                        "metrics-" + on,
                        "The same on " + on + ": which measures see the benefit of early decay.",
                        base,
                        secondsPerRun,
                        note),
                false);
    }

    private static Protocol protocol(
            String name, String title, Experiment base, double secondsPerRun, String reconstruction) {
        List<Arm> arms = EarlyDecayStudy.arms(base);
        List<String> names = arms.stream().map(Arm::name).toList();
        return new Protocol(
                name,
                title,
                "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021), the experiments on "
                        + "measures of generalisation.",
                List.of(
                        EarlyDecayStudy.words(base),
                        "No decay, decay always, in the first 35 % of the steps (early), in the rest (late).",
                        "At the end of each run every measure is taken of the weights and the training data, with the running "
                                + "statistics; then the ranks that it gives the runs are compared with those of the test "
                                + "accuracy.",
                        "Measures shrink with the training loss, so only runs whose losses are within a factor of 2 are "
                                + "compared with each other: none and early."),
                reconstruction,
                arms,
                List.of(
                        new Panel("Test accuracy", Quantity.TEST_ACCURACY, names),
                        new Panel("Training loss", Quantity.TRAIN_LOSS, names),
                        new Panel("Norm", Quantity.NORM, names)),
                secondsPerRun,
                0.75);
    }

    @Override
    public Protocol protocol() {
        return protocol;
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
        figures.put(EarlyDecayStudy.ACCURACY, run.last(Quantity.TEST_ACCURACY));
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
        Experiment exact =
                run.experiment().withNetwork(run.experiment().network().withBnEpsilon(0));
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
        invariant.put("trainLossEarly", Statistics.median(lossesEarly));
        invariant.put("trainLossNone", Statistics.median(lossesNone));
        invariant.put("comparable", comparable);
        double deviation = Arrays.stream(figures.of(EARLY, DEVIATION)).reduce(0, Math::max);
        List<Claim> claims = new ArrayList<>(List.of(
                Claim.asserted(
                                "B1",
                                "A scale-invariant measure sees the benefit of early decay.",
                                "median of kF(early) / kF(none) <= 0.8, and kF(early) < kF(none) in 75 % of the seeds or more",
                                invariant,
                                Statistics.median(kF) <= MOST_OF_INVARIANT && better >= LEAST_BETTER)
                        .reconstructed(
                                "kF: the trace of the empirical Fisher matrix, each layer's part times its squared norm."),
                Claim.asserted(
                                "B2",
                                "Measures in common use miss it: they are worse for early decay.",
                                "median of Tr F(early) / Tr F(none) >= 1.2",
                                raw,
                                Statistics.median(figures.ratios(EARLY, NONE, GeneralizationMetric.FISHER.key()))
                                        >= LEAST_OF_RAW)
                        .reconstructed(
                                "Which measures are in common use is our choice; less is said to be better of each."),
                Claim.asserted(
                                "B3",
                                "The invariant measures do not change with the size of a normalised layer's weights.",
                                "first layer's weights and running mean times 3, running variance times 9: every invariant measure "
                                        + "changes by at most 1e-6 of itself (epsilon of the normalisation 0)",
                                Map.of("largestDeviation", deviation),
                                deviation <= TOLERANCE)
                        .reconstructed("An identity, in double precision."),
                scoreboardClaim(
                        "B4",
                        "Over all runs, which measure ranks them as the test accuracy does.",
                        scoreboard(
                                figures, protocol.arms().stream().map(Arm::name).toList())),
                scoreboardClaim(
                        "B5",
                        "Over runs of equal training loss, which measure ranks them as the test accuracy does.",
                        scoreboard(figures, List.of(NONE, EARLY)))));
        if (!assertsMeasures) {
            claims.replaceAll(claim -> List.of("B1", "B2").contains(claim.id()) ? claim.onlyReported() : claim);
        }
        return claims;
    }

    private static Claim scoreboardClaim(String id, String states, List<Scoreboard.Row> rows) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (Scoreboard.Row row : rows) {
            measured.put(row.metric().key(), row.tau());
            measured.put(row.metric().key() + "Low", row.low());
            measured.put(row.metric().key() + "High", row.high());
        }
        return Claim.reported(
                        id,
                        states,
                        "Kendall's tau of the test accuracy and the measure, which is positive where a smaller measure goes with "
                                + "a higher accuracy, with a 95 % interval",
                        measured)
                .reconstructed("Only told. The interval is that of 1,000 draws of the seeds with replacement.");
    }

    private static List<Scoreboard.Row> scoreboard(Figures figures, List<String> arms) {
        List<Scoreboard.Entry> entries = new ArrayList<>();
        for (String arm : arms) {
            double[] accuracies = figures.of(arm, EarlyDecayStudy.ACCURACY);
            for (int seed = 0; seed < accuracies.length; seed++) {
                Map<GeneralizationMetric, Double> values = new EnumMap<>(GeneralizationMetric.class);
                for (GeneralizationMetric metric : GeneralizationMetric.values()) {
                    values.put(metric, figures.of(arm, metric.key())[seed]);
                }
                entries.add(new Scoreboard.Entry(accuracies[seed], seed, values));
            }
        }
        return Scoreboard.of(entries);
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<Scoreboard.Row> all =
                scoreboard(figures, protocol.arms().stream().map(Arm::name).toList());
        return List.of(
                Scoreboard.table("Scoreboard, all runs", all),
                Scoreboard.table(
                        "Scoreboard, none and early: equal training loss", scoreboard(figures, List.of(NONE, EARLY))));
    }

    private static Map<String, Double> medians(Figures figures, boolean invariant) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (GeneralizationMetric metric : GeneralizationMetric.values()) {
            if (metric.invariant() == invariant) {
                medians.put(metric.key(), Statistics.median(figures.ratios(EARLY, NONE, metric.key())));
            }
        }
        return medians;
    }
}
