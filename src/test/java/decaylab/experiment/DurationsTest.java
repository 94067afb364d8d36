package decaylab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0.4, 0 s", "59.4, 59 s", "59.6, 1 min 00 s", "185, 3 min 05 s", "7800, 2 h 10 min"})
    void durationsAreWords(double seconds, String words) {
        assertThat(Durations.inWords(seconds)).isEqualTo(words);
    }
}
