package decaylab.net;

import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network whose gradients and predictions DL4J computes, and whose parameters are the caller's flat vector. Not for use
 * by several threads at once.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final MultiLayerNetwork network;
    private final ParameterLayout layout;
    private final NativeVector parameters;
    private final NativeVector gradients;
    private final Precision precision;
    private final int[] inputShape;
    private final int features;
    private final int classes;
    private final Map<Integer, Batch> batches = new HashMap<>();

    /** Native arrays of one batch size, filled anew for every batch of that size. */
    private record Batch(INDArray inputs, INDArray labels) {}

    /**
     * @param spec the architecture
     * @param inputShape {features} or {channels, height, width} of one example
     * @param classes number of classes, at least 2
     * @param precision of parameters and arithmetic
     * @param team does the arithmetic; it stays the caller's to close
     * @throws decaylab.problem.BadInputException where the network cannot read inputs of that shape
     */
    public TrainableNetwork(NetworkSpec spec, int[] inputShape, int classes, Precision precision, Team team) {
        this(
                Architectures.configuration(spec, inputShape, classes, precision),
                spec.normalization() != Normalization.NONE,
                inputShape,
                classes,
                precision,
                team);
        for (Layer layer : network.getLayers()) {
            if (layer instanceof BlockLayer<?> block) {
                block.use(team);
            }
        }
    }

    /** For a configuration that need not be the lab's own. */
    TrainableNetwork(
            MultiLayerConfiguration configuration,
            boolean normalized,
            int[] inputShape,
            int classes,
            Precision precision,
            Team team) {
        this.precision = precision;
        this.inputShape = inputShape.clone();
        this.features = Arrays.stream(inputShape).reduce(1, Math::multiplyExact);
        this.classes = classes;
        network = new MultiLayerNetwork(configuration);
        network.init();
        network.initGradientsView();
        layout = layoutOf(network, normalized);
        FlatArray zeros = zeros();
        parameters = new NativeVector(network.params(), layout, team, zeros);
        gradients = new NativeVector(network.getGradientsViewArray(), layout, team, zeros);
    }

    private static ParameterLayout layoutOf(MultiLayerNetwork network, boolean normalized) {
        List<ParameterBlock> blocks = new ArrayList<>();
        for (Layer layer : network.getLayers()) {
            String name = layer.conf().getLayer().getLayerName();
            boolean last = name.equals(LayerNames.OUTPUT);
            for (Map.Entry<String, INDArray> entry : layer.paramTable().entrySet()) {
                INDArray view = entry.getValue();
                Role role =
                        switch (entry.getKey()) {
                            case "W" -> Role.WEIGHT;
                            case "b" -> Role.BIAS;
                            case "gamma" -> Role.SCALE;
                            case "beta" -> Role.SHIFT;
                            case "mean", "var" -> Role.STATISTIC;
                            default -> throw new IllegalStateException("parameter " + entry.getKey() + " of " + name);
                        };
                int length = Math.toIntExact(view.length());
                // A dense W is [in, out], a bank of kernels [out, in, height, width].
                int fanIn = role != Role.WEIGHT ? 0 : length / Math.toIntExact(view.size(view.rank() == 2 ? 1 : 0));
                blocks.add(new ParameterBlock(
                        name,
                        role,
                        Math.toIntExact(view.offset()),
                        length,
                        fanIn,
                        normalized && !last && role == Role.WEIGHT,
                        last));
            }
        }
        // Locked gamma and beta are no parameters, yet DL4J lists them; the flat vector holds only what is in it.
        blocks.sort(Comparator.comparingInt(ParameterBlock::offset));
        return new ParameterLayout(blocks);
    }

    /** How the flat vector is divided. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The shape of one example. */
    public int[] inputShape() {
        return inputShape.clone();
    }

    /**
     * The start: weights normal with variance 2 / fan-in (He et al. 2015), each block from a stream of its own; biases,
     * shifts and running means 0; scales and running variances 1.
     */
    public FlatArray initialParameters(long seed) {
        CounterRandom stream = CounterRandom.of(seed, "initialisation");
        FlatArray start = zeros();
        int weightNumber = 0;
        boolean mean = true;
        for (ParameterBlock block : layout.blocks()) {
            switch (block.role()) {
                case WEIGHT -> {
                    CounterRandom random = stream.split(weightNumber++);
                    double deviation = StrictMath.sqrt(2.0 / block.fanIn());
                    for (int i = 0; i < block.length(); i++) {
                        start.set(block.offset() + i, deviation * random.nextGaussian());
                    }
                }
                case SCALE -> fill(start, block, 1);
                case BIAS, SHIFT -> fill(start, block, 0);
                case STATISTIC -> {
                    fill(start, block, mean ? 0 : 1); // DL4J keeps the mean before the variance
                    mean = !mean;
                }
            }
        }
        return start;
    }

    private static void fill(FlatArray parameters, ParameterBlock block, double value) {
        for (int i = 0; i < block.length(); i++) {
            parameters.set(block.offset() + i, value);
        }
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

    /**
     * The gradient of the mean cross-entropy of a mini-batch, summed over the batch (not divided by its size), at the
     * parameters last loaded; batch statistics are the batch's. In the blocks of running statistics the change that is to
     * be subtracted.
     *
     * @param inputs batch x features, row after row; only the first size rows are read
     * @param labels class of each row
     * @param size number of rows
     * @param gradient receives the gradient
     * @return the mean loss, without penalty, in nats
     */
    public double gradient(float[] inputs, int[] labels, int size, FlatArray gradient) {
        Batch batch = batch(size);
        fillInputs(batch.inputs, inputs, 0, size);
        fillLabels(batch.labels, labels, size);
        network.setInput(batch.inputs);
        network.setLabels(batch.labels);
        network.computeGradientAndScore();
        double loss = network.score();
        gradients.read(gradient);
        network.clear();
        return loss;
    }

    /**
     * Class probabilities at the parameters last loaded, with running statistics.
     *
     * @param inputs examples, row after row
     * @param first the first row to read
     * @param size number of rows
     * @param probabilities receives size x classes values, row after row
     */
    public void predict(float[] inputs, int first, int size, float[] probabilities) {
        Batch batch = batch(size);
        fillInputs(batch.inputs, inputs, first, size);
        INDArray output = network.output(batch.inputs, false);
        INDArray rows = output.ordering() == 'c' && !output.isView() ? output : output.dup('c');
        if (precision == Precision.FLOAT) {
            new FloatPointer(rows.data().pointer()).get(probabilities, 0, size * classes);
        } else {
            double[] values = new double[size * classes];
            new DoublePointer(rows.data().pointer()).get(values);
            for (int i = 0; i < values.length; i++) {
                probabilities[i] = (float) values[i];
            }
        }
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    private Batch batch(int size) {
        return batches.computeIfAbsent(size, n -> {
            long[] shape = inputShape.length == 3 && isConvolutional()
                    ? new long[] {n, inputShape[0], inputShape[1], inputShape[2]}
                    : new long[] {n, features};
            DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
            return new Batch(Nd4j.create(type, shape, 'c'), Nd4j.create(type, new long[] {n, classes}, 'c'));
        });
    }

    private boolean isConvolutional() {
        return network.getLayer(0).type() == Layer.Type.CONVOLUTIONAL;
    }

    private void fillInputs(INDArray to, float[] from, int firstRow, int rows) {
        int offset = firstRow * features;
        int length = rows * features;
        if (precision == Precision.FLOAT) {
            new FloatPointer(to.data().pointer()).put(from, offset, length);
        } else {
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                values[i] = from[offset + i];
            }
            new DoublePointer(to.data().pointer()).put(values, 0, length);
        }
    }

    private void fillLabels(INDArray to, int[] labels, int rows) {
        FlatArray oneHot = precision == Precision.FLOAT
                ? new FlatArray.OfFloat(new float[rows * classes])
                : new FlatArray.OfDouble(new double[rows * classes]);
        for (int i = 0; i < rows; i++) {
            oneHot.set(i * classes + labels[i], 1);
        }
        write(to, oneHot);
    }

    private static void write(INDArray to, FlatArray from) {
        if (from instanceof FlatArray.OfFloat values) {
            new FloatPointer(to.data().pointer()).put(values.values(), 0, values.length());
        } else if (from instanceof FlatArray.OfDouble values) {
            new DoublePointer(to.data().pointer()).put(values.values(), 0, values.length());
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
