package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear map, batch normalisation and activation in one layer. A map that is normalised has no bias.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public abstract class NormalizedBlock extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;

    private Normalization normalization = Normalization.NONE;
    private Activation activation = Activation.RELU;
    private double epsilon = 1e-5;

    NormalizedBlock() {}

    NormalizedBlock(String name, int width, Normalization normalization, double epsilon, Activation activation) {
        setLayerName(name);
        setNOut(width);
        this.normalization = normalization;
        this.epsilon = epsilon;
        this.activation = activation;
    }

    public Normalization getNormalization() {
        return normalization;
    }

    public void setNormalization(Normalization normalization) {
        this.normalization = normalization;
    }

    public Activation getActivation() {
        return activation;
    }

    public void setActivation(Activation activation) {
        this.activation = activation;
    }

    public double getEpsilon() {
        return epsilon;
    }

    public void setEpsilon(double epsilon) {
        this.epsilon = epsilon;
    }

    /** The layer that computes this. */
    abstract BlockLayer<?> layer(NeuralNetConfiguration configuration, DataType type);

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        BlockLayer<?> layer = layer(configuration, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NormalizedBlock block
                && super.equals(other)
                && normalization == block.normalization
                && activation == block.activation
                && epsilon == block.epsilon;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), normalization, activation, epsilon);
    }
}
