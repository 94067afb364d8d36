package decaylab.ui.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.ui.base.Texts;
import decaylab.ui.predict.PredictionScore.Direction;
import decaylab.ui.predict.PredictionScore.Measured;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Curves that are drawn, and what they are worth beside what happened. */
class PredictionScoreTest {
    private static final PredictionWords WORDS = new PredictionWords(new Texts());

    private static List<Measured> outcome(DoubleUnaryOperator value) {
        return LongStream.rangeClosed(100, 200)
                .mapToObj(step -> new Measured(step, value.applyAsDouble(step)))
                .toList();
    }

    /** A straight stroke from step 100 to 200. */
    private static PredictedCurve line(double from, double to, boolean logarithmic) {
        return PredictedCurve.empty(100, 200, from, logarithmic).with(100, from, 200, to);
    }

    private static PredictionScore score(PredictedCurve curve, List<Measured> outcome) {
        return PredictionScore.of(curve, outcome).orElseThrow();
    }

    @Test
    void theSameCurveHasAllPoints() {
        PredictionScore score = score(line(10, 20, false), outcome(step -> 10 + (step - 100) / 10));
        assertThat(score.points()).isEqualTo(100);
        assertThat(score.largest()).isLessThan(1e-12);
        assertThat(score.closeUntil()).isEqualTo(200);
        PredictionScore level = score(line(5, 5, false), outcome(step -> 5));
        assertThat(level.points()).isEqualTo(100);
        assertThat(level.measured()).isEqualTo(Direction.STAYS);
        assertThat(WORDS.of(level, 100))
                .isEqualTo("100 of 100 points: you saw it coming. The direction was right: it stayed about the same. "
                        + "There was no difference at all.");
    }

    @Test
    void aLevelLineBesideALevelOneHasThePointsOfItsDirection() {
        PredictedCurve beside =
                PredictedCurve.empty(100, 200, Double.NaN, false).with(100, 7, 200, 7);
        PredictionScore score = score(beside, outcome(step -> 5));
        assertThat(score.points()).isEqualTo(25);
        assertThat(score.directionRight()).isTrue();
        assertThat(score.closeUntil()).isEqualTo(-1);
    }

    @Test
    void aConstantOffsetCostsItsPartOfTheRange() {
        // Rises by 8 beside a line 2 above it: R = 10, D = 2.
        PredictedCurve above = PredictedCurve.empty(99, 200, Double.NaN, false).with(100, 12, 200, 20);
        assertThat(score(above, outcome(step -> 10 + 8 * (step - 100) / 100)).points())
                .isEqualTo(Math.round(75 * 0.8 + 25));
    }

    @Test
    void theWrongDirectionLosesAQuarterAndIsSaid() {
        PredictionScore score = score(line(10, 0, false), outcome(step -> 10 + (step - 100) / 10));
        assertThat(score.points()).isEqualTo(38);
        assertThat(score.predicted()).isEqualTo(Direction.FALLS);
        assertThat(score.measured()).isEqualTo(Direction.RISES);
        assertThat(score.largestAt()).isEqualTo(200);
        assertThat(score.largest()).isCloseTo(20, within(1e-9));
        assertThat(WORDS.of(score, 100))
                .isEqualTo("38 of 100 points: the run has something to teach here. It rose, where you drew a fall. "
                        + "You were closest until step 110; the largest difference, 20, is at step 200.");
    }

    @Test
    void noMovementAndHalfTheSlopeAreAsTheJavadocSays() {
        List<Measured> rising = outcome(step -> 10 + (step - 100) / 10);
        assertThat(score(line(10, 10, false), rising).points()).isEqualTo(38);
        assertThat(score(line(10, 15, false), rising).points()).isEqualTo(81);
    }

    @Test
    void aLogarithmicAxisCountsFactors() {
        List<Measured> tenfold = outcome(step -> Math.pow(10, (step - 100) / 100));
        assertThat(score(line(1, 10, true), tenfold).points()).isEqualTo(100);
        assertThat(score(line(1, 0.1, true), tenfold).points()).isEqualTo(38);
        assertThat(score(line(1, 10, false), tenfold).points()).isLessThan(100);
    }

    @Test
    void whatWasNotMeasuredOrDrawnIsNotCompared() {
        PredictedCurve half = PredictedCurve.empty(100, 200, 10, false).with(100, 10, 150, 15);
        assertThat(half.lastStep()).isEqualTo(150);
        assertThat(score(half, outcome(step -> step > 120 ? Double.NaN : 10 + (step - 100) / 10))
                        .last())
                .isEqualTo(120);
        assertThat(PredictionScore.of(half, outcome(step -> Double.POSITIVE_INFINITY)))
                .isEmpty();
        assertThat(PredictionScore.of(half, List.of(new Measured(100, 10)))).isEmpty();
    }

    @Test
    void theLargestDifferenceAndTheLongestNearStretchAreNamed() {
        PredictedCurve level = line(4, 4, false);
        PredictionScore score = score(level, outcome(step -> step == 130 ? 24 : step < 120 ? 14 : 4));
        assertThat(score.largestAt()).isEqualTo(130);
        assertThat(score.largest()).isEqualTo(20);
        assertThat(score.closeFrom()).isEqualTo(131);
        assertThat(score.closeUntil()).isEqualTo(200);
        assertThat(WORDS.of(score, 100))
                .endsWith("You were closest from step 131 to 200; the largest difference, 20, is at step 130.");
    }

    @Test
    void strokesFillGapsAndReplaceWhatWasThere() {
        PredictedCurve curve = PredictedCurve.empty(0, 100, 1, false);
        assertThat(curve.isEmpty()).isTrue();
        curve = curve.with(50, 3, 50, 3);
        assertThat(curve.at(25)).isCloseTo(2, within(1e-12));
        assertThat(curve.at(51)).isNaN();
        curve = curve.with(60, 4, 40, 2); // backwards
        assertThat(curve.at(50)).isCloseTo(3, within(1e-12));
        assertThat(curve.lastStep()).isEqualTo(60);
        assertThat(curve.with(0, 9, 10, 9).at(0)).isEqualTo(1); // what was measured stays
        assertThat(curve.until(45).lastStep()).isEqualTo(45);
        assertThat(curve.with(70, Double.NaN, 80, 1)).isSameAs(curve);
        assertThat(PredictedCurve.empty(0, 100, 1, true)
                        .with(100, 100, 100, 100)
                        .at(50))
                .isCloseTo(10, within(1e-9));
    }

    @Test
    void aLongRangeHasFewerPlacesThanSteps() {
        PredictedCurve curve = PredictedCurve.empty(0, 1_000_000, 0, false).with(0, 0, 1_000_000, 10);
        assertThat(curve.points()).hasSize(PredictedCurve.MOST_PLACES);
        assertThat(curve.at(123_457)).isCloseTo(1.23457, within(1e-9));
    }
}
