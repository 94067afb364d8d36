package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The lab's recurrent networks: against differences of the loss, against DL4J's own layers, and against themselves. */
class LstmTest {
    private static NetworkSpec spec(List<Integer> widths) {
        return new NetworkSpec(NetworkKind.LSTM, widths, Activation.TANH, Normalization.NONE, 1e-5);
    }

    private static TaskShape task(int length, int vocabulary) {
        return new TaskShape(new int[] {length}, vocabulary, length, vocabulary);
    }

    private static float[] tokens(int count, int vocabulary) {
        CounterRandom random = CounterRandom.of(5, "tokens");
        float[] tokens = new float[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = random.nextInt(vocabulary);
        }
        return tokens;
    }

    private static int[] labels(int count, int vocabulary) {
        CounterRandom random = CounterRandom.of(5, "labels");
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(vocabulary);
        }
        return labels;
    }

    static Stream<Arguments> shapes() {
        List<Arguments> all = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            all.add(Arguments.of(precision, List.of(6), 5, 7, 4));
            all.add(Arguments.of(precision, List.of(6), 5, 7, 1)); // one sequence: one half
            all.add(Arguments.of(precision, List.of(5, 8, 3), 4, 6, 5));
            all.add(Arguments.of(precision, List.of(9), 3, 400, 4)); // more tokens than come in a batch
            all.add(Arguments.of(precision, List.of(80, 70), 6, 33, 43)); // products in pieces, a head in halves
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsLossesAndPredictionsAreThoseOfStockLayers(
            Precision precision, List<Integer> widths, int length, int vocabulary, int sequences) {
        double tolerance = precision == Precision.FLOAT ? 1e-5 : 1e-9;
        int count = sequences * length;
        float[] tokens = tokens(count, vocabulary);
        int[] labels = labels(count, vocabulary);
        try (Team team = Team.of(2);
                TrainableNetwork ours = new TrainableNetwork(spec(widths), task(length, vocabulary), precision, team)) {
            FlatArray parameters = ours.initialParameters(3);
            FlatArray gradient = ours.zeros();
            ours.load(parameters);
            double ourLoss = ours.gradient(tokens, labels, sequences, gradient);
            ours.gradient(tokens, labels, sequences, gradient); // buffers are used again
            float[] probabilities = new float[count * vocabulary];
            ours.predict(tokens, 0, sequences, probabilities);

            MultiLayerNetwork theirs = stock(widths, vocabulary, precision);
            copyInto(theirs, ours.layout(), parameters);
            INDArray input = Nd4j.create(tokens, new long[] {sequences, 1, length}, 'c');
            INDArray wanted = Nd4j.zeros(DataType.DOUBLE, sequences, vocabulary, length);
            for (int i = 0; i < count; i++) {
                wanted.putScalar(new int[] {i / length, labels[i], i % length}, 1);
            }
            theirs.setInput(input.castTo(type(precision)));
            theirs.setLabels(wanted.castTo(type(precision)));
            theirs.computeGradientAndScore();

            // DL4J sums over the steps of a sequence and averages over sequences.
            assertThat(ourLoss).isCloseTo(theirs.score() / length, within(tolerance * ourLoss));
            List<ParameterBlock> blocks = ours.layout().blocks();
            List<INDArray> stockGradients = views(theirs, true);
            for (int k = 0; k < blocks.size(); k++) {
                ParameterBlock block = blocks.get(k);
                INDArray other = stockGradients.get(k).dup().reshape(order(block), new long[] {block.length()});
                double size = 0;
                double difference = 0;
                for (int i = 0; i < block.length(); i++) {
                    size += Math.pow(other.getDouble(i), 2);
                    difference += Math.pow(gradient.get(block.offset() + i) - other.getDouble(i), 2);
                }
                assertThat(Math.sqrt(difference))
                        .as("%s %s", block.layer(), block.role())
                        .isLessThanOrEqualTo(tolerance * Math.sqrt(size));
            }
            INDArray output = theirs.output(input.castTo(type(precision)));
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < vocabulary; k++) {
                    assertThat(probabilities[i * vocabulary + k])
                            .isCloseTo((float) output.getDouble(i / length, k, i % length), within(1e-5f));
                }
            }
        }
    }

    private static DataType type(Precision precision) {
        return precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    }

    private static MultiLayerNetwork stock(List<Integer> widths, int vocabulary, Precision precision) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(type(precision))
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .updater(new NoOp())
                .list();
        list.layer(new EmbeddingSequenceLayer.Builder()
                .outputDataFormat(RNNFormat.NCW)
                .nIn(vocabulary)
                .nOut(widths.get(0))
                .build());
        int below = widths.get(0);
        for (int width : widths) {
            list.layer(new LSTM.Builder()
                    .dataFormat(RNNFormat.NCW)
                    .nIn(below)
                    .nOut(width)
                    .activation(org.nd4j.linalg.activations.Activation.TANH)
                    .gateActivationFunction(org.nd4j.linalg.activations.Activation.SIGMOID)
                    .build());
            below = width;
        }
        list.layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .dataFormat(RNNFormat.NCW)
                .nIn(below)
                .nOut(vocabulary)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                .build());
        MultiLayerConfiguration configuration = list.build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        network.initGradientsView();
        return network;
    }

    /** The views of parameters or gradients in the order of the lab's layout. */
    private static List<INDArray> views(MultiLayerNetwork network, boolean gradients) {
        List<INDArray> views = new ArrayList<>();
        for (Layer layer : network.getLayers()) {
            for (String key : layer.conf().variables()) {
                views.add(
                        gradients
                                ? network.gradient().getGradientFor(layer.getIndex() + "_" + key)
                                : layer.getParam(key));
            }
        }
        return views;
    }

    /** The lab's head has its weights as DL4J's, its recurrent layers have theirs row after row. */
    private static char order(ParameterBlock block) {
        return block.last() ? 'f' : 'c';
    }

    private static void copyInto(MultiLayerNetwork network, ParameterLayout layout, FlatArray parameters) {
        List<INDArray> views = views(network, false);
        assertThat(views).hasSameSizeAs(layout.blocks());
        for (int k = 0; k < views.size(); k++) {
            ParameterBlock block = layout.blocks().get(k);
            INDArray view = views.get(k);
            assertThat(view.length()).isEqualTo(block.length());
            double[] values = new double[block.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = parameters.get(block.offset() + i);
            }
            view.assign(Nd4j.createFromArray(values)
                    .reshape(order(block), view.shape())
                    .castTo(view.dataType()));
        }
    }

    @Test
    void gradientIsThatOfTheLoss() {
        int sequences = 3;
        for (List<Integer> widths : List.of(List.of(5), List.of(4, 6))) {
            TaskShape task = task(6, 8);
            float[] tokens = tokens(sequences * 6, 8);
            int[] labels = labels(sequences * 6, 8);
            try (TrainableNetwork network = new TrainableNetwork(spec(widths), task, Precision.DOUBLE, Team.of(1))) {
                FlatArray parameters = network.initialParameters(3);
                FlatArray gradient = network.zeros();
                network.load(parameters);
                network.gradient(tokens, labels, sequences, gradient);
                CounterRandom random = CounterRandom.of(1, "coordinates");
                for (ParameterBlock block : network.layout().blocks()) {
                    for (int k = 0; k < 12; k++) {
                        int i = block.offset() + random.nextInt(block.length());
                        double[] losses = new double[2];
                        for (int side = 0; side < 2; side++) {
                            FlatArray moved = parameters.copy();
                            moved.set(i, moved.get(i) + (side == 0 ? 1e-6 : -1e-6));
                            network.load(moved);
                            losses[side] = network.gradient(tokens, labels, sequences, network.zeros());
                        }
                        double slope = (losses[0] - losses[1]) / 2e-6;
                        assertThat(gradient.get(i) / (sequences * 6))
                                .as("%s %s", block.layer(), block.role())
                                .isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
                    }
                }
            }
        }
    }

    @Test
    void everyMatrixHasItsNameAndForgetGatesBeginOpen() {
        NetworkSpec spec = spec(List.of(5, 4));
        try (TrainableNetwork network = new TrainableNetwork(spec, task(6, 8), Precision.FLOAT, Team.of(1))) {
            assertThat(network.layout().weights())
                    .extracting(ParameterBlock::layer)
                    .containsExactlyElementsOf(LayerNames.of(spec))
                    .containsExactly(
                            "embedding", "lstm1-input", "lstm1-recurrent", "lstm2-input", "lstm2-recurrent", "output");
            assertThat(network.layout().weights())
                    .extracting(ParameterBlock::fanIn)
                    .containsExactly(1, 5, 5, 5, 4, 4);
            FlatArray start = network.initialParameters(1);
            ParameterBlock bias = network.layout().blocks().get(3);
            assertThat(bias.role()).isEqualTo(ParameterBlock.Role.BIAS);
            for (int i = 0; i < bias.length(); i++) {
                assertThat(start.get(bias.offset() + i)).isEqualTo(i / 5 == LstmBlock.FORGET ? 1 : 0);
            }
        }
    }

    @Test
    void aNetworkOfAnotherKindSaysWhatItCannotRead() {
        assertThatThrownBy(() -> Architectures.configuration(
                        spec(List.of(4)), TaskShape.classification(new int[] {9}, 3), Precision.FLOAT))
                .isInstanceOf(BadInputException.class)
                .hasMessage("network.kind lstm needs sequences of tokens, but the data is measurements; "
                        + "use network.kind mlp, or a data set of tokens such as text.");
        NetworkSpec dense = new NetworkSpec(NetworkKind.MLP, List.of(4), Activation.RELU, Normalization.NONE, 1e-5);
        assertThatThrownBy(() -> Architectures.configuration(dense, task(6, 8), Precision.FLOAT))
                .isInstanceOf(BadInputException.class)
                .hasMessage("network.kind mlp reads measurements, but the data is sequences of tokens; "
                        + "use network.kind lstm.");
        NetworkSpec normalized =
                new NetworkSpec(NetworkKind.LSTM, List.of(4), Activation.TANH, Normalization.BATCH, 1e-5);
        assertThatThrownBy(() -> Architectures.configuration(normalized, task(6, 8), Precision.FLOAT))
                .isInstanceOf(BadInputException.class)
                .hasMessage("network.normalization is batch, but network.kind lstm has no normalisation; "
                        + "set network.normalization to none.");
    }

    @Test
    void everyStepHasItsOwnRowAndAHalfIsOneRunOfThem() {
        for (int sequences = 1; sequences <= 6; sequences++) {
            SequenceOrder order = new SequenceOrder(sequences, 4);
            Set<Integer> rows = new HashSet<>();
            for (int sequence = 0; sequence < sequences; sequence++) {
                for (int step = 0; step < 4; step++) {
                    int row = order.row(sequence, step);
                    rows.add(row);
                    boolean second = order.halves() == 2 && row >= order.firstRow(1);
                    assertThat(second).isEqualTo(order.halves() == 2 && sequence >= order.firstSequence(1));
                }
            }
            assertThat(rows).hasSize(order.rows()).allMatch(row -> row >= 0 && row < order.rows());
        }
    }

    @Test
    void gatesInSinglePrecisionAreWhatTheyShouldBe() {
        int count = 40_001;
        Gates gates = Gates.of(DataType.FLOAT);
        Matrix tanh = Matrix.inHeap(DataType.FLOAT, 1, count);
        Matrix sigmoid = Matrix.inHeap(DataType.FLOAT, 1, count);
        for (int i = 0; i < count; i++) {
            tanh.set(0, i, (i - 20_000) * 1e-3);
            sigmoid.set(0, i, (i - 20_000) * 1e-3);
        }
        gates.tanh(tanh);
        gates.sigmoid(sigmoid);
        for (int i = 0; i < count; i++) {
            double x = (float) ((i - 20_000) * 1e-3);
            assertThat(tanh.get(0, i)).isCloseTo(Math.tanh(x), within(4e-7)).isBetween(-1.0, 1.0);
            assertThat(sigmoid.get(0, i))
                    .isCloseTo(1 / (1 + Math.exp(-x)), within(3e-7))
                    .isBetween(0.0, 1.0);
        }
        Matrix strange = Matrix.inHeap(DataType.FLOAT, 1, 3);
        strange.set(0, 0, Double.NaN);
        strange.set(0, 1, Double.POSITIVE_INFINITY);
        strange.set(0, 2, Double.NEGATIVE_INFINITY);
        gates.tanh(strange);
        assertThat(strange.get(0, 0)).isNaN();
        assertThat(strange.get(0, 1)).isCloseTo(1, within(4e-7));
        assertThat(strange.get(0, 2)).isCloseTo(-1, within(4e-7));
    }

    @Test
    void smallProductsAreCutIntoPiecesThatKeepTheirOrder() {
        assertThat(SmallProducts.direct(16, 128, 128, false)).isEqualTo(128);
        assertThat(SmallProducts.direct(16, 128, 512, true)).isEqualTo(64);
        assertThat(SmallProducts.direct(500, 128, 512, true)).isEqualTo(128); // too many rows: all at once
    }
}
