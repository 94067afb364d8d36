package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final Figures FIGURES = new Figures(Map.of(
            "a", List.of(Map.of("x", 1.0), Map.of("x", 6.0)),
            "b", List.of(Map.of("x", 2.0), Map.of("x", 3.0))));

    @Test
    void ratiosAreTakenSeedBySeed() {
        assertThat(FIGURES.of("a", "x")).containsExactly(1, 6);
        assertThat(FIGURES.ratios("a", "b", "x")).containsExactly(0.5, 2);
        assertThat(FIGURES.differences("a", "b", "x")).containsExactly(-1, 3);
        assertThat(FIGURES.mean("a", "x")).isEqualTo(3.5);
        assertThat(FIGURES.of("a", "x")).containsExactly(1, 6);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> FIGURES.of("c", "x")).hasMessageContaining("arm c");
        assertThatThrownBy(() -> FIGURES.of("a", "y")).hasMessageContaining("figure y");
    }
}
