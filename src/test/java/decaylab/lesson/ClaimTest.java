package decaylab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What claims say of logs, and the sentences for those that say nothing. */
class ClaimTest {
    /** Norms 4, 3, 5, 7 after steps 1 to 4; accuracy after step 2 alone. */
    private static SampleLog log() {
        SampleLog log = new SampleLog(
                List.of(Metric.of(Quantity.STEP), Metric.of(Quantity.NORM), Metric.of(Quantity.TEST_ACCURACY)));
        log.append(new double[] {1, 4, SampleLog.EMPTY});
        log.append(new double[] {2, 3, 0.5});
        log.append(new double[] {3, 5, SampleLog.EMPTY});
        log.append(new double[] {4, 7, SampleLog.EMPTY});
        return log;
    }

    private static double left(String side) {
        return Claim.parse(side + " > 0").left(Map.of("a", log()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "norm.first(a); 4",
                "norm.end(a); 7",
                "norm.at(a, 3); 5",
                "norm.at(a, 100); 7",
                "norm.mean(a, 2, 4); 5",
                "norm.mean(a, 2, 3); 4",
                "norm.min(a, 1, 4); 3",
                "norm.max(a, 1, 3); 5",
                "test_accuracy.end(a); 0.5",
                "test_accuracy.at(a, 3); 0.5",
                "step.end(a); 4"
            })
    void valuesOfALog(String side, double value) {
        assertThat(left(side)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "1 + 2 * 3, 7",
        "(1 + 2) * 3, 9",
        "8 / 4 / 2, 1",
        "5 - 2 - 1, 2",
        "-2 * 3, -6",
        "2 * -3, -6",
        "1.5e-3 * 1e3, 1.5",
        "2 * norm.end(a) - 1, 13"
    })
    void sumsAndProducts(String side, double value) {
        assertThat(left(side)).isCloseTo(value, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({">=, true, true, false", "<=, false, true, true", ">, true, false, false", "<, false, false, true"})
    void comparisons(String relation, boolean more, boolean equal, boolean less) {
        Claim claim = Claim.parse("1 " + relation + " 1");
        assertThat(claim.holds(2, 1)).isEqualTo(more);
        assertThat(claim.holds(1, 1)).isEqualTo(equal);
        assertThat(claim.holds(1, 2)).isEqualTo(less);
        assertThat(claim.holds(Double.NaN, 1)).isFalse();
        assertThat(claim.holds(1, Double.NaN)).isFalse();
    }

    @Test
    void aValueThatIsNotThereIsNaN() {
        assertThat(left("norm.mean(a, 10, 20)")).isNaN();
        assertThat(left("test_accuracy.at(a, 1)")).isNaN();
    }

    @Test
    void runsAndText() {
        Claim claim = Claim.parse("norm.end(one) >= 2 * norm.at(two, 3)");
        assertThat(claim.runs()).containsExactlyInAnyOrder("one", "two");
        assertThat(claim).hasToString("norm.end(one) >= 2 * norm.at(two, 3)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1 > ",
                "1 = 2",
                "1 > 2 > 3",
                "1 > 2 3",
                "(1 > 2",
                "1 > (2",
                "norm > 1",
                "norm.last(a) > 1",
                "norm.end > 1",
                "norm.end() > 1",
                "norm.end(a, 3) > 1",
                "norm.at(a) > 1",
                "norm.at(a, b) > 1",
                "norm.at(a, 1.5) > 1",
                "norm.mean(a, 3) > 1",
                "norm.end(a > 1",
                "norm.end(a) > 1 %"
            })
    void whatIsNoClaim(String text) {
        assertThatThrownBy(() -> Claim.parse(text))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("The claim '" + text + "' cannot be read: ")
                .hasMessageEndingWith(".")
                .hasMessageNotContainingAny("\n", "null");
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> left("nrom.end(a)"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("there is no column nrom")
                .hasMessageContaining("norm");
        assertThatThrownBy(() -> left("norm.end(b)")).hasMessageContaining("there is no run b");
    }
}
