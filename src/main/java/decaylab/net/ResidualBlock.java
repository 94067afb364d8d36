package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import decaylab.net.ConvolutionBlock.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A basic residual block (He, Zhang, Ren and Sun 2016): activation(convolution(activation(convolution(x))) + shortcut(x)), each
 * convolution normalised. The shortcut is x itself, or a convolution of 1 x 1 where the block changes the shape of x.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class ResidualBlock extends NormalizedBlock {
    private static final long serialVersionUID = 1L;

    /** The parts' words in keys of parameters. */
    static final String FIRST = "conv1";

    static final String SECOND = "conv2";
    static final String SHORTCUT = "shortcut";

    private int stride = 1;
    private int height;
    private int width;

    public ResidualBlock() {}

    /**
     * @param stride of the first convolution and the shortcut, 1 or 2
     */
    ResidualBlock(
            String name, int channels, int stride, Normalization normalization, double epsilon, Activation activation) {
        super(name, channels, normalization, epsilon, activation);
        this.stride = stride;
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

    /** The convolutions, by their words, in the order of their parameters. */
    Map<String, ConvolutionBlock> convolutions() {
        ConvolutionBlock first =
                part(ConvolutionPlan.first(getLayerName()), new Window(3, stride), getActivation(), getNIn());
        first.setHeight(height);
        first.setWidth(width);
        ConvolutionBlock second =
                part(ConvolutionPlan.second(getLayerName()), new Window(3, 1), Activation.IDENTITY, getNOut());
        second.setHeight(first.outHeight());
        second.setWidth(first.outWidth());
        Map<String, ConvolutionBlock> all = new LinkedHashMap<>();
        all.put(FIRST, first);
        all.put(SECOND, second);
        if (stride > 1 || getNIn() != getNOut()) {
            ConvolutionBlock shortcut = part(
                    ConvolutionPlan.shortcut(getLayerName()), new Window(1, stride), Activation.IDENTITY, getNIn());
            shortcut.setHeight(height);
            shortcut.setWidth(width);
            all.put(SHORTCUT, shortcut);
        }
        return all;
    }

    private ConvolutionBlock part(String name, Window window, Activation activation, long inputs) {
        int channels = Math.toIntExact(getNOut());
        ConvolutionBlock part =
                new ConvolutionBlock(name, channels, window, getNormalization(), getEpsilon(), activation);
        part.setNIn(inputs);
        return part;
    }

    @Override
    String nameOf(String key) {
        return getLayerName() + "-" + key.substring(0, key.indexOf('.'));
    }

    @Override
    String kindOf(String key) {
        return key.substring(key.indexOf('.') + 1);
    }

    @Override
    ResidualBlockLayer layer(NeuralNetConfiguration configuration, DataType type) {
        return new ResidualBlockLayer(configuration, type);
    }

    @Override
    public ParamInitializer initializer() {
        Map<String, FlatParameters> parts = new LinkedHashMap<>();
        convolutions().forEach((word, convolution) -> parts.put(word, convolution.initializer()));
        return FlatParameters.joined(parts);
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
                        getLayerName(), ResidualBlock.class, inputType, getOutputType(-1, inputType))
                .standardMemory(initializer().numParams(this), 0)
                .workingMemory(0, 0, 10 * outputs, 10 * outputs)
                .cacheMemory(Map.of(), Map.of())
                .build();
    }

    @Override
    public ResidualBlock clone() {
        return (ResidualBlock) super.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResidualBlock block
                && super.equals(other)
                && stride == block.stride
                && height == block.height
                && width == block.width;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), stride, height, width);
    }
}
