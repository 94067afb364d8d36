package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
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
    /** What the name of a normalisation in a residual network ends in. */
    static final String NORMALIZATION = "-normalization";

    private StockNetworks() {}

    /**
     * @param inputShape {features} or {channels, height, width}
     * @param classes at least 2
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
        Consumer<FeedForwardLayer> hidden = layer -> {
            list.layer(layer);
            if (normalized) {
                list.layer(normalization(layer.getLayerName(), spec));
            }
            list.layer(activationLayer(layer.getLayerName() + "-activation", spec));
        };
        if (spec.kind().convolves()) {
            ConvolutionPlan.of(spec).convolutions().forEach(each -> hidden.accept(convolution(each, !normalized)));
            list.layer(average());
            list.setInputType(InputType.convolutional(inputShape[1], inputShape[2], inputShape[0]));
        } else {
            for (int i = 0; i < spec.widths().size(); i++) {
                hidden.accept(new DenseLayer.Builder()
                        .name(LayerNames.hidden(spec, i))
                        .nOut(spec.widths().get(i))
                        .hasBias(!normalized)
                        .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                        .build());
            }
            list.setInputType(InputType.feedForward(Arrays.stream(inputShape).reduce(1, Math::multiplyExact)));
        }
        list.layer(head(classes));
        return list.build();
    }

    /**
     * A residual network, whose flat vector may have another order.
     *
     * @param inputShape {channels, height, width}
     * @param classes at least 2
     */
    static ComputationGraphConfiguration residual(NetworkSpec spec, int[] inputShape, int classes) {
        ComputationGraphConfiguration.GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .updater(new NoOp())
                .biasUpdater(new NoOp())
                .weightInit(WeightInit.ZERO)
                .graphBuilder()
                .addInputs("image");
        ConvolutionPlan plan = ConvolutionPlan.of(spec);
        Map<String, ConvolutionPlan.Convolution> convolutions = new HashMap<>();
        plan.convolutions().forEach(each -> convolutions.put(each.name(), each));
        String below =
                activated(graph, spec, linear(graph, spec, Objects.requireNonNull(convolutions.get("conv1")), "image"));
        for (ConvolutionPlan.Residual block : plan.residuals()) {
            String inner = activated(
                    graph,
                    spec,
                    linear(graph, spec, Objects.requireNonNull(convolutions.get(block.name() + "-conv1")), below));
            String straight =
                    linear(graph, spec, Objects.requireNonNull(convolutions.get(block.name() + "-conv2")), inner);
            ConvolutionPlan.Convolution projection = convolutions.get(block.name() + "-shortcut");
            String side = projection == null ? below : linear(graph, spec, projection, below);
            graph.addVertex(block.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), straight, side);
            below = activated(graph, spec, block.name());
        }
        return graph.addLayer("pool", average(), below)
                .addLayer(LayerNames.OUTPUT, head(classes), "pool")
                .setOutputs(LayerNames.OUTPUT)
                .setInputTypes(InputType.convolutional(inputShape[1], inputShape[2], inputShape[0]))
                .build();
    }

    private static String linear(
            ComputationGraphConfiguration.GraphBuilder graph,
            NetworkSpec spec,
            ConvolutionPlan.Convolution convolution,
            String below) {
        boolean normalized = spec.normalization() != Normalization.NONE;
        graph.addLayer(convolution.name(), convolution(convolution, !normalized), below);
        if (!normalized) {
            return convolution.name();
        }
        String name = convolution.name() + NORMALIZATION;
        graph.addLayer(name, normalization(name, spec), convolution.name());
        return name;
    }

    private static String activated(ComputationGraphConfiguration.GraphBuilder graph, NetworkSpec spec, String below) {
        String name = below + "-activation";
        graph.addLayer(name, activationLayer(name, spec), below);
        return name;
    }

    private static ConvolutionLayer convolution(ConvolutionPlan.Convolution convolution, boolean bias) {
        return new ConvolutionLayer.Builder(convolution.kernel(), convolution.kernel())
                .name(convolution.name())
                .nOut(convolution.channels())
                .stride(convolution.stride(), convolution.stride())
                .padding(convolution.kernel() / 2, convolution.kernel() / 2)
                .hasBias(bias)
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .build();
    }

    private static BatchNormalization normalization(String name, NetworkSpec spec) {
        return new BatchNormalization.Builder()
                .name(name)
                .eps(spec.bnEpsilon())
                .lockGammaBeta(spec.normalization() == Normalization.BATCH)
                .useLogStd(false)
                .build();
    }

    private static ActivationLayer activationLayer(String name, NetworkSpec spec) {
        return new ActivationLayer.Builder()
                .name(name)
                .activation(activation(spec.activation()))
                .build();
    }

    private static GlobalPoolingLayer average() {
        return new GlobalPoolingLayer.Builder(PoolingType.AVG).name("pool").build();
    }

    private static OutputLayer head(int classes) {
        return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .name(LayerNames.OUTPUT)
                .nOut(classes)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                .build();
    }

    private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
        return switch (activation) {
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case TANH -> org.nd4j.linalg.activations.Activation.TANH;
            case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
            case IDENTITY -> org.nd4j.linalg.activations.Activation.IDENTITY;
        };
    }
}
