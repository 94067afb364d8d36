package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.random.CounterRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MinMaxPyramidTest {
    @Test
    void everyRangeIsExact() {
        CounterRandom random = CounterRandom.of(1, "pyramid");
        int n = 20_011;
        double[] values = new double[n];
        MinMaxPyramid pyramid = new MinMaxPyramid();
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian();
            pyramid.append(values[i]);
        }
        double[] found = new double[2];
        for (int trial = 0; trial < 2_000; trial++) {
            int from = random.nextInt(n);
            int to = from + random.nextInt(trial % 3 == 0 ? 12 : n - from + 1);
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = from; i < Math.min(n, to); i++) {
                min = values[i] < min ? values[i] : min;
                max = values[i] > max ? values[i] : max;
            }
            assertThat(pyramid.range(from, to, found)).isEqualTo(min <= max);
            assertThat(found).as("%d to %d", from, to).containsExactly(min, max);
        }
    }

    @Test
    void whatLiesBetweenTwoBoundsIsExact() {
        CounterRandom random = CounterRandom.of(2, "pyramid");
        int n = 20_011;
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0};
        double[] values = new double[n];
        MinMaxPyramid pyramid = new MinMaxPyramid();
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(5) == 0 ? odd[random.nextInt(odd.length)] : random.nextGaussian();
            pyramid.append(values[i]);
        }
        double[] found = new double[2];
        for (int trial = 0; trial < 2_000; trial++) {
            int from = random.nextInt(n);
            int to = from + random.nextInt(trial % 3 == 0 ? 12 : n - from + 1);
            double above = trial % 2 == 0 ? 0 : Double.NEGATIVE_INFINITY;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = from; i < Math.min(n, to); i++) {
                if (values[i] > above && values[i] < Double.POSITIVE_INFINITY) {
                    min = Math.min(min, values[i]);
                    max = Math.max(max, values[i]);
                }
            }
            assertThat(pyramid.rangeWithin(from, to, above, Double.POSITIVE_INFINITY, found))
                    .isEqualTo(min <= max);
            assertThat(found).as("%d to %d", from, to).containsExactly(min, max);
        }
    }

    @Test
    void oneSpikeAmongTenMillionIsSeenAtEveryZoom() {
        MinMaxPyramid pyramid = new MinMaxPyramid();
        int n = 10_000_000;
        int spike = 7_654_321;
        for (int i = 0; i < n; i++) {
            pyramid.append(i == spike ? 9 : 1);
        }
        double[] found = new double[2];
        for (long width = 1; width <= n; width *= 10) {
            pyramid.range(spike - width / 2, spike - width / 2 + width, found);
            assertThat(found[1]).isEqualTo(9);
        }
    }

    @Test
    void aReaderNeverSeesWhatIsNotThereYet() throws InterruptedException {
        MinMaxPyramid pyramid = new MinMaxPyramid();
        int n = 300_000;
        AtomicReference<AssertionError> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            double[] found = new double[2];
            try {
                for (long count = 0; count < n; count = pyramid.count()) {
                    if (count > 0) {
                        pyramid.range(0, count, found);
                        assertThat(found[0]).isZero();
                        assertThat(found[1]).isGreaterThanOrEqualTo(count - 1.0);
                        assertThat(pyramid.value(count - 1)).isEqualTo(count - 1.0);
                    }
                }
            } catch (AssertionError e) {
                failure.set(e);
            }
        });
        reader.start();
        for (int i = 0; i < n; i++) {
            pyramid.append(i);
        }
        reader.join();
        assertThat(failure.get()).isNull();
    }
}
