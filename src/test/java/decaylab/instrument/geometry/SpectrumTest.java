package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.optim.ParameterBlock;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;

/** Matrices whose singular values are known. */
class SpectrumTest {
    @Test
    void ofADiagonalMatrixItIsTheDiagonal() {
        double[] values = new double[3 * 5];
        values[0] = -2;
        values[6] = 7;
        values[12] = 1e-3;
        Spectrum spectrum = Spectrum.of(values, 3, 5);
        assertThat(spectrum.singularValues()).containsExactly(new double[] {7, 2, 1e-3}, offset(1e-11));
        assertThat(spectrum.spectralNorm()).isCloseTo(7, within(1e-13));
        assertThat(spectrum.frobeniusNorm()).isCloseTo(Math.sqrt(53 + 1e-6), within(1e-13));
        assertThat(spectrum.stableRank()).isCloseTo((53 + 1e-6) / 49, within(1e-13));
    }

    @Test
    void ofAnOrthogonalMatrixAllAreOne() {
        int n = 64; // Householder's reflection
        double[] v = SmallNetworks.direction(n);
        double square = Products.dot(v, v);
        double[] values = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                values[i * n + j] = (i == j ? 1 : 0) - 2 * v[i] * v[j] / square;
            }
        }
        Spectrum spectrum = Spectrum.of(values, n, n);
        assertThat(Arrays.stream(spectrum.singularValues()).allMatch(s -> Math.abs(s - 1) < 1e-13))
                .isTrue();
        assertThat(spectrum.stableRank()).isCloseTo(n, within(1e-11));
    }

    @Test
    void ofRankOneThereIsOneSingularValue() {
        double[] u = SmallNetworks.direction(30);
        double[] values = new double[20 * 30];
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 30; j++) {
                values[i * 30 + j] = (i + 1) * u[j];
            }
        }
        Spectrum spectrum = Spectrum.of(values, 20, 30);
        double expected = Math.sqrt(20 * 21 * 41 / 6.0) * SmallNetworks.norm(u);
        assertThat(spectrum.spectralNorm()).isCloseTo(expected, within(1e-13 * expected));
        assertThat(spectrum.singularValues()[1]).isLessThan(1e-7 * expected);
        assertThat(spectrum.stableRank()).isCloseTo(1, within(1e-12));
    }

    @Test
    void tallAndWideAgreeWithALibrarysDecomposition() {
        double[] values = SmallNetworks.direction(40 * 25);
        double[][] rows = new double[40][];
        double[] turned = new double[40 * 25];
        for (int i = 0; i < 40; i++) {
            rows[i] = Arrays.copyOfRange(values, i * 25, (i + 1) * 25);
            for (int j = 0; j < 25; j++) {
                turned[j * 40 + i] = rows[i][j];
            }
        }
        double[] expected = new SingularValueDecomposition(new Array2DRowRealMatrix(rows)).getSingularValues();
        assertThat(Spectrum.of(values, 40, 25).singularValues()).containsExactly(expected, offset(1e-12));
        assertThat(Spectrum.of(turned, 25, 40).singularValues()).containsExactly(expected, offset(1e-12));
    }

    @Test
    void weightsWhoseSquaresAreNoDoubleHaveASpectrumAllTheSame() {
        assertThat(Spectrum.of(new double[] {3e-200, 0, 0, 4e-200}, 2, 2).singularValues())
                .containsExactly(new double[] {4e-200, 3e-200}, offset(1e-213));
        assertThat(Spectrum.of(new double[] {3e200, 0, 0, 4e200}, 2, 2).frobeniusNorm())
                .isCloseTo(5e200, within(1e187));
    }

    @Test
    void weightsThatAreNotFiniteHaveNone() {
        assertThat(Spectrum.of(new double[] {1, Double.NaN, 0, 1}, 2, 2).singularValues())
                .containsOnly(Double.NaN);
        assertThat(Spectrum.of(new double[] {1, Double.POSITIVE_INFINITY, 0, 1}, 2, 2)
                        .stableRank())
                .isNaN();
    }

    @Test
    void weightsOfZeroHaveNoStableRank() {
        Spectrum none = Spectrum.of(new double[6], 2, 3);
        assertThat(none.singularValues()).containsExactly(0, 0);
        assertThat(none.frobeniusNorm()).isZero();
        assertThat(none.stableRank()).isNaN();
    }

    /** Kernels are a row for each channel. */
    @Test
    void ofALayerTheRowsAreItsOutputs() {
        SmallNetworks.Point point =
                SmallNetworks.point(SmallNetworks.all(Activation.RELU).get(1));
        ParameterBlock block = point.layout().weights().get(1);
        Spectrum spectrum = Spectrum.of(block, point.parameters());
        assertThat(spectrum.singularValues()).hasSize(4);
        double[] weights = WeightSet.of(point.layout(), block::equals).gather(point.parameters());
        assertThat(spectrum.frobeniusNorm()).isCloseTo(SmallNetworks.norm(weights), within(1e-12));
        assertThat(spectrum.singularValues())
                .containsExactly(Spectrum.of(weights, 4, 27).singularValues());
    }
}
