package decaylab.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final Horizon HORIZON = new Horizon(30, 1200);

    private static double at(Schedule schedule, long step) {
        return schedule.factor(step, HORIZON);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1199, 1200, Long.MAX_VALUE})
    void constantIsOneForEver(long step) {
        assertThat(at(new Schedule.Constant(), step)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "99, 0", "100, 1", "419, 1", "420, 0", "100000, 0"})
    void windowHoldsItsFirstStepAndNotItsLast(long step, double factor) {
        assertThat(at(new Schedule.Window(100, 420L), step)).isEqualTo(factor);
    }

    @Test
    void windowWithoutAnEndStaysOpen() {
        Schedule late = new Schedule.Window(420, null);
        assertThat(at(late, 419)).isZero();
        assertThat(at(late, 420)).isOne();
        assertThat(at(late, Long.MAX_VALUE)).isOne();
    }

    @Test
    void windowThatIsEmptyIsNeverOpen() {
        assertThat(at(new Schedule.Window(5, 5L), 5)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "599, 1", "600, 0.1", "899, 0.1", "900, 0.01", "1199, 0.01", "5000, 0.01"})
    void staircaseOfGolatkarStepsAtHalfAndAtThreeQuarters(long step, double factor) {
        Schedule steps = new Schedule.Piecewise(List.of(new Schedule.Knot(600, 0.1), new Schedule.Knot(900, 0.01)));
        assertThat(at(steps, step)).isEqualTo(factor);
    }

    @Test
    void staircaseWithoutKnotsIsOne() {
        assertThat(at(new Schedule.Piecewise(List.of()), 7)).isOne();
    }

    @Test
    void cosineGoesFromOneToItsFloorAndStaysThere() {
        Schedule cosine = new Schedule.Cosine(0.2);
        assertThat(at(cosine, 0)).isEqualTo(1);
        assertThat(at(cosine, 1199)).isEqualTo(0.2);
        assertThat(at(cosine, 99_999)).isEqualTo(0.2);
        assertThat(new Schedule.Cosine(0).factor(500, new Horizon(10, 1001))).isCloseTo(0.5, within(1e-15));
        assertThat(at(new Schedule.Cosine(1), 600)).isOne();
    }

    @Test
    void exponentialCountsWholeEpochs() {
        Schedule exponential = new Schedule.Exponential(0.93, Every.EPOCH);
        assertThat(at(exponential, 29)).isEqualTo(1);
        assertThat(at(exponential, 30)).isEqualTo(0.93);
        assertThat(at(exponential, 1199)).isEqualTo(StrictMath.pow(0.93, 39));
    }

    @Test
    void exponentialCountsSteps() {
        Schedule exponential = new Schedule.Exponential(0.999, Every.STEP);
        assertThat(at(exponential, 0)).isEqualTo(1);
        assertThat(at(exponential, 1000)).isCloseTo(0.36769542477, within(1e-11));
    }

    @Test
    void drawnIsStraightBetweenItsPointsAndLevelOutside() {
        Schedule drawn = new Schedule.Drawn(List.of(new Schedule.Point(0.25, 1), new Schedule.Point(0.75, 0.1)));
        Horizon horizon = new Horizon(1, 1001);
        assertThat(drawn.factor(0, horizon)).isEqualTo(1);
        assertThat(drawn.factor(250, horizon)).isEqualTo(1);
        assertThat(drawn.factor(500, horizon)).isCloseTo(0.55, within(1e-15));
        assertThat(drawn.factor(750, horizon)).isEqualTo(0.1);
        assertThat(drawn.factor(1000, horizon)).isEqualTo(0.1);
        assertThat(drawn.factor(5000, horizon)).isEqualTo(0.1);
    }

    @Test
    void drawnLevelLineKeepsEveryBit() {
        Schedule level = new Schedule.Drawn(List.of(new Schedule.Point(0, 0.3), new Schedule.Point(1, 0.3)));
        for (long step = 0; step < 1200; step++) {
            assertThat(at(level, step)).isEqualTo(0.3);
        }
    }

    @Test
    void drawnWithOnePointIsLevel() {
        Schedule one = new Schedule.Drawn(List.of(new Schedule.Point(0.5, 0.7)));
        assertThat(at(one, 0)).isEqualTo(0.7);
        assertThat(at(one, 1199)).isEqualTo(0.7);
    }

    @Test
    void aRunOfOneStepHasAFactorUnderEverySchedule() {
        Horizon one = new Horizon(1, 1);
        assertThat(new Schedule.Cosine(0).factor(0, one)).isEqualTo(1);
        assertThat(new Schedule.Drawn(List.of(new Schedule.Point(0, 0.5), new Schedule.Point(1, 0))).factor(0, one))
                .isEqualTo(0.5);
    }

    @Test
    void listsAreCopied() {
        List<Schedule.Knot> knots = new java.util.ArrayList<>(List.of(new Schedule.Knot(0, 0.5)));
        Schedule.Piecewise steps = new Schedule.Piecewise(knots);
        knots.clear();
        assertThat(steps.knots()).hasSize(1);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Schedule.Window(-1, null)).hasMessageContaining("from -1");
        assertThatThrownBy(() -> new Schedule.Window(5, 4L)).hasMessageContaining("from 5 to 4");
        assertThatThrownBy(() -> new Schedule.Knot(-1, 1)).hasMessageContaining("step -1");
        assertThatThrownBy(() -> new Schedule.Knot(0, -0.1)).hasMessageContaining("factor -0.1");
        assertThatThrownBy(() -> new Schedule.Knot(0, Double.NaN)).hasMessageContaining("factor NaN");
        assertThatThrownBy(() -> new Schedule.Knot(0, Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> new Schedule.Piecewise(List.of(new Schedule.Knot(5, 1), new Schedule.Knot(5, 2))))
                .hasMessageContaining("step 5");
        assertThatThrownBy(() -> new Schedule.Cosine(1.5)).hasMessageContaining("floor 1.5");
        assertThatThrownBy(() -> new Schedule.Cosine(Double.NaN)).hasMessageContaining("floor NaN");
        assertThatThrownBy(() -> new Schedule.Exponential(0, Every.STEP)).hasMessageContaining("factor 0.0");
        assertThatThrownBy(() -> new Schedule.Exponential(1.1, Every.STEP)).hasMessageContaining("factor 1.1");
        assertThatThrownBy(() -> new Schedule.Point(1.5, 1)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new Schedule.Drawn(List.of())).hasMessageContaining("without points");
        assertThatThrownBy(() -> new Schedule.Drawn(List.of(new Schedule.Point(0.5, 1), new Schedule.Point(0.5, 0))))
                .hasMessageContaining("0.5");
        assertThatThrownBy(() -> new Horizon(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Horizon(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
