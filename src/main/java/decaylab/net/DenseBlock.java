package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear map, batch normalisation and activation in one layer, whose parameters lie in the flat vector as those of DL4J's
 * dense and batch normalisation layers do: weights, then bias, or gamma and beta where they are trained, then running mean
 * and variance. A map that is normalised has no bias.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class DenseBlock extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;

    private Normalization normalization = Normalization.NONE;
    private Activation activation = Activation.RELU;
    private double epsilon = 1e-5;

    public DenseBlock() {}

    DenseBlock(String name, int width, Normalization normalization, double epsilon, Activation activation) {
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

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        DenseBlockLayer layer = new DenseBlockLayer(configuration, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        long[] shape = {getNIn(), getNOut()}; // one unit's weights after the other's, as in DL4J's dense layer
        return new BlockParameters('f', shape, getNOut(), normalization);
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long parameters = initializer().numParams(this);
        return new LayerMemoryReport.Builder(getLayerName(), DenseBlock.class, inputType, getOutputType(-1, inputType))
                .standardMemory(parameters, 0)
                .workingMemory(0, 0, 3 * getNOut(), 3 * getNOut())
                .cacheMemory(Map.of(), Map.of())
                .build();
    }

    @Override
    public DenseBlock clone() {
        return (DenseBlock) super.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DenseBlock block
                && super.equals(other)
                && normalization == block.normalization
                && activation == block.activation
                && epsilon == block.epsilon;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + normalization.hashCode();
    }
}
