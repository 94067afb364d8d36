package decaylab.study;

import decaylab.chart.HeatMap;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Field;
import decaylab.instrument.Quantity;
import decaylab.optim.DecayEntry;
import decaylab.optim.FlatArray;
import decaylab.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Whether decoupling makes tuning easier: maps of the learning rate and lambda for every way in which decay enters Adam's
 * update. The protocol is D5 of the specification's section 1.5, a reconstruction; what the maps show is only reported, since it
 * does not favour decoupling on small data. What the specification derives, D3, is asserted: a factor of the loss changes
 * nothing for decay that is decoupled, where epsilon has the same factor, and everything for a penalty in the buffers.
 *
 * <p>Keys of {@code measured} are those of {@link MapClaims}; of D3 {@code deviation}, the largest difference of any weight
 * with the loss a hundred times as large, the largest of any seed.
 */
final class TuningStudy implements Study {
    private static final String DEVIATION = "deviation";
    private static final String LOSS_SCALE = "100";
    private static final double UNCHANGED = 1e-9;
    private static final double CHANGED = 1e-3;
    private static final String TESTED = "tested, ";

    /** What is compared first: both at both scales of the loss. Then the others. */
    private static final List<Variant> VARIANTS = List.of(
            new Variant("V1", DecayEntry.L2, false),
            new Variant("V6", DecayEntry.DECOUPLED, false),
            new Variant("S1", DecayEntry.L2, true),
            new Variant("S6", DecayEntry.DECOUPLED, true),
            new Variant("V0", DecayEntry.NONE, false),
            new Variant("V2", DecayEntry.M_MIXED, false),
            new Variant("V3", DecayEntry.SEPARATE, false),
            new Variant("V4", DecayEntry.SEPARATE_V_MIXED, false),
            new Variant("V5", DecayEntry.TWIN_BUFFERS, false),
            new Variant("V7", DecayEntry.DECOUPLED_V_MIXED, false));

    private final Protocol protocol;
    private final List<Quantity> figures;
    private final TuningGrid grid;
    private final boolean tested;

    /**
     * A map's worth of arms.
     *
     * @param id of its claim
     * @param entry where decay enters
     * @param scaled whether the loss is a hundred times as large
     */
    private record Variant(String id, DecayEntry entry, boolean scaled) {
        String name() {
            return entry + (scaled ? ", loss x " + LOSS_SCALE : "");
        }

        String arm(String rate, String lambda) {
            return name() + ", rate " + rate + (entry == DecayEntry.NONE ? "" : ", lambda " + lambda);
        }
    }

    private TuningStudy(Protocol protocol, List<Quantity> figures, TuningGrid grid, boolean tested) {
        this.protocol = protocol;
        this.figures = figures;
        this.grid = grid;
        this.tested = tested;
    }

    /**
     * On the data of the specification, with what is asserted.
     *
     * @param base with Adam, on a network that is normalised
     */
    static TuningStudy onMadeData(Experiment base) {
        TuningGrid grid = TuningGrid.of("3e-5", "1e-4", "3e-4", "0.001", "0.003", "0.01")
                .with("0.01", "300", DecayEntry.L2)
                .with("1e-4", "0.1", DecayEntry.M_MIXED, DecayEntry.SEPARATE)
                .with("0.01", "10", DecayEntry.SEPARATE_V_MIXED, DecayEntry.TWIN_BUFFERS)
                .with("0.3", "300", DecayEntry.DECOUPLED)
                .with("0.1", "30", DecayEntry.DECOUPLED_V_MIXED);
        return new TuningStudy(
                protocol(
                        "tuning",
                        "Decoupled decay is said to be easier to tune: the maps, and numbers for it.",
                        base,
                        grid,
                        testedArms(base),
                        0.6,
                        "The paper's maps are of a translation model; this is a network of two normalised layers on made data."),
                supervised(),
                grid,
                true);
    }

    /**
     * On other data or another network, where all is only told.
     *
     * @param on what, for the name
     * @param base with Adam
     * @param figures of the maps, that to look at first at the head
     * @param secondsPerRun as in {@link Protocol}
     * @param note on how it differs from the paper
     */
    static TuningStudy on(
            String on, Experiment base, List<Quantity> figures, TuningGrid grid, double secondsPerRun, String note) {
        return new TuningStudy(
                protocol(
                        "tuning-" + on,
                        "The same on " + on
                                + ": learning rate and lambda for every way in which decay enters Adam's update.",
                        base,
                        grid,
                        List.of(),
                        secondsPerRun,
                        note),
                List.copyOf(figures),
                grid,
                false);
    }

    /**
     * On the data of the specification without normalisation.
     *
     * @param base with Adam, on a network that is not normalised
     */
    static TuningStudy withoutNormalization(Experiment base) {
        return on(
                "plain-mlp",
                base,
                supervised(),
                TuningGrid.of("3e-4", "0.001", "0.003", "0.01", "0.03", "0.1")
                        .with("0.001", "10", DecayEntry.L2)
                        .with("3e-4", "0.1", DecayEntry.M_MIXED, DecayEntry.SEPARATE)
                        .with("0.001", "0.3", DecayEntry.SEPARATE_V_MIXED)
                        .with("0.01", "1", DecayEntry.TWIN_BUFFERS, DecayEntry.DECOUPLED_V_MIXED)
                        .with("0.03", "30", DecayEntry.DECOUPLED),
                0.6,
                "The paper's maps are of a translation model; this is a network of two layers without normalisation on made "
                        + "data.");
    }

    /**
     * On words that are translated.
     *
     * @param base with Adam
     */
    static TuningStudy onNumberWords(Experiment base) {
        return on(
                "number-words",
                base,
                supervised(),
                TuningGrid.of("0.001", "0.003", "0.01")
                        .with("1e-5", "0.01", DecayEntry.L2)
                        .with("1e-5", "0.001", DecayEntry.M_MIXED, DecayEntry.SEPARATE, DecayEntry.SEPARATE_V_MIXED)
                        .with("0.001", "0.1", DecayEntry.TWIN_BUFFERS, DecayEntry.DECOUPLED_V_MIXED)
                        .with("0.01", "3", DecayEntry.DECOUPLED),
                8,
                "The paper's maps are of a Transformer on a real corpus; these are small LSTMs on number words, stopped early.");
    }

    /**
     * On an environment, by the return of greedy episodes at the end.
     *
     * @param base with Adam
     */
    static TuningStudy onCartPole(Experiment base) {
        return on(
                "cart-pole",
                base,
                List.of(Quantity.GREEDY_RETURN, Quantity.RETURN, Quantity.LARGEST_VALUE, Quantity.NORM),
                TuningGrid.of("3e-4", "0.001", "0.003")
                        .with("1e-5", "0.01", DecayEntry.L2)
                        .with("1e-5", "0.001", DecayEntry.M_MIXED, DecayEntry.SEPARATE, DecayEntry.SEPARATE_V_MIXED)
                        .with("0.001", "0.1", DecayEntry.TWIN_BUFFERS, DecayEntry.DECOUPLED_V_MIXED)
                        .with("0.003", "1", DecayEntry.DECOUPLED),
                2,
                "The paper's agents play Atari games. The return at the end swings from one evaluation to the next, so that a "
                        + "map of few seeds is speckled.");
    }

    private static List<Quantity> supervised() {
        return List.of(Quantity.TEST_ACCURACY, Quantity.TEST_LOSS, Quantity.TRAIN_LOSS, Quantity.NORM);
    }

    private static Protocol protocol(
            String name,
            String title,
            Experiment base,
            TuningGrid grid,
            List<Arm> tested,
            double secondsPerRun,
            String note) {
        List<Arm> arms = new ArrayList<>(arms(base, grid));
        arms.addAll(tested);
        return new Protocol(
                name,
                title,
                "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021): decoupled decay makes "
                        + "tuning easier, since the penalty cannot drown out the objective in Adam's buffers.",
                List.of(
                        EarlyDecayStudy.words(base),
                        "Every way in which decay enters Adam's update, V0 (none) to V7, with learning rates and lambdas half a "
                                + "decade apart. Each has lambdas of its own, around its best.",
                        "The two in question, l2 and decoupled (AdamW), once more with a loss a hundred times as large.",
                        "Numbers for easy tuning: the area in square decades within a point of the best; the slope of the ridge, "
                                + "by how many decades the best lambda moves with a decade of the learning rate; what the best "
                                + "choice costs once the loss is a hundred times as large."),
                note
                        + " Which variants the paper runs is not known, nor its grids; the numbers for easy tuning are the lab's own.",
                arms,
                List.of(),
                secondsPerRun,
                0.001);
    }

    private static List<Arm> arms(Experiment base, TuningGrid grid) {
        Arms arms = new Arms(base);
        for (Variant variant : VARIANTS) {
            for (String lambda : grid.of(variant.entry())) {
                for (String rate : grid.rates()) {
                    Map<String, String> settings = new LinkedHashMap<>();
                    settings.put(Field.DECAY_ENTRY.path(), variant.entry().toString());
                    settings.put(Field.OPTIMIZER_LEARNING_RATE.path(), rate);
                    settings.put(Field.DECAY_LAMBDA.path(), lambda);
                    settings.put(Field.OPTIMIZER_LOSS_SCALE.path(), variant.scaled() ? LOSS_SCALE : "1");
                    arms.add(variant.arm(rate, lambda), settings);
                }
            }
        }
        return arms.all();
    }

    private static List<Arm> testedArms(Experiment base) {
        Arms arms = new Arms(base);
        addTested(arms, DecayEntry.L2, "0.1");
        addTested(arms, DecayEntry.DECOUPLED, "1");
        return arms.all();
    }

    /** In double precision, and epsilon with the loss's factor; few steps, since rounding grows from step to step. */
    private static void addTested(Arms arms, DecayEntry entry, String lambda) {
        arms.add(
                TESTED + entry,
                Field.DECAY_ENTRY.path(),
                entry.toString(),
                Field.DECAY_LAMBDA.path(),
                lambda,
                Field.PRECISION.path(),
                "double",
                Field.STEPS.path(),
                "100",
                Field.OPTIMIZER_LOSS_SCALE.path(),
                LOSS_SCALE,
                Field.OPTIMIZER_EPSILON.path(),
                "1e-6");
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        if (run.arm().startsWith(TESTED)) {
            return Map.of(DEVIATION, deviation(run, abandoned));
        }
        Map<String, Double> measured = new LinkedHashMap<>();
        figures.forEach(quantity -> measured.put(quantity.column(), run.last(quantity)));
        return measured;
    }

    /** The largest difference of any weight to the same run with the loss as it is. */
    private static double deviation(TrainedRun run, BooleanSupplier abandoned) {
        Experiment unscaled = new ExperimentYaml()
                .with(
                        run.experiment(),
                        Map.of(Field.OPTIMIZER_LOSS_SCALE.path(), "1", Field.OPTIMIZER_EPSILON.path(), "1e-8"));
        try (Trainer trainer = Trainer.create(unscaled, run.data(), unscaled.interventions(), 1)) {
            while (!trainer.finished()) {
                if (abandoned.getAsBoolean()) {
                    throw new CancellationException("the study was given up");
                }
                trainer.advance();
            }
            FlatArray parameters = trainer.snapshot().parameters();
            double largest = 0;
            for (int i = 0; i < parameters.length(); i++) {
                largest = Math.max(
                        largest, Math.abs(parameters.get(i) - run.parameters().get(i)));
            }
            return largest;
        }
    }

    @Override
    public boolean divergenceCounts() {
        return true;
    }

    @Override
    public List<String> mapped() {
        return figures.stream().map(Quantity::column).toList();
    }

    @Override
    public List<ArmMap> maps(Figures measured, String figure) {
        MapFigure shown = MapFigure.of(Quantity.ofColumn(figure).orElseThrow());
        return VARIANTS.stream().map(variant -> map(variant, shown, measured)).toList();
    }

    private ArmMap map(Variant variant, MapFigure figure, Figures measured) {
        List<String> lambdas = grid.of(variant.entry());
        boolean decays = variant.entry() != DecayEntry.NONE;
        List<List<String>> arms = lambdas.stream()
                .map(lambda -> grid.rates().stream()
                        .map(rate -> variant.arm(rate, lambda))
                        .toList())
                .toList();
        return ArmMap.of(
                figure.title() + ", " + (variant.scaled() ? "" : variant.id() + " ") + variant.name(),
                figure,
                new SweepAxis(Field.OPTIMIZER_LEARNING_RATE.path(), grid.rates()).axis(),
                decays ? new SweepAxis(Field.DECAY_LAMBDA.path(), lambdas).axis() : new HeatMap.Axis("", List.of("")),
                arms,
                measured);
    }

    @Override
    public List<Claim> claims(Figures measured) {
        List<ArmMap> maps = maps(measured, mapped().get(0));
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < VARIANTS.size(); i++) {
            Variant variant = VARIANTS.get(i);
            HeatMap map = maps.get(i).map();
            claims.add(
                    variant.scaled()
                            ? MapClaims.of(variant.id(), map, unscaled(variant, maps))
                            : MapClaims.of(variant.id(), map));
        }
        if (tested) {
            claims.add(unchanged(measured));
            claims.add(changed(measured));
        }
        return claims;
    }

    private static HeatMap unscaled(Variant scaled, List<ArmMap> maps) {
        return maps.get(VARIANTS.indexOf(new Variant(scaled.id().replace('S', 'V'), scaled.entry(), false)))
                .map();
    }

    private static Claim unchanged(Figures measured) {
        double deviation = largest(measured, DecayEntry.DECOUPLED);
        return Claim.asserted(
                "D3a",
                "With decoupled decay the scale of the loss changes nothing.",
                "largest difference of a weight after 100 steps, in double precision, epsilon scaled too <= 1e-9",
                Map.of(DEVIATION, deviation),
                deviation <= UNCHANGED);
    }

    private static Claim changed(Figures measured) {
        double deviation = largest(measured, DecayEntry.L2);
        return Claim.asserted(
                "D3b",
                "With the penalty in Adam's buffers the scale of the loss changes what lambda does.",
                "largest difference of a weight after 100 steps, in double precision, epsilon scaled too > 1e-3",
                Map.of(DEVIATION, deviation),
                deviation > CHANGED);
    }

    private static double largest(Figures measured, DecayEntry entry) {
        double largest = 0;
        for (double deviation : measured.of(TESTED + entry, DEVIATION)) {
            largest = Math.max(largest, deviation); // NaN, of a run that diverged, stays
        }
        return largest;
    }

    /** What the claims tell, side by side. */
    @Override
    public List<Table> tables(Figures measured) {
        MapFigure figure = MapFigure.of(figures.get(0));
        List<ArmMap> maps = maps(measured, figure.name());
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < VARIANTS.size(); i++) {
            Variant variant = VARIANTS.get(i);
            HeatMap map = maps.get(i).map();
            rows.add(List.of(
                    variant.name(),
                    map.best()
                            .map(place -> Statistics.number(map.at(place).value()))
                            .orElse("-"),
                    map.best()
                            .map(place -> map.x().labels().get(place.column()))
                            .orElse("-"),
                    map.best().map(place -> map.y().labels().get(place.row())).orElse("-"),
                    map.goodArea().isPresent()
                            ? Statistics.number(map.goodArea().getAsDouble())
                            : "-",
                    map.slope().isPresent() ? Statistics.number(map.slope().getAsDouble()) : "-",
                    variant.scaled() ? Statistics.number(map.costOfChoice(unscaled(variant, maps))) : "-"));
        }
        return List.of(new Table(
                "Tuning",
                "The best " + figure.title().toLowerCase(java.util.Locale.ROOT)
                        + (figure.unit().isEmpty() ? "" : " (" + figure.unit() + ")")
                        + ", where it is, the area in square decades that is nearly as good, by how many decades the best "
                        + "lambda moves with a decade of the learning rate, and what the choice made at loss x 1 costs here.",
                List.of("Decay", "Best", "Learning rate", "Lambda", "Good area", "Slope", "Cost of the choice"),
                rows));
    }
}
