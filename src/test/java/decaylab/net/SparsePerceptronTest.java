package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.graph.BlockModel;
import decaylab.graph.SoftmaxNodes;
import decaylab.graph.SparseMatrix;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The perceptron on sparse rows against the lab's dense one. */
class SparsePerceptronTest {
    private static final int CLASSES = 4;

    @ParameterizedTest
    @CsvSource({"RELU, 9", "TANH, 5", "IDENTITY, 3"})
    void gradientsAndPredictionsAreThoseOfTheDenseNetwork(Activation activation, int width) {
        BlockModel model = BlockModel.of(2);
        SparseMatrix features = model.features();
        int rows = features.rows();
        NetworkSpec spec = new NetworkSpec(NetworkKind.MLP, List.of(width, 6), activation, Normalization.NONE, 1e-5);
        TaskShape task = TaskShape.classification(new int[] {features.columns()}, CLASSES);
        try (Team team = Team.of(1);
                TrainableNetwork dense = new TrainableNetwork(spec, task, Precision.DOUBLE, team)) {
            FlatArray parameters = dense.initialParameters(4);
            for (int i = 0; i < parameters.length(); i++) { // biases too
                parameters.set(i, parameters.get(i) + 0.01 * Math.sin(i));
            }
            dense.load(parameters);
            FlatArray expected = parameters.zeros(parameters.length());
            dense.gradient(features.dense(), model.labels(), rows, expected);
            SparsePerceptron sparse = new SparsePerceptron(features, dense.layout(), activation, 0);
            sparse.load(parameters);
            double[] logits = sparse.logits(CounterRandom.of(1, "none"));
            double[] slopes = new double[logits.length];
            double[] logs = new double[logits.length];
            SoftmaxNodes.of(logits, CLASSES, slopes, logs);
            for (int i = 0; i < rows; i++) {
                slopes[i * CLASSES + model.labels()[i]] -= 1;
            }
            FlatArray found = parameters.zeros(parameters.length());
            sparse.back(slopes, found);
            for (int i = 0; i < found.length(); i++) {
                assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-11));
            }
            float[] probabilities = new float[rows * CLASSES];
            dense.predict(features.dense(), 0, rows, probabilities);
            assertThat(Math.exp(logs[7])).isCloseTo(probabilities[7], within(1e-6));
        }
    }
}
