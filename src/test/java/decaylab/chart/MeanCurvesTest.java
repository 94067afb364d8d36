package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeanCurvesTest {
    private static final Metric NORM = Metric.of(Quantity.NORM);
    private static final Metric TEST = Metric.of(Quantity.TEST_ACCURACY);
    private static final Offset<Double> CLOSE = Offset.offset(1e-12);

    private static SampleLog log() {
        return new SampleLog(List.of(NORM, TEST));
    }

    private static void append(SampleLog log, double norm, double accuracy) {
        log.append(new double[] {norm, accuracy});
    }

    @Test
    void meanAndOneStandardDeviationToEitherSide() {
        List<SampleLog> logs = List.of(log(), log(), log());
        for (int run = 0; run < 3; run++) {
            append(logs.get(run), 2 + run, SampleLog.EMPTY); // 2, 3, 4: mean 3, deviation 1
            append(logs.get(run), 10, 0.1 * run);
        }
        MeanCurves curves = new MeanCurves(logs.stream().map(RunCurves::new).toList());
        assertThat(curves.of(NORM).count()).isEqualTo(2);
        assertThat(curves.of(NORM).value(0)).isCloseTo(3, CLOSE);
        assertThat(curves.band(NORM).low().value(0)).isCloseTo(2, CLOSE);
        assertThat(curves.band(NORM).high().value(0)).isCloseTo(4, CLOSE);
        assertThat(curves.band(NORM).high().value(1)).isCloseTo(10, CLOSE);
        assertThat(curves.of(TEST).count()).isEqualTo(1);
        assertThat(curves.of(TEST).step(0)).isEqualTo(1);
        assertThat(curves.of(TEST).value(0)).isCloseTo(0.1, CLOSE);
        assertThat(curves.band(TEST).low().value(0)).isCloseTo(0, CLOSE);
    }

    @Test
    void itFollowsTheSlowestRun() {
        SampleLog fast = log();
        SampleLog slow = log();
        MeanCurves curves = new MeanCurves(List.of(new RunCurves(fast), new RunCurves(slow)));
        append(fast, 1, SampleLog.EMPTY);
        append(fast, 2, SampleLog.EMPTY);
        assertThat(curves.of(NORM).count()).isZero();
        append(slow, 3, SampleLog.EMPTY);
        assertThat(curves.of(NORM).count()).isEqualTo(1);
        assertThat(curves.of(NORM).value(0)).isEqualTo(2);
        assertThat(curves.smoothed(NORM, 0.5).value(0)).isEqualTo(2);
        append(slow, 6, SampleLog.EMPTY);
        assertThat(curves.smoothed(NORM, 0.5).value(1)).isEqualTo(3);
        assertThat(curves.steps()).isEqualTo(2);
    }

    @Test
    void aValueThatOneRunDoesNotHaveIsMissing() {
        SampleLog one = log();
        SampleLog other = log();
        append(one, Double.NaN, 0.5);
        append(other, 3, SampleLog.EMPTY);
        append(one, 1, 0.5);
        append(other, 3, 0.7);
        MeanCurves curves = new MeanCurves(List.of(new RunCurves(one), new RunCurves(other)));
        assertThat(curves.of(NORM).value(0)).isNaN();
        assertThat(curves.band(NORM).low().value(0)).isNaN();
        assertThat(curves.of(NORM).value(1)).isEqualTo(2);
        assertThat(curves.of(TEST).value(0)).as("evaluated at different steps").isNaN();
    }

    @Test
    void oneRunHasNoSpread() {
        assertThatThrownBy(() -> new MeanCurves(List.of(new RunCurves(log()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new RunCurves(log()).band(NORM)).isNull();
    }
}
