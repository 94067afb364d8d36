package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.optim.MatrixNorm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityBoundTest {
    private static final MatrixNorm L1_INF = new MatrixNorm(1, Double.POSITIVE_INFINITY);

    private static CapacityBound bound(MatrixNorm norm, int depth, int width, double radius) {
        float[] inputs = new float[1000 * 20];
        Arrays.fill(inputs, 1);
        double[] radii = new double[depth];
        int[] widths = new int[depth];
        Arrays.fill(radii, radius);
        Arrays.fill(widths, width);
        return CapacityBound.of(norm, radii, widths, 1, inputs, 20);
    }

    /** Depth alone, under a root. */
    @ParameterizedTest
    @CsvSource({"1, 0.1237", "2, 0.1391", "4, 0.1609", "8, 0.1918", "16, 0.2354", "32, 0.2971"})
    void absoluteSumsOfOneLeaveTheRootOfTheDepth(int depth, double value) {
        assertThat(bound(L1_INF, depth, 64, 1).value()).isCloseTo(value, within(5e-5));
        assertThat(bound(L1_INF, depth, 4096, 1).value())
                .isEqualTo(bound(L1_INF, depth, 64, 1).value());
    }

    /** X6: with p = 2 and q = infinity a layer's factor grows with the root of its width. */
    @Test
    void widthEntersAsItsExponentSays() {
        MatrixNorm maxNorm = new MatrixNorm(2, Double.POSITIVE_INFINITY);
        double ratio =
                bound(maxNorm, 2, 256, 3).value() / bound(maxNorm, 2, 64, 3).value();
        assertThat(ratio).isCloseTo((1 + 9 * 256.0) / (1 + 9 * 64.0), within(1e-12));
        MatrixNorm frobenius = new MatrixNorm(2, 2);
        assertThat(bound(frobenius, 2, 256, 3).value())
                .isEqualTo(bound(frobenius, 2, 64, 3).value());
    }
}
