package decaylab.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A layer's part of the flat vector: some arrays, one after the other. */
final class FlatParameters implements ParamInitializer {
    private final List<Part> parts;

    /** What an array is to DL4J. */
    enum Kind {
        WEIGHT,
        BIAS,
        OTHER
    }

    /**
     * One array.
     *
     * @param key its name in the layer
     * @param order of its numbers in the flat vector, 'c' or 'f'
     * @param shape its lengths
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two parts
    record Part(String key, Kind kind, char order, long... shape) {
        long length() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }
    }

    /**
     * @param parts in the order of the flat vector
     */
    FlatParameters(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Several layers' parts as one: each keyed by its layer's word, a dot and its own key. */
    static FlatParameters joined(Map<String, FlatParameters> layers) {
        List<Part> all = new ArrayList<>();
        layers.forEach((word, layer) -> layer.parts.forEach(
                part -> all.add(new Part(word + "." + part.key, part.kind, part.order, part.shape))));
        return new FlatParameters(all);
    }

    /** How many numbers. */
    long length() {
        return parts.stream().mapToLong(Part::length).sum();
    }

    private List<String> keys(Kind kind) {
        return parts.stream().filter(part -> part.kind == kind).map(Part::key).toList();
    }

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return length();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return parts.stream().map(Part::key).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return keys(Kind.WEIGHT);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return keys(Kind.BIAS);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return keys(Kind.WEIGHT).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return keys(Kind.BIAS).contains(key);
    }

    /** The views; the lab fills in the start itself. */
    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray parameters, boolean initialize) {
        parts.forEach(part -> configuration.addVariable(part.key));
        return getGradientsFromFlattened(configuration, parameters);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray flat) {
        return views(flat);
    }

    /** The arrays in a flat vector, by their keys. */
    Map<String, INDArray> views(INDArray flat) {
        INDArray row = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long from = 0;
        for (Part part : parts) {
            INDArray view = row.get(NDArrayIndex.interval(from, from + part.length()));
            views.put(part.key, part.shape.length == 1 ? view : view.reshape(part.order, part.shape));
            from += part.length();
        }
        return views;
    }
}
