package decaylab.net;

import decaylab.experiment.Normalization;
import decaylab.net.FlatParameters.Kind;
import decaylab.net.FlatParameters.Part;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/**
 * A normalised block's part of the flat vector, as DL4J's linear and batch normalisation layers have it one after the other:
 * weights, then bias, or gamma and beta where they are trained, then running mean and variance.
 */
final class BlockParameters {
    static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;
    static final String BIAS = DefaultParamInitializer.BIAS_KEY;
    static final String GAMMA = BatchNormalizationParamInitializer.GAMMA;
    static final String BETA = BatchNormalizationParamInitializer.BETA;
    static final String MEAN = BatchNormalizationParamInitializer.GLOBAL_MEAN;
    static final String VARIANCE = BatchNormalizationParamInitializer.GLOBAL_VAR;

    private BlockParameters() {}

    /**
     * @param weights the part of the weights
     * @param width units or channels of the output
     */
    static FlatParameters of(Part weights, long width, Normalization normalization) {
        List<Part> parts = new ArrayList<>();
        parts.add(weights);
        switch (normalization) {
            case NONE -> {
                boolean biasFirst = weights.shape().length == 4; // so it is in DL4J's convolutions
                parts.add(biasFirst ? 0 : 1, new Part(BIAS, Kind.BIAS, 'c', width));
            }
            case BATCH, BATCH_AFFINE -> {
                if (normalization == Normalization.BATCH_AFFINE) {
                    parts.add(new Part(GAMMA, Kind.OTHER, 'c', width));
                    parts.add(new Part(BETA, Kind.OTHER, 'c', width));
                }
                parts.add(new Part(MEAN, Kind.OTHER, 'c', width));
                parts.add(new Part(VARIANCE, Kind.OTHER, 'c', width));
            }
        }
        return new FlatParameters(parts);
    }
}
