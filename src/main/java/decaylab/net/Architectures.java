package decaylab.net;

import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Precision;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * DL4J configurations of the lab's networks. Hidden layers are linear map, normalisation, activation; a linear map that is
 * normalised has no bias, since the normalisation would take it out again. The head is linear with a bias and softmax
 * cross-entropy. Updaters are no-ops: the lab owns the step.
 */
final class Architectures {
    private Architectures() {}

    /**
     * @param inputShape {features} or {channels, height, width}
     * @param classes at least 2
     * @throws BadInputException where the network cannot read inputs of that shape
     */
    static MultiLayerConfiguration configuration(NetworkSpec spec, int[] inputShape, int classes, Precision precision) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE)
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .updater(new NoOp())
                .biasUpdater(new NoOp())
                .weightInit(WeightInit.ZERO) // the lab fills in its own start
                .list();
        switch (spec.kind()) {
            case MLP -> perceptron(list, spec, inputShape);
            case CNN -> convolutions(list, spec, inputShape);
        }
        list.layer(new SoftmaxHead(LayerNames.OUTPUT, classes));
        return list.build();
    }

    private static void perceptron(NeuralNetConfiguration.ListBuilder list, NetworkSpec spec, int[] inputShape) {
        for (int i = 0; i < spec.widths().size(); i++) {
            list.layer(new DenseBlock(
                    LayerNames.hidden(spec, i),
                    spec.widths().get(i),
                    spec.normalization(),
                    spec.bnEpsilon(),
                    spec.activation()));
        }
        list.setInputType(InputType.feedForward(Arrays.stream(inputShape).reduce(1, Math::multiplyExact)));
    }

    private static void convolutions(NeuralNetConfiguration.ListBuilder list, NetworkSpec spec, int[] inputShape) {
        if (inputShape.length != 3) {
            throw new BadInputException("network.kind cnn needs images, but the data has " + inputShape[0]
                    + " plain features an example; use network.kind mlp, or a data set of images such as mnist.");
        }
        for (int i = 0; i < spec.widths().size(); i++) {
            list.layer(new ConvolutionBlock(
                    LayerNames.hidden(spec, i),
                    spec.widths().get(i),
                    i == 0 ? 1 : 2,
                    spec.normalization(),
                    spec.bnEpsilon(),
                    spec.activation()));
        }
        list.layer(new ImageAverage("pool"));
        list.setInputType(InputType.convolutional(inputShape[1], inputShape[2], inputShape[0]));
    }
}
