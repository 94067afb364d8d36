package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.instrument.geometry.GeneralizationMetric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
    /** A run with a norm and a kF. */
    private static Scoreboard.Entry entry(double accuracy, long group, double norm, double kF) {
        Map<GeneralizationMetric, Double> values = new EnumMap<>(GeneralizationMetric.class);
        values.put(GeneralizationMetric.NORM, norm);
        values.put(GeneralizationMetric.K_FISHER, kF);
        return new Scoreboard.Entry(accuracy, group, values);
    }

    private static Scoreboard.Row row(List<Scoreboard.Entry> entries, GeneralizationMetric metric) {
        return Scoreboard.of(entries).stream()
                .filter(row -> row.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    /** Of the six pairs of four runs one is in the wrong order: (5 - 1) / 6. */
    @Test
    void tauCountsPairsInOrder() {
        List<Scoreboard.Entry> entries =
                List.of(entry(0.1, 1, 1, 9), entry(0.2, 2, 2, 8), entry(0.3, 3, 4, 7), entry(0.4, 4, 3, 6));
        assertThat(row(entries, GeneralizationMetric.NORM).tau()).isCloseTo(-4.0 / 6, within(1e-12));
        assertThat(row(entries, GeneralizationMetric.K_FISHER).tau()).isCloseTo(1, within(1e-12));
        assertThat(row(entries, GeneralizationMetric.K_FISHER).low()).isCloseTo(1, within(1e-12));
    }

    @Test
    void theIntervalHoldsTauAndNarrowsWithMoreGroups() {
        List<Scoreboard.Entry> few = new ArrayList<>();
        List<Scoreboard.Entry> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Scoreboard.Entry entry = entry(i + (i % 3) * 8, i, 1, -i);
            many.add(entry);
            if (i < 12) {
                few.add(entry);
            }
        }
        Scoreboard.Row narrow = row(many, GeneralizationMetric.K_FISHER);
        Scoreboard.Row wide = row(few, GeneralizationMetric.K_FISHER);
        for (Scoreboard.Row row : List.of(narrow, wide)) {
            assertThat(row.tau()).isBetween(row.low(), row.high());
        }
        assertThat(narrow.high() - narrow.low()).isLessThan(0.6 * (wide.high() - wide.low()));
        assertThat(Scoreboard.of(few)).isEqualTo(Scoreboard.of(few));
    }

    @Test
    void whatCannotBeRankedIsSaid() {
        List<Scoreboard.Entry> entries = List.of(entry(0.1, 1, 1, Double.NaN), entry(0.2, 2, 2, 3));
        assertThat(row(entries, GeneralizationMetric.K_FISHER).tau()).isNaN();
        assertThat(row(entries, GeneralizationMetric.K_FISHER).runs()).isEqualTo(1);
        assertThat(row(entries, GeneralizationMetric.FISHER).runs()).isZero();
        assertThat(row(List.of(), GeneralizationMetric.NORM).low()).isNaN();
    }

    @Test
    void theTableHasRawAndInvariantMeasuresSideBySide() {
        Table table = Scoreboard.table("Some", Scoreboard.of(List.of(entry(0.1, 1, 1, 2), entry(0.2, 1, 2, 1))));
        assertThat(table.rows()).hasSize(11);
        assertThat(table.rows().get(0)).startsWith("norm", "-1.00 [-1.00, -1.00]", "kF", "+1.00 [+1.00, +1.00]");
        assertThat(table.rows().get(10)).endsWith("", "");
    }
}
