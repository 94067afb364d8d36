package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static Series sparse() {
        Series series = Series.ofSomeSteps();
        series.append(30, 3);
        series.append(60, 5);
        series.append(90, -1);
        series.append(100, Double.POSITIVE_INFINITY);
        return series;
    }

    @Test
    void aPointIsFoundByItsStep() {
        Series series = sparse();
        assertThat(series.indexAt(-5)).isZero();
        assertThat(series.indexAt(30)).isZero();
        assertThat(series.indexAt(30.5)).isEqualTo(1);
        assertThat(series.indexAt(100)).isEqualTo(3);
        assertThat(series.indexAt(101)).isEqualTo(4);
        assertThat(series.step(2)).isEqualTo(90);
    }

    @Test
    void aRangeOfStepsIncludesBothEnds() {
        double[] range = new double[2];
        assertThat(sparse().range(30, 60, range)).isTrue();
        assertThat(range).containsExactly(3, 5);
        assertThat(sparse().range(31, 59, range)).isFalse();
    }

    @Test
    void finiteAndPositiveRangesLeaveOutTheRest() {
        double[] range = new double[2];
        assertThat(sparse().finiteRange(0, 200, false, range)).isTrue();
        assertThat(range).containsExactly(-1, 5);
        assertThat(sparse().finiteRange(0, 200, true, range)).isTrue();
        assertThat(range).containsExactly(3, 5);
        assertThat(sparse().finiteRange(80, 200, true, range)).isFalse();
    }

    @Test
    void betweenTwoPointsLiesTheLine() {
        assertThat(sparse().extreme(44, 46, 1)).isEqualTo(4);
        assertThat(sparse().extreme(29, 61, 0)).isEqualTo(3);
        assertThat(sparse().extreme(0, 10, 0)).isNaN();
        assertThat(sparse().extreme(101, 110, 0)).isNaN();
    }

    @Test
    void aSeriesOfEveryStepTakesNoOtherStep() {
        Series series = Series.ofEveryStep();
        series.append(0, 1);
        assertThatThrownBy(() -> series.append(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInfinityDoesNotHideTheRestOfTheScale() {
        ChartSpec.Line line = new ChartSpec.Line("line", sparse(), 0, false, ChartSpec.Weight.STRONG);
        ValueScale linear = ValueScale.fitting(List.of(line), 0, 200, false);
        assertThat(linear.min()).isBetween(-2.0, -1.0);
        assertThat(linear.max()).isBetween(5.0, 6.0);
        ValueScale logarithmic = ValueScale.fitting(List.of(line), 0, 200, true);
        assertThat(logarithmic.min()).isBetween(1.0, 3.0);
        assertThat(logarithmic.max()).isBetween(5.0, 10.0);
    }
}
