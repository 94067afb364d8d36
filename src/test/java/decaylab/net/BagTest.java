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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bag of tokens against its formula, and which networks do which tasks of tokens. */
class BagTest {
    private static final TaskShape TASK = new TaskShape(new int[] {3}, 5, 1, 2);
    private static final NetworkSpec SPEC =
            new NetworkSpec(NetworkKind.BAG, List.of(4, 3), Activation.TANH, Normalization.NONE, 1e-5);
    /** A token that comes twice in an example, and examples that share some. */
    private static final float[] INPUTS = {0, 2, 2, 4, 1, 0, 3, 3, 3, 2, 0, 2};

    private static final int[] LABELS = {0, 1, 1, 0};

    @Test
    void gradientsAreDifferencesOfTheLoss() {
        try (Team team = Team.of(1);
                TrainableNetwork network = new TrainableNetwork(SPEC, TASK, Precision.DOUBLE, team)) {
            FlatArray parameters = network.initialParameters(3);
            FlatArray gradient = network.zeros();
            FlatArray ignored = network.zeros();
            network.load(parameters);
            network.gradient(INPUTS, LABELS, 4, gradient);
            double step = 1e-3; // exponentials have twelve digits
            for (int i = 0; i < parameters.length(); i++) {
                double value = parameters.get(i);
                double[] losses = new double[4];
                double[] at = {-2, -1, 1, 2};
                for (int k = 0; k < at.length; k++) {
                    parameters.set(i, value + at[k] * step);
                    network.load(parameters);
                    losses[k] = network.gradient(INPUTS, LABELS, 4, ignored);
                }
                parameters.set(i, value);
                double slope = (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * step) * 4;
                assertThat(gradient.get(i)).isCloseTo(slope, within(1e-8));
            }
        }
    }

    @Test
    void theOrderOfTheTokensDoesNotMatterAndRowsBeginWithALengthOfAboutOne() {
        try (Team team = Team.of(1);
                TrainableNetwork network = new TrainableNetwork(
                        new NetworkSpec(NetworkKind.BAG, List.of(16, 3), Activation.RELU, Normalization.NONE, 1e-5),
                        new TaskShape(new int[] {3}, 1000, 1, 2),
                        Precision.DOUBLE,
                        team)) {
            FlatArray parameters = network.initialParameters(3);
            network.load(parameters);
            float[] one = new float[4];
            network.predict(new float[] {1, 2, 3, 3, 1, 2}, 0, 2, one);
            assertThat(one[2]).isCloseTo(one[0], within(1e-6f));
            ParameterBlock embedding = network.layout().blocks().get(0);
            assertThat(embedding.layer()).isEqualTo("embedding");
            double square = 0;
            for (int i = 0; i < embedding.length(); i++) {
                square += parameters.get(i) * parameters.get(i);
            }
            assertThat(square / 1000).isCloseTo(1, within(0.05));
            assertThat(network.layout().weights())
                    .extracting(ParameterBlock::layer)
                    .containsExactly("embedding", "dense1", "output");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MLP | bag | network.kind mlp reads measurements, but the data is sequences of tokens with one class each; use "
                        + "network.kind bag.",
                "LSTM | bag | network.kind lstm does another task, but the data is sequences of tokens with one class each; use "
                        + "network.kind bag.",
                "BAG | lstm | network.kind bag does another task, but the data is sequences of tokens; use network.kind lstm.",
                "BAG | mlp | network.kind bag needs sequences of tokens, but the data is measurements; use network.kind mlp, "
                        + "or a data set of tokens such as text.",
                "LSTM | encoder-decoder | network.kind lstm does another task, but the data is sequences of tokens to be "
                        + "translated; use network.kind encoder-decoder."
            })
    void aNetworkThatDoesAnotherTaskIsRefusedWithTheOneThatDoesThis(NetworkKind kind, String data, String sentence) {
        TaskShape task =
                switch (data) {
                    case "bag" -> TASK;
                    case "lstm" -> new TaskShape(new int[] {3}, 5, 3, 5);
                    case "encoder-decoder" -> new TaskShape(new int[] {3}, 5, 4, 5, true);
                    default -> TaskShape.classification(new int[] {3}, 2);
                };
        NetworkSpec spec = new NetworkSpec(kind, List.of(4), Activation.TANH, Normalization.NONE, 1e-5);
        assertThatThrownBy(() -> Architectures.configuration(spec, task, Precision.DOUBLE))
                .isInstanceOf(BadInputException.class)
                .hasMessage(sentence);
    }
}
