package decaylab.net;

import decaylab.net.FlatParameters.Kind;
import decaylab.net.FlatParameters.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A long short-term memory with forget gates (Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000) over
 * sequences of one length, without peepholes. It reads vectors, or tokens through an embedding that is part of it: a token's
 * row of the embedding times the input weights is computed once a batch, however often the token comes.
 *
 * <p>Tokens are an array of sequences x length; vectors, and its outputs, have a row for each step of each sequence in
 * {@link SequenceOrder}. The gates stand side by side as in DL4J's layer: input value, forget gate, output gate, input gate.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public final class LstmBlock extends Block {
    private static final long serialVersionUID = 1L;

    /** Key of the embedding, vocabulary x width. */
    static final String EMBEDDING = "E";
    /** Key of the input weights, width x 4 units. */
    static final String INPUT_WEIGHTS = "W";
    /** Key of the recurrent weights, units x 4 units. */
    static final String RECURRENT = "RW";
    /** Key of the bias. */
    static final String BIAS = "b";

    /** The input value and three gates, in the order of their columns. */
    static final int GATES = 4;

    static final int VALUE = 0;
    static final int FORGET = 1;
    static final int OUTPUT = 2;
    static final int INPUT = 3;

    private int length;
    private int vocabulary;

    public LstmBlock() {}

    /**
     * @param units of the state
     * @param length steps of a sequence, at least 2
     * @param vocabulary number of tokens; 0 where it reads vectors
     * @param width of the embedding; for vectors it is told by the layer below
     */
    LstmBlock(String name, int units, int length, int vocabulary, int width) {
        if (length < 2) {
            throw new IllegalArgumentException("sequences of " + length);
        }
        setLayerName(name);
        setNOut(units);
        setNIn(width);
        this.length = length;
        this.vocabulary = vocabulary;
    }

    public int getLength() {
        return length;
    }

    public void setLength(int length) {
        this.length = length;
    }

    public int getVocabulary() {
        return vocabulary;
    }

    public void setVocabulary(int vocabulary) {
        this.vocabulary = vocabulary;
    }

    boolean readsTokens() {
        return vocabulary > 0;
    }

    @Override
    String nameOf(String key) {
        return switch (key) {
            case EMBEDDING -> LayerNames.EMBEDDING;
            case INPUT_WEIGHTS -> LayerNames.input(getLayerName());
            case RECURRENT -> LayerNames.recurrent(getLayerName());
            default -> getLayerName();
        };
    }

    @Override
    LstmBlockLayer layer(NeuralNetConfiguration configuration, DataType type) {
        return new LstmBlockLayer(configuration, type);
    }

    @Override
    public ParamInitializer initializer() {
        List<Part> parts = new ArrayList<>();
        if (readsTokens()) {
            parts.add(new Part(EMBEDDING, Kind.WEIGHT, 'c', vocabulary, getNIn()));
        }
        parts.add(new Part(INPUT_WEIGHTS, Kind.WEIGHT, 'c', getNIn(), GATES * getNOut()));
        parts.add(new Part(RECURRENT, Kind.WEIGHT, 'c', getNOut(), GATES * getNOut()));
        parts.add(new Part(BIAS, Kind.BIAS, 'c', GATES * getNOut()));
        return new FlatParameters(parts);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (!readsTokens()) {
            super.setNIn(inputType, override);
        }
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long ofExample = (2L * GATES + 4) * getNOut() * length;
        return new LayerMemoryReport.Builder(getLayerName(), LstmBlock.class, inputType, getOutputType(-1, inputType))
                .standardMemory(initializer().numParams(this), 0)
                .workingMemory(0, 0, ofExample, ofExample)
                .cacheMemory(Map.of(), Map.of())
                .build();
    }

    @Override
    public LstmBlock clone() {
        return (LstmBlock) super.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LstmBlock block
                && super.equals(other)
                && length == block.length
                && vocabulary == block.vocabulary;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), length, vocabulary);
    }
}
