package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FairComparisonTest {
    @Test
    void lossesWithinAFactorOfTwoMayBeCompared() {
        assertThat(FairComparison.of(0.0013, 0.0026))
                .isEqualTo(new FairComparison(
                        true,
                        "The training losses, 0.00130 and 0.00260, are within a factor of 2, so the measures may be "
                                + "compared."));
        assertThat(FairComparison.of(2, 1).fair()).isTrue();
        assertThat(FairComparison.of(0, 0).fair()).isTrue();
    }

    @Test
    void othersMayNot() {
        assertThat(FairComparison.of(1, 2.001).fair()).isFalse();
        assertThat(FairComparison.of(2.001, 1).fair()).isFalse();
        assertThat(FairComparison.of(0, 1e-9).fair()).isFalse();
        assertThat(FairComparison.of(0.05, 0.001).sentence())
                .isEqualTo(
                        "The training losses, 0.0500 and 0.00100, differ by more than a factor of 2, so the measures "
                                + "may not be compared: most shrink with the loss.");
    }

    @Test
    void lossesThatAreNotFiniteCompareWithNothing() {
        assertThat(FairComparison.of(Double.NaN, Double.NaN).fair()).isFalse();
        assertThat(FairComparison.of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
                        .sentence())
                .contains("not both finite");
    }
}
