package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Black ink on white paper, so that ink is what is not white. */
class ColumnPainterTest {
    private static final int WIDTH = 200;
    private static final int HEIGHT = 100;
    private static final ValueScale SCALE = new ValueScale(0, 100, false);

    private final int[] pixels = new int[WIDTH * HEIGHT];
    private final ColumnPainter painter = new ColumnPainter(pixels, WIDTH, 0, 0, WIDTH, HEIGHT);

    private static Ink ink(double thickness, float... dashes) {
        return new Ink(0, 1, thickness, dashes);
    }

    private void paint(Series series, double to, Ink ink) {
        Arrays.fill(pixels, 0xFFFFFFFF);
        painter.paint(series, 0, to, SCALE, ink);
    }

    /** Ink in a part of a column, in whole pixels. */
    private double inkIn(int column, int fromRow, int toRow) {
        double sum = 0;
        for (int row = fromRow; row < toRow; row++) {
            sum += 1 - (pixels[row * WIDTH + column] & 0xFF) / 255.0;
        }
        return sum;
    }

    private static Series everyStep(int n, java.util.function.IntToDoubleFunction value) {
        Series series = Series.ofEveryStep();
        for (int i = 0; i < n; i++) {
            series.append(i, value.applyAsDouble(i));
        }
        return series;
    }

    @Test
    void aLevelLineIsAsThickAsAskedFor() {
        for (int n : new int[] {100, 100_000}) { // few points, many points
            paint(everyStep(n, i -> 50), n, ink(2));
            assertThat(inkIn(90, 0, HEIGHT)).as("%d points", n).isBetween(1.9, 2.1);
        }
    }

    @Test
    void aSlantingLineIsAsThickAsALevelOne() {
        for (int n : new int[] {101, 100_000}) {
            paint(everyStep(n, i -> 100.0 * i / n), n, ink(2)); // rises half a pixel a column
            assertThat(inkIn(90, 0, HEIGHT)).as("%d points", n).isBetween(2.0, 2.6); // 2.24 measured upright
        }
    }

    @Test
    void oneStepOfTenMillionIsSeen() {
        paint(everyStep(10_000_000, i -> i == 4_321_000 ? 95 : 10), 10_000_000, ink(2));
        assertThat(inkIn(86, 10, 80)).isGreaterThan(69);
        assertThat(inkIn(80, 10, 80)).isZero();
    }

    @Test
    void aSpikeInTheGapOfADashIsSeen() {
        float[] dashes = {10, 10};
        for (int at : new int[] {65, 75}) { // a dash and a gap
            paint(everyStep(100_000, i -> i == at * 500 + 250 ? 95 : 10), 100_000, ink(2, dashes));
            assertThat(inkIn(at, 10, 80)).as("column %d", at).isGreaterThan(20);
        }
        assertThat(inkIn(35, 0, HEIGHT)).as("a level line has gaps").isZero();
        assertThat(inkIn(45, 0, HEIGHT)).isGreaterThan(1.9);
    }

    @Test
    void fewPointsAreJoinedAndGapsAreNot() {
        Series series = Series.ofSomeSteps();
        series.append(10, 20);
        series.append(60, 80);
        series.append(100, Double.NaN);
        series.append(140, 50);
        paint(series, 200, ink(2));
        assertThat(inkIn(35, 45, 55)).as("in the middle of the line").isGreaterThan(1.5);
        assertThat(inkIn(80, 0, HEIGHT)).isZero();
        assertThat(inkIn(120, 0, HEIGHT)).isZero();
        assertThat(inkIn(140, 45, 55)).as("a single point is a dot").isGreaterThan(1.5);
        assertThat(inkIn(160, 0, HEIGHT)).isZero();
    }

    @Test
    void betweenFewPointsALogarithmicLineIsStraightOnTheScreen() {
        Series series = Series.ofSomeSteps();
        series.append(0, 1);
        series.append(200, 10_000);
        Arrays.fill(pixels, 0xFFFFFFFF);
        painter.paint(series, 0, 200, new ValueScale(1, 10_000, true), ink(2));
        assertThat(inkIn(100, 47, 53)).isGreaterThan(1.5);
    }

    @Test
    void infinityLeavesThePictureAtTheTop() {
        paint(everyStep(100_000, i -> i == 50_000 ? Double.POSITIVE_INFINITY : 10), 100_000, ink(2));
        assertThat(inkIn(100, 0, 80)).isEqualTo(80);
        paint(everyStep(20, i -> i == 10 ? Double.POSITIVE_INFINITY : 10), 20, ink(2));
        double atTheTop = 0;
        for (int column = 85; column < 100; column++) {
            atTheTop += inkIn(column, 0, 5);
        }
        assertThat(atTheTop).as("two pixels in each of five rows").isBetween(8.0, 12.0);
    }

    @Test
    void onALogarithmicAxisZeroIsBelowAll() {
        Arrays.fill(pixels, 0xFFFFFFFF);
        Series series = everyStep(100_000, i -> i % 1000 < 500 ? 0 : 10);
        painter.paint(series, 0, 100_000, new ValueScale(1, 100, true), ink(2));
        assertThat(inkIn(101, 45, 55)).isGreaterThan(1.5);
        paint(everyStep(1000, i -> 0), 1000, ink(2));
        Arrays.fill(pixels, 0xFFFFFFFF);
        painter.paint(everyStep(1000, i -> 0), 0, 1000, new ValueScale(1, 100, true), ink(2));
        assertThat(inkIn(100, 0, HEIGHT)).isZero();
    }

    @Test
    void theShadeIsBetweenItsEdges() {
        Arrays.fill(pixels, 0xFFFFFFFF);
        for (int n : new int[] {50, 100_000}) {
            painter.fill(everyStep(n, i -> 30), everyStep(n, i -> 70), 0, n, SCALE, 0, 0.2);
        }
        assertThat(inkIn(100, 0, 30)).isZero();
        assertThat(inkIn(100, 30, 70)).isBetween(14.0, 15.0); // twice 0.2: 0.36 of forty rows
        assertThat(inkIn(100, 70, 100)).isZero();
    }
}
