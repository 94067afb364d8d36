package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * The lab's networks from DL4J's own layers, as a second opinion on the lab's. The flat vectors of parameters are the same.
 */
final class StockNetworks {
    private StockNetworks() {}

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
        boolean normalized = spec.normalization() != Normalization.NONE;
        for (int i = 0; i < spec.widths().size(); i++) {
            int width = spec.widths().get(i);
            String name = LayerNames.hidden(spec, i);
            switch (spec.kind()) {
                case MLP ->
                    list.layer(new DenseLayer.Builder()
                            .name(name)
                            .nOut(width)
                            .hasBias(!normalized)
                            .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                            .build());
                case CNN ->
                    list.layer(new ConvolutionLayer.Builder(3, 3)
                            .name(name)
                            .nOut(width)
                            .stride(i == 0 ? 1 : 2, i == 0 ? 1 : 2)
                            .padding(1, 1)
                            .hasBias(!normalized)
                            .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                            .build());
                case LSTM -> throw new IllegalArgumentException("a recurrent network has another vector");
            }
            if (normalized) {
                list.layer(new BatchNormalization.Builder()
                        .name(name)
                        .eps(spec.bnEpsilon())
                        .lockGammaBeta(spec.normalization() == Normalization.BATCH)
                        .useLogStd(false)
                        .build());
            }
            list.layer(new ActivationLayer.Builder()
                    .name(name + "-activation")
                    .activation(activation(spec.activation()))
                    .build());
        }
        switch (spec.kind()) {
            case MLP ->
                list.setInputType(
                        InputType.feedForward(Arrays.stream(inputShape).reduce(1, Math::multiplyExact)));
            case LSTM -> throw new IllegalArgumentException("a recurrent network has another vector");
            case CNN -> {
                if (inputShape.length != 3) {
                    throw new BadInputException(
                            "network.kind cnn needs images, but the data has "
                                    + inputShape[0]
                                    + " plain features an example; use network.kind mlp, or a data set of images such as mnist.");
                }
                list.layer(new GlobalPoolingLayer.Builder(PoolingType.AVG)
                        .name("pool")
                        .build());
                list.setInputType(InputType.convolutional(inputShape[1], inputShape[2], inputShape[0]));
            }
        }
        list.layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .name(LayerNames.OUTPUT)
                .nOut(classes)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                .build());
        return list.build();
    }

    private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
        return switch (activation) {
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case TANH -> org.nd4j.linalg.activations.Activation.TANH;
        };
    }
}
