package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.random.CounterRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Against exponentials one by one. */
class SoftmaxRowsTest {
    @ParameterizedTest
    @CsvSource({"1, 2, 1", "7, 10, 3", "300, 65, 20", "2, 5000, 200"}) // one block, several, rows longer than a block
    void probabilitiesGradientAndLossAreThoseOfTheDefinition(int rows, int classes, double spread) {
        CounterRandom random = CounterRandom.of(1, "logits");
        Matrix probabilities = Matrix.inHeap(DataType.DOUBLE, rows, classes);
        Matrix gradient = Matrix.inHeap(DataType.DOUBLE, rows, classes);
        double[] bias = new double[classes];
        for (int k = 0; k < classes; k++) {
            bias[k] = random.nextGaussian();
        }
        int[] labels = new int[rows + 1]; // the first belongs to another part
        double[][] expected = new double[rows][classes];
        double loss = 0;
        for (int row = 0; row < rows; row++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                double logit = spread * random.nextGaussian();
                probabilities.set(row, k, logit);
                gradient.set(row, k, logit);
                expected[row][k] = logit + bias[k];
                largest = Math.max(largest, expected[row][k]);
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += Math.exp(expected[row][k] - largest);
            }
            labels[row + 1] = random.nextInt(classes);
            loss += largest + Math.log(sum) - expected[row][labels[row + 1]];
            for (int k = 0; k < classes; k++) {
                expected[row][k] = Math.exp(expected[row][k] - largest) / sum;
            }
        }
        SoftmaxRows softmax = new SoftmaxRows(rows, classes);
        softmax.outputs(probabilities, bias);
        assertThat(softmax.gradient(gradient, bias, labels, new double[0], 1)).isCloseTo(loss, within(1e-10 * loss));
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < classes; k++) {
                assertThat(probabilities.get(row, k))
                        .isCloseTo(expected[row][k], within(1e-10 * expected[row][k] + 1e-200));
                double wanted = k == labels[row + 1] ? 1 : 0;
                assertThat(gradient.get(row, k)).isCloseTo(expected[row][k] - wanted, within(1e-11));
            }
        }
    }
}
