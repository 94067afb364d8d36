package decaylab.net;

import decaylab.experiment.FeedbackKind;
import decaylab.experiment.FeedbackSpec;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The matrices that carry the error back through a dense network in place of its weights (Akrout et al. 2019, equations as in
 * {@link FeedbackSpec}): one for each layer but the first, below which there is nothing. They are kept as B^T, so that each lies
 * in the flat vector as the weights do whose place it takes: a row of fan-in numbers for each unit, or, where the error comes
 * from the output, for each class.
 */
public final class FeedbackPath implements AutoCloseable {
    private static final double UNIFORM = Math.sqrt(12); // of a uniform distribution: width by deviation

    private final FeedbackSpec spec;
    private final TrainableNetwork network;
    private final ParameterLayout layout;
    private final ParameterLayout replaced;
    private final INDArray memory;
    private final NativeVector vector;
    private final boolean[] on = {true};
    private final List<DenseBlockLayer> hidden = new ArrayList<>();
    private final List<Mirror> mirrors = new ArrayList<>();

    /** The weights of a layer in the mirror, and memory for a pass. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two mirrors
    private record Mirror(Matrix weights, Matrix noise, Matrix answer, Matrix product, double[] products) {}

    /**
     * Lays the path into a network, before its first batch.
     *
     * @param network dense
     * @param spec not exact
     * @param rows of noise in a pass of the mirror
     * @param team copies; it stays the caller's to close
     */
    public FeedbackPath(TrainableNetwork network, FeedbackSpec spec, int rows, Team team) {
        this.network = network;
        this.spec = spec;
        Layer[] layers = network.layers();
        HeadLayer head = (HeadLayer) layers[layers.length - 1];
        boolean direct = spec.kind() == FeedbackKind.DIRECT;
        List<ParameterBlock> above = network.layout().weights().subList(1, layers.length);
        List<ParameterBlock> blocks = new ArrayList<>();
        int classes = network.task().classes();
        int offset = 0;
        for (ParameterBlock block : above) {
            int length = direct ? Math.multiplyExact(classes, block.fanIn()) : block.length();
            blocks.add(new ParameterBlock(
                    block.layer(), ParameterBlock.Role.WEIGHT, offset, length, block.fanIn(), false, block.last()));
            offset = Math.addExact(offset, length);
        }
        layout = new ParameterLayout(blocks);
        replaced = network.layout();
        FlatArray like = network.zeros();
        DataType type = like instanceof FlatArray.OfFloat ? DataType.FLOAT : DataType.DOUBLE;
        memory = Nd4j.create(type, new long[] {layout.length()}, 'c');
        vector = new NativeVector(memory, layout, team, like);
        for (int i = 0; i < blocks.size(); i++) {
            ParameterBlock block = blocks.get(i);
            int fanIn = block.fanIn();
            INDArray view = memory.get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()));
            Matrix matrix = Matrix.inNativeMemory(view, block.length() / fanIn, fanIn);
            boolean last = block.last();
            ErrorCarrier carrier = new ErrorCarrier(matrix, direct && !last ? head : null, on);
            if (last) {
                head.carry(carrier);
            } else {
                ((DenseBlockLayer) layers[i + 1]).carry(carrier);
            }
            if (spec.kind() == FeedbackKind.MIRROR) {
                mirrors.add(mirror(type, layers[i + 1], rows, block.length() / fanIn, fanIn));
            }
        }
        for (int i = 0; i + 1 < layers.length; i++) {
            hidden.add((DenseBlockLayer) layers[i]);
        }
    }

    private static Mirror mirror(DataType type, Layer layer, int rows, int units, int fanIn) {
        Matrix weights = new UnitViews(layer.paramTable(), Map.of(), 0, units).weights();
        return new Mirror(
                weights,
                Matrix.of(type, rows, fanIn),
                Matrix.of(type, rows, units),
                Matrix.of(type, units, fanIn),
                new double[units * fanIn]);
    }

    /** How the vector of the matrices is divided: a block for each layer but the first, by the layers' names. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The block of the weights whose place a matrix takes. */
    public ParameterBlock replaced(int block) {
        return replaced.weights().get(block + 1);
    }

    /**
     * Whether a matrix has the shape of the weights whose place it takes, so that the two can be compared: all but those that
     * carry the output's error to layers below its own.
     */
    public boolean isComparable(int block) {
        return spec.kind() != FeedbackKind.DIRECT || layout.blocks().get(block).last();
    }

    /** The matrices at the start: each of them drawn as the weights are, from a stream of its own. */
    public FlatArray initial(long seed) {
        FlatArray values = network.zeros().zeros(layout.length());
        CounterRandom stream = CounterRandom.of(seed, "feedback");
        for (int i = 0; i < layout.blocks().size(); i++) {
            ParameterBlock block = layout.blocks().get(i);
            CounterRandom random = stream.split(i);
            double deviation = StrictMath.sqrt(spec.startVariance() / block.fanIn());
            for (int place = block.offset(); place < block.offset() + block.length(); place++) {
                values.set(place, deviation * random.nextGaussian());
            }
        }
        return values;
    }

    /** Takes over the matrices for the gradients that follow. */
    public void load(FlatArray matrices) {
        vector.write(matrices);
    }

    /** Has the weights carry the error for a while, as in back-propagation, or the matrices again. */
    public void carryExactly(boolean exactly) {
        on[0] = !exactly;
    }

    /**
     * A pass of the weight mirror, at the parameters that the network loaded last: each layer's inputs are noise of zero mean, and
     * B = (1 - mirrorDecay) B + mirrorRate y z^T, mean over the rows, with y the noise and z = W y what the layer's units make
     * of it before bias, normalisation and activation.
     *
     * @param matrices changed in place
     * @param random of this pass alone
     */
    public void mirror(FlatArray matrices, CounterRandom random) {
        for (int i = 0; i < mirrors.size(); i++) {
            Mirror mirror = mirrors.get(i);
            CounterRandom own = random.split(i);
            int rows = mirror.noise.rows();
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < mirror.noise.columns(); column++) {
                    mirror.noise.set(row, column, spec.mirrorNoise() * UNIFORM * (own.nextDouble() - 0.5));
                }
            }
            mirror.noise.push();
            mirror.answer.multiply(mirror.noise, false, mirror.weights, true, false);
            mirror.product.multiply(mirror.answer, true, mirror.noise, false, false);
            mirror.product.pull();
            mirror.product.copyRows(0, mirror.product.rows(), mirror.products);
            int offset = layout.blocks().get(i).offset();
            double kept = 1 - spec.mirrorDecay();
            double rate = spec.mirrorRate() / rows;
            for (int j = 0; j < mirror.products.length; j++) {
                matrices.set(offset + j, kept * matrices.get(offset + j) + rate * mirror.products[j]);
            }
        }
    }

    /**
     * The errors at a hidden layer of the gradient that was taken last: with respect to its sums, before biases or
     * normalisation.
     *
     * @param layer from 0 at the input
     * @param into receives rows x width numbers, row after row
     */
    public void errors(int layer, double[] into) {
        hidden.get(layer).errors(into);
    }

    @Override
    public void close() {
        if (memory.closeable()) {
            memory.close();
        }
    }
}
