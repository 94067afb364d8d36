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
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The translator: against differences of the loss, against a transcription in plain loops, and against itself. */
class EncoderDecoderTest {
    private static final int SOURCE = 5;
    private static final int TARGET = 4;
    private static final int VOCABULARY = 6;
    private static final int CLASSES = 7;

    private static NetworkSpec spec(int... widths) {
        return new NetworkSpec(
                NetworkKind.ENCODER_DECODER,
                Arrays.stream(widths).boxed().toList(),
                Activation.TANH,
                Normalization.NONE,
                1e-5);
    }

    private static TaskShape task() {
        return new TaskShape(new int[] {SOURCE}, VOCABULARY, TARGET, CLASSES, true);
    }

    /** Sequences of any lengths, the shortest and the longest among them. */
    private record Batch(float[] inputs, int[] labels, int size) {
        static Batch of(int size) {
            CounterRandom random = CounterRandom.of(8, "sequences");
            float[] inputs = new float[size * SOURCE];
            int[] labels = new int[size * TARGET];
            Arrays.fill(inputs, -1);
            Arrays.fill(labels, -1);
            for (int i = 0; i < size; i++) {
                int source = i == 0 ? SOURCE : i == 1 ? 1 : 1 + random.nextInt(SOURCE);
                int target = i == 0 ? 1 : i == 1 ? TARGET : 1 + random.nextInt(TARGET);
                for (int j = 0; j < source; j++) {
                    inputs[i * SOURCE + j] = random.nextInt(VOCABULARY);
                }
                for (int j = 0; j < target; j++) {
                    labels[i * TARGET + j] = random.nextInt(CLASSES);
                }
            }
            return new Batch(inputs, labels, size);
        }

        int told() {
            return (int) Arrays.stream(labels).filter(label -> label >= 0).count();
        }
    }

    private static FlatArray jittered(EncoderDecoder network) {
        FlatArray parameters = network.initialParameters(4);
        CounterRandom random = CounterRandom.of(2, "jitter");
        for (int i = 0; i < parameters.length(); i++) {
            parameters.set(i, 0.7 * parameters.get(i) + 0.1 * random.nextGaussian()); // biases too
        }
        return parameters;
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "4, 1", "2, 2"})
    void gradientsAreDifferencesOfTheLoss(int width, int size) {
        Batch batch = Batch.of(size);
        try (Team team = Team.of(2);
                EncoderDecoder network = new EncoderDecoder(spec(width), task(), Precision.DOUBLE, team)) {
            FlatArray parameters = jittered(network);
            FlatArray gradient = network.zeros();
            FlatArray ignored = network.zeros();
            network.load(parameters);
            network.gradient(batch.inputs, batch.labels, size, gradient);
            double step = 1e-3; // exponentials have twelve digits
            for (ParameterBlock block : network.layout().blocks()) {
                double difference = 0;
                double norm = 0;
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    double value = parameters.get(i);
                    double[] losses = new double[4];
                    double[] at = {-2, -1, 1, 2};
                    for (int k = 0; k < at.length; k++) {
                        parameters.set(i, value + at[k] * step);
                        network.load(parameters);
                        losses[k] = network.gradient(batch.inputs, batch.labels, size, ignored);
                    }
                    parameters.set(i, value);
                    double slope = (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * step) * batch.told();
                    difference += Math.pow(gradient.get(i) - slope, 2);
                    norm += slope * slope;
                }
                assertThat(norm).as(block.layer()).isPositive();
                assertThat(Math.sqrt(difference / norm))
                        .as("%s %s", block.layer(), block.role())
                        .isLessThan(1e-6);
            }
        }
    }

    /** The formulas once more, one example and one step at a time. */
    private static final class Transcription {
        private final EncoderDecoder network;
        private final FlatArray parameters;
        private final int width;

        Transcription(EncoderDecoder network, FlatArray parameters, int width) {
            this.network = network;
            this.parameters = parameters;
            this.width = width;
        }

        private double[][] matrix(int number, int columns) {
            ParameterBlock block = network.layout().blocks().get(number);
            double[][] rows = new double[block.length() / columns][columns];
            for (int i = 0; i < block.length(); i++) {
                rows[i / columns][i % columns] = parameters.get(block.offset() + i);
            }
            return rows;
        }

        private static double sigmoid(double x) {
            return 1 / (1 + Math.exp(-x));
        }

        private static double[] times(double[] x, double[][] matrix) {
            double[] y = new double[matrix[0].length];
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < y.length; j++) {
                    y[j] += x[i] * matrix[i][j];
                }
            }
            return y;
        }

        /** One step of the LSTM whose blocks begin at a number; changes the state, h and c. */
        private void step(int blocks, int token, double[] h, double[] c) {
            double[] x = matrix(blocks, width)[token];
            double[] fromInput = times(x, matrix(blocks + 1, 4 * width));
            double[] fromState = times(h, matrix(blocks + 2, 4 * width));
            double[] bias = matrix(blocks + 3, 4 * width)[0];
            for (int j = 0; j < width; j++) {
                double[] gate = new double[4];
                for (int k = 0; k < 4; k++) {
                    int at = k * width + j;
                    gate[k] = fromInput[at] + fromState[at] + bias[at];
                }
                c[j] = sigmoid(gate[1]) * c[j] + sigmoid(gate[3]) * Math.tanh(gate[0]);
                h[j] = sigmoid(gate[2]) * Math.tanh(c[j]);
            }
        }

        private static double[] softmax(double[] x) {
            double sum = Arrays.stream(x).map(Math::exp).sum();
            return Arrays.stream(x).map(value -> Math.exp(value) / sum).toArray();
        }

        /** Of each step of the target. */
        void probabilities(float[] source, int[] labels, double[][] probabilities, double[][] attention) {
            double[] h = new double[width];
            double[] c = new double[width];
            double[][] states = new double[source.length][];
            for (int s = 0; s < source.length; s++) {
                step(0, (int) source[s], h, c);
                states[s] = h.clone();
            }
            int token = CLASSES;
            for (int t = 0; t < labels.length; t++) {
                step(4, token, h, c);
                double[] now = h;
                double[] weights = softmax(Arrays.stream(states)
                        .mapToDouble(state -> {
                            double dot = 0;
                            for (int j = 0; j < width; j++) {
                                dot += state[j] * now[j];
                            }
                            return dot;
                        })
                        .toArray());
                double[] both = new double[2 * width];
                for (int j = 0; j < width; j++) {
                    for (int s = 0; s < states.length; s++) {
                        both[j] += weights[s] * states[s][j];
                    }
                    both[width + j] = h[j];
                }
                double[] mixed = Arrays.stream(times(both, matrix(8, width)))
                        .map(Math::tanh)
                        .toArray();
                double[] logits = times(mixed, matrix(9, CLASSES));
                double[] bias = matrix(10, CLASSES)[0];
                for (int k = 0; k < CLASSES; k++) {
                    logits[k] += bias[k];
                }
                probabilities[t] = softmax(logits);
                attention[t] = weights;
                token = labels[t];
            }
        }
    }

    @Test
    void probabilitiesAttentionAndLossAreThoseOfThePlainFormulas() {
        int width = 4;
        Batch batch = Batch.of(5);
        try (Team team = Team.of(1);
                EncoderDecoder network = new EncoderDecoder(spec(width), task(), Precision.DOUBLE, team)) {
            FlatArray parameters = jittered(network);
            network.load(parameters);
            float[] probabilities = new float[5 * TARGET * CLASSES];
            network.predict(batch.inputs, batch.labels, 0, 5, probabilities);
            Transcription plain = new Transcription(network, parameters, width);
            double loss = 0;
            for (int i = 0; i < 5; i++) {
                float[] source = unpadded(Arrays.copyOfRange(batch.inputs, i * SOURCE, (i + 1) * SOURCE));
                int[] labels = Arrays.stream(batch.labels, i * TARGET, (i + 1) * TARGET)
                        .filter(label -> label >= 0)
                        .toArray();
                double[][] expected = new double[labels.length][];
                double[][] weights = new double[labels.length][];
                plain.probabilities(source, labels, expected, weights);
                double[][] attention = network.attention(5, i);
                for (int t = 0; t < labels.length; t++) {
                    loss -= Math.log(expected[t][labels[t]]);
                    assertThat(attention[t]).containsExactly(weights[t], within(1e-12));
                    for (int k = 0; k < CLASSES; k++) {
                        assertThat(probabilities[(i * TARGET + t) * CLASSES + k])
                                .isCloseTo((float) expected[t][k], within(1e-6f));
                    }
                }
            }
            assertThat(network.gradient(batch.inputs, batch.labels, 5, network.zeros()))
                    .isCloseTo(loss / batch.told(), within(1e-12));
        }
    }

    private static float[] unpadded(float[] padded) {
        int length = 0;
        while (length < padded.length && padded[length] >= 0) {
            length++;
        }
        return Arrays.copyOf(padded, length);
    }

    /** However long a padding is, and whatever stands beside a sequence, it says the same. */
    @ParameterizedTest
    @ValueSource(ints = {8, 1})
    void floatsAreDoublesRoundedAndThreadsDoNotMatter(int size) {
        Batch batch = Batch.of(size);
        float[] exact = new float[size * TARGET * CLASSES];
        float[] rounded = new float[exact.length];
        float[] alone = new float[exact.length];
        FlatArray[] gradients = new FlatArray[2];
        try (Team one = Team.of(1);
                Team two = Team.of(2);
                EncoderDecoder precise = new EncoderDecoder(spec(20), task(), Precision.DOUBLE, two);
                EncoderDecoder fast = new EncoderDecoder(spec(20), task(), Precision.FLOAT, two);
                EncoderDecoder single = new EncoderDecoder(spec(20), task(), Precision.FLOAT, one)) {
            precise.load(precise.initialParameters(1));
            precise.predict(batch.inputs, batch.labels, 0, size, exact);
            int turn = 0;
            for (EncoderDecoder network : List.of(fast, single)) {
                network.load(network.initialParameters(1));
                network.predict(batch.inputs, batch.labels, 0, size, turn == 0 ? rounded : alone);
                gradients[turn] = network.zeros();
                network.gradient(batch.inputs, batch.labels, size, gradients[turn]);
                turn++;
            }
        }
        for (int i = 0; i < exact.length; i++) {
            if (batch.labels[i / CLASSES] >= 0) {
                assertThat(rounded[i]).isCloseTo(exact[i], within(2e-5f));
            }
            assertThat(alone[i]).isEqualTo(rounded[i]);
        }
        for (int i = 0; i < gradients[0].length(); i++) {
            assertThat(gradients[1].get(i)).isEqualTo(gradients[0].get(i));
        }
    }

    @Test
    void namesAreThoseOfTheLayoutAndOnlyTranslationsAreTaken() {
        assertThat(EncoderDecoder.layout(spec(3), task()).weights())
                .extracting(ParameterBlock::layer)
                .containsExactlyElementsOf(LayerNames.of(spec(3)));
        assertThatThrownBy(() -> EncoderDecoder.layout(spec(3, 4), task()))
                .isInstanceOf(BadInputException.class)
                .hasMessage("network.widths is [3, 4], but network.kind encoder-decoder has one width, that of all its "
                        + "layers; give one number.");
        assertThatThrownBy(() -> EncoderDecoder.layout(spec(3), new TaskShape(new int[] {5}, 6, 5, 6)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("the data has no translations");
    }
}
