package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
    private static int[] batch(Batches batches, long step) {
        int[] into = new int[batches.size(step)];
        batches.indices(step, into);
        return into;
    }

    /** A published seed must give the same order for good. */
    @Test
    void theFirstBatchStaysWhatItIs() {
        assertThat(batch(new Batches(100, 8, 1), 0)).containsExactly(68, 66, 13, 63, 0, 74, 60, 32);
    }

    @Test
    void anyStepIsReachedFromAnyOther() {
        Batches walked = new Batches(53, 10, 3);
        int[][] all = new int[40][];
        for (int step = 0; step < all.length; step++) {
            all[step] = batch(walked, step);
        }
        Batches jumping = new Batches(53, 10, 3);
        for (int step : new int[] {39, 0, 17, 18, 5, 39, 1}) {
            assertThat(batch(jumping, step)).containsExactly(all[step]);
        }
        assertThat(batch(new Batches(53, 10, 4), 0)).isNotEqualTo(all[0]);
    }

    @Test
    void everyEpochHasAnOrderOfItsOwn() {
        Batches batches = new Batches(30, 30, 3);
        int[] first = batch(batches, 0);
        int[] second = batch(batches, 1);
        assertThat(first).isNotEqualTo(second);
        Arrays.sort(first);
        Arrays.sort(second);
        assertThat(first).containsExactly(second);
    }

    @ParameterizedTest
    @CsvSource({"101, 10, 11", "102, 10, 2", "11, 2, 3", "3, 2, 3", "5, 1, 1", "2, 2, 2"})
    void noBatchOfSeveralEndsInASingleExample(int examples, int batchSize, int last) {
        Batches batches = new Batches(examples, batchSize, 1);
        assertThat(batches.size(batches.stepsPerEpoch() - 1)).isEqualTo(last);
        assertThat(batches.maxSize()).isEqualTo(Math.max(last, batchSize));
        // The same in an epoch far away.
        assertThat(batches.size(1_000_000_000L * batches.stepsPerEpoch() - 1)).isEqualTo(last);
    }

    /** Where an example comes in the order is uniform: mean (n - 1) / 2, five standard deviations over the epochs. */
    @Test
    void noExampleIsPreferred() {
        int n = 20;
        int epochs = 4000;
        Batches batches = new Batches(n, n, 6);
        double[] places = new double[n];
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = batch(batches, epoch);
            for (int i = 0; i < n; i++) {
                places[order[i]] += i;
            }
        }
        double sigma = Math.sqrt((n * n - 1) / 12.0 / epochs);
        for (double place : places) {
            assertThat(place / epochs).isCloseTo((n - 1) / 2.0, within(5 * sigma));
        }
    }

    @Test
    void gatheringCopiesTheRowsThatTheIndicesName() {
        DataSet data =
                new DataCatalogue().load(new DataRequest("proto", null, DataRequest.Columns.usual(), 9, 2, 0.5, 0, 1));
        float[] inputs = new float[3 * 64];
        int[] labels = {-1, -1, -1};
        data.gatherTrain(new int[] {7, 0, 4}, 2, inputs, labels);
        assertThat(Arrays.copyOf(inputs, 64)).containsExactly(Arrays.copyOfRange(data.trainInputs(), 7 * 64, 8 * 64));
        assertThat(Arrays.copyOfRange(inputs, 64, 128)).containsExactly(Arrays.copyOf(data.trainInputs(), 64));
        assertThat(labels).containsExactly(data.trainLabels()[7], data.trainLabels()[0], -1);
    }

    @Test
    void nothingToShuffleIsRefused() {
        assertThatThrownBy(() -> new Batches(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Batches(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
