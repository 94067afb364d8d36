package decaylab.study;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.Examples;
import decaylab.instrument.geometry.Representation;
import decaylab.net.NativeLibrary;
import decaylab.net.SyntheticGradients;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.List;

/**
 * T1 of the specification's section 5.3: where modules of synthetic gradients are exact at every example of a batch, the gradient
 * is that of back-propagation. A linear module is exact where there are fewer examples than units: of h A = d the A of least norm,
 * where d is read off the gradient of a module that is zero, -h' d.
 */
final class ExactModule {
    private static final int ROWS = 8;
    private static final int FEATURES = 16;
    private static final int CLASSES = 10;
    private static final int WIDTH = 64;

    private ExactModule() {}

    /** The largest difference of the two gradients at any weight of a network with modules behind every layer, in double precision. */
    static double largestDifference() {
        NativeLibrary.load();
        NetworkSpec spec = new NetworkSpec(
                NetworkKind.MLP, List.of(WIDTH, WIDTH, WIDTH), 1, Activation.TANH, Normalization.NONE, 1e-5);
        TaskShape task = TaskShape.classification(new int[] {FEATURES}, CLASSES);
        List<String> layers = List.of("dense1", "dense2", "dense3");
        try (TrainableNetwork network = new TrainableNetwork(spec, task, Precision.DOUBLE, Team.of(1));
                SyntheticGradients modules = network.synthetic(layers)) {
            FlatArray parameters = network.initialParameters(1);
            network.load(parameters);
            Examples batch = batch();
            FlatArray beside = network.zeros();
            FlatArray exact = modules.initialParameters();
            modules.load(exact);
            network.gradient(batch.inputs(), batch.labels(), ROWS, beside, modules, false);
            FlatArray ofModules = modules.initialParameters();
            modules.gradient(ofModules);
            List<Representation> outputs = Representation.of(
                    new AnalysisNetwork(spec, task, network.layout(), parameters), batch, () -> false);
            for (int m = 0; m < layers.size(); m++) {
                fit(outputs.get(m).values(), ofModules, exact, modules.part(m).firstNumber());
            }
            modules.load(exact);
            FlatArray synthetic = network.zeros();
            network.gradient(batch.inputs(), batch.labels(), ROWS, synthetic, modules, true);
            double largest = 0;
            for (int i = 0; i < synthetic.length(); i++) {
                largest = Math.max(largest, Math.abs(synthetic.get(i) - beside.get(i)));
            }
            return largest;
        }
    }

    private static Examples batch() {
        CounterRandom random = CounterRandom.of(1, "exact modules");
        float[] inputs = new float[ROWS * FEATURES];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i % CLASSES;
        }
        return new Examples(inputs, labels);
    }

    /** A = h' (h h')^-1 d, where d = (h h')^-1 h times what the zero module's gradient is less than 0. */
    private static void fit(double[] h, FlatArray slopes, FlatArray into, int from) {
        double[][] d = new double[ROWS][WIDTH];
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < WIDTH; k++) {
                for (int j = 0; j < WIDTH; j++) {
                    d[i][j] -= h[i * WIDTH + k] * slopes.get(from + k * WIDTH + j);
                }
            }
        }
        solve(h, d);
        solve(h, d);
        for (int k = 0; k < WIDTH; k++) {
            for (int j = 0; j < WIDTH; j++) {
                double value = 0;
                for (int i = 0; i < ROWS; i++) {
                    value += h[i * WIDTH + k] * d[i][j];
                }
                into.set(from + k * WIDTH + j, value);
            }
        }
    }

    /** Right sides become (h h')^-1 of them. */
    private static void solve(double[] h, double[][] right) {
        double[][] system = new double[ROWS][ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < ROWS; k++) {
                for (int j = 0; j < WIDTH; j++) {
                    system[i][k] += h[i * WIDTH + j] * h[k * WIDTH + j];
                }
            }
        }
        for (int p = 0; p < ROWS; p++) { // positive definite: no pivots are needed
            for (int i = 0; i < ROWS; i++) {
                double factor = i == p ? 0 : system[i][p] / system[p][p];
                for (int k = p; k < ROWS; k++) {
                    system[i][k] -= factor * system[p][k];
                }
                for (int j = 0; j < WIDTH; j++) {
                    right[i][j] -= factor * right[p][j];
                }
            }
        }
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < WIDTH; j++) {
                right[i][j] /= system[i][i];
            }
        }
    }
}
