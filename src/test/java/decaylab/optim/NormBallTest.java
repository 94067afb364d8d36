package decaylab.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NormBallTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final int ROWS = 7;

    /** A = [[1,-2],[2,0],[-2,1]], column after column. */
    private static final double[] A = {1, 2, -2, -2, 0, 1};

    @ParameterizedTest
    @CsvSource({
        "1, Infinity, 5",
        "1, 1, 8",
        "2, 2, 3.7416573867739413",
        "2, Infinity, 3",
        "2, 1, 5.23606797749979",
        "Infinity, 1, 4",
        "3, 2, 3.307300671148629"
    })
    void normsOfAMatrix(double p, double q, double norm) {
        assertThat(new MatrixNorm(p, q).of(A, 3)).isCloseTo(norm, within(1e-14));
    }

    @Test
    void widthMattersOnlyWhereQIsAboveTheDualExponent() {
        assertThat(new MatrixNorm(1, INF).widthExponent()).isZero();
        assertThat(new MatrixNorm(2, 2).widthExponent()).isZero();
        assertThat(new MatrixNorm(2, INF).widthExponent()).isEqualTo(0.5);
        assertThat(new MatrixNorm(1.5, 6).widthExponent()).isCloseTo(1 / 3.0 - 1 / 6.0, within(1e-15));
    }

    @Test
    void aColumnGoesOntoTheBallOfAbsoluteSums() {
        double[] column = {3, -1, 0.5};
        NormBall.L1_INF.project(column, 3, 2);
        assertThat(column).containsExactly(new double[] {2, 0, 0}, within(1e-15));
        double[] other = {0.6, -0.5, 0.4, 0.1};
        NormBall.L1_INF.project(other, 4, 1);
        assertThat(other).containsExactly(new double[] {0.43333333, -0.33333333, 0.23333333, 0}, within(1e-8));
    }

    @ParameterizedTest
    @EnumSource(NormBall.class)
    void theNearestMatrixIsOnTheBallAndIsTheNearest(NormBall ball) {
        double radius = 1.5;
        double[] given = random(1, 3);
        double[] nearest = given.clone();
        ball.project(nearest, ROWS, radius);
        assertThat(ball.norm().of(nearest, ROWS)).isCloseTo(radius, within(1e-9));
        double[] again = nearest.clone();
        ball.project(again, ROWS, radius * (1 + 1e-12));
        assertThat(again).containsExactly(nearest);
        // Of a convex set: the given point lies behind the nearest as seen from every other.
        for (int seed = 2; seed < 200; seed++) {
            double[] other = random(seed, 1);
            double size = ball.norm().of(other, ROWS);
            double towards = 0;
            for (int i = 0; i < given.length; i++) {
                towards += (given[i] - nearest[i]) * (other[i] * radius / size - nearest[i]);
            }
            assertThat(towards).isLessThan(1e-9);
        }
    }

    @ParameterizedTest
    @EnumSource(NormBall.class)
    void whatIsInsideStaysToTheBit(NormBall ball) {
        double[] given = random(3, 0.01);
        double[] projected = given.clone();
        ball.project(projected, ROWS, 10);
        assertThat(projected).containsExactly(given);
        double[] zeros = new double[2 * ROWS];
        ball.project(zeros, ROWS, 1e-300);
        assertThat(zeros).containsOnly(0);
    }

    private static double[] random(int seed, double size) {
        CounterRandom random = CounterRandom.of(seed, "ball");
        double[] values = new double[5 * ROWS];
        Arrays.setAll(values, i -> size * random.nextGaussian());
        return values;
    }
}
