package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.problem.BadInputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataTest {
    private final DataCatalogue catalogue = new DataCatalogue();

    private DataSet load(String name, int train, int test, double noise, long seed) {
        return catalogue.load(new DataRequest(name, null, DataRequest.Columns.usual(), train, test, noise, 0, seed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proto", "teacher", "spirals", "moons"})
    void madeDataAreAFunctionOfTheSeed(String name) {
        DataSet one = load(name, 50, 40, 0.2, 7);
        DataSet again = load(name, 50, 40, 0.2, 7);
        assertThat(one.trainInputs()).containsExactly(again.trainInputs());
        assertThat(one.trainLabels()).containsExactly(again.trainLabels());
        assertThat(one.testInputs()).containsExactly(again.testInputs());
        assertThat(load(name, 50, 40, 0.2, 8).trainInputs()).isNotEqualTo(one.trainInputs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"proto", "teacher", "spirals", "moons"})
    void moreExamplesOrNoiseLeaveThoseThatWereThere(String name) {
        DataSet few = load(name, 50, 40, 0, 7);
        DataSet many = load(name, 80, 60, 0.5, 7);
        assertThat(Arrays.copyOf(many.trainInputs(), few.trainInputs().length)).containsExactly(few.trainInputs());
        assertThat(Arrays.copyOf(many.cleanTrainLabels(), 50)).containsExactly(few.trainLabels());
        assertThat(Arrays.copyOf(many.testLabels(), 40)).containsExactly(few.testLabels());
    }

    @Test
    void protoIsWhatItsDefinitionSays() {
        DataSet data = load("proto", 20_000, 2000, 0.15, 3);
        assertThat(data.features()).isEqualTo(64);
        assertThat(data.classes()).isEqualTo(10);
        double squares = 0;
        for (float value : data.trainInputs()) {
            squares += (double) value * value;
        }
        // E x^2 = 0.45^2 (1 + 0.3^2) + 0.8^2, up to the luck of thirty centres.
        assertThat(squares / data.trainInputs().length).isCloseTo(0.45 * 0.45 * 1.09 + 0.64, within(0.03));
        long changed = java.util.stream.IntStream.range(0, data.trainSize())
                .filter(i -> data.trainLabels()[i] != data.cleanTrainLabels()[i])
                .count();
        // One redrawn label in ten stays what it was.
        assertThat(changed / 20_000.0).isCloseTo(0.15 * 0.9, within(0.01));
        for (int k = 0; k < 10; k++) {
            int label = k;
            assertThat(Arrays.stream(data.cleanTrainLabels())
                            .filter(y -> y == label)
                            .count())
                    .isBetween(1800L, 2200L);
        }
    }

    @Test
    void labelsRedrawnAtLittleNoiseAreRedrawnToTheSameAtMore() {
        DataSet little = load("proto", 2000, 10, 0.1, 3);
        DataSet much = load("proto", 2000, 10, 0.6, 3);
        for (int i = 0; i < 2000; i++) {
            if (little.trainLabels()[i] != little.cleanTrainLabels()[i]) {
                assertThat(much.trainLabels()[i]).isEqualTo(little.trainLabels()[i]);
            }
        }
    }

    @Test
    void teacherUsesAllItsClasses() {
        DataSet data = load("teacher", 2000, 2000, 0, 1);
        for (int k = 0; k < 5; k++) {
            int label = k;
            assertThat(Arrays.stream(data.trainLabels()).filter(y -> y == label).count())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"100,10,10,10", "101,10,10,11", "105,10,11,5", "7,50,1,7", "1,1,1,1", "51,50,1,51", "3,1,3,1"})
    void batchesVisitEachExampleOnceAnEpoch(int examples, int batchSize, long steps, int last) {
        Batches batches = new Batches(examples, batchSize, 4);
        assertThat(batches.stepsPerEpoch()).isEqualTo(steps);
        assertThat(batches.size(steps - 1)).isEqualTo(last);
        int[] into = new int[batches.maxSize()];
        for (int epoch = 0; epoch < 3; epoch++) {
            int[] seen = new int[examples];
            for (long step = epoch * steps; step < (epoch + 1) * steps; step++) {
                batches.indices(step, into);
                for (int i = 0; i < batches.size(step); i++) {
                    seen[into[i]]++;
                }
            }
            assertThat(seen).containsOnly(1);
        }
    }

    @Test
    void theOrderIsAFunctionOfSeedAndStep() {
        int[] one = new int[10];
        int[] two = new int[10];
        Batches late = new Batches(100, 10, 4);
        late.indices(57, one);
        Batches walked = new Batches(100, 10, 4);
        for (long step = 0; step <= 57; step++) {
            walked.indices(step, two);
        }
        assertThat(one).containsExactly(two);
        walked.indices(7, two);
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThatAreKnown() {
        assertThatThrownBy(() -> load("prto", 10, 10, 0, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "data.name is prto; it must be one of proto, teacher, spirals, moons, zipf, number-words, glyphs, mnist, fashion-mnist, cifar10, csv, text, sbm, cora, graph.");
    }
}
