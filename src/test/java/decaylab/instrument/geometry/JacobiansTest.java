package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The identities of Zhang et al. (ICLR 2019), section 4.2, to the digits, and the Jacobian against differences. */
class JacobiansTest {
    private static final int FEATURES = 6;
    private static final int CLASSES = 3;

    private static NetworkSpec spec(Activation activation, Normalization normalization) {
        return new NetworkSpec(NetworkKind.MLP, List.of(8, 7), activation, normalization, 1e-5);
    }

    private static AnalysisNetwork network(NetworkSpec spec, TaskShape task) {
        try (TrainableNetwork network = new TrainableNetwork(spec, task, Precision.DOUBLE, Team.of(1))) {
            FlatArray parameters = network.initialParameters(2);
            return new AnalysisNetwork(spec, task, network.layout(), parameters);
        }
    }

    private static Examples examples(int count, int features) {
        CounterRandom random = CounterRandom.of(7, "inputs");
        float[] inputs = new float[count * features];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return new Examples(inputs, new int[count]);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"RELU", "IDENTITY"})
    void ofAHomogeneousNetworkTheNormsAreThoseOfItsOutputs(Activation activation) {
        AnalysisNetwork network =
                network(spec(activation, Normalization.NONE), TaskShape.classification(new int[] {FEATURES}, CLASSES));
        Jacobians jacobians = new Jacobians(network, examples(300, FEATURES), () -> false);
        double outputs = jacobians.squaredOutputs();
        assertThat(jacobians.squaredGaussNewtonNorm() / outputs).isCloseTo(9, within(1e-12));
        assertThat(jacobians.squaredBlockNorm() / outputs).isCloseTo(3, within(1e-12));
    }

    /** With inputs of mean 0 and covariance 1, here exactly: the corners of a cube of 2 in each direction. */
    @Test
    void ofALinearNetworkTheyAreProportionalToTheSquaredJacobian() {
        AnalysisNetwork network = network(
                spec(Activation.IDENTITY, Normalization.NONE), TaskShape.classification(new int[] {FEATURES}, CLASSES));
        int count = 1 << FEATURES;
        float[] corners = new float[count * FEATURES];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = (i / FEATURES >> i % FEATURES & 1) == 0 ? -1 : 1;
        }
        Jacobians jacobians = new Jacobians(network, new Examples(corners, new int[count]), () -> false);
        double jacobian = jacobians.squaredInputNorm();
        assertThat(jacobians.squaredOutputs()).isCloseTo(jacobian, within(1e-12 * jacobian));
        assertThat(jacobians.squaredGaussNewtonNorm()).isCloseTo(9 * jacobian, within(1e-11 * jacobian));
        assertThat(jacobians.squaredBlockNorm()).isCloseTo(3 * jacobian, within(1e-11 * jacobian));
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void theJacobianIsThatOfTheOutputs(Normalization normalization) {
        NetworkSpec spec = spec(Activation.TANH, normalization);
        check(spec, TaskShape.classification(new int[] {FEATURES}, CLASSES), FEATURES);
    }

    @Test
    void soItIsOfConvolutions() {
        NetworkSpec spec = new NetworkSpec(NetworkKind.CNN, List.of(3, 4), Activation.TANH, Normalization.BATCH, 1e-5);
        check(spec, TaskShape.classification(new int[] {2, 6, 6}, CLASSES), 72);
    }

    private static void check(NetworkSpec spec, TaskShape task, int features) {
        AnalysisNetwork network = network(spec, task);
        int count = 5;
        Examples examples = examples(count, features);
        double sum = 0;
        float h = 1f / 256;
        for (int j = 0; j < features; j++) {
            double[] up = moved(network, examples, j, features, h);
            double[] down = moved(network, examples, j, features, -h);
            for (int i = 0; i < up.length; i++) {
                double slope = (up[i] - down[i]) / (2 * h);
                sum += slope * slope;
            }
        }
        double expected = sum / count;
        assertThat(new Jacobians(network, examples, () -> false).squaredInputNorm())
                .isCloseTo(expected, within(1e-3 * expected));
    }

    private static double[] moved(AnalysisNetwork network, Examples examples, int feature, int features, float by) {
        float[] inputs = examples.inputs().clone();
        for (int i = feature; i < inputs.length; i += features) {
            inputs[i] += by;
        }
        return network.logits(new Examples(inputs, examples.labels()), () -> false);
    }
}
