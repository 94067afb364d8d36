package decaylab.ui.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogScaleTest {
    private final LogScale scale = new LogScale(-6, 0);

    @Test
    void itsFirstPlaceIsExactlyZero() {
        assertThat(scale.value(scale.min())).isZero();
        assertThat(scale.value(-6.6)).isZero();
        assertThat(scale.value(-6.4)).isEqualTo(1e-6);
        assertThat(scale.position(0)).isEqualTo(scale.min());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 5e-4, 0.005, 0.0123, 0.1, 1})
    void placesAndValuesAgree(double value) {
        assertThat(scale.value(scale.position(value))).isEqualTo(value);
    }

    @Test
    void whatLiesBeyondStandsAtTheEnd() {
        assertThat(scale.position(50)).isEqualTo(0);
        assertThat(scale.position(1e-9)).isEqualTo(-6);
        assertThat(scale.position(Double.NaN)).isEqualTo(scale.min());
    }

    @Test
    void aDecadeIsAUnit() {
        assertThat(scale.position(0.01) - scale.position(0.001)).isEqualTo(1, within(1e-12));
    }
}
