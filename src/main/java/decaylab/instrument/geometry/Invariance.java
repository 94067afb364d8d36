package decaylab.instrument.geometry;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.Precision;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;

/**
 * Rescales a layer's weights, on a copy in double precision, and looks what becomes of outputs and gradient. Where the layer goes
 * straight into a normalisation, and its running mean is rescaled by the same factor c and its running variance by c^2, outputs
 * stay and the gradient shrinks by c, but for the epsilon that normalisation adds (scale invariance: L(c w) = L(w), so grad L(c w)
 * = grad L(w) / c).
 */
public final class Invariance {
    private static final int MOST_EXAMPLES = 500;

    private Invariance() {}

    /**
     * What a rescaling did.
     *
     * @param layer which layer
     * @param factor c
     * @param normalized whether the layer goes straight into a normalisation
     * @param outputChange the largest change of a class probability, with running statistics
     * @param lossBefore mean loss on a batch, with the batch's statistics, in nats
     * @param lossAfter the same after
     * @param gradientBefore size of the layer's gradient on that batch
     * @param gradientAfter the same after
     */
    public record Effect(
            String layer,
            double factor,
            boolean normalized,
            double outputChange,
            double lossBefore,
            double lossAfter,
            double gradientBefore,
            double gradientAfter) {
        /** By how much the gradient shrank; c where the function does not depend on the weights' size. */
        public double shrunkBy() {
            return gradientBefore / gradientAfter;
        }
    }

    /**
     * Rescales a layer.
     *
     * @param experiment whose network it is
     * @param data whose first examples are looked at
     * @param parameters of the network; they stay as they are
     * @param layer one with weights
     * @param factor above 0
     * @throws BadInputException where the network translates
     */
    public static Effect of(Experiment experiment, DataSet data, FlatArray parameters, String layer, double factor) {
        if (data.translates()) {
            throw new BadInputException("network.kind " + experiment.network().kind()
                    + " cannot be rescaled: none of its layers is normalised, and what it tells are translations.");
        }
        TaskShape task = new TaskShape(data.shape(), data.vocabulary(), data.targets(), data.classes());
        try (Team team = Team.of(1);
                TrainableNetwork network = new TrainableNetwork(experiment.network(), task, Precision.DOUBLE, team)) {
            FlatArray before = network.zeros();
            for (int i = 0; i < before.length(); i++) {
                before.set(i, parameters.get(i));
            }
            FlatArray after = Rescaling.of(network.layout(), before, layer, factor);
            ParameterBlock weights = network.layout().weights().stream()
                    .filter(block -> block.layer().equals(layer))
                    .findFirst()
                    .orElseThrow();
            int batch = Math.min(experiment.batchSize(), data.trainSize());
            int examples = Math.min(MOST_EXAMPLES / data.targets() + 1, data.testSize());
            Look first = look(network, data, before, batch, examples, weights);
            Look second = look(network, data, after, batch, examples, weights);
            double change = 0;
            for (int i = 0; i < first.outputs.length; i++) {
                change = Math.max(change, Math.abs(first.outputs[i] - second.outputs[i]));
            }
            return new Effect(
                    layer,
                    factor,
                    weights.normalized(),
                    change,
                    first.loss,
                    second.loss,
                    first.gradient,
                    second.gradient);
        }
    }

    private record Look(float[] outputs, double loss, double gradient) {}

    private static Look look(
            TrainableNetwork network,
            DataSet data,
            FlatArray parameters,
            int batch,
            int examples,
            ParameterBlock weights) {
        network.load(parameters);
        float[] outputs = new float[examples * data.targets() * data.classes()];
        network.predict(data.testInputs(), 0, examples, outputs);
        FlatArray gradient = network.zeros();
        double loss = network.gradient(data.trainInputs(), data.trainLabels(), batch, gradient);
        double squares = 0;
        for (int i = weights.offset(); i < weights.offset() + weights.length(); i++) {
            squares += gradient.get(i) * gradient.get(i);
        }
        return new Look(outputs, loss, Math.sqrt(squares) / (batch * data.targets()));
    }
}
