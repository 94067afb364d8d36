package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import decaylab.net.FlatParameters.Kind;
import decaylab.net.FlatParameters.Part;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A convolution with kernels of 3 x 3 and a border of one zero, or of 1 x 1 without, batch normalisation and activation in one layer, whose
 * parameters lie in the flat vector as those of DL4J's convolution and batch normalisation layers do. A convolution that is
 * normalised has no bias.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class ConvolutionBlock extends NormalizedBlock {
    private static final long serialVersionUID = 1L;

    private int kernel = 3;
    private int stride = 1;
    private int height;
    private int width;

    public ConvolutionBlock() {}

    /**
     * How a kernel lies on an image.
     *
     * @param kernel its side, 1 or 3
     * @param stride 1 or 2
     */
    record Window(int kernel, int stride) {}

    ConvolutionBlock(
            String name,
            int channels,
            Window window,
            Normalization normalization,
            double epsilon,
            Activation activation) {
        super(name, channels, normalization, epsilon, activation);
        kernel = window.kernel;
        stride = window.stride;
    }

    /** Height and width of a kernel. */
    public int getKernel() {
        return kernel;
    }

    public void setKernel(int kernel) {
        this.kernel = kernel;
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

    int outHeight() {
        return (height - 1) / stride + 1;
    }

    int outWidth() {
        return (width - 1) / stride + 1;
    }

    @Override
    ConvolutionBlockLayer layer(NeuralNetConfiguration configuration, DataType type) {
        return new ConvolutionBlockLayer(configuration, type);
    }

    @Override
    public FlatParameters initializer() {
        Part weights = new Part(BlockParameters.WEIGHT, Kind.WEIGHT, 'c', getNOut(), getNIn(), kernel, kernel);
        return BlockParameters.of(weights, getNOut(), getNormalization());
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
                && kernel == block.kernel
                && stride == block.stride
                && height == block.height
                && width == block.width;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), kernel, stride, height, width);
    }
}
