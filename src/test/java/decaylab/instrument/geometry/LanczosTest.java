package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Matrices whose eigenvalues are known. */
class LanczosTest {
    private static SymmetricOperator diagonal(int dimension, IntToDoubleFunction value) {
        return new SymmetricOperator() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public void apply(double[] vector, double[] into) {
                for (int i = 0; i < dimension; i++) {
                    into[i] = value.applyAsDouble(i) * vector[i];
                }
            }
        };
    }

    @Test
    void largestIsMeantAlgebraically() {
        Lanczos.Result found = new Lanczos(1, 20, 300, 1e-10).largest(diagonal(500, i -> 3 - i), i -> {});
        assertThat(found.eigenvalue()).isCloseTo(3, within(1e-8));
        assertThat(found.converged()).isTrue();
        assertThat(new Lanczos(1, 20, 100, 1e-10)
                        .largest(diagonal(50, i -> -2 - i), i -> {})
                        .eigenvalue())
                .isCloseTo(-2, within(1e-9));
    }

    @Test
    void endsWhereTheDimensionIsExhausted() {
        AtomicInteger told = new AtomicInteger();
        Lanczos.Result found = new Lanczos(1, 20, 100, 0).largest(diagonal(5, i -> i), told::set);
        assertThat(found.iterations()).isEqualTo(5);
        assertThat(told).hasValue(5);
        assertThat(found.eigenvalue()).isCloseTo(4, within(1e-13));
        // Two eigenvalues span all that a start can reach.
        Lanczos.Result few = new Lanczos(1, 20, 100, 0).largest(diagonal(300, i -> i % 2), i -> {});
        assertThat(few.iterations()).isLessThanOrEqualTo(3);
        assertThat(few.eigenvalue()).isCloseTo(1, within(1e-13));
    }

    @Test
    void goesOnUntilTheToleranceButNoLessThanAsked() {
        SymmetricOperator matrix = diagonal(2_000, i -> 1.0 / (1 + i));
        assertThat(new Lanczos(1, 20, 200, 0.5).largest(matrix, i -> {}).iterations())
                .isEqualTo(20);
        Lanczos.Result fine = new Lanczos(1, 2, 200, 1e-9).largest(matrix, i -> {});
        assertThat(fine.residual()).isLessThanOrEqualTo(1e-9);
        assertThat(fine.iterations()).isBetween(3, 60);
        Lanczos.Result cut = new Lanczos(1, 2, 4, 1e-9).largest(matrix, i -> {});
        assertThat(cut.iterations()).isEqualTo(4);
        assertThat(cut.converged()).isFalse();
        assertThat(Math.abs(cut.eigenvalue() - 1)).isLessThanOrEqualTo(cut.residual());
    }

    /** Without reorthogonalisation those that are large would be found again and again, and others not at all. */
    @Test
    void everyEigenvalueIsFoundWhereItRunsToTheEnd() {
        Lanczos.Result found =
                new Lanczos(1, 60, 60, 0).largest(diagonal(60, i -> i < 30 ? -Math.pow(2, i) : 1 + 0.01 * i), i -> {});
        assertThat(found.iterations()).isEqualTo(60);
        assertThat(found.eigenvalue()).isCloseTo(1.59, within(1e-6));
    }

    @Test
    void aProductThatIsNotFiniteGivesNoNumber() {
        Lanczos.Result found = new Lanczos(1, 5, 10, 0).largest(diagonal(7, i -> i == 3 ? Double.NaN : 1), i -> {});
        assertThat(found.eigenvalue()).isNaN();
        assertThat(found.converged()).isFalse();
    }

    @Test
    void theSeedDecides() {
        SymmetricOperator matrix = diagonal(2_000, i -> 1.0 / (1 + i));
        double one = new Lanczos(1, 3, 3, 0).largest(matrix, i -> {}).eigenvalue();
        assertThat(new Lanczos(1, 3, 3, 0).largest(matrix, i -> {}).eigenvalue())
                .isEqualTo(one);
        assertThat(new Lanczos(2, 3, 3, 0).largest(matrix, i -> {}).eigenvalue())
                .isNotEqualTo(one);
    }
}
