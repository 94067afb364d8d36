package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in place of probabilities: what they are, and the gradient of their loss. */
class HuberRowsTest {
    private static final int FEATURES = 5;
    private static final int ACTIONS = 3;

    private static TrainableNetwork network(int width, Team team) {
        NetworkSpec spec = new NetworkSpec(NetworkKind.MLP, List.of(width), Activation.TANH, Normalization.NONE, 1e-5);
        return TrainableNetwork.ofValues(
                spec, TaskShape.classification(new int[] {FEATURES}, ACTIONS), Precision.DOUBLE, team);
    }

    private static double huber(double error) {
        return Math.abs(error) <= 1 ? error * error / 2 : Math.abs(error) - 0.5;
    }

    /** Mean loss, from the values that the network tells. */
    private static double loss(
            TrainableNetwork network, FlatArray parameters, float[] inputs, int[] actions, double[] wanted, int rows) {
        network.load(parameters);
        float[] values = new float[rows * ACTIONS];
        network.predict(inputs, 0, rows, values);
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += huber(values[i * ACTIONS + actions[i]] - wanted[i]);
        }
        return sum / rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 700}) // the last is computed in two halves
    void the_gradient_is_that_of_the_loss_of_the_values(int rows) {
        try (Team team = Team.of(2);
                TrainableNetwork network = network(rows > 100 ? 64 : 7, team)) {
            CounterRandom random = CounterRandom.of(1, "rows");
            float[] inputs = new float[rows * FEATURES];
            int[] actions = new int[rows];
            double[] wanted = new double[rows];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < rows; i++) {
                actions[i] = random.nextInt(ACTIONS);
                wanted[i] = 3 * random.nextGaussian(); // within the square and beyond it
            }
            FlatArray parameters = network.initialParameters(2);
            for (int i = 0; i < parameters.length(); i++) {
                parameters.set(i, parameters.get(i) + 0.1 * random.nextGaussian()); // biases too
            }
            FlatArray gradient = network.zeros();
            network.load(parameters);
            double told = network.valueGradient(inputs, actions, wanted, rows, gradient);
            assertThat(told).isCloseTo(loss(network, parameters, inputs, actions, wanted, rows), within(1e-6));
            double h = 1e-3; // values are told in single precision
            for (int k = 0; k < 40; k++) {
                int i = random.nextInt(parameters.length());
                double at = parameters.get(i);
                parameters.set(i, at + h);
                double above = loss(network, parameters, inputs, actions, wanted, rows);
                parameters.set(i, at - h);
                double below = loss(network, parameters, inputs, actions, wanted, rows);
                parameters.set(i, at);
                assertThat(gradient.get(i) / rows).isCloseTo((above - below) / (2 * h), within(2e-4));
            }
        }
    }

    @Test
    void an_error_is_cut_off_at_one_and_other_values_are_left_alone() {
        Matrix sums = Matrix.inHeap(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 4, 2);
        sums.takeRows(0, 4, new double[] {1, 5, 1, 5, 1, 5, 1, 5});
        HuberRows rows = new HuberRows(4, 2);
        double loss = rows.gradient(
                sums, new double[] {0.5, 0}, new int[] {9, 0, 1, 1, 0}, new double[] {9, 1, 5.25, -4, 11}, 1);
        double[] gradient = new double[8];
        sums.copyRows(0, 4, gradient);
        assertThat(gradient).containsExactly(0.5, 0, 0, -0.25, 0, 1, -1, 0);
        assertThat(loss).isCloseTo(0.125 + 0.03125 + 8.5 + 9, within(1e-12));
    }
}
