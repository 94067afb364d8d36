package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.jspecify.annotations.Nullable;

/**
 * From images to images whose sides are as long, or half as long (rounded up).
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public abstract class ImageBlock extends NormalizedBlock {
    private static final long serialVersionUID = 1L;

    private int stride = 1;
    private int height;
    private int width;

    ImageBlock() {}

    ImageBlock(
            String name, int channels, int stride, Normalization normalization, double epsilon, Activation activation) {
        super(name, channels, normalization, epsilon, activation);
        this.stride = stride;
    }

    /** 1 or 2. */
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

    final int outHeight() {
        return (height - 1) / stride + 1;
    }

    final int outWidth() {
        return (width - 1) / stride + 1;
    }

    /** How many numbers of the size of its output it keeps of each example, about. */
    abstract int kept();

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
        InputType output = getOutputType(-1, inputType);
        long numbers = kept() * output.arrayElementsPerExample();
        return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputType, output)
                .standardMemory(initializer().numParams(this), 0)
                .workingMemory(0, 0, numbers, numbers)
                .cacheMemory(Map.of(), Map.of())
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageBlock block
                && getClass() == block.getClass()
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
