package decaylab.net;

import decaylab.net.FlatParameters.Kind;
import decaylab.net.FlatParameters.Part;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The sum of the embeddings of an example's tokens, whatever their order: a bag of words.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class EmbeddingSum extends Block {
    private static final long serialVersionUID = 1L;

    public EmbeddingSum() {}

    /**
     * @param vocabulary number of tokens
     * @param width of the embedding
     */
    EmbeddingSum(int vocabulary, int width) {
        setLayerName(LayerNames.EMBEDDING);
        setNIn(vocabulary);
        setNOut(width);
    }

    @Override
    EmbeddingSumLayer layer(NeuralNetConfiguration configuration, DataType type) {
        return new EmbeddingSumLayer(configuration, type);
    }

    @Override
    public ParamInitializer initializer() {
        return new FlatParameters(List.of(new Part(LstmBlock.EMBEDDING, Kind.WEIGHT, 'c', getNIn(), getNOut())));
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        // the vocabulary, not the number of an example's tokens
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return new LayerMemoryReport.Builder(
                        getLayerName(), EmbeddingSum.class, inputType, getOutputType(-1, inputType))
                .standardMemory(initializer().numParams(this), 0)
                .workingMemory(0, 0, 2 * getNOut(), 2 * getNOut())
                .cacheMemory(Map.of(), Map.of())
                .build();
    }

    @Override
    public EmbeddingSum clone() {
        return (EmbeddingSum) super.clone();
    }
}
