package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
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

/** Modules against a second implementation in plain arrays, and T1 of the specification: an exact module is back-propagation. */
class SyntheticGradientsTest {
    private static final int ROWS = 6;
    private static final int FEATURES = 5;
    private static final int CLASSES = 4;
    private static final int WIDTH = 12;
    private static final List<String> HIDDEN = List.of("dense1", "dense2", "dense3");

    private final float[] inputs = new float[ROWS * FEATURES];
    private final int[] labels = new int[ROWS];

    SyntheticGradientsTest() {
        CounterRandom random = CounterRandom.of(5, "batch");
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i % CLASSES;
        }
    }

    private static TrainableNetwork network(Normalization normalization, Precision precision) {
        NetworkSpec spec =
                new NetworkSpec(NetworkKind.MLP, List.of(WIDTH, WIDTH, WIDTH), Activation.TANH, normalization, 1e-5);
        return new TrainableNetwork(
                spec, TaskShape.classification(new int[] {FEATURES}, CLASSES), precision, Team.of(1));
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void besideBackPropagationModulesChangeNoBit(Normalization normalization) {
        for (Precision precision : Precision.values()) {
            try (TrainableNetwork network = network(normalization, precision);
                    SyntheticGradients modules = network.synthetic(HIDDEN)) {
                network.load(network.initialParameters(2));
                FlatArray plain = network.zeros();
                FlatArray beside = network.zeros();
                double loss = network.gradient(inputs, labels, ROWS, plain);
                modules.load(random(modules));
                assertThat(network.gradient(inputs, labels, ROWS, beside, modules, false))
                        .isEqualTo(loss);
                assertSame(beside, plain, 0);
            }
        }
    }

    @Test
    void aZeroModuleStopsWhatIsBelow() {
        try (TrainableNetwork network = network(Normalization.NONE, Precision.DOUBLE);
                SyntheticGradients modules = network.synthetic(List.of("dense2"))) {
            network.load(network.initialParameters(2));
            FlatArray plain = network.zeros();
            FlatArray cut = network.zeros();
            network.gradient(inputs, labels, ROWS, plain);
            modules.load(modules.initialParameters());
            network.gradient(inputs, labels, ROWS, cut, modules, true);
            for (ParameterBlock block : network.layout().blocks()) {
                boolean below = List.of("dense1", "dense2").contains(block.layer());
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    assertThat(cut.get(i)).isEqualTo(below ? 0 : plain.get(i));
                }
            }
        }
    }

    /** The second implementation: outputs of each layer, and what arrives at them from above. */
    private final class Plain {
        final double[][][] outputs = new double[HIDDEN.size()][][];
        final double[][][] arriving = new double[HIDDEN.size()][][];

        Plain(TrainableNetwork network, FlatArray parameters) {
            double[][] below = new double[ROWS][FEATURES];
            for (int i = 0; i < inputs.length; i++) {
                below[i / FEATURES][i % FEATURES] = inputs[i];
            }
            for (int l = 0; l < HIDDEN.size(); l++) {
                below = sums(network, parameters, HIDDEN.get(l), below);
                for (double[] row : below) {
                    for (int j = 0; j < row.length; j++) {
                        row[j] = Math.tanh(row[j]);
                    }
                }
                outputs[l] = below;
            }
            double[][] delta = sums(network, parameters, LayerNames.OUTPUT, below);
            for (int i = 0; i < ROWS; i++) {
                double sum = 0;
                for (int k = 0; k < CLASSES; k++) {
                    delta[i][k] = Math.exp(delta[i][k]);
                    sum += delta[i][k];
                }
                for (int k = 0; k < CLASSES; k++) {
                    delta[i][k] = delta[i][k] / sum - (k == labels[i] ? 1 : 0);
                }
            }
            for (int l = HIDDEN.size() - 1; l >= 0; l--) {
                String above = l + 1 < HIDDEN.size() ? HIDDEN.get(l + 1) : LayerNames.OUTPUT;
                arriving[l] = back(network, parameters, above, delta);
                delta = new double[ROWS][WIDTH];
                for (int i = 0; i < ROWS; i++) {
                    for (int j = 0; j < WIDTH; j++) {
                        double h = outputs[l][i][j];
                        delta[i][j] = arriving[l][i][j] * (1 - h * h);
                    }
                }
            }
        }

        /** Sums of the units of a layer: W lies in the flat vector one unit after the other. */
        private double[][] sums(TrainableNetwork network, FlatArray w, String layer, double[][] below) {
            ParameterBlock weights = block(network, layer, Role.WEIGHT);
            ParameterBlock bias = block(network, layer, Role.BIAS);
            double[][] sums = new double[ROWS][bias.length()];
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < bias.length(); j++) {
                    sums[i][j] = w.get(bias.offset() + j);
                    for (int k = 0; k < weights.fanIn(); k++) {
                        sums[i][j] += below[i][k] * w.get(weights.offset() + j * weights.fanIn() + k);
                    }
                }
            }
            return sums;
        }

        private double[][] back(TrainableNetwork network, FlatArray w, String layer, double[][] delta) {
            ParameterBlock weights = block(network, layer, Role.WEIGHT);
            double[][] back = new double[ROWS][weights.fanIn()];
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < delta[i].length; j++) {
                    for (int k = 0; k < weights.fanIn(); k++) {
                        back[i][k] += delta[i][j] * w.get(weights.offset() + j * weights.fanIn() + k);
                    }
                }
            }
            return back;
        }
    }

    private static ParameterBlock block(TrainableNetwork network, String layer, Role role) {
        return network.layout().blocks().stream()
                .filter(b -> b.layer().equals(layer) && b.role() == role)
                .findFirst()
                .orElseThrow();
    }

    /** T1: modules that are exact on every example of the batch give the gradient of back-propagation, and so the same step. */
    @Test
    void exactModulesAreBackPropagation() {
        for (List<String> cuts : List.of(List.of("dense2"), HIDDEN)) {
            try (TrainableNetwork network = network(Normalization.NONE, Precision.DOUBLE);
                    SyntheticGradients modules = network.synthetic(cuts)) {
                FlatArray parameters = network.initialParameters(4);
                network.load(parameters);
                FlatArray plain = network.zeros();
                network.gradient(inputs, labels, ROWS, plain);
                Plain second = new Plain(network, parameters);
                FlatArray exact = modules.initialParameters();
                int length = SyntheticModule.length(WIDTH, CLASSES);
                for (int m = 0; m < cuts.size(); m++) {
                    int layer = HIDDEN.indexOf(cuts.get(m));
                    double[][] a = leastNorm(second.outputs[layer], second.arriving[layer]);
                    for (int i = 0; i < WIDTH * WIDTH; i++) {
                        exact.set(m * length + i, a[i / WIDTH][i % WIDTH]);
                    }
                }
                modules.load(exact);
                FlatArray synthetic = network.zeros();
                network.gradient(inputs, labels, ROWS, synthetic, modules, true);
                assertSame(synthetic, plain, 1e-12);
                for (int m = 0; m < cuts.size(); m++) {
                    assertThat(modules.figures(m).relativeError()).isLessThan(1e-24);
                    assertThat(modules.figures(m).targetNorm()).isPositive();
                }
            }
        }
    }

    @Test
    void residualAndGradientsOfAModuleAreThoseOfTheEquations() {
        try (TrainableNetwork network = network(Normalization.NONE, Precision.DOUBLE);
                SyntheticGradients modules = network.synthetic(List.of("dense2"))) {
            FlatArray parameters = network.initialParameters(4);
            network.load(parameters);
            FlatArray w = random(modules);
            modules.load(w);
            network.gradient(inputs, labels, ROWS, network.zeros(), modules, true);
            FlatArray gradient = modules.initialParameters();
            modules.gradient(gradient);
            Plain second = new Plain(network, parameters);
            double[][] h = second.outputs[1];
            double[][] d = second.arriving[1];
            int c = WIDTH * WIDTH;
            int bias = c + CLASSES * WIDTH;
            double[] expected = new double[gradient.length()];
            double error = 0;
            double predicted = 0;
            double target = 0;
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < WIDTH; j++) {
                    double s = w.get(c + labels[i] * WIDTH + j) + w.get(bias + j);
                    for (int k = 0; k < WIDTH; k++) {
                        s += h[i][k] * w.get(k * WIDTH + j);
                    }
                    double r = s - d[i][j];
                    error += r * r;
                    predicted += s * s;
                    target += d[i][j] * d[i][j];
                    for (int k = 0; k < WIDTH; k++) {
                        expected[k * WIDTH + j] += h[i][k] * r;
                    }
                    expected[c + labels[i] * WIDTH + j] += r;
                    expected[bias + j] += r;
                }
            }
            assertSame(gradient, new FlatArray.OfDouble(expected), 1e-12);
            SyntheticFigures figures = modules.figures(0);
            assertThat(figures.relativeError()).isCloseTo(error / target, within(1e-12));
            assertThat(figures.predictedNorm()).isCloseTo(Math.sqrt(predicted / ROWS), within(1e-12));
            assertThat(figures.targetNorm()).isCloseTo(Math.sqrt(target / ROWS), within(1e-12));
        }
    }

    /** The smallest A with h A = d, which there is where h has fewer rows than columns: h' (h h')^-1 d. */
    private static double[][] leastNorm(double[][] h, double[][] d) {
        double[][] system = new double[ROWS][ROWS + WIDTH];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
                for (int k = 0; k < WIDTH; k++) {
                    system[i][j] += h[i][k] * h[j][k];
                }
            }
            System.arraycopy(d[i], 0, system[i], ROWS, WIDTH);
        }
        for (int p = 0; p < ROWS; p++) { // positive definite: no pivots are needed
            for (int i = 0; i < ROWS; i++) {
                double factor = i == p ? 0 : system[i][p] / system[p][p];
                for (int j = p; j < ROWS + WIDTH && factor != 0; j++) {
                    system[i][j] -= factor * system[p][j];
                }
            }
        }
        double[][] a = new double[WIDTH][WIDTH];
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < WIDTH; k++) {
                for (int j = 0; j < WIDTH; j++) {
                    a[k][j] += h[i][k] * system[i][ROWS + j] / system[i][i];
                }
            }
        }
        return a;
    }

    private static FlatArray random(SyntheticGradients modules) {
        CounterRandom random = CounterRandom.of(8, "modules");
        FlatArray values = modules.initialParameters();
        for (int i = 0; i < values.length(); i++) {
            values.set(i, 0.1 * random.nextGaussian());
        }
        return values;
    }

    private static void assertSame(FlatArray one, FlatArray other, double within) {
        assertThat(one.length()).isEqualTo(other.length());
        for (int i = 0; i < one.length(); i++) {
            assertThat(one.get(i)).as("place %s", i).isCloseTo(other.get(i), within(within));
        }
    }
}
