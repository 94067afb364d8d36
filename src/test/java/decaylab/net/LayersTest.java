package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.optim.DecayEntry;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.optim.StepRule;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The lab's layers beside DL4J's own, on the same flat vectors. */
class LayersTest {
    private static final int CLASSES = 5;
    private static final int FEATURES = 37;

    static Stream<Arguments> cases() {
        List<Arguments> all = new ArrayList<>();
        int[] flat = {FEATURES};
        int[] images = {3, 7, 10};
        for (Precision precision : Precision.values()) {
            for (Normalization normalization : Normalization.values()) {
                for (Activation activation : Activation.values()) {
                    all.add(Arguments.of(
                            precision, normalization, activation, flat, NetworkKind.MLP, List.of(11, 7), 13));
                    all.add(Arguments.of(
                            precision, normalization, activation, images, NetworkKind.CNN, List.of(4, 6, 5), 9));
                }
                all.add(Arguments.of(
                        precision, normalization, Activation.RELU, images, NetworkKind.ALL_CNN, List.of(4, 6), 9));
                // Large enough to be computed in halves, of odd numbers.
                all.add(Arguments.of(
                        precision, normalization, Activation.RELU, flat, NetworkKind.MLP, List.of(131, 97), 129));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsLossesAndPredictionsAreThoseOfStockLayers(
            Precision precision,
            Normalization normalization,
            Activation activation,
            int[] shape,
            NetworkKind kind,
            List<Integer> widths,
            int rows) {
        NetworkSpec spec = new NetworkSpec(kind, widths, activation, normalization, 1e-5);
        int features = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        double tolerance = precision == Precision.FLOAT ? 1e-5 : 1e-9;
        boolean normalized = normalization != Normalization.NONE;
        TaskShape task = TaskShape.classification(shape, CLASSES);
        MultiLayerConfiguration stock = StockNetworks.configuration(spec, shape, CLASSES, precision);
        try (Team team = Team.of(2);
                TrainableNetwork ours = new TrainableNetwork(spec, task, precision, team);
                TrainableNetwork theirs = new TrainableNetwork(stock, normalized, task, precision, team)) {
            assertThat(ours.layout()).isEqualTo(theirs.layout());
            FlatArray parameters = somewhere(ours);
            float[] inputs = normal(rows * features, "inputs");
            int[] labels = new int[rows];
            for (int i = 0; i < rows; i++) {
                labels[i] = i % CLASSES;
            }
            ours.load(parameters);
            theirs.load(parameters);
            FlatArray ourGradient = ours.zeros();
            FlatArray theirGradient = theirs.zeros();
            for (int repetition = 0; repetition < 2; repetition++) { // buffers are used again
                double ourLoss = ours.gradient(inputs, labels, rows, ourGradient);
                double theirLoss = theirs.gradient(inputs, labels, rows, theirGradient);
                assertThat(ourLoss).isCloseTo(theirLoss, within(tolerance * theirLoss));
                for (ParameterBlock block : ours.layout().blocks()) {
                    double size = 0;
                    double difference = 0;
                    for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                        size += theirGradient.get(i) * theirGradient.get(i);
                        difference += Math.pow(ourGradient.get(i) - theirGradient.get(i), 2);
                    }
                    assertThat(Math.sqrt(difference))
                            .as("%s %s", block.layer(), block.role())
                            .isLessThanOrEqualTo(
                                    tolerance * (1 + Math.sqrt(size))); // 1: some are zero but for rounding
                }
            }
            float[] ourProbabilities = new float[rows * CLASSES];
            float[] theirProbabilities = new float[rows * CLASSES];
            ours.predict(inputs, 0, rows, ourProbabilities);
            theirs.predict(inputs, 0, rows, theirProbabilities);
            for (int i = 0; i < ourProbabilities.length; i++) {
                assertThat(ourProbabilities[i]).isCloseTo(theirProbabilities[i], within(1e-5f));
            }
        }
    }

    static Stream<NetworkSpec> residuals() {
        List<NetworkSpec> all = new ArrayList<>();
        for (Normalization normalization : Normalization.values()) {
            all.add(new NetworkSpec(NetworkKind.RESNET, List.of(4, 6), 2, Activation.RELU, normalization, 1e-5));
        }
        all.add(new NetworkSpec(NetworkKind.RESNET, List.of(3, 5, 4), 1, Activation.TANH, Normalization.BATCH, 1e-5));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("residuals")
    void residualNetworksAreThoseOfAStockGraph(NetworkSpec spec) {
        int[] shape = {3, 7, 10};
        int rows = 9;
        int features = 210;
        ComputationGraph theirs = new ComputationGraph(StockNetworks.residual(spec, shape, CLASSES));
        theirs.init();
        theirs.initGradientsView();
        TaskShape task = TaskShape.classification(shape, CLASSES);
        try (Team team = Team.of(2);
                TrainableNetwork ours = new TrainableNetwork(spec, task, Precision.DOUBLE, team)) {
            FlatArray parameters = somewhere(ours);
            for (int i = 0; spec.normalization() == Normalization.NONE && i < parameters.length(); i++) {
                parameters.set(i, 0.6 * parameters.get(i)); // else DL4J cuts off the smallest probabilities
            }
            float[] inputs = normal(rows * features, "inputs");
            int[] labels = new int[rows];
            INDArray theirInputs = Nd4j.create(DataType.DOUBLE, rows, 3, 7, 10);
            INDArray theirLabels = Nd4j.zeros(DataType.DOUBLE, rows, CLASSES);
            for (int i = 0; i < rows; i++) {
                labels[i] = i % CLASSES;
                theirLabels.putScalar(i, labels[i], 1);
                for (int j = 0; j < features; j++) {
                    theirInputs.data().put((long) i * features + j, inputs[i * features + j]);
                }
            }
            Map<ParameterBlock, String> names = stockNames(ours.layout());
            names.forEach((block, name) -> {
                INDArray values = theirs.paramTable().get(name);
                assertThat(values.length()).as(name).isEqualTo(block.length());
                for (int i = 0; i < block.length(); i++) {
                    values.putScalar(place(block, values, i), parameters.get(block.offset() + i));
                }
            });
            theirs.setInput(0, theirInputs);
            theirs.setLabel(0, theirLabels);
            theirs.computeGradientAndScore();
            ours.load(parameters);
            FlatArray gradient = ours.zeros();
            for (int repetition = 0; repetition < 2; repetition++) { // buffers are used again
                double loss = ours.gradient(inputs, labels, rows, gradient);
                assertThat(loss).isCloseTo(theirs.score(), within(1e-12));
                names.forEach((block, name) -> {
                    INDArray slopes = theirs.gradient().getGradientFor(name);
                    double difference = 0;
                    for (int i = 0; i < block.length(); i++) {
                        double slope = slopes.getDouble(place(block, slopes, i));
                        difference += Math.pow(gradient.get(block.offset() + i) - slope, 2);
                    }
                    assertThat(Math.sqrt(difference))
                            .as(name)
                            .isLessThanOrEqualTo(1e-9 * slopes.norm2Number().doubleValue());
                });
            }
            float[] probabilities = new float[rows * CLASSES];
            ours.predict(inputs, 0, rows, probabilities);
            INDArray expected = theirs.outputSingle(theirInputs);
            for (int i = 0; i < probabilities.length; i++) {
                assertThat((double) probabilities[i])
                        .isCloseTo(expected.getDouble(i / CLASSES, i % CLASSES), within(1e-6));
            }
        }
    }

    /** The stock graph's names of the lab's blocks. */
    private static Map<ParameterBlock, String> stockNames(ParameterLayout layout) {
        Map<ParameterBlock, String> names = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (ParameterBlock block : layout.blocks()) {
            String ofNormalization = block.layer() + StockNetworks.NORMALIZATION + "_";
            names.put(
                    block,
                    switch (block.role()) {
                        case WEIGHT -> block.layer() + "_W";
                        case BIAS -> block.layer() + "_b";
                        case SCALE -> ofNormalization + "gamma";
                        case SHIFT -> ofNormalization + "beta";
                        case STATISTIC -> ofNormalization + (seen.add(block.layer()) ? "mean" : "var");
                    });
        }
        return names;
    }

    /** Where the i-th number of a block stands: dense weights are stored column by column. */
    private static int[] place(ParameterBlock block, INDArray array, int i) {
        long[] shape = array.shape();
        if (block.role() == ParameterBlock.Role.WEIGHT && shape.length == 2) {
            return new int[] {(int) (i % shape[0]), (int) (i / shape[0])};
        }
        int[] place = new int[shape.length];
        int rest = i;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place[axis] = (int) (rest % shape[axis]);
            rest /= (int) shape[axis];
        }
        return place;
    }

    static Stream<Arguments> large() {
        return Stream.of(
                Arguments.of(
                        NetworkKind.MLP,
                        List.of(200, 150),
                        Normalization.BATCH,
                        TaskShape.classification(new int[] {FEATURES}, CLASSES)),
                Arguments.of(
                        NetworkKind.CNN,
                        List.of(8, 16),
                        Normalization.BATCH,
                        TaskShape.classification(new int[] {3, 12, 12}, CLASSES)),
                Arguments.of(
                        NetworkKind.RESNET,
                        List.of(8, 16),
                        Normalization.BATCH_AFFINE,
                        TaskShape.classification(new int[] {3, 12, 12}, CLASSES)),
                Arguments.of(
                        NetworkKind.BAG,
                        List.of(150, 120),
                        Normalization.BATCH,
                        new TaskShape(new int[] {7}, 300, 1, 3)),
                Arguments.of(
                        NetworkKind.LSTM,
                        List.of(40, 24),
                        Normalization.NONE,
                        new TaskShape(new int[] {17}, 29, 17, 29)));
    }

    /** What a half is depends on the shape alone, in gradients, updates and their sums. */
    @ParameterizedTest
    @MethodSource("large")
    void twoThreadsGiveTheBitsOfOne(
            NetworkKind kind, List<Integer> widths, Normalization normalization, TaskShape task) {
        NetworkSpec spec = new NetworkSpec(kind, widths, Activation.RELU, normalization, 1e-5);
        int rows = 121;
        float[] inputs = task.ofTokens()
                ? tokens(rows * task.features(), task.vocabulary())
                : normal(rows * task.features(), "inputs");
        int[] labels = new int[rows * task.targets()];
        List<List<Double>> seen = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            List<Double> values = new ArrayList<>();
            try (Team team = Team.of(threads);
                    TrainableNetwork network = new TrainableNetwork(spec, task, Precision.FLOAT, team)) {
                FlatArray parameters = network.initialParameters(1);
                FlatArray gradient = network.zeros();
                boolean[] decayed = new boolean[network.layout().blocks().size()];
                Arrays.fill(decayed, true);
                UpdateKernel kernel = new UpdateKernel(
                        network.layout(), new StepRule.Momentum(0.9, true), DecayEntry.L2, decayed, parameters, team);
                for (int step = 1; step <= 3; step++) {
                    network.load(parameters);
                    values.add(network.gradient(inputs, labels, rows, gradient));
                    kernel.step(parameters, gradient, new StepSettings(step, 0.1, 1e-3, 1e-4, 1.0 / rows));
                    for (int block = 0; block < decayed.length; block++) {
                        values.add(kernel.sums(block).weightsAfter);
                        values.add(kernel.sums(block).gradient);
                        values.add(kernel.sums(block).weightsTimesChange);
                    }
                }
                for (int i = 0; i < parameters.length(); i++) {
                    values.add(parameters.get(i));
                }
            }
            seen.add(values);
        }
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(
                        NetworkKind.MLP, Normalization.BATCH_AFFINE, TaskShape.classification(new int[] {4}, CLASSES)),
                Arguments.of(
                        NetworkKind.CNN, Normalization.BATCH, TaskShape.classification(new int[] {2, 6, 5}, CLASSES)),
                Arguments.of(
                        NetworkKind.RESNET,
                        Normalization.BATCH,
                        TaskShape.classification(new int[] {2, 6, 5}, CLASSES)),
                Arguments.of(NetworkKind.BAG, Normalization.BATCH, new TaskShape(new int[] {4}, 9, 1, 3)),
                Arguments.of(NetworkKind.LSTM, Normalization.NONE, new TaskShape(new int[] {4}, 9, 4, 9)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void configurationsSurviveTheirJson(NetworkKind kind, Normalization normalization, TaskShape task) {
        NetworkSpec spec = new NetworkSpec(kind, List.of(6, 5), Activation.TANH, normalization, 1e-3);
        MultiLayerConfiguration configuration = Architectures.configuration(spec, task, Precision.DOUBLE);
        assertThat(MultiLayerConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
    }

    /** Parameters of which none is at its start, so that each of them matters. */
    private static FlatArray somewhere(TrainableNetwork network) {
        FlatArray parameters = network.initialParameters(3);
        CounterRandom random = CounterRandom.of(3, "somewhere");
        for (ParameterBlock block : network.layout().blocks()) {
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                if (block.role() != ParameterBlock.Role.WEIGHT) {
                    parameters.set(i, parameters.get(i) + 0.5 * random.nextDouble());
                }
            }
        }
        return parameters;
    }

    private static float[] tokens(int length, int vocabulary) {
        CounterRandom random = CounterRandom.of(5, "tokens");
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(vocabulary);
        }
        return values;
    }

    private static float[] normal(int length, String stream) {
        CounterRandom random = CounterRandom.of(5, stream);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
