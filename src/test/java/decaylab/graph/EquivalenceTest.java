package decaylab.graph;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The theorem of section 6.2 to the digits: gradients of a decoupled graph network and of a perceptron on spread labels. */
class EquivalenceTest {
    private static final int CLASSES = 4;

    @ParameterizedTest
    @CsvSource({"10, 0.1, 1", "10, 0.1, 8", "2, 0, 1", "0, 0.5, 3", "30, 0.9, 2"})
    void bothGradientsAreTheSameWhereProbabilitiesArePropagated(int hops, double teleport, double size) {
        BlockModel model = BlockModel.of(3);
        int nodes = model.labels().length;
        Propagation along = new Propagation(model.edges(), nodes, hops, teleport);
        CounterRandom random = CounterRandom.of(7, "logits");
        double[] logits = new double[nodes * CLASSES];
        Arrays.setAll(logits, i -> size * random.nextGaussian());
        int[] train = {3, 50, 101, 199, 250, 299, 333, 398};
        int[] labels = Arrays.stream(train).map(node -> model.labels()[node]).toArray();
        labels[2] = 0; // a wrong label is a label too
        Equivalence found = Equivalence.of(along, along.rows(train), logits, CLASSES, train, labels);
        assertThat(found.probabilities()).isLessThanOrEqualTo(1e-12);
        assertThat(found.rowSums()).isLessThanOrEqualTo(1e-12);
        if (hops > 0) {
            assertThat(found.logits()).isGreaterThan(1e-3); // softmax(Abar f) is not Abar softmax(f)
        }
    }
}
