package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsInTheMiddle() {
        assertThat(Statistics.median(new double[] {5, 1, 3})).isEqualTo(3);
        assertThat(Statistics.median(new double[] {5, 1, 4, 3})).isEqualTo(3.5);
        assertThat(Statistics.median(new double[] {Double.POSITIVE_INFINITY, 1, 2}))
                .isEqualTo(2);
        assertThat(Statistics.median(new double[] {1, Double.NaN, 2})).isNaN();
    }

    /** 1, 2, 3, 4: variance of the sample 5/3. */
    @Test
    void theStandardErrorIsThatOfTheMean() {
        double[] values = {1, 2, 3, 4};
        assertThat(Statistics.mean(values)).isEqualTo(2.5);
        assertThat(Statistics.standardError(values)).isCloseTo(Math.sqrt(5.0 / 3 / 4), within(1e-15));
        assertThat(Statistics.standardError(new double[] {1})).isNaN();
        assertThat(Statistics.meanAndError(values)).isEqualTo("2.500 ± 0.65");
        assertThat(Statistics.meanAndError(new double[] {1})).isEqualTo("1.000");
        assertThat(Statistics.meanAndError(new double[] {})).isEqualTo("NaN");
    }

    @Test
    void zeroIsNotAboveZero() {
        assertThat(Statistics.positive(new double[] {1, 0, -1, 2})).isEqualTo(0.5);
        assertThat(Statistics.positive(new double[] {})).isNaN();
    }
}
