package decaylab.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0.005, 0.005",
        "5e-4, 5e-4",
        "1.0E-5, 1e-5",
        "1, 1",
        "1500, 1500",
        "1e6, 1000000",
        "1e9, 1e9",
        "-0.25, -0.25",
        "0, 0",
        "NaN, NaN",
        "Infinity, Infinity",
        "0.1234567, 0.1234567",
        "1.2345e-7, 1.2345e-7"
    })
    void exactNumbersAreShort(double value, String text) {
        assertThat(Numbers.exact(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Math.PI, 1e-300, 4.9e-324, 1.7976931348623157e308, 0.1, 1 / 3.0, -2e-5, 123456.789})
    void exactNumbersReadBackToTheSame(double value) {
        assertThat(Double.parseDouble(Numbers.exact(value))).isEqualTo(value);
    }

    @Test
    void roundedNumbersHaveFewDigits() {
        assertThat(Numbers.rounded(Math.PI, 3)).isEqualTo("3.14");
        assertThat(Numbers.rounded(0.000123456, 3)).isEqualTo("1.23e-4");
        assertThat(Numbers.rounded(Double.NaN, 3)).isEqualTo("NaN");
    }

    @Test
    void countsHaveCommas() {
        assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
    }

    @Test
    void aReadoutIsShort() {
        assertThat(Numbers.brief(4.2003e-4)).isEqualTo("4.2e-4");
        assertThat(Numbers.brief(-0.0012345)).isEqualTo("-1.23e-3");
        assertThat(Numbers.brief(13.70449)).isEqualTo("13.7");
        assertThat(Numbers.brief(0)).isEqualTo("0");
        assertThat(Numbers.brief(Double.NaN)).isEqualTo("NaN");
    }
}
