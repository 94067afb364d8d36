package decaylab.net;

import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.parallel.WorkLog;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
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
    private final TaskShape task;
    private final Map<Integer, Batch> batches = new HashMap<>();
    private final List<Start> starts;

    /** Of one batch size: native arrays, filled anew for every batch, and one in Java. */
    private final class Batch {
        private final INDArray inputs;
        private final INDArray labels;
        private final Matrix labelsOfRows;
        private final SequenceOrder order;

        Batch(int size) {
            order = new SequenceOrder(size, task.targets());
            int[] input = task.input();
            long[] shape = input.length == 3 && network.getLayer(0).type() == Layer.Type.CONVOLUTIONAL
                    ? new long[] {size, input[0], input[1], input[2]}
                    : new long[] {size, task.features()};
            DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
            // The lab's head takes the number of a class, DL4J's own a column for each.
            int columns = network.getOutputLayer() instanceof HeadLayer head ? head.labelColumns() : task.classes();
            inputs = Nd4j.create(type, shape, 'c');
            labels = Nd4j.create(type, new long[] {order.rows(), columns}, 'c');
            labelsOfRows = Matrix.on(labels, order.rows(), columns);
        }

        /** The row in which the network has a target of an example. */
        private int row(int example, int target) {
            return task.targets() == 1 ? example : order.row(example, target);
        }

        void fillLabels(int[] classOf) {
            boolean numbers = labelsOfRows.columns() == 1; // and not a column for each class
            if (!numbers) {
                labelsOfRows.clear();
            }
            for (int example = 0; example < order.sequences(); example++) {
                for (int target = 0; target < task.targets(); target++) {
                    int label = classOf[example * task.targets() + target];
                    labelsOfRows.set(row(example, target), numbers ? 0 : label, numbers ? label : 1);
                }
            }
            labelsOfRows.push();
        }

        void fillValues(int[] actions, double[] wanted) {
            for (int row = 0; row < labelsOfRows.rows(); row++) {
                labelsOfRows.set(row, 0, actions[row]);
                labelsOfRows.set(row, 1, wanted[row]);
            }
            labelsOfRows.push();
        }
    }

    /** How a block of parameters begins. */
    private record Start(ParameterBlock block, NeuralNetConfiguration layer, String key) {}

    /**
     * @param spec the architecture
     * @param task what it reads and tells
     * @param precision of parameters and arithmetic
     * @param team does the arithmetic; it stays the caller's to close
     * @throws decaylab.problem.BadInputException where the network cannot do that
     */
    public TrainableNetwork(NetworkSpec spec, TaskShape task, Precision precision, Team team) {
        this(
                Architectures.configuration(spec, task, precision),
                spec.normalization() != Normalization.NONE,
                task,
                precision,
                team);
        use(team);
    }

    /**
     * A network that tells values instead of probabilities: a number for each of the task's classes, which are actions. Its
     * gradient is that of {@link #valueGradient}.
     *
     * @param spec the architecture
     * @param task what it reads and tells
     * @param precision of parameters and arithmetic
     * @param team does the arithmetic; it stays the caller's to close
     * @throws decaylab.problem.BadInputException where the network cannot do that
     */
    public static TrainableNetwork ofValues(NetworkSpec spec, TaskShape task, Precision precision, Team team) {
        TrainableNetwork network = new TrainableNetwork(
                Architectures.ofValues(spec, task, precision),
                spec.normalization() != Normalization.NONE,
                task,
                precision,
                team);
        network.use(team);
        return network;
    }

    private void use(Team team) {
        for (Layer layer : network.getLayers()) {
            if (layer instanceof BlockLayer<?> block) {
                block.use(team);
            } else if (layer instanceof ImageAverageLayer average) {
                average.use(team);
            } else if (layer instanceof HeadLayer head) {
                head.use(team);
            }
        }
    }

    /** For a configuration that need not be the lab's own. */
    TrainableNetwork(
            MultiLayerConfiguration configuration, boolean normalized, TaskShape task, Precision precision, Team team) {
        this.precision = precision;
        this.task = task;
        network = new MultiLayerNetwork(configuration);
        network.init();
        network.initGradientsView();
        starts = startsOf(network, normalized);
        layout = new ParameterLayout(starts.stream().map(Start::block).toList());
        FlatArray zeros = zeros();
        parameters = new NativeVector(network.params(), layout, team, zeros);
        gradients = new NativeVector(network.getGradientsViewArray(), layout, team, zeros);
    }

    private static List<Start> startsOf(MultiLayerNetwork network, boolean normalized) {
        List<Start> starts = new ArrayList<>();
        for (Layer layer : network.getLayers()) {
            for (Map.Entry<String, INDArray> entry : layer.paramTable().entrySet()) {
                Block block = layer.conf().getLayer() instanceof Block own ? own : null;
                String key = block == null ? entry.getKey() : block.kindOf(entry.getKey());
                String name = block == null ? layer.conf().getLayer().getLayerName() : block.nameOf(entry.getKey());
                boolean last = name.equals(LayerNames.OUTPUT);
                INDArray view = entry.getValue();
                Role role =
                        switch (key) {
                            case "W", LstmBlock.RECURRENT, LstmBlock.EMBEDDING -> Role.WEIGHT;
                            case "b" -> Role.BIAS;
                            case "gamma" -> Role.SCALE;
                            case "beta" -> Role.SHIFT;
                            case "mean", "var" -> Role.STATISTIC;
                            default -> throw new IllegalStateException("parameter " + key + " of " + name);
                        };
                int length = Math.toIntExact(view.length());
                // Rows of an embedding are taken, not summed. A dense W is [in, out], kernels [out, in, height, width].
                int outputs = Math.toIntExact(view.size(view.rank() == 4 ? 0 : view.rank() - 1));
                int fanIn = role != Role.WEIGHT ? 0 : key.equals(LstmBlock.EMBEDDING) ? 1 : length / outputs;
                boolean scaleFree = normalized && !last && role == Role.WEIGHT && !key.equals(LstmBlock.EMBEDDING);
                starts.add(new Start(
                        new ParameterBlock(name, role, Math.toIntExact(view.offset()), length, fanIn, scaleFree, last),
                        layer.conf(),
                        key));
            }
        }
        // Locked gamma and beta are no parameters, yet DL4J lists them; the flat vector holds only what is in it.
        starts.sort(Comparator.comparingInt(start -> start.block.offset()));
        return starts;
    }

    /** Its layers, the first at the input. */
    Layer[] layers() {
        return network.getLayers();
    }

    /** How the flat vector is divided. */
    public ParameterLayout layout() {
        return layout;
    }

    /** What the network reads and tells. */
    public TaskShape task() {
        return task;
    }

    /**
     * The start: weights normal with variance 2 / fan-in (He et al. 2015), those of an LSTM with 1 / fan-in, a bag's embedding with
     * 1 / width, so that its rows have a length of about 1, each block from a stream of its own; biases, shifts and running means 0, but those of an LSTM's forget gates 1 (Jozefowicz, Zaremba and
     * Sutskever 2015); scales and running variances 1.
     */
    public FlatArray initialParameters(long seed) {
        return initialParameters(seed, 2);
    }

    /**
     * The same with another variance of the weights that are neither an LSTM's nor a bag's.
     *
     * @param variance times fan-in
     */
    public FlatArray initialParameters(long seed, double variance) {
        CounterRandom stream = CounterRandom.of(seed, "initialisation");
        FlatArray values = zeros();
        int weightNumber = 0;
        for (Start start : starts) {
            ParameterBlock block = start.block;
            boolean recurrent = start.layer.getLayer() instanceof LstmBlock;
            switch (block.role()) {
                case WEIGHT -> {
                    CounterRandom random = stream.split(weightNumber++);
                    double deviation = start.layer.getLayer() instanceof EmbeddingSum bag
                            ? StrictMath.sqrt(1.0 / bag.getNOut())
                            : StrictMath.sqrt((recurrent ? 1.0 : variance) / block.fanIn());
                    for (int i = 0; i < block.length(); i++) {
                        values.set(block.offset() + i, deviation * random.nextGaussian());
                    }
                }
                case SCALE -> fill(values, block.offset(), block.length(), 1);
                case STATISTIC -> fill(values, block.offset(), block.length(), start.key.equals("mean") ? 0 : 1);
                case BIAS -> {
                    if (recurrent) {
                        int units = block.length() / LstmBlock.GATES;
                        fill(values, block.offset() + LstmBlock.FORGET * units, units, 1);
                    }
                }
                case SHIFT -> {} // zero
            }
        }
        return values;
    }

    private static void fill(FlatArray parameters, int offset, int length, double value) {
        for (int i = offset; i < offset + length; i++) {
            parameters.set(i, value);
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
     * The gradient of the mean cross-entropy of a mini-batch, summed over all targets (not divided by their number), at the
     * parameters last loaded; batch statistics are the batch's. In the blocks of running statistics the change that is to
     * be subtracted.
     *
     * @param inputs batch x features, row after row; only the first size rows are read
     * @param labels class of each target, example after example
     * @param size number of examples
     * @param gradient receives the gradient
     * @return the mean loss, without penalty, in nats
     */
    public double gradient(float[] inputs, int[] labels, int size, FlatArray gradient) {
        Batch batch = batches.computeIfAbsent(size, Batch::new);
        fillInputs(batch.inputs, inputs, 0, size);
        batch.fillLabels(labels);
        return gradient(batch, gradient);
    }

    /**
     * The gradient of Huber's loss of one value a row, summed over the rows, at the parameters last loaded.
     *
     * @param inputs batch x features, row after row; only the first size rows are read
     * @param actions whose value is corrected, for each row
     * @param wanted what that value should be; a constant for the gradient
     * @param size number of rows
     * @param gradient receives the gradient
     * @return the mean loss
     */
    public double valueGradient(float[] inputs, int[] actions, double[] wanted, int size, FlatArray gradient) {
        Batch batch = batches.computeIfAbsent(size, Batch::new);
        fillInputs(batch.inputs, inputs, 0, size);
        batch.fillValues(actions, wanted);
        return gradient(batch, gradient);
    }

    /** Factors of this network's curvature, which {@link #tap} fills; for a perceptron. */
    public KroneckerFactors kroneckerFactors() {
        DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
        return new KroneckerFactors(layout.blocks(), type, zeros());
    }

    /**
     * Has a batch go up and other errors than the loss's come down, at the parameters last loaded, and shows the factors the
     * inputs and errors of every layer. Normalisations use the batch's statistics, as in {@link #gradient}; errors are those of
     * sums over the batch, so that none is divided by its size.
     *
     * @param inputs batch x features, row after row; only the first size rows are read
     * @param size number of examples
     * @param errors at the outputs
     * @param factors of this network
     */
    public void tap(float[] inputs, int size, OutputErrors errors, KroneckerFactors factors) {
        Batch batch = batches.computeIfAbsent(size, Batch::new);
        fillInputs(batch.inputs, inputs, 0, size);
        HeadLayer head = (HeadLayer) network.getOutputLayer();
        head.send(errors);
        try {
            network.setInput(batch.inputs);
            network.setLabels(batch.labels);
            network.computeGradientAndScore();
            network.clear();
        } finally {
            head.send(null);
        }
        List<LayerFactors> layers = factors.layers();
        for (int i = 0; i < layers.size() - 1; i++) {
            ((BlockLayer<?>) network.getLayer(i)).tap(layers.get(i));
        }
        head.tap(layers.get(layers.size() - 1));
    }

    private double gradient(Batch batch, FlatArray gradient) {
        network.setInput(batch.inputs);
        network.setLabels(batch.labels);
        network.computeGradientAndScore();
        double loss = network.score();
        gradients.read(gradient);
        network.clear();
        return loss;
    }

    /**
     * Modules of synthetic gradients behind some of the hidden layers.
     *
     * @param behind names of dense layers, in their order
     * @throws IllegalArgumentException where one of them is no dense layer of this network
     */
    public SyntheticGradients synthetic(List<String> behind) {
        List<Integer> places = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < hidden(); i++) {
            Layer layer = network.getLayer(i);
            if (behind.contains(layer.conf().getLayer().getLayerName())) {
                places.add(i);
                widths.add(Math.toIntExact(((DenseBlockLayer) layer).layerConf().getNOut()));
            }
        }
        if (places.size() != behind.size()) {
            throw new IllegalArgumentException(behind + " are not all layers of this network");
        }
        return new SyntheticGradients(places, behind, widths, task.classes(), precision);
    }

    private int hidden() {
        return network.getnLayers() - 1;
    }

    /**
     * The gradient of {@link #gradient}, with modules that are trained beside it: their own gradient is ready afterwards. Each
     * module's target is what arrives from above, which is synthetic itself where there is a module above (section 5.2 of the
     * specification).
     *
     * @param synthetic at the parameters last loaded into them
     * @param used whether what a module predicts goes further down, in place of its target
     */
    public double gradient(
            float[] inputs, int[] labels, int size, FlatArray gradient, SyntheticGradients synthetic, boolean used) {
        return gradient(
                inputs,
                labels,
                size,
                gradient,
                synthetic,
                used,
                0,
                new WorkLog(synthetic.layers().size() + 1));
    }

    /**
     * The same, with a note of when each part between two cuts works.
     *
     * @param step whose mini-batch it is
     * @param log with a worker for each part, the lowest first
     */
    public double gradient(
            float[] inputs,
            int[] labels,
            int size,
            FlatArray gradient,
            SyntheticGradients synthetic,
            boolean used,
            long step,
            WorkLog log) {
        Batch batch = batches.computeIfAbsent(size, Batch::new);
        fillInputs(batch.inputs, inputs, 0, size);
        batch.fillLabels(labels);
        INDArray[] outputs = new INDArray[hidden()];
        INDArray now = batch.inputs;
        int part = 0;
        long start = System.nanoTime();
        for (int i = 0; i < outputs.length; i++) {
            now = block(i).forward(now, true);
            outputs[i] = now;
            if (synthetic.behind(i).isPresent()) {
                start = log.note(part++, WorkLog.Work.FORWARD, step, start);
            }
        }
        start = log.note(part, WorkLog.Work.FORWARD, step, start);
        INDArray slope = head().backward(now, batch.labels);
        for (int i = outputs.length - 1; i >= 0; i--) {
            SyntheticModule module = synthetic.behind(i).orElse(null);
            if (module != null) {
                start = log.note(part--, WorkLog.Work.BACKWARD, step, start);
                INDArray predicted = module.predict(outputs[i], labels);
                module.learn(outputs[i], labels, slope);
                start = log.note(part, WorkLog.Work.LEARN, step, start);
                slope = used ? predicted : slope;
            }
            INDArray below = block(i).backward(slope).getSecond();
            slope = below == null ? slope : below; // nothing is below the lowest
        }
        log.note(part, WorkLog.Work.BACKWARD, step, start);
        gradients.read(gradient);
        return head().meanLoss();
    }

    HeadLayer head() {
        return (HeadLayer) network.getOutputLayer();
    }

    /** The layers between the cuts that modules make, from the lowest part to the one with the head. */
    public List<NetworkPart> parts(SyntheticGradients synthetic) {
        List<NetworkPart> parts = new ArrayList<>();
        List<BlockLayer<?>> layers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < hidden(); i++) {
            layers.add(block(i));
            names.add(block(i).layerConf().getLayerName());
            if (synthetic.behind(i).isPresent()) {
                parts.add(part(layers, names, synthetic.part(parts.size())));
                layers.clear();
                names.clear();
            }
        }
        names.add(LayerNames.OUTPUT);
        parts.add(part(layers, names, null));
        return parts;
    }

    private NetworkPart part(List<BlockLayer<?>> layers, List<String> names, SyntheticGradients.@Nullable Part module) {
        Team alone = Team.of(1);
        FlatArray like = zeros();
        return new NetworkPart(
                this,
                List.copyOf(layers),
                List.copyOf(names),
                new NativeVector(network.params(), layout, alone, like),
                new NativeVector(network.getGradientsViewArray(), layout, alone, like),
                module);
    }

    /** Makes the memory for mini-batches of a size, so that several threads may ask for it afterwards. */
    public void prepare(int size) {
        batches.computeIfAbsent(size, Batch::new);
    }

    INDArray inputs(float[] inputs, int size) {
        Batch batch = prepared(size);
        fillInputs(batch.inputs, inputs, 0, size);
        return batch.inputs;
    }

    INDArray labels(int[] labels, int size) {
        Batch batch = prepared(size);
        batch.fillLabels(labels);
        return batch.labels;
    }

    private Batch prepared(int size) {
        Batch batch = batches.get(size);
        if (batch == null) {
            throw new IllegalStateException("batches of " + size + " are not prepared");
        }
        return batch;
    }

    DataType dataType() {
        return precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    }

    private BlockLayer<?> block(int index) {
        return (BlockLayer<?>) network.getLayer(index);
    }

    /**
     * The products of matrices and convolutions of the last {@link #gradient} again, on the numbers that it left, and nothing
     * else: what a step of this design costs at the least.
     */
    public void products() {
        for (Layer layer : network.getLayers()) {
            if (layer instanceof BlockLayer<?> block) {
                block.products();
            } else if (layer instanceof HeadLayer head) {
                head.products();
            }
        }
    }

    /**
     * Class probabilities, or values, at the parameters last loaded, with running statistics.
     *
     * @param inputs examples, row after row
     * @param first the first example to read
     * @param size number of examples
     * @param probabilities receives classes values for each target, example after example
     */
    public void predict(float[] inputs, int first, int size, float[] probabilities) {
        Batch batch = batches.computeIfAbsent(size, Batch::new);
        fillInputs(batch.inputs, inputs, first, size);
        INDArray output = network.output(batch.inputs, false);
        INDArray rows = output.ordering() == 'c' && !output.isView() ? output : output.dup('c');
        float[] values = task.targets() == 1 ? probabilities : new float[probabilities.length];
        copy(rows, values, batch.order.rows() * task.classes());
        if (task.targets() > 1) {
            for (int example = 0; example < size; example++) {
                for (int target = 0; target < task.targets(); target++) {
                    System.arraycopy(
                            values,
                            batch.row(example, target) * task.classes(),
                            probabilities,
                            (example * task.targets() + target) * task.classes(),
                            task.classes());
                }
            }
        }
    }

    private void copy(INDArray from, float[] to, int length) {
        if (precision == Precision.FLOAT) {
            new FloatPointer(from.data().pointer()).get(to, 0, length);
        } else {
            double[] values = new double[length];
            new DoublePointer(from.data().pointer()).get(values);
            for (int i = 0; i < length; i++) {
                to[i] = (float) values[i];
            }
        }
    }

    private void fillInputs(INDArray to, float[] from, int firstExample, int examples) {
        int offset = firstExample * task.features();
        int length = examples * task.features();
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

    /** What DL4J's own does, without its collection of all garbage, for which the window would stand still. */
    @Override
    public void close() {
        close(network.params());
        close(network.getGradientsViewArray());
        for (Batch batch : batches.values()) {
            close(batch.inputs);
            close(batch.labels);
        }
    }

    private static void close(INDArray array) {
        if (array.closeable()) {
            array.close();
        }
    }
}
