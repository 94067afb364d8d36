package decaylab.ui.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.schedule.Every;
import decaylab.schedule.Horizon;
import decaylab.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurveTest {
    private static final Horizon HORIZON = new Horizon(30, 1200);

    static Stream<Schedule> schedules() {
        return Stream.of(
                new Schedule.Constant(),
                new Schedule.Window(100, 420L),
                new Schedule.Window(0, null),
                new Schedule.Window(0, 0L),
                new Schedule.Window(600, null),
                new Schedule.Window(0, 5000L),
                new Schedule.Piecewise(List.of()),
                new Schedule.Piecewise(List.of(new Schedule.Knot(600, 0.1), new Schedule.Knot(900, 0.01))),
                new Schedule.Cosine(0.1),
                new Schedule.Exponential(0.93, Every.EPOCH),
                new Schedule.Exponential(0.995, Every.STEP),
                new Schedule.Drawn(List.of(new Schedule.Point(0.3, 2), new Schedule.Point(0.7, 0))));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aScheduleIsDrawnAndTheDrawingIsTheScheduleAgain(Schedule schedule) {
        Curve curve = Curve.of(schedule, 0.005, HORIZON);
        Schedule again = curve.schedule(0.005, HORIZON.steps());
        for (long step = 0; step < 1200; step++) {
            double wanted = schedule.factor(step, HORIZON);
            assertThat(curve.value(step)).as("step %d", step).isCloseTo(0.005 * wanted, within(0.005 * 0.007));
            assertThat(again.factor(step, HORIZON)).isCloseTo(curve.value(step) / 0.005, within(1e-9));
        }
        assertThat(curve.knots()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theShortestRunsHaveCurvesToo(long steps) {
        Horizon horizon = new Horizon(1, steps);
        schedules().forEach(schedule -> {
            Curve curve = Curve.of(schedule, 2, horizon);
            assertThat(curve.schedule(2, steps).factor(0, horizon) * 2).isCloseTo(curve.value(0), within(1e-9));
        });
    }

    @Test
    void aPieceIsReplacedAndNothingElse() {
        Curve before = new Curve(List.of(new Knot(0, 1), new Knot(1000, 3)));
        Curve after = before.replaced(List.of(new Knot(400, 5), new Knot(600, 7)));
        for (long step = 0; step <= 1000; step++) {
            double wanted = step >= 400 && step <= 600 ? 5 + (step - 400) / 100.0 : 1 + step / 500.0;
            assertThat(after.value(step)).as("step %d", step).isCloseTo(wanted, within(1e-9));
        }
        assertThat(after.knots()).hasSize(6);
    }

    @Test
    void thePastIsKeptAndTheFutureIsTheOthers() {
        Curve past = new Curve(List.of(new Knot(0, 1), new Knot(1000, 3)));
        Curve future = new Curve(List.of(new Knot(0, 9), new Knot(500, 4), new Knot(1000, 0)));
        Curve both = past.until(300, future);
        for (long step = 0; step <= 1000; step++) {
            assertThat(both.value(step))
                    .as("step %d", step)
                    .isCloseTo((step < 300 ? past : future).value(step), within(1e-9));
        }
        assertThat(past.until(0, future)).isEqualTo(future);
    }

    @Test
    void knotsOnAStraightLineAreLeftOutAndCornersStay() {
        List<Knot> staircase = new ArrayList<>();
        for (int i = 0; i <= 10_000; i++) {
            staircase.add(new Knot(i, Math.floorDiv(i, 100)));
        }
        assertThat(Thin.of(staircase, 0.01)).hasSize(2 * 100 + 1);
        assertThat(Thin.of(staircase, 1.1)).hasSize(2);
        assertThat(Thin.of(List.of(new Knot(0, 0), new Knot(1, 1), new Knot(2, 2), new Knot(3, 0)), 0))
                .containsExactly(new Knot(0, 0), new Knot(2, 2), new Knot(3, 0));
    }

    @ParameterizedTest
    @EnumSource(Segment.class)
    void aSegmentRunsFromItsFirstValueToItsLast(Segment segment) {
        Curve curve = segment.on(Curve.level(1), new Knot(100, 0.8), new Knot(300, 0.2));
        assertThat(curve.value(100)).isCloseTo(0.8, within(1e-9));
        boolean flat = segment == Segment.CONSTANT || segment == Segment.WINDOW;
        assertThat(curve.value(300)).isCloseTo(flat ? 0.8 : 0.2, within(1e-9));
        double half =
                switch (segment) {
                    case CONSTANT, WINDOW -> 0.8;
                    case LINEAR, COSINE -> 0.5;
                    case EXPONENTIAL -> 0.4;
                    case STEP -> 0.2;
                };
        assertThat(curve.value(200)).isCloseTo(half, within(0.005));
        double outside = segment == Segment.WINDOW ? 0 : 1;
        assertThat(curve.value(99)).isEqualTo(outside);
        assertThat(curve.value(301)).isEqualTo(outside);
    }

    @ParameterizedTest
    @EnumSource(Segment.class)
    void theShortestSegment(Segment segment) {
        Curve curve = segment.on(Curve.level(1), new Knot(5, 0.8), new Knot(6, 0.4));
        assertThat(curve.value(5)).isCloseTo(0.8, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void theShapesOfThePapers(Shape shape) {
        Curve rate = new Curve(List.of(new Knot(0, 1), new Knot(1199, 0.5)));
        Curve curve = shape.curve(new Shape.Setting(0.005, rate, 1200, 300, 200));
        double[] wanted =
                switch (shape) {
                    case ALWAYS -> new double[] {1, 1, 1, 1};
                    case NEVER -> new double[] {0, 0, 0, 0};
                    case EARLY -> new double[] {1, 1, 0, 0};
                    case LATE -> new double[] {0, 0, 1, 1};
                    case WINDOW -> new double[] {0, 1, 1, 0};
                    case COSINE -> new double[] {1, 0.7508, 0.7495, 0};
                    case ONE_OVER_T -> new double[] {1, 0.2502, 0.2497, 0.1};
                    case LIKE_RATE -> new double[] {1, 0.8336, 0.8332, 0.5};
                    case LIKE_RATE_SQUARED -> new double[] {1, 0.6949, 0.6942, 0.25};
                };
        long[] steps = {0, 399, 400, 1199};
        for (int i = 0; i < steps.length; i++) {
            assertThat(curve.value(steps[i]) / 0.005).as("step %d", steps[i]).isCloseTo(wanted[i], within(0.004));
        }
    }

    @Test
    void roundNumbers() {
        assertThat(OneTwoFive.atLeast(0.0051)).isEqualTo(0.01);
        assertThat(OneTwoFive.atLeast(0.005)).isEqualTo(0.005);
        assertThat(OneTwoFive.nearest(0.0031)).isEqualTo(0.002);
        assertThat(OneTwoFive.nearest(0.0033)).isEqualTo(0.005);
        assertThat(OneTwoFive.nearest(8)).isEqualTo(10);
        assertThat(OneTwoFive.nearest(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAxisGoesThereAndBack(boolean log) {
        ValueAxis axis = new ValueAxis(log, 1e-6, 1);
        assertThat(axis.value(axis.fraction(0))).isZero();
        for (double value : new double[] {1e-6, 1e-3, 0.5, 1}) {
            assertThat(axis.value(axis.fraction(value))).isCloseTo(value, within(1e-12));
        }
        assertThat(axis.ticks(5)).startsWith(0.0).isSorted().hasSizeBetween(4, 7);
    }
}
