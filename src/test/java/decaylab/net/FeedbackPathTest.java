package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.FeedbackKind;
import decaylab.experiment.FeedbackSpec;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the equations of the specification, section 7.1, written out in loops. */
class FeedbackPathTest {
    private static final int FEATURES = 5;
    private static final int CLASSES = 3;

    private static FeedbackSpec spec(FeedbackKind kind) {
        return new FeedbackSpec(kind, 1, 0.5, 0.1, 0.05, 1);
    }

    private static NetworkSpec network(Activation activation, int... widths) {
        return new NetworkSpec(
                NetworkKind.MLP,
                java.util.Arrays.stream(widths).boxed().toList(),
                activation,
                Normalization.NONE,
                1e-5);
    }

    private static float[] inputs(int rows, int features) {
        CounterRandom random = CounterRandom.of(3, "inputs");
        float[] values = new float[rows * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static int[] labels(int rows) {
        int[] values = new int[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = i % CLASSES;
        }
        return values;
    }

    /** The gradient of a network of dense layers whose errors go down as the kind says, in loops over everything. */
    private static final class Reference {
        private final Activation activation;
        private final int[] sizes;
        private final List<ParameterBlock> blocks;
        private final double[][][] gradients;
        private final double[][][] deltas;

        Reference(
                Activation activation,
                int[] sizes,
                TrainableNetwork network,
                FlatArray parameters,
                FeedbackKind kind,
                FlatArray matrices,
                FeedbackPath path,
                float[] inputs,
                int[] labels) {
            this.activation = activation;
            this.sizes = sizes;
            blocks = network.layout().blocks();
            int rows = labels.length;
            int layers = sizes.length - 1;
            double[][][] y = new double[layers + 1][rows][];
            deltas = new double[layers][rows][];
            gradients = new double[layers][][];
            for (int l = 0; l < layers; l++) {
                gradients[l] = new double[sizes[l + 1]][sizes[l]];
            }
            for (int row = 0; row < rows; row++) {
                y[0][row] = new double[sizes[0]];
                for (int i = 0; i < sizes[0]; i++) {
                    y[0][row][i] = inputs[row * sizes[0] + i];
                }
                for (int l = 0; l < layers; l++) {
                    y[l + 1][row] = new double[sizes[l + 1]];
                    for (int unit = 0; unit < sizes[l + 1]; unit++) {
                        double sum = 0;
                        for (int i = 0; i < sizes[l]; i++) {
                            sum += weight(parameters, l, unit, i) * y[l][row][i];
                        }
                        y[l + 1][row][unit] = l == layers - 1 ? sum : value(sum);
                    }
                }
                double[] delta = softmaxError(y[layers][row], labels[row]);
                double[] ofOutput = delta;
                for (int l = layers - 1; l >= 0; l--) {
                    deltas[l][row] = delta;
                    for (int unit = 0; unit < sizes[l + 1]; unit++) {
                        for (int i = 0; i < sizes[l]; i++) {
                            gradients[l][unit][i] += delta[unit] * y[l][row][i];
                        }
                    }
                    if (l == 0) {
                        break;
                    }
                    double[] source = kind == FeedbackKind.DIRECT ? ofOutput : delta;
                    double[] below = new double[sizes[l]];
                    for (int i = 0; i < below.length; i++) {
                        for (int unit = 0; unit < source.length; unit++) {
                            double carrying = kind == FeedbackKind.EXACT
                                    ? weight(parameters, l, unit, i)
                                    : matrices.get(
                                            path.layout().blocks().get(l - 1).offset() + unit * sizes[l] + i);
                            below[i] += carrying * source[unit];
                        }
                        below[i] *= slope(y[l][row][i]);
                    }
                    delta = below;
                }
            }
        }

        private double weight(FlatArray parameters, int layer, int unit, int input) {
            return parameters.get(blocks.get(2 * layer).offset() + unit * sizes[layer] + input);
        }

        private double value(double sum) {
            return switch (activation) {
                case RELU -> Math.max(0, sum);
                case TANH -> Math.tanh(sum);
                case SIGMOID -> 1 / (1 + Math.exp(-sum));
                case IDENTITY -> sum;
            };
        }

        private double slope(double out) {
            return switch (activation) {
                case RELU -> out > 0 ? 1 : 0;
                case TANH -> 1 - out * out;
                case SIGMOID -> out * (1 - out);
                case IDENTITY -> 1;
            };
        }

        private static double[] softmaxError(double[] logits, int label) {
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            double[] error = new double[logits.length];
            for (int k = 0; k < error.length; k++) {
                error[k] = Math.exp(logits[k]) / sum - (k == label ? 1 : 0);
            }
            return error;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FIXED, TANH, 4, 6, 7",
        "FIXED, RELU, 4, 6, 7",
        "FIXED, SIGMOID, 5, 6, 7",
        "DIRECT, TANH, 4, 6, 7",
        "DIRECT, SIGMOID, 7, 7, 4",
        "KOLEN_POLLACK, TANH, 4, 6, 7",
        // Large enough to be computed in halves.
        "FIXED, TANH, 101, 80, 90",
        "DIRECT, TANH, 101, 80, 90",
    })
    void errorsGoDownByTheMatrices(FeedbackKind kind, Activation activation, int rows, int first, int second) {
        TaskShape task = TaskShape.classification(new int[] {FEATURES}, CLASSES);
        try (Team team = Team.of(2);
                TrainableNetwork network =
                        new TrainableNetwork(network(activation, first, second), task, Precision.DOUBLE, team);
                FeedbackPath path = new FeedbackPath(network, spec(kind), rows, team)) {
            FlatArray parameters = network.initialParameters(1, 1);
            FlatArray matrices = path.initial(1);
            FlatArray gradient = network.zeros();
            float[] inputs = inputs(rows, FEATURES);
            int[] labels = labels(rows);
            int[] sizes = {FEATURES, first, second, CLASSES};
            network.load(parameters);
            path.load(matrices);
            for (boolean exactly : new boolean[] {true, false}) {
                path.carryExactly(exactly);
                network.gradient(inputs, labels, rows, gradient);
                Reference wanted = new Reference(
                        activation,
                        sizes,
                        network,
                        parameters,
                        exactly ? FeedbackKind.EXACT : kind,
                        matrices,
                        path,
                        inputs,
                        labels);
                assertGradient(wanted, network, gradient, sizes);
                for (int layer = 0; layer < 2; layer++) {
                    double[] errors = new double[rows * sizes[layer + 1]];
                    path.errors(layer, errors);
                    for (int i = 0; i < errors.length; i++) {
                        double each = wanted.deltas[layer][i / sizes[layer + 1]][i % sizes[layer + 1]];
                        assertThat(errors[i]).isCloseTo(each, within(1e-13));
                    }
                }
            }
        }
    }

    private static void assertGradient(Reference wanted, TrainableNetwork network, FlatArray gradient, int[] sizes) {
        for (int layer = 0; layer + 1 < sizes.length; layer++) {
            int offset = network.layout().weights().get(layer).offset();
            for (int unit = 0; unit < sizes[layer + 1]; unit++) {
                for (int i = 0; i < sizes[layer]; i++) {
                    assertThat(gradient.get(offset + unit * sizes[layer] + i))
                            .as("layer %d, unit %d, input %d", layer, unit, i)
                            .isCloseTo(wanted.gradients[layer][unit][i], within(1e-12));
                }
            }
        }
    }

    /** The mean of many passes: B^T comes to (rate s^2 / decay) W, the fixed point of the specification's section 7.1. */
    @Test
    void theMirrorComesToTheWeights() {
        TaskShape task = TaskShape.classification(new int[] {FEATURES}, CLASSES);
        try (Team team = Team.of(1);
                TrainableNetwork network =
                        new TrainableNetwork(network(Activation.TANH, 6, 4), task, Precision.DOUBLE, team);
                FeedbackPath path = new FeedbackPath(
                        network, new FeedbackSpec(FeedbackKind.MIRROR, 1, 0.5, 0.02, 0.004, 1), 200, team)) {
            FlatArray parameters = network.initialParameters(1, 1);
            FlatArray matrices = path.initial(1);
            network.load(parameters);
            CounterRandom random = CounterRandom.of(1, "passes");
            for (int pass = 0; pass < 3000; pass++) {
                path.mirror(matrices, random.split(pass));
            }
            for (int block = 0; block < 2; block++) {
                ParameterBlock own = path.layout().blocks().get(block);
                for (int i = 0; i < own.length(); i++) {
                    double weight = parameters.get(path.replaced(block).offset() + i);
                    assertThat(matrices.get(own.offset() + i)).isCloseTo(0.02 * 0.25 / 0.004 * weight, within(0.03));
                }
            }
        }
    }

    /** One pass by hand, of the sums that the noise itself gives. */
    @Test
    void aPassOfTheMirrorIsTheProductOfNoiseAndAnswer() {
        TaskShape task = TaskShape.classification(new int[] {2}, 2);
        try (Team team = Team.of(1);
                TrainableNetwork network =
                        new TrainableNetwork(network(Activation.RELU, 3), task, Precision.DOUBLE, team);
                FeedbackPath path = new FeedbackPath(network, spec(FeedbackKind.MIRROR), 4, team)) {
            FlatArray parameters = network.initialParameters(1, 1);
            FlatArray matrices = path.initial(1);
            FlatArray before = matrices.copy();
            network.load(parameters);
            path.mirror(matrices, CounterRandom.of(8, "pass"));
            CounterRandom random = CounterRandom.of(8, "pass").split(0);
            double[][] noise = new double[4][3];
            for (double[] row : noise) {
                for (int i = 0; i < 3; i++) {
                    row[i] = 0.5 * Math.sqrt(12) * (random.nextDouble() - 0.5);
                }
            }
            int offset = path.replaced(0).offset();
            for (int unit = 0; unit < 2; unit++) {
                for (int i = 0; i < 3; i++) {
                    double sum = 0;
                    for (double[] row : noise) {
                        double answer = 0;
                        for (int j = 0; j < 3; j++) {
                            answer += parameters.get(offset + 3 * unit + j) * row[j];
                        }
                        sum += answer * row[i];
                    }
                    assertThat(matrices.get(3 * unit + i))
                            .isCloseTo(0.95 * before.get(3 * unit + i) + 0.1 * sum / 4, within(1e-14));
                }
            }
        }
    }

    @Test
    void weightsAndMatricesStartFromTheSameDistributionButNotTheSame() {
        TaskShape task = TaskShape.classification(new int[] {FEATURES}, CLASSES);
        try (Team team = Team.of(1);
                TrainableNetwork network =
                        new TrainableNetwork(network(Activation.TANH, 100, 100), task, Precision.DOUBLE, team);
                FeedbackPath path = new FeedbackPath(network, spec(FeedbackKind.FIXED), 10, team)) {
            FlatArray parameters = network.initialParameters(1, 1);
            FlatArray matrices = path.initial(1);
            double weights = 0;
            double carrying = 0;
            double product = 0;
            int offset = path.replaced(0).offset();
            for (int i = 0; i < 10_000; i++) {
                weights += parameters.get(offset + i) * parameters.get(offset + i);
                carrying += matrices.get(i) * matrices.get(i);
                product += parameters.get(offset + i) * matrices.get(i);
            }
            assertThat(weights).isCloseTo(100, within(5.0));
            assertThat(carrying).isCloseTo(100, within(5.0));
            assertThat(product / 100).isCloseTo(0, within(0.05));
        }
    }
}
