package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A linear map, batch normalisation and activation in one layer, whose parameters lie in the flat vector as those of DL4J's
 * dense and batch normalisation layers do: weights, then bias, or gamma and beta where they are trained, then running mean
 * and variance. A map that is normalised has no bias.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class DenseBlock extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;

    static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;
    static final String BIAS = DefaultParamInitializer.BIAS_KEY;
    static final String GAMMA = BatchNormalizationParamInitializer.GAMMA;
    static final String BETA = BatchNormalizationParamInitializer.BETA;
    static final String MEAN = BatchNormalizationParamInitializer.GLOBAL_MEAN;
    static final String VARIANCE = BatchNormalizationParamInitializer.GLOBAL_VAR;

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
        return new Parameters();
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

    /** The layer's part of the flat vector. */
    private static final class Parameters implements ParamInitializer {
        /** Names and lengths, in their order. */
        private static Map<String, Long> lengths(DenseBlock block) {
            Map<String, Long> lengths = new LinkedHashMap<>();
            long width = block.getNOut();
            lengths.put(WEIGHT, block.getNIn() * width);
            switch (block.normalization) {
                case NONE -> lengths.put(BIAS, width);
                case BATCH_AFFINE -> {
                    lengths.put(GAMMA, width);
                    lengths.put(BETA, width);
                }
                case BATCH -> {}
            }
            if (block.normalization != Normalization.NONE) {
                lengths.put(MEAN, width);
                lengths.put(VARIANCE, width);
            }
            return lengths;
        }

        @Override
        public long numParams(NeuralNetConfiguration configuration) {
            return numParams(configuration.getLayer());
        }

        @Override
        public long numParams(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return lengths((DenseBlock) layer).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        @Override
        public List<String> paramKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return List.copyOf(lengths((DenseBlock) layer).keySet());
        }

        @Override
        public List<String> weightKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return List.of(WEIGHT);
        }

        @Override
        public List<String> biasKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return ((DenseBlock) layer).normalization == Normalization.NONE ? List.of(BIAS) : List.of();
        }

        @Override
        public boolean isWeightParam(org.deeplearning4j.nn.conf.layers.Layer layer, String key) {
            return WEIGHT.equals(key);
        }

        @Override
        public boolean isBiasParam(org.deeplearning4j.nn.conf.layers.Layer layer, String key) {
            return BIAS.equals(key);
        }

        @Override
        public Map<String, INDArray> init(
                NeuralNetConfiguration configuration, INDArray parameters, boolean initialize) {
            Map<String, INDArray> views = views((DenseBlock) configuration.getLayer(), parameters);
            views.forEach((key, view) -> configuration.addVariable(key));
            if (initialize && views.containsKey(VARIANCE)) { // everything else starts at zero, until the lab sets it
                views.get(VARIANCE).assign(1);
            }
            return views;
        }

        @Override
        public Map<String, INDArray> getGradientsFromFlattened(
                NeuralNetConfiguration configuration, INDArray gradient) {
            return views((DenseBlock) configuration.getLayer(), gradient);
        }

        private static Map<String, INDArray> views(DenseBlock block, INDArray flat) {
            INDArray row = flat.reshape(flat.length());
            Map<String, INDArray> views = new LinkedHashMap<>();
            long from = 0;
            for (Map.Entry<String, Long> entry : lengths(block).entrySet()) {
                INDArray view = row.get(NDArrayIndex.interval(from, from + entry.getValue()));
                // One unit's weights after the other's, as DL4J's dense layer has them.
                boolean weights = entry.getKey().equals(WEIGHT);
                views.put(entry.getKey(), weights ? view.reshape('f', block.getNIn(), block.getNOut()) : view);
                from += entry.getValue();
            }
            return views;
        }
    }
}
