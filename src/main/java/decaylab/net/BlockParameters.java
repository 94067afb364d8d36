package decaylab.net;

import decaylab.experiment.Normalization;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A block's part of the flat vector, as DL4J's linear and batch normalisation layers have it one after the other: weights,
 * then bias, or gamma and beta where they are trained, then running mean and variance.
 */
final class BlockParameters implements ParamInitializer {
    static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;
    static final String BIAS = DefaultParamInitializer.BIAS_KEY;
    static final String GAMMA = BatchNormalizationParamInitializer.GAMMA;
    static final String BETA = BatchNormalizationParamInitializer.BETA;
    static final String MEAN = BatchNormalizationParamInitializer.GLOBAL_MEAN;
    static final String VARIANCE = BatchNormalizationParamInitializer.GLOBAL_VAR;

    private final char order;
    private final long[] weightShape;
    private final Map<String, Long> lengths = new LinkedHashMap<>();

    /**
     * @param order of the weights in the flat vector, 'c' or 'f'
     * @param weightShape of the weights
     * @param width units or channels of the output
     */
    BlockParameters(char order, long[] weightShape, long width, Normalization normalization) {
        this.order = order;
        this.weightShape = weightShape.clone();
        boolean biasFirst = weightShape.length == 4; // so it is in DL4J's convolutions
        if (normalization == Normalization.NONE && biasFirst) {
            lengths.put(BIAS, width);
        }
        lengths.put(WEIGHT, Arrays.stream(weightShape).reduce(1, Math::multiplyExact));
        if (normalization == Normalization.NONE) {
            lengths.put(BIAS, width);
        } else {
            if (normalization == Normalization.BATCH_AFFINE) {
                lengths.put(GAMMA, width);
                lengths.put(BETA, width);
            }
            lengths.put(MEAN, width);
            lengths.put(VARIANCE, width);
        }
    }

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return lengths.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.copyOf(lengths.keySet());
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return List.of(WEIGHT);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return lengths.containsKey(BIAS) ? List.of(BIAS) : List.of();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return WEIGHT.equals(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return BIAS.equals(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray parameters, boolean initialize) {
        Map<String, INDArray> views = getGradientsFromFlattened(configuration, parameters);
        views.forEach((key, view) -> configuration.addVariable(key));
        INDArray variance = views.get(VARIANCE);
        if (initialize && variance != null) { // everything else starts at zero, until the lab sets it
            variance.assign(1);
        }
        return views;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray flat) {
        INDArray row = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long from = 0;
        for (Map.Entry<String, Long> entry : lengths.entrySet()) {
            INDArray view = row.get(NDArrayIndex.interval(from, from + entry.getValue()));
            views.put(entry.getKey(), entry.getKey().equals(WEIGHT) ? view.reshape(order, weightShape) : view);
            from += entry.getValue();
        }
        return views;
    }
}
