package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void everyNumberIsInTheBinThatHasIt() {
        Histogram histogram = Histogram.of(new double[] {0, 0.9, 1, 2.5, 3.999, 4}, 4);
        assertThat(histogram.counts()).containsExactly(2, 1, 1, 2);
        assertThat(histogram.low()).isEqualTo(0);
        assertThat(histogram.high()).isEqualTo(4);
        assertThat(histogram.edge(0)).isEqualTo(0);
        assertThat(histogram.edge(1)).isEqualTo(1);
        assertThat(histogram.edge(4)).isEqualTo(4);
        assertThat(histogram.total()).isEqualTo(6);
    }

    @Test
    void whatIsNotFiniteIsCountedApart() {
        Histogram histogram =
                Histogram.of(new double[] {Double.NaN, -1, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}, 2);
        assertThat(histogram.counts()).containsExactly(1, 1);
        assertThat(histogram.notFinite()).isEqualTo(3);
        assertThat(histogram.high()).isEqualTo(1);
    }

    @Test
    void numbersThatAreAllTheSameAreInTheFirstBin() {
        for (double value : new double[] {0, -3, 1e300, 1e-320}) {
            Histogram histogram = Histogram.of(new double[] {value, value, value}, 5);
            assertThat(histogram.counts()).as("%s", value).containsExactly(3, 0, 0, 0, 0);
            assertThat(histogram.high()).isGreaterThan(histogram.low());
        }
    }

    @Test
    void theWholeRangeOfADoubleHasBins() {
        Histogram histogram = Histogram.of(new double[] {-Double.MAX_VALUE, 1, Double.MAX_VALUE}, 2);
        assertThat(histogram.counts()).containsExactly(1, 2);
        assertThat(histogram.edge(1)).isZero();
    }

    @Test
    void ofNothingThereIsNoRange() {
        Histogram histogram = Histogram.of(new double[] {Double.NaN}, 3);
        assertThat(histogram.low()).isNaN();
        assertThat(histogram.total()).isZero();
        assertThat(histogram.notFinite()).isEqualTo(1);
    }
}
