package decaylab.study;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.Examples;
import decaylab.instrument.geometry.Representation;
import decaylab.instrument.geometry.RidgeProbe;
import decaylab.net.TaskShape;
import decaylab.optim.FlatArray;
import decaylab.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Layers that are trained by predicted gradients learn the task, but other representations than back-propagation does: Czarnecki et
 * al., "Understanding Synthetic Gradients and Decoupled Neural Interfaces" (ICML 2017). Protocol and criteria are those of the
 * specification's sections 5.3, 5.4 and 5.6.
 *
 * <p>Keys of {@code measured}, means over the seeds, with X one of Bp, Fa, Dfa, Mid, Every, Weak and Strong, the last two with decay of 0.1 and 1:
 * {@code trainX}, {@code testX}; {@code errorX} is the relative error of all modules late in training; {@code rsaXn} the similarity of layer n's
 * dissimilarities to those of back-propagation from the same start, and of {@code rsaBpn} to those of back-propagation from another
 * start; {@code probeXn} the accuracy of a ridge probe on layer n.
 */
final class SyntheticGradientsStudy implements Study {
    private static final String BP = "bp";
    private static final String FIXED = "feedback alignment";
    private static final String DIRECT = "direct feedback alignment";
    private static final String MIDDLE = "middle";
    private static final String EVERY = "every";
    private static final String WEAK = "every, decay 0.1";
    private static final String STRONG = "every, decay 1";
    private static final Map<String, String> KEYS = keys();

    private static final String TRAIN = "train";
    private static final String TEST = "test";
    private static final String ERROR = "error";
    private static final String RSA = "rsa";
    private static final String PROBE = "probe";

    private static final int POINTS = 400;
    private static final double PENALTY = 0.1;
    /** The layer whose similarity is judged, from 1. */
    private static final int JUDGED = 4;

    /** Of the module's figures that are late in training: the last tenth. */
    private static final int LATE = 10;

    /** What another start has in place of the run's seed. */
    private static final long OTHER_SEED = 1_000;

    private static final double EXACT = 1e-12;
    private static final double MOST_WEIGHT_ERROR = 1e-2;
    private static final double MOST_LOSS = 1.01;
    private static final double LEAST_GAP = 0.1;
    private static final double LEAST_TRAIN = 0.8;
    private static final double NOT_LINEAR = 1e-3;

    private final Protocol protocol;
    private final int layers;
    private final ExperimentYaml yaml = new ExperimentYaml();

    /**
     * @param base a dense network with modules behind every layer, its decay off
     */
    SyntheticGradientsStudy(Experiment base) {
        layers = base.network().widths().size();
        List<String> names = List.copyOf(KEYS.keySet());
        List<String> withModules = List.of(MIDDLE, EVERY, WEAK, STRONG);
        protocol = new Protocol(
                "synthetic-gradients",
                "Predicted gradients train every layer without waiting for those above, to other representations than "
                        + "back-propagation; decay makes them easier to predict.",
                "Czarnecki, Swirszcz, Jaderberg, Osindero, Vinyals and Kavukcuoglu, Understanding Synthetic Gradients and Decoupled "
                        + "Neural Interfaces (ICML 2017).",
                List.of(
                        EarlyDecayStudy.words(base),
                        "Back-propagation, one linear module behind the middle layer, one behind every layer, and the last with decoupled "
                                + "decay of 0.1 and 1; modules are never decayed.",
                        "400 test points sorted by class give each layer a matrix of dissimilarities, 1 less Pearson's correlation; two "
                                + "layers are as alike as these matrices are correlated. The control is back-propagation from another start.",
                        "The paper states that modules leave the critical points and reach the solution of linear problems, while deep "
                                + "layers come out otherwise than under back-propagation. The lab measures both, and how well modules predict.",
                        "What it has to do with weight decay: decay holds the outputs of the layers small, and with them the range of "
                                + "what a module has to predict.",
                        "Feedback alignment and direct feedback alignment, which the paper puts into the same frame, send the error back "
                                + "through matrices at random, layer by layer or from the output to each layer."),
                "Data, sizes and thresholds are ours, from a prototype; the paper's figures are of MNIST and deeper networks.",
                new Arms(base)
                        .add(BP, "synthetic.at", "none")
                        .add(FIXED, "synthetic.at", "none", "feedback.kind", "fixed")
                        .add(DIRECT, "synthetic.at", "none", "feedback.kind", "direct")
                        .add(MIDDLE, "synthetic.at", "middle")
                        .add(EVERY, Map.of())
                        .add(WEAK, "decay.gate", "auto", "decay.lambda", "0.1")
                        .add(STRONG, "decay.gate", "auto", "decay.lambda", "1.0")
                        .all(),
                List.of(
                        new Panel("Test accuracy", Quantity.TEST_ACCURACY, names),
                        new Panel("Training accuracy", Quantity.TRAIN_ACCURACY, names),
                        new Panel("Training loss", Quantity.TRAIN_LOSS, names),
                        new Panel("Relative error of the modules", Quantity.SYNTHETIC_ERROR, withModules)),
                2.5,
                0.5);
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(BP, "Bp");
        keys.put(FIXED, "Fa");
        keys.put(DIRECT, "Dfa");
        keys.put(MIDDLE, "Mid");
        keys.put(EVERY, "Every");
        keys.put(WEAK, "Weak");
        keys.put(STRONG, "Strong");
        return keys;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        DataSet data = run.data();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(TRAIN, run.last(Quantity.TRAIN_ACCURACY));
        figures.put(TEST, run.last(Quantity.TEST_ACCURACY));
        figures.put(ERROR, lateError(run.log().sheet(Instrument.SYNTHETIC)));
        Examples points = Representation.sorted(data.testInputs(), data.testLabels(), POINTS);
        List<Representation> own = Representation.of(network(run, run.parameters()), points, abandoned);
        FlatArray reference = reference(run, abandoned);
        progress.accept(0.6);
        List<Representation> others = Representation.of(network(run, reference), points, abandoned);
        Examples train = new Examples(data.trainInputs(), data.trainLabels());
        Examples test = new Examples(data.testInputs(), data.testLabels());
        List<Representation> atTrain = Representation.of(network(run, run.parameters()), train, abandoned);
        List<Representation> atTest = Representation.of(network(run, run.parameters()), test, abandoned);
        for (int l = 0; l < layers; l++) {
            double alike = Representation.similarity(
                    own.get(l).dissimilarities(), others.get(l).dissimilarities());
            figures.put(RSA + (l + 1), alike);
            RidgeProbe probe = new RidgeProbe(atTrain.get(l), data.trainLabels(), data.classes(), PENALTY);
            figures.put(PROBE + (l + 1), probe.accuracy(atTest.get(l), data.testLabels()));
            progress.accept(0.6 + 0.4 * (l + 1) / layers);
        }
        return figures;
    }

    private static AnalysisNetwork network(TrainedRun run, FlatArray parameters) {
        TaskShape task = TaskShape.classification(run.data().shape(), run.data().classes());
        return new AnalysisNetwork(run.experiment().network(), task, run.layout(), parameters);
    }

    private static double lateError(SampleLog sheet) {
        int column = sheet.place(Metric.of(Quantity.SYNTHETIC_ERROR)).orElseThrow();
        double sum = 0;
        for (long row = Math.max(0, sheet.rows() - LATE); row < sheet.rows(); row++) {
            sum += sheet.value(column, row);
        }
        return sum / Math.min(LATE, sheet.rows());
    }

    /** Where back-propagation ends from the same start; for back-propagation itself, from another one. */
    private FlatArray reference(TrainedRun run, BooleanSupplier abandoned) {
        Experiment own = run.experiment();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("synthetic.at", "none");
        settings.put("feedback.kind", "exact");
        settings.put("decay.gate", "off");
        if (run.arm().equals(BP)) {
            settings.put("data.seed", Long.toString(own.dataSeed()));
            settings.put("seed", Long.toString(own.seed() + OTHER_SEED));
        }
        Experiment other = yaml.with(own, settings);
        try (Trainer trainer = Trainer.create(other, run.data(), other.interventions(), 1)) {
            while (trainer.step() < other.steps()) {
                if (abandoned.getAsBoolean()) {
                    throw new CancellationException("the study was given up");
                }
                trainer.advanceUnmeasured();
            }
            return trainer.snapshot().parameters();
        }
    }

    @Override
    public List<Claim> claims(Figures figures) {
        List<Claim> claims = new ArrayList<>(identities());
        Map<String, Double> alike = new LinkedHashMap<>();
        KEYS.forEach((arm, key) -> {
            for (int l = 1; l <= layers; l++) {
                alike.put(RSA + key + l, figures.mean(arm, RSA + l));
            }
        });
        int judged = Math.min(JUDGED, layers);
        double every = figures.mean(EVERY, RSA + judged);
        double middle = figures.mean(MIDDLE, RSA + judged);
        claims.add(
                Claim.asserted(
                                "S3",
                                "Representations differ from those of back-propagation, and the more the more layers have a module.",
                                "similarity to back-propagation from the same start at layer 4: every <= middle - 0.1",
                                alike,
                                every <= middle - LEAST_GAP)
                        .reconstructed(
                                "The measure and the gap are ours. rsaBp is the control: back-propagation from another start."));
        Map<String, Double> accuracy = new LinkedHashMap<>();
        KEYS.forEach((arm, key) -> {
            accuracy.put(TRAIN + key, figures.mean(arm, TRAIN));
            accuracy.put(TEST + key, figures.mean(arm, TEST));
        });
        claims.add(Claim.asserted(
                        "S4",
                        "A deep network learns although no layer ever sees the true gradient.",
                        "training accuracy with a module behind every layer >= 0.8",
                        accuracy,
                        figures.mean(EVERY, TRAIN) >= LEAST_TRAIN)
                .reconstructed("The threshold is ours, from a prototype (0.90)."));
        Map<String, Double> errors = new LinkedHashMap<>();
        for (String arm : List.of(MIDDLE, EVERY, WEAK, STRONG)) {
            errors.put(ERROR + KEYS.get(arm), figures.mean(arm, ERROR));
        }
        claims.add(Claim.asserted(
                        "S6",
                        "Decay of the weights makes gradients easier to predict.",
                        "relative error of the modules behind every layer late in training falls from decay 0 to 0.1 to 1",
                        errors,
                        figures.mean(EVERY, ERROR) > figures.mean(WEAK, ERROR)
                                && figures.mean(WEAK, ERROR) > figures.mean(STRONG, ERROR))
                .reconstructed("Not in the paper: our link to weight decay, from a prototype (0.52, 0.44, 0.16)."));
        Map<String, Double> probes = new LinkedHashMap<>();
        KEYS.forEach((arm, key) -> {
            for (int l = 1; l <= layers; l++) {
                probes.put(PROBE + key + l, figures.mean(arm, PROBE + l));
            }
        });
        claims.add(Claim.reported(
                        "S7",
                        "How easily the classes are read off each layer.",
                        "test accuracy of a ridge probe with penalty 0.1; only told",
                        probes)
                .reconstructed("Only told."));
        return claims;
    }

    private static List<Claim> identities() {
        LinearSyntheticGradients linear = new LinearSyntheticGradients(1);
        double difference = ExactModule.largestDifference();
        double squared = linear.bestModuleError(false);
        double logarithmic = linear.bestModuleError(true);
        return List.of(
                Claim.asserted(
                                "S5",
                                "Where modules are exact, a step is one of back-propagation (T1).",
                                "largest difference of the gradients at any weight, modules fitted to a batch of 8 behind each of three "
                                        + "layers of 64: <= 1e-12",
                                Map.of("largestDifference", difference),
                                difference <= EXACT)
                        .reconstructed("An identity, computed with the lab's own modules in double precision."),
                Claim.asserted(
                                "T2",
                                "A linear module holds the gradient of a squared error exactly; that of the log loss it approximates.",
                                "relative squared error of the best linear module: squared error <= 1e-12, log loss > 1e-3",
                                ordered("squared", squared, "logLoss", logarithmic),
                                squared <= EXACT && logarithmic > NOT_LINEAR)
                        .reconstructed("An identity; the best module by least squares."),
                Claim.asserted(
                                "S1",
                                "Linear regression that only sees a linear module's predictions finds the global optimum.",
                                "||W - W_ls|| / ||W_ls|| <= 0.01 after 3000 steps, both learning rates 0.05",
                                ordered("weightError", linear.weightError(), "diagonalOfA", linear.diagonalOfA()),
                                linear.weightError() <= MOST_WEIGHT_ERROR)
                        .reconstructed("A = 1 is not asserted: once h fits y, many modules predict the same."),
                Claim.asserted(
                                "S2",
                                "The same, in its loss.",
                                "loss <= 1.01 of least squares'",
                                Map.of("lossRatio", linear.lossRatio()),
                                linear.lossRatio() <= MOST_LOSS)
                        .reconstructed("The tolerance is ours."));
    }

    private static Map<String, Double> ordered(String first, double one, String second, double other) {
        Map<String, Double> both = new LinkedHashMap<>();
        both.put(first, one);
        both.put(second, other);
        return both;
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<String> columns = new ArrayList<>(List.of("arm", "training", "test", "error of the modules"));
        List<String> ofLayers = new ArrayList<>(List.of("arm"));
        for (int l = 1; l <= layers; l++) {
            ofLayers.add("layer " + l);
        }
        List<List<String>> accuracies = new ArrayList<>();
        List<List<String>> alike = new ArrayList<>();
        List<List<String>> probes = new ArrayList<>();
        for (String arm : KEYS.keySet()) {
            accuracies.add(List.of(
                    arm,
                    percent(figures.mean(arm, TRAIN)),
                    percent(figures.mean(arm, TEST)),
                    Double.isNaN(figures.mean(arm, ERROR)) ? "" : Statistics.meanAndError(figures.of(arm, ERROR))));
            alike.add(row(arm.equals(BP) ? "bp from another start" : arm, figures, arm, RSA));
            probes.add(row(arm, figures, arm, PROBE));
        }
        return List.of(
                new Table("Accuracy", "Means over the seeds, after the last step.", columns, accuracies),
                new Table(
                        "Similarity to back-propagation from the same start",
                        "Correlation of the dissimilarities of 400 test points; means over the seeds, with their standard errors.",
                        ofLayers,
                        alike),
                new Table(
                        "Ridge probes",
                        "Test accuracy of a linear classifier on each layer; means over the seeds, with their standard errors.",
                        ofLayers,
                        probes));
    }

    private List<String> row(String name, Figures figures, String arm, String figure) {
        List<String> row = new ArrayList<>(List.of(name));
        for (int l = 1; l <= layers; l++) {
            row.add(Statistics.meanAndError(figures.of(arm, figure + l)));
        }
        return row;
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }
}
