package decaylab.net;

import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.net.FlatParameters.Kind;
import decaylab.net.FlatParameters.Part;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A translator, whose parameters are the caller's flat vector: an LSTM reads the source's tokens through an embedding; another one,
 * which starts from its last state, reads the target's tokens before the one to be told, through an embedding of its own; each of its
 * states h attends to the first one's states and gets a context c; tanh(A [c; h]) goes to a linear head with softmax (Luong, Pham and
 * Manning 2015, global attention with the dot product). What the decoder reads are the labels themselves, one step later, so
 * that all steps are computed at once; the first reads a token that begins every target. Not for use by several threads at once.
 */
public final class EncoderDecoder implements AutoCloseable {
    static final String SOURCE = "source";
    static final String TARGET = "target";
    static final String ATTENTION = "attention";
    static final String HEAD = "head";
    static final String HEAD_BIAS = "head bias";

    private final TaskShape task;
    private final Precision precision;
    private final int width;
    private final Team team;
    private final ParameterLayout layout;
    private final INDArray values;
    private final INDArray slopes;
    private final NativeVector parameters;
    private final NativeVector gradients;
    private final TranslatorViews views;
    private final Map<Integer, EncoderDecoderPass> passes = new HashMap<>();

    /** An array of parameters: where it is, what it is, and how it starts. */
    private record Weights(String key, String layer, Role role, double deviation, long... shape) {
        Part part() {
            return new Part(key, role == Role.WEIGHT ? Kind.WEIGHT : Kind.BIAS, 'c', shape);
        }

        int fanIn() {
            boolean rows = layer.equals(LayerNames.SOURCE_EMBEDDING) || layer.equals(LayerNames.TARGET_EMBEDDING);
            return role != Role.WEIGHT ? 0 : rows ? 1 : Math.toIntExact(shape[0]);
        }
    }

    /**
     * @param spec the architecture
     * @param task what it reads and tells
     * @param precision of parameters and arithmetic
     * @param team does the arithmetic; it stays the caller's to close
     * @throws BadInputException where the network cannot do that
     */
    public EncoderDecoder(NetworkSpec spec, TaskShape task, Precision precision, Team team) {
        layout = layout(spec, task);
        this.task = task;
        this.precision = precision;
        this.team = team;
        width = spec.widths().get(0);
        DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
        values = Nd4j.create(type, layout.length());
        slopes = Nd4j.create(type, layout.length());
        FlatParameters parts = new FlatParameters(
                weights(width, task).stream().map(Weights::part).toList());
        views = new TranslatorViews(type, parts.views(values), parts.views(slopes));
        FlatArray zeros = zeros();
        parameters = new NativeVector(values, layout, team, zeros);
        gradients = new NativeVector(slopes, layout, team, zeros);
    }

    /**
     * How the flat vector of such a network is divided.
     *
     * @throws BadInputException where the network cannot do that
     */
    public static ParameterLayout layout(NetworkSpec spec, TaskShape task) {
        requirePossible(spec, task);
        List<ParameterBlock> blocks = new ArrayList<>();
        int offset = 0;
        for (Weights each : weights(spec.widths().get(0), task)) {
            int length = Math.toIntExact(each.part().length());
            boolean last = each.layer.equals(LayerNames.OUTPUT);
            blocks.add(new ParameterBlock(each.layer, each.role, offset, length, each.fanIn(), false, last));
            offset = Math.addExact(offset, length);
        }
        return new ParameterLayout(blocks);
    }

    private static void requirePossible(NetworkSpec spec, TaskShape task) {
        if (!task.translates()) {
            throw new BadInputException("network.kind " + spec.kind()
                    + " translates, but the data has no translations; use a data set of them such as number-words, or "
                    + "another network.kind.");
        }
        if (spec.widths().size() != 1) {
            throw new BadInputException("network.widths is " + spec.widths() + ", but network.kind "
                    + NetworkKind.ENCODER_DECODER + " has one width, that of all its layers; give one number.");
        }
        if (spec.normalization() != Normalization.NONE) {
            throw new BadInputException("network.normalization is " + spec.normalization() + ", but network.kind "
                    + NetworkKind.ENCODER_DECODER
                    + " has no normalisation; set network.normalization to none.");
        }
    }

    private static List<Weights> weights(long width, TaskShape task) {
        long gates = LstmBlock.GATES * width;
        double usual = StrictMath.sqrt(1.0 / width);
        List<Weights> all = new ArrayList<>();
        for (String side : List.of(SOURCE, TARGET)) {
            boolean source = side.equals(SOURCE);
            String layer = source ? LayerNames.ENCODER : LayerNames.DECODER;
            String embedding = source ? LayerNames.SOURCE_EMBEDDING : LayerNames.TARGET_EMBEDDING;
            long tokens = source ? task.vocabulary() : task.classes() + 1L;
            all.add(new Weights(side + LstmBlock.EMBEDDING, embedding, Role.WEIGHT, 1, tokens, width));
            all.add(new Weights(
                    side + LstmBlock.INPUT_WEIGHTS, LayerNames.input(layer), Role.WEIGHT, usual, width, gates));
            all.add(new Weights(
                    side + LstmBlock.RECURRENT, LayerNames.recurrent(layer), Role.WEIGHT, usual, width, gates));
            all.add(new Weights(side + LstmBlock.BIAS, layer, Role.BIAS, 0, gates));
        }
        all.add(new Weights(
                ATTENTION, LayerNames.ATTENTION, Role.WEIGHT, StrictMath.sqrt(0.5 / width), 2 * width, width));
        all.add(new Weights(HEAD, LayerNames.OUTPUT, Role.WEIGHT, StrictMath.sqrt(2.0 / width), width, task.classes()));
        all.add(new Weights(HEAD_BIAS, LayerNames.OUTPUT, Role.BIAS, 0, task.classes()));
        return all;
    }

    /** How the flat vector is divided. */
    public ParameterLayout layout() {
        return layout;
    }

    /**
     * The start: embeddings N(0, 1), all other weights normal with variance 1 / fan-in, those of the head 2 / fan-in, each block from
     * a stream of its own; biases 0, but those of the forget gates 1, as in {@link TrainableNetwork#initialParameters}.
     */
    public FlatArray initialParameters(long seed) {
        CounterRandom stream = CounterRandom.of(seed, "initialisation");
        FlatArray start = zeros();
        int number = 0;
        List<Weights> all = weights(width, task);
        for (int k = 0; k < all.size(); k++) {
            ParameterBlock block = layout.blocks().get(k);
            if (block.role() == Role.WEIGHT) {
                CounterRandom random = stream.split(number++);
                for (int i = 0; i < block.length(); i++) {
                    start.set(block.offset() + i, all.get(k).deviation * random.nextGaussian());
                }
            } else if (!block.last()) {
                for (int i = 0; i < width; i++) {
                    start.set(block.offset() + LstmBlock.FORGET * width + i, 1);
                }
            }
        }
        return start;
    }

    /** A vector of zeros of the parameters' length and precision. */
    public FlatArray zeros() {
        int length = layout.length();
        return precision == Precision.FLOAT
                ? new FlatArray.OfFloat(new float[length])
                : new FlatArray.OfDouble(new double[length]);
    }

    /** Takes over the parameters for the computations that follow. */
    public void load(FlatArray vector) {
        parameters.write(vector);
    }

    private EncoderDecoderPass pass(int size) {
        return passes.computeIfAbsent(size, n -> new EncoderDecoderPass(n, width, task, views, team));
    }

    /**
     * The gradient of the mean cross-entropy of a mini-batch, summed over all labels (not divided by their number), at the
     * parameters last loaded.
     *
     * @param inputs source tokens, padded behind the last one with numbers below 0; only the first size examples are read
     * @param labels target tokens, padded likewise; where they are padded nothing is to be told
     * @param size number of examples
     * @param gradient receives the gradient
     * @return the mean loss of a label, without penalty, in nats
     */
    public double gradient(float[] inputs, int[] labels, int size, FlatArray gradient) {
        EncoderDecoderPass pass = pass(size);
        pass.take(inputs, labels, 0);
        double loss = pass.gradient();
        gradients.read(gradient);
        return loss / pass.labels();
    }

    /**
     * Probabilities of each target token, given the source and the target's tokens before it, at the parameters last loaded.
     *
     * @param inputs source tokens, as above
     * @param labels target tokens, as above
     * @param first the first example to read
     * @param size number of examples
     * @param probabilities receives classes values for each target token, example after example
     */
    public void predict(float[] inputs, int[] labels, int first, int size, float[] probabilities) {
        EncoderDecoderPass pass = pass(size);
        pass.take(inputs, labels, first);
        pass.predict(probabilities);
    }

    /**
     * The attention of an example that was predicted last in a batch of that size: for each target token, how much of its context
     * is each source token; the rows sum to 1.
     *
     * @param size of the batch
     * @param example in it
     */
    public double[][] attention(int size, int example) {
        return pass(size).attention(example);
    }

    @Override
    public void close() {
        passes.values().forEach(EncoderDecoderPass::close);
        values.close();
        slopes.close();
    }
}
