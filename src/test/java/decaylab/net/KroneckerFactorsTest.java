package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.Curvature;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The factors of K-FAC against their definitions, and what the size of a normalised layer does to the step. */
class KroneckerFactorsTest {
    private static final int ROWS = 200;
    private static final int FEATURES = 9;
    private static final int CLASSES = 4;

    private static TrainableNetwork network(Normalization normalization, Activation activation, Precision precision) {
        NetworkSpec spec = new NetworkSpec(NetworkKind.MLP, List.of(7, 5), activation, normalization, 0);
        return new TrainableNetwork(
                spec, TaskShape.classification(new int[] {FEATURES}, CLASSES), precision, Team.of(1));
    }

    private static float[] inputs(int rows) {
        CounterRandom random = CounterRandom.of(4, "inputs");
        float[] inputs = new float[rows * FEATURES];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return inputs;
    }

    private static OutputErrors errors(Curvature curvature, int rows) {
        CounterRandom random = CounterRandom.of(5, "errors");
        double[] noise = new double[OutputErrors.length(curvature, rows, CLASSES)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = curvature == Curvature.FISHER ? random.nextDouble() : random.nextGaussian();
        }
        return new OutputErrors(curvature, noise);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 48, 49, 130})
    void theInverseTimesTheMatrixIsOne(int n) {
        CounterRandom random = CounterRandom.of(n, "matrix");
        double[] root = new double[n * n];
        for (int i = 0; i < root.length; i++) {
            root[i] = random.nextGaussian();
        }
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < n; k++) {
                    sum += root[i * n + k] * root[j * n + k] / n;
                }
                matrix[i * n + j] = sum;
            }
        }
        try (PositiveInverse inverse = new PositiveInverse(n)) {
            System.arraycopy(matrix, 0, inverse.values(), 0, n * n);
            assertThat(inverse.invert()).isTrue();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int k = 0; k < n; k++) {
                        sum += matrix[i * n + k] * inverse.values()[k * n + j];
                    }
                    assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-12));
                }
            }
        }
    }

    @Test
    void whatIsNotPositiveDefiniteHasNoInverse() {
        try (PositiveInverse inverse = new PositiveInverse(2)) {
            System.arraycopy(new double[] {1, 2, 2, 1}, 0, inverse.values(), 0, 4);
            assertThat(inverse.invert()).isFalse();
            inverse.values()[0] = Double.NaN;
            assertThat(inverse.invert()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void factorsAreMomentsOfInputsAndErrors(Normalization normalization) {
        try (TrainableNetwork network = network(normalization, Activation.TANH, Precision.DOUBLE)) {
            network.load(network.initialParameters(1));
            KroneckerFactors factors = network.kroneckerFactors();
            OutputErrors errors = errors(Curvature.GAUSS_NEWTON, ROWS);
            network.tap(inputs(ROWS), ROWS, errors, factors);
            factors.blend(0, 1);
            FlatArray values = factors.state().get(0);
            int ofFirst = FEATURES + (normalization == Normalization.NONE ? 1 : 0);
            float[] inputs = inputs(ROWS);
            for (int i = 0; i < ofFirst; i++) {
                for (int j = 0; j < ofFirst; j++) {
                    double sum = 0;
                    for (int row = 0; row < ROWS; row++) {
                        double a = i < FEATURES ? inputs[row * FEATURES + i] : 1;
                        double b = j < FEATURES ? inputs[row * FEATURES + j] : 1;
                        sum += a * b;
                    }
                    assertThat(values.get(i * ofFirst + j)).isCloseTo(sum / ROWS, within(1e-12));
                }
            }
            int last = values.length() - CLASSES * CLASSES;
            for (int i = 0; i < CLASSES; i++) {
                for (int j = 0; j < CLASSES; j++) {
                    double sum = 0;
                    for (int row = 0; row < ROWS; row++) {
                        sum += errors.noise()[row * CLASSES + i] * errors.noise()[row * CLASSES + j];
                    }
                    assertThat(values.get(last + i * CLASSES + j)).isCloseTo(sum / ROWS, within(1e-12));
                }
            }
        }
    }

    /** Of one example the trace of A times that of S is the squared gradient. */
    @Test
    void ofOneExampleTheFactorsAreThoseOfItsGradient() {
        try (TrainableNetwork network = network(Normalization.NONE, Activation.TANH, Precision.DOUBLE)) {
            FlatArray parameters = network.initialParameters(1);
            network.load(parameters);
            KroneckerFactors factors = network.kroneckerFactors();
            // The label that is drawn at 0 is the first class, so that the errors are those of the loss at it.
            network.tap(inputs(1), 1, new OutputErrors(Curvature.FISHER, new double[] {0}), factors);
            factors.blend(0, 1);
            FlatArray gradient = network.zeros();
            network.gradient(inputs(1), new int[] {0}, 1, gradient);
            List<LayerFactors> layers = factors.layers();
            for (int l = 0; l < layers.size(); l++) {
                String layer = network.layout().weights().get(l).layer();
                double squares = network.layout().blocks().stream()
                        .filter(block -> block.layer().equals(layer))
                        .mapToDouble(block -> squares(gradient, block))
                        .sum();
                double[] traces = layers.get(l).traces(factors.state().get(0));
                assertThat(traces[0] * traces[1]).as(layer).isCloseTo(squares, within(1e-12 * squares));
            }
        }
    }

    private static double squares(FlatArray values, ParameterBlock block) {
        double sum = 0;
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            sum += values.get(i) * values.get(i);
        }
        return sum;
    }

    /** With pi: (A + pi sqrt(gamma) I)(S + sqrt(gamma)/pi I) applied to the direction gives the gradient back. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void theDirectionSolvesTheDampedEquation(Precision precision) {
        double gamma = 0.03;
        try (TrainableNetwork network = network(Normalization.NONE, Activation.RELU, precision)) {
            network.load(network.initialParameters(1));
            KroneckerFactors factors = network.kroneckerFactors();
            network.tap(inputs(ROWS), ROWS, errors(Curvature.FISHER, ROWS), factors);
            factors.blend(0, 1);
            factors.invert(gamma);
            FlatArray direction = network.zeros();
            CounterRandom random = CounterRandom.of(3, "gradient");
            for (int i = 0; i < direction.length(); i++) {
                direction.set(i, random.nextGaussian());
            }
            FlatArray gradient = direction.copy();
            factors.precondition(direction);
            int at = 0;
            int inputs = FEATURES;
            int weights = 0;
            for (int units : new int[] {7, 5, CLASSES}) {
                int n = inputs + 1;
                FlatArray values = factors.state().get(0);
                double a = 0;
                double s = 0;
                for (int i = 0; i < n; i++) {
                    a += values.get(at + i * n + i);
                }
                for (int i = 0; i < units; i++) {
                    s += values.get(at + n * n + i * units + i);
                }
                double pi = Math.sqrt(a / n / (s / units));
                for (int u = 0; u < units; u++) {
                    for (int j = 0; j < n; j++) {
                        double sum = 0;
                        for (int p = 0; p < units; p++) {
                            for (int q = 0; q < n; q++) {
                                double left =
                                        values.get(at + n * n + u * units + p) + (u == p ? Math.sqrt(gamma) / pi : 0);
                                double right = values.get(at + q * n + j) + (q == j ? pi * Math.sqrt(gamma) : 0);
                                sum += left * at(direction, weights, inputs, units, p, q) * right;
                            }
                        }
                        assertThat(sum)
                                .isCloseTo(
                                        at(gradient, weights, inputs, units, u, j),
                                        within(precision == Precision.DOUBLE ? 1e-10 : 1e-3));
                    }
                }
                at += n * n + units * units;
                weights += units * n;
                inputs = units;
            }
        }
    }

    /** Weights come before the biases of a layer. */
    private static double at(FlatArray values, int first, int inputs, int units, int unit, int column) {
        return values.get(column < inputs ? first + unit * inputs + column : first + units * inputs + unit);
    }

    /**
     * Mechanism 3 (Zhang et al., section 4.3): of a normalised layer of c times the size the undamped step, taken by the weights'
     * size, is the same, and the damped one turns towards the gradient, the more the larger c is.
     */
    @Test
    void dampingTurnsTheStepOfALargeLayerTowardsTheGradient() {
        double before = 0;
        for (double c : new double[] {0.25, 1, 4, 16, 64}) {
            double[] undamped = step(c, 1e-20);
            double[] same = step(1, 1e-20);
            for (int i = 0; i < same.length; i++) {
                assertThat(undamped[i] / c).isCloseTo(same[i], within(1e-6 * norm(same)));
            }
            double cosine = cosine(step(c, 1e-2), gradient(c));
            assertThat(cosine).isGreaterThan(before);
            before = cosine;
        }
        assertThat(before).isGreaterThan(0.97);
    }

    private static double[] step(double c, double damping) {
        return first(c, damping);
    }

    private static double[] gradient(double c) {
        return first(c, Double.NaN);
    }

    /** The first layer's part of the direction at c times its weights; without damping given, of the gradient. */
    private static double[] first(double c, double damping) {
        try (TrainableNetwork network = network(Normalization.BATCH, Activation.TANH, Precision.DOUBLE)) {
            FlatArray parameters = network.initialParameters(1);
            ParameterBlock block = network.layout().weights().get(0);
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                parameters.set(i, c * parameters.get(i));
            }
            network.load(parameters);
            KroneckerFactors factors = network.kroneckerFactors();
            network.tap(inputs(ROWS), ROWS, errors(Curvature.GAUSS_NEWTON, ROWS), factors);
            factors.blend(0, 1);
            FlatArray gradient = network.zeros();
            int[] labels = new int[ROWS];
            for (int i = 0; i < ROWS; i++) {
                labels[i] = i % CLASSES;
            }
            network.gradient(inputs(ROWS), labels, ROWS, gradient);
            if (!Double.isNaN(damping)) {
                factors.invert(damping);
                factors.precondition(gradient);
            }
            double[] values = new double[block.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = gradient.get(block.offset() + i);
            }
            return values;
        }
    }

    private static double norm(double[] values) {
        return Math.sqrt(dot(values, values));
    }

    private static double cosine(double[] a, double[] b) {
        return dot(a, b) / (norm(a) * norm(b));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void scalesAndShiftsKeepTheirGradient() {
        try (TrainableNetwork network = network(Normalization.BATCH_AFFINE, Activation.RELU, Precision.DOUBLE)) {
            network.load(network.initialParameters(1));
            KroneckerFactors factors = network.kroneckerFactors();
            network.tap(inputs(ROWS), ROWS, errors(Curvature.FISHER, ROWS), factors);
            factors.blend(0, 1);
            factors.invert(1e-2);
            FlatArray direction = network.zeros();
            for (int i = 0; i < direction.length(); i++) {
                direction.set(i, 1);
            }
            factors.precondition(direction);
            for (ParameterBlock block : network.layout().blocks()) {
                boolean kept = block.role() == Role.SCALE || block.role() == Role.SHIFT;
                if (kept) {
                    assertThat(direction.get(block.offset())).isEqualTo(1);
                } else if (block.role() == Role.WEIGHT) {
                    assertThat(direction.get(block.offset())).isNotEqualTo(1);
                }
            }
        }
    }
}
