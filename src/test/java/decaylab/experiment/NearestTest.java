package decaylab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "seed, seed, 0",
        "sede, seed, 1",
        "learninRate, learningRate, 1",
        "kitten, sitting, 3",
        "'', abc, 3",
        "abc, '', 3",
        "ca, abc, 3",
    })
    void distanceCountsWhatATypistDoes(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void whatWasMeantIsOffered() {
        List<String> kinds = List.of("sgd", "heavy-ball", "nesterov", "adam");
        assertThat(Nearest.hint("Adam", kinds)).isEqualTo(" (did you mean adam?)");
        assertThat(Nearest.hint("nestorov", kinds)).isEqualTo(" (did you mean nesterov?)");
        assertThat(Nearest.hint("heavy", kinds)).isEqualTo(" (did you mean heavy-ball?)");
        assertThat(Nearest.hint("of", List.of("auto", "on", "off"))).isEqualTo(" (did you mean off?)");
        assertThat(Nearest.hint("no", List.of("l2", "none"))).isEqualTo(" (did you mean none?)");
    }

    @Test
    void whatIsFarFromEverythingGetsNoOffer() {
        assertThat(Nearest.hint("rmsprop", List.of("sgd", "adam"))).isEmpty();
        assertThat(Nearest.hint("xy", List.of("l2", "on"))).isEmpty();
        assertThat(Nearest.hint("", List.of("on", "off"))).isEmpty();
        assertThat(Nearest.hint("a", List.of())).isEmpty();
    }
}
