package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import decaylab.net.FlatParameters.Kind;
import decaylab.net.FlatParameters.Part;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A convolution with kernels of 3 x 3 and a border of one zero, or of 1 x 1 without, batch normalisation and activation in one
 * layer, whose parameters lie in the flat vector as those of DL4J's convolution and batch normalisation layers do. A
 * convolution that is normalised has no bias.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class ConvolutionBlock extends ImageBlock {
    private static final long serialVersionUID = 1L;

    private int kernel = 3;

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
        super(name, channels, window.stride, normalization, epsilon, activation);
        kernel = window.kernel;
    }

    /** Height and width of a kernel. */
    public int getKernel() {
        return kernel;
    }

    public void setKernel(int kernel) {
        this.kernel = kernel;
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
    int kept() {
        return 3;
    }

    @Override
    public ConvolutionBlock clone() {
        return (ConvolutionBlock) super.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConvolutionBlock block && super.equals(other) && kernel == block.kernel;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), kernel);
    }
}
