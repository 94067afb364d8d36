package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.graph.Equivalence;
import decaylab.graph.NodeGraph;
import decaylab.instrument.Quantity;
import decaylab.train.NodePredictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Decoupled graph networks against label propagation: Dong et al., "On the Equivalence of Decoupled Graph Convolution Network and
 * Label Propagation" (WWW 2021), on a made graph. Protocol and criteria P1 to P6 are those of the specification's section 6.4 and 6.6.
 *
 * <p>Keys of {@code measured}, means over the seeds, with A an arm: {@code accuracy[A]} of the test nodes at the evaluation that the
 * validation nodes choose, {@code se[A]} its standard error, {@code last[A]} after the last epoch, {@code norm[A]} of the first
 * layer; {@code difference} is the largest of the logit gradients' differences where probabilities are propagated, {@code
 * differenceOfLogits} the least where logits are, {@code rowSums} the largest distance of a sum of weights from 1, over all seeds of the
 * arms that train; {@code se[A - B]} is the standard error of a difference.
 */
final class GraphStudy implements Study {
    static final String ACCURACY = "accuracy";
    static final String LAST = "last";
    static final String NORM = "norm";
    static final String STANDARD_ERROR = "se";
    private static final String DIFFERENCE = "difference";
    private static final String OF_LOGITS = "differenceOfLogits";
    private static final String ROW_SUMS = "rowSums";

    static final String MLP = "MLP";
    static final String SPREADING = "label propagation";
    static final String PTS = "PTS";
    static final String PTD = "PTD";
    static final String PTA = "PTA";
    static final String APPNP = "APPNP";
    private static final String SGC = "SGC";
    private static final String PTA_NONE = "PTA, no decay";
    private static final String PTA_DECOUPLED = "PTA, AdamW 0.05";
    private static final List<String> METHODS = List.of(MLP, SPREADING, PTS, PTD, PTA, APPNP, SGC);
    private static final List<String> DECAYS = List.of(PTA, PTA_NONE, PTA_DECOUPLED);
    private static final List<String> ALL = List.of(MLP, SPREADING, PTS, PTD, PTA, APPNP, SGC, PTA_NONE, PTA_DECOUPLED);

    private static final double EXACT = 1e-12;
    private static final double LEAST_GAIN = 0.03;
    private static final double CLOSE = 0.05;
    private static final double MOST_OF_NORM = 0.2;

    private final Protocol protocol;

    /** @param base PTA on a graph */
    GraphStudy(Experiment base) {
        protocol = new Protocol(
                "graph",
                "A decoupled graph network is a perceptron trained on labels that label propagation spreads.",
                "Dong, Chen, Liu, Zhang, Ding and Liu, On the Equivalence of Decoupled Graph Convolution Network and Label "
                        + "Propagation (WWW 2021).",
                List.of(
                        EarlyDecayStudy.words(base),
                        "A stochastic block model of 4 blocks of 100 nodes with 80 features; 5 labelled nodes of each class, 40 by which "
                                + "training is stopped, and 340 test nodes.",
                        "The paper states that a decoupled graph network trains its perceptron on labels that flowed along the edges, "
                                + "each weighted by where it came from and by what the perceptron holds of it; PTS, PTD and PTA train on such "
                                + "labels directly.",
                        "The lab measures both gradients, and the accuracy of seven methods: the perceptron alone, label propagation alone, "
                                + "PTS, PTD and PTA, and two decoupled graph networks, APPNP and SGC.",
                        "With weight decay it has to do through l2: its gradient joins Adam's buffers beside that of a loss with the "
                                + "weight 0.05, which is small. PTA is run with l2 of 5e-3, without decay, and with AdamW's of 0.05.",
                        "Decoupled means two things here: a decoupled graph network has its propagation behind its perceptron instead of "
                                + "between its layers; decoupled decay stays out of Adam's buffers.",
                        "The test accuracy is that of the evaluation that the validation nodes choose."),
                "Graph, labelled nodes and thresholds are ours, from a prototype; SGC has its perceptron and the 2 hops that are usual "
                        + "for it.",
                arms(base),
                List.of(
                        new Panel("Test accuracy", Quantity.TEST_ACCURACY, METHODS),
                        new Panel("Test accuracy of PTA, by decay", Quantity.TEST_ACCURACY, DECAYS),
                        new Panel("Norm of the first layer, PTA", Quantity.NORM, DECAYS),
                        new Panel("Norm of the first layer", Quantity.NORM, METHODS)),
                0.7,
                0.05);
    }

    private static List<Arm> arms(Experiment base) {
        return new Arms(base)
                .add(MLP, ofLabelled("mlp"))
                .add(SPREADING, spreading())
                .add(PTS, "graph.method", "pts", "optimizer.learningRate", "0.01")
                .add(PTD, "graph.method", "ptd", "graph.lossDecay", "10")
                .add(PTA)
                .add(APPNP, ofLabelled("appnp"))
                .add(SGC, sgc())
                .add(PTA_NONE, "decay.entry", "none")
                .add(PTA_DECOUPLED, "decay.entry", "decoupled", "decay.lambda", "0.05")
                .all();
    }

    /** A method whose loss is that of the labelled nodes alone. */
    static Map<String, String> ofLabelled(String method) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("graph.method", method);
        settings.put("graph.lossDecay", "1");
        settings.put("graph.dropout", "0.5");
        settings.put("optimizer.learningRate", "0.01");
        return settings;
    }

    static Map<String, String> spreading() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("graph.method", "label-propagation");
        settings.put("decay.gate", "off");
        return settings;
    }

    private static Map<String, String> sgc() {
        Map<String, String> settings = ofLabelled("sgc");
        settings.put("graph.hops", "2");
        return settings;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        Map<String, Double> figures = accuracies(run);
        NodeGraph graph = Objects.requireNonNull(run.data().graph(), "no graph");
        NodePredictor predictor = new NodePredictor(run.experiment(), graph, run.layout());
        Equivalence found = predictor.equivalence(run.parameters()).orElse(null);
        figures.put(DIFFERENCE, found == null ? Double.NaN : found.probabilities());
        figures.put(OF_LOGITS, found == null ? Double.NaN : found.logits());
        figures.put(ROW_SUMS, found == null ? Double.NaN : found.rowSums());
        progress.accept(1);
        return figures;
    }

    /** Accuracies and the norm at the end. */
    static Map<String, Double> accuracies(TrainedRun run) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(ACCURACY, run.last(Quantity.STOPPED_ACCURACY));
        figures.put(LAST, run.last(Quantity.TEST_ACCURACY));
        figures.put(NORM, run.last(Quantity.NORM));
        return figures;
    }

    @Override
    public List<Claim> claims(Figures figures) {
        double exact = extreme(figures, DIFFERENCE, true);
        double rowSums = extreme(figures, ROW_SUMS, true);
        double pta = figures.mean(PTA, ACCURACY);
        double norm = figures.mean(PTA, NORM) / figures.mean(PTA_NONE, NORM);
        Map<String, Double> identity = new LinkedHashMap<>();
        identity.put(DIFFERENCE, exact);
        identity.put(OF_LOGITS, extreme(figures, OF_LOGITS, false));
        Map<String, Double> norms = byArm(figures, DECAYS, NORM, ACCURACY, STANDARD_ERROR, LAST);
        norms.put("ratio", norm);
        return List.of(
                Claim.asserted(
                                "P1",
                                "A decoupled graph network that propagates probabilities has the gradient of a perceptron on spread labels.",
                                "largest difference of the logit gradients over all trained runs <= 1e-12; where logits are propagated, "
                                        + "as the code of APPNP does, they differ",
                                identity,
                                exact <= EXACT)
                        .reconstructed("An identity; of the trained parameters of every arm."),
                Claim.asserted(
                                "P2",
                                "A perceptron trained on spread labels is better than the labels themselves.",
                                "test accuracy(PTA) >= accuracy(label propagation) + 0.03",
                                pair(figures, PTA, SPREADING),
                                pta >= figures.mean(SPREADING, ACCURACY) + LEAST_GAIN)
                        .reconstructed("The threshold is ours, from a prototype (0.06)."),
                Claim.asserted(
                                "P3",
                                "Weights that adapt to what the perceptron holds of a label make training better.",
                                "test accuracy(PTA) >= accuracy(PTS)",
                                pair(figures, PTA, PTS),
                                pta >= figures.mean(PTS, ACCURACY))
                        .reconstructed("One made graph instead of the paper's."),
                Claim.asserted(
                                "P4",
                                "PTA is about as good as the decoupled graph network.",
                                "|test accuracy(PTA) - accuracy(APPNP)| <= 0.05",
                                pair(figures, PTA, APPNP),
                                Math.abs(pta - figures.mean(APPNP, ACCURACY)) <= CLOSE)
                        .reconstructed("The threshold is ours, from a prototype (0.02)."),
                Claim.asserted(
                                "P5",
                                "The weights of a labelled node's spread labels sum to 1.",
                                "largest distance of a row's sum from 1 <= 1e-12",
                                Map.of(ROW_SUMS, rowSums),
                                rowSums <= EXACT)
                        .reconstructed("An identity."),
                Claim.asserted(
                                "P6",
                                "l2 in Adam's buffers beside a loss of small weight keeps the first layer small.",
                                "norm of the first layer(PTA with l2) <= 0.2 norm(PTA without decay)",
                                norms,
                                norm <= MOST_OF_NORM)
                        .reconstructed("Not in the paper, which only uses l2; AdamW beside it is ours."),
                Claim.reported(
                                "P7",
                                "What each method gets out of the graph and the features.",
                                "test accuracy by arm, with its standard error",
                                byArm(figures, ALL, ACCURACY, STANDARD_ERROR, LAST, NORM))
                        .reconstructed("Only told."));
    }

    /** The largest or the least figure of the arms that train; NaN where one is. */
    private static double extreme(Figures figures, String figure, boolean largest) {
        double found = largest ? 0 : Double.POSITIVE_INFINITY;
        for (String arm : ALL) {
            if (!arm.equals(SPREADING)) {
                for (double value : figures.of(arm, figure)) {
                    found = largest ? Math.max(found, value) : Math.min(found, value);
                }
            }
        }
        return figures.of(PTA, figure).length == 0 ? Double.NaN : found;
    }

    private static Map<String, Double> pair(Figures figures, String one, String other) {
        Map<String, Double> pair = byArm(figures, List.of(one, other), ACCURACY, LAST);
        pair.put("difference", figures.mean(one, ACCURACY) - figures.mean(other, ACCURACY));
        pair.put(
                STANDARD_ERROR + "[" + one + " - " + other + "]",
                Statistics.standardError(figures.differences(one, other, ACCURACY)));
        return pair;
    }

    /** Means by arm; the standard error is that of the accuracy. */
    static Map<String, Double> byArm(Figures figures, List<String> arms, String... keys) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String arm : arms) {
            for (String key : keys) {
                double value = key.equals(STANDARD_ERROR)
                        ? Statistics.standardError(figures.of(arm, ACCURACY))
                        : figures.mean(arm, key);
                measured.put(key + "[" + arm + "]", value);
            }
        }
        return measured;
    }

    @Override
    public List<Table> tables(Figures figures) {
        return List.of(table(figures, ALL));
    }

    static Table table(Figures figures, List<String> arms) {
        List<List<String>> rows = new ArrayList<>();
        for (String arm : arms) {
            rows.add(List.of(
                    arm,
                    Statistics.meanAndError(figures.of(arm, ACCURACY)),
                    Statistics.meanAndError(figures.of(arm, LAST)),
                    Statistics.meanAndError(figures.of(arm, NORM))));
        }
        return new Table(
                "Accuracies and norms",
                "Means over the seeds, with their standard errors: test accuracy where the validation nodes stop, after the last "
                        + "epoch, and the norm of the first layer at the end.",
                List.of("method", "test accuracy", "after the last epoch", "norm of the first layer"),
                rows);
    }
}
