package decaylab.net;

import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.problem.BadInputException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * DL4J configurations of the lab's networks. Hidden layers are linear map, normalisation, activation; a linear map that is
 * normalised has no bias, since the normalisation would take it out again. The head is linear with a bias, and softmax
 * cross-entropy or values of actions. Updaters are no-ops: the lab owns the step.
 */
final class Architectures {
    private Architectures() {}

    /**
     * @throws BadInputException where a network of that kind cannot do that task
     */
    static MultiLayerConfiguration configuration(NetworkSpec spec, TaskShape task, Precision precision) {
        return configuration(spec, task, precision, new SoftmaxHead(LayerNames.OUTPUT, task.classes()));
    }

    /** The same with another head: values of actions in place of probabilities of classes. */
    static MultiLayerConfiguration ofValues(NetworkSpec spec, TaskShape task, Precision precision) {
        return configuration(spec, task, precision, new ValueHead(LayerNames.OUTPUT, task.classes()));
    }

    private static MultiLayerConfiguration configuration(
            NetworkSpec spec, TaskShape task, Precision precision, OutputLayer head) {
        requireThatItReads(spec.kind(), task);
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE)
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .updater(new NoOp())
                .biasUpdater(new NoOp())
                .weightInit(WeightInit.ZERO) // the lab fills in its own start
                .list();
        switch (spec.kind()) {
            case MLP -> perceptron(list, spec, task);
            case CNN, ALL_CNN, RESNET -> convolutions(list, spec, task.input());
            case LSTM -> recurrent(list, spec, task);
            case BAG -> bag(list, spec, task);
            case ENCODER_DECODER -> throw new IllegalArgumentException(spec.kind() + " is no chain of layers");
        }
        list.layer(head);
        return list.build();
    }

    /** The kind of network for a task. */
    private static void requireThatItReads(NetworkKind kind, TaskShape task) {
        if (!task.ofTokens()) {
            if (kind.readsTokens()) {
                throw new BadInputException("network.kind " + kind
                        + " needs sequences of tokens, but the data is measurements; "
                        + "use network.kind mlp, or a data set of tokens such as text.");
            }
            return;
        }
        NetworkKind fitting = task.translates()
                ? NetworkKind.ENCODER_DECODER
                : task.targets() == 1 ? NetworkKind.BAG : NetworkKind.LSTM;
        if (kind != fitting) {
            String data = task.translates()
                    ? "sequences of tokens to be translated"
                    : "sequences of tokens" + (task.targets() == 1 ? " with one class each" : "");
            throw new BadInputException("network.kind " + kind
                    + (kind.readsTokens() ? " does another task" : " reads measurements") + ", but the data is " + data
                    + "; use network.kind " + fitting + ".");
        }
    }

    private static void perceptron(NeuralNetConfiguration.ListBuilder list, NetworkSpec spec, TaskShape task) {
        dense(list, spec, 0);
        list.setInputType(InputType.feedForward(task.features()));
    }

    private static void bag(NeuralNetConfiguration.ListBuilder list, NetworkSpec spec, TaskShape task) {
        list.layer(new EmbeddingSum(task.vocabulary(), spec.widths().get(0)));
        dense(list, spec, 1);
        list.setInputType(InputType.feedForward(task.features()));
    }

    /** Dense layers of the widths from one of them on. */
    private static void dense(NeuralNetConfiguration.ListBuilder list, NetworkSpec spec, int firstWidth) {
        for (int i = firstWidth; i < spec.widths().size(); i++) {
            list.layer(new DenseBlock(
                    LayerNames.hidden(spec, i - firstWidth),
                    spec.widths().get(i),
                    spec.normalization(),
                    spec.bnEpsilon(),
                    spec.activation()));
        }
    }

    private static void convolutions(NeuralNetConfiguration.ListBuilder list, NetworkSpec spec, int[] inputShape) {
        if (inputShape.length != 3) {
            throw new BadInputException(
                    "network.kind " + spec.kind() + " needs images, but the data has " + inputShape[0]
                            + " plain features an example; use network.kind mlp, or a data set of images such as mnist.");
        }
        ConvolutionPlan plan = ConvolutionPlan.of(spec);
        int plain = plan.residuals().isEmpty() ? plan.convolutions().size() : 1;
        for (ConvolutionPlan.Convolution convolution : plan.convolutions().subList(0, plain)) {
            list.layer(new ConvolutionBlock(
                    convolution.name(),
                    convolution.channels(),
                    new ConvolutionBlock.Window(convolution.kernel(), convolution.stride()),
                    spec.normalization(),
                    spec.bnEpsilon(),
                    spec.activation()));
        }
        for (ConvolutionPlan.Residual block : plan.residuals()) {
            list.layer(new ResidualBlock(
                    block.name(),
                    block.channels(),
                    block.stride(),
                    spec.normalization(),
                    spec.bnEpsilon(),
                    spec.activation()));
        }
        list.layer(new ImageAverage("pool"));
        list.setInputType(InputType.convolutional(inputShape[1], inputShape[2], inputShape[0]));
    }

    private static void recurrent(NeuralNetConfiguration.ListBuilder list, NetworkSpec spec, TaskShape task) {
        if (spec.normalization() != Normalization.NONE) {
            throw new BadInputException("network.normalization is " + spec.normalization()
                    + ", but network.kind lstm has no normalisation; set network.normalization to none.");
        }
        for (int i = 0; i < spec.widths().size(); i++) {
            int below = spec.widths().get(Math.max(0, i - 1)); // the embedding is as wide as the first layer
            list.layer(new LstmBlock(
                    LayerNames.hidden(spec, i),
                    spec.widths().get(i),
                    task.features(),
                    i == 0 ? task.vocabulary() : 0,
                    below));
        }
        list.setInputType(InputType.feedForward(task.features()));
    }
}
