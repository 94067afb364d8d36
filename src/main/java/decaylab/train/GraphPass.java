package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.experiment.GraphMethod;
import decaylab.experiment.GraphSpec;
import decaylab.experiment.Propagated;
import decaylab.graph.LabelSpreading;
import decaylab.graph.NodeGraph;
import decaylab.graph.Propagation;
import decaylab.graph.PseudoLabelLoss;
import decaylab.graph.SoftmaxNodes;
import decaylab.net.SparsePerceptron;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.random.CounterRandom;
import java.util.Arrays;

/**
 * A method of section 6 of the specification on a graph, all nodes at once: its loss with the gradient, and its predictions. All
 * memory is made once. Not for use by several threads at once.
 */
final class GraphPass {
    private final GraphSpec spec;
    private final NodeGraph graph;
    private final Propagation along;
    private final SparsePerceptron network;
    /** Labels after the last hop: nodes x classes. */
    private final double[] softLabels;

    private final double[] probabilities;
    private final double[] logs;
    private final double[] spread;
    private final double[] slopes;
    private final double[] back;

    GraphPass(Experiment experiment, NodeGraph graph, ParameterLayout layout) {
        spec = experiment.graph();
        this.graph = graph;
        double teleport = spec.method() == GraphMethod.SGC ? 0 : spec.teleport();
        along = new Propagation(graph.edges(), graph.nodes(), spec.hops(), teleport);
        network = new SparsePerceptron(
                graph.features(), layout, experiment.network().activation(), spec.dropout());
        softLabels = LabelSpreading.spread(along, graph.told(), graph.classes());
        int length = graph.nodes() * graph.classes();
        probabilities = new double[length];
        logs = new double[length];
        spread = new double[length];
        slopes = new double[length];
        back = new double[length];
    }

    /** What flows along the edges. */
    Propagation along() {
        return along;
    }

    /** The perceptron's logits of all nodes: nodes x classes, valid until the next call. */
    double[] logits(FlatArray parameters) {
        network.load(parameters);
        return network.logits();
    }

    /**
     * The loss of a step, before it is multiplied by its weight, and the gradient, after.
     *
     * @param epoch the step, from 0
     * @param chance of what is dropped
     */
    double gradient(long epoch, FlatArray parameters, FlatArray gradient, CounterRandom chance) {
        if (spec.method() == GraphMethod.LABEL_PROPAGATION) { // nothing is trained
            for (int i = 0; i < gradient.length(); i++) {
                gradient.set(i, 0);
            }
            return meanLoss(softLabels);
        }
        network.load(parameters);
        double[] logits = network.logits(chance);
        double loss =
                switch (spec.method()) {
                    case MLP -> ofLabelled(logits, slopes);
                    case APPNP, SGC ->
                        spec.propagate() == Propagated.LOGITS
                                ? propagatingLogits(logits)
                                : propagatingProbabilities(logits);
                    case PTS -> onPseudoLabels(logits, 0);
                    case PTD -> onPseudoLabels(logits, 1);
                    case PTA -> onPseudoLabels(logits, PseudoLabelLoss.adaptiveGamma(epoch));
                    case LABEL_PROPAGATION -> throw new IllegalStateException("trained after all");
                };
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] *= spec.lossDecay();
        }
        network.back(slopes, gradient);
        return loss;
    }

    /** Mean cross-entropy of the labelled nodes, and its gradient with respect to the logits. */
    private double ofLabelled(double[] logits, double[] gradient) {
        int classes = graph.classes();
        SoftmaxNodes.of(logits, classes, probabilities, logs);
        Arrays.fill(gradient, 0);
        int[] train = graph.train();
        double loss = 0;
        for (int i = 0; i < train.length; i++) {
            int row = train[i] * classes;
            int label = graph.trainLabels()[i];
            loss -= logs[row + label];
            for (int c = 0; c < classes; c++) {
                gradient[row + c] = (probabilities[row + c] - (c == label ? 1 : 0)) / train.length;
            }
        }
        return loss / train.length;
    }

    private double propagatingLogits(double[] logits) {
        along.apply(logits, graph.classes(), spread);
        double loss = ofLabelled(spread, back);
        along.apply(back, graph.classes(), slopes);
        return loss;
    }

    private double propagatingProbabilities(double[] logits) {
        int classes = graph.classes();
        SoftmaxNodes.of(logits, classes, probabilities, logs);
        along.apply(probabilities, classes, spread);
        Arrays.fill(back, 0);
        int[] train = graph.train();
        double loss = 0;
        for (int i = 0; i < train.length; i++) {
            int at = train[i] * classes + graph.trainLabels()[i];
            loss -= Math.log(spread[at]);
            back[at] = -1 / (spread[at] * train.length);
        }
        along.apply(back, classes, slopes);
        SoftmaxNodes.back(probabilities, classes, slopes);
        return loss / train.length;
    }

    private double onPseudoLabels(double[] logits, double gamma) {
        SoftmaxNodes.of(logits, graph.classes(), probabilities, logs);
        return PseudoLabelLoss.of(softLabels, probabilities, logs, graph.classes(), gamma, slopes);
    }

    /**
     * What is told of every node: nodes x classes numbers of at least 0, of which the largest is the class; valid until the next
     * call. They sum to about 1, and to 1 where nothing flows after the softmax.
     */
    double[] predictions(FlatArray parameters) {
        if (spec.method() == GraphMethod.LABEL_PROPAGATION) {
            return softLabels;
        }
        double[] logits = logits(parameters);
        int classes = graph.classes();
        if (spec.method().propagatesPredictions() && spec.propagate() == Propagated.LOGITS) {
            along.apply(logits, classes, spread);
            SoftmaxNodes.of(spread, classes, probabilities, logs);
            return probabilities;
        }
        SoftmaxNodes.of(logits, classes, probabilities, logs);
        if (spec.method() == GraphMethod.MLP) {
            return probabilities;
        }
        along.apply(probabilities, classes, spread);
        return spread;
    }

    private double meanLoss(double[] predictions) {
        double loss = 0;
        for (int i = 0; i < graph.train().length; i++) {
            loss += loss(predictions, graph.train()[i], graph.trainLabels()[i], graph.classes());
        }
        return loss / graph.train().length;
    }

    /** Cross-entropy of one node's label, of predictions brought to a sum of 1; where nothing is told of a node all classes are alike. */
    static double loss(double[] predictions, int node, int label, int classes) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += predictions[node * classes + c];
        }
        double part = sum == 0 ? 1.0 / classes : predictions[node * classes + label] / sum;
        return -Math.log(Math.max(part, Float.MIN_NORMAL) + 0 * part);
    }
}
