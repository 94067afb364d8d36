package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import decaylab.net.FlatParameters.Kind;
import decaylab.net.FlatParameters.Part;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A linear map, batch normalisation and activation in one layer, whose parameters lie in the flat vector as those of DL4J's
 * dense and batch normalisation layers do: weights, then bias, or gamma and beta where they are trained, then running mean
 * and variance. A map that is normalised has no bias.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class DenseBlock extends NormalizedBlock {
    private static final long serialVersionUID = 1L;

    public DenseBlock() {}

    DenseBlock(String name, int width, Normalization normalization, double epsilon, Activation activation) {
        super(name, width, normalization, epsilon, activation);
    }

    @Override
    DenseBlockLayer layer(NeuralNetConfiguration configuration, DataType type) {
        return new DenseBlockLayer(configuration, type);
    }

    @Override
    public ParamInitializer initializer() {
        Part weights = new Part(
                BlockParameters.WEIGHT,
                Kind.WEIGHT,
                'f',
                getNIn(),
                getNOut()); // one unit's weights after the other's, as in DL4J's dense layer
        return BlockParameters.of(weights, getNOut(), getNormalization());
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
}
