package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution with kernels of 3 x 3 and a border of one zero, batch normalisation and activation in one layer, whose
 * parameters lie in the flat vector as those of DL4J's convolution and batch normalisation layers do. A convolution that is
 * normalised has no bias.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class ConvolutionBlock extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;

    static final int KERNEL = 3;

    private int stride = 1;
    private int height;
    private int width;
    private Normalization normalization = Normalization.NONE;
    private Activation activation = Activation.RELU;
    private double epsilon = 1e-5;

    public ConvolutionBlock() {}

    ConvolutionBlock(
            String name, int channels, int stride, Normalization normalization, double epsilon, Activation activation) {
        setLayerName(name);
        setNOut(channels);
        this.stride = stride;
        this.normalization = normalization;
        this.epsilon = epsilon;
        this.activation = activation;
    }

    public int getStride() {
        return stride;
    }

    public void setStride(int stride) {
        this.stride = stride;
    }

    /** Height of the images that come in. */
    public int getHeight() {
        return height;
    }

    public void setHeight(int height) {
        this.height = height;
    }

    /** Width of the images that come in. */
    public int getWidth() {
        return width;
    }

    public void setWidth(int width) {
        this.width = width;
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

    int outHeight() {
        return (height - 1) / stride + 1;
    }

    int outWidth() {
        return (width - 1) / stride + 1;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        ConvolutionBlockLayer layer = new ConvolutionBlockLayer(configuration, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        long[] shape = {getNOut(), getNIn(), KERNEL, KERNEL};
        return new BlockParameters('c', shape, getNOut(), normalization);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        InputType.InputTypeConvolutional images = (InputType.InputTypeConvolutional) inputType;
        setNIn(images.getChannels());
        height = Math.toIntExact(images.getHeight());
        width = Math.toIntExact(images.getWidth());
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeConvolutional images = (InputType.InputTypeConvolutional) inputType;
        return InputType.convolutional(
                (images.getHeight() - 1) / stride + 1, (images.getWidth() - 1) / stride + 1, getNOut());
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return InputTypeUtil.getPreProcessorForInputTypeCnnLayers(inputType, getLayerName());
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long outputs = getOutputType(-1, inputType).arrayElementsPerExample();
        return new LayerMemoryReport.Builder(
                        getLayerName(), ConvolutionBlock.class, inputType, getOutputType(-1, inputType))
                .standardMemory(initializer().numParams(this), 0)
                .workingMemory(0, 0, 3 * outputs, 3 * outputs)
                .cacheMemory(Map.of(), Map.of())
                .build();
    }

    @Override
    public ConvolutionBlock clone() {
        return (ConvolutionBlock) super.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConvolutionBlock block
                && super.equals(other)
                && stride == block.stride
                && height == block.height
                && width == block.width
                && normalization == block.normalization
                && activation == block.activation
                && epsilon == block.epsilon;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), stride, height, width, normalization);
    }
}
