package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import decaylab.net.ConvolutionBlock.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A basic residual block (He, Zhang, Ren and Sun 2016): activation(convolution(activation(convolution(x))) + shortcut(x)), each
 * convolution normalised. The shortcut is x itself, or a convolution of 1 x 1 where the block changes the shape of x.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class ResidualBlock extends ImageBlock {
    private static final long serialVersionUID = 1L;

    /** The parts' words in keys of parameters. */
    static final String FIRST = "conv1";

    static final String SECOND = "conv2";
    static final String SHORTCUT = "shortcut";

    public ResidualBlock() {}

    /**
     * @param stride of the first convolution and the shortcut, 1 or 2
     */
    ResidualBlock(
            String name, int channels, int stride, Normalization normalization, double epsilon, Activation activation) {
        super(name, channels, stride, normalization, epsilon, activation);
    }

    /** The convolutions, by their words, in the order of their parameters. */
    Map<String, ConvolutionBlock> convolutions() {
        ConvolutionBlock first =
                part(ConvolutionPlan.first(getLayerName()), new Window(3, getStride()), getActivation(), getNIn());
        first.setHeight(getHeight());
        first.setWidth(getWidth());
        ConvolutionBlock second =
                part(ConvolutionPlan.second(getLayerName()), new Window(3, 1), Activation.IDENTITY, getNOut());
        second.setHeight(first.outHeight());
        second.setWidth(first.outWidth());
        Map<String, ConvolutionBlock> all = new LinkedHashMap<>();
        all.put(FIRST, first);
        all.put(SECOND, second);
        if (getStride() > 1 || getNIn() != getNOut()) {
            ConvolutionBlock shortcut = part(
                    ConvolutionPlan.shortcut(getLayerName()),
                    new Window(1, getStride()),
                    Activation.IDENTITY,
                    getNIn());
            shortcut.setHeight(getHeight());
            shortcut.setWidth(getWidth());
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
    int kept() {
        return 10;
    }

    @Override
    public ResidualBlock clone() {
        return (ResidualBlock) super.clone();
    }
}
