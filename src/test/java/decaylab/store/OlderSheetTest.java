package decaylab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Instrument;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an instrument took before it had all of its columns. */
class OlderSheetTest {
    @TempDir
    private Path folder;

    private final SampleLog sheet =
            SampleLog.ofLayers(List.of("dense1", "output")).sheet(Instrument.SHARES);

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("shares.csv"), text);
    }

    @Test
    void columnsThatItDidNotHaveStayEmpty() throws IOException {
        Path file = file("step,penalty_share,objective_share\n4,0.5,0.25\n9,,NaN\n");
        MetricsCsv.readSheet(file, sheet, 100, false);
        assertThat(sheet.rows()).isEqualTo(2);
        assertThat(sheet.value(Quantity.OBJECTIVE_SHARE, 0)).isEqualTo(0.25);
        assertThat(sheet.value(Quantity.PENALTY_SHARE, 0)).isEqualTo(0.5);
        assertThat(SampleLog.isEmpty(sheet.value(Quantity.DROWNED, 0))).isTrue();
        assertThat(SampleLog.isEmpty(sheet.value(Quantity.OBJECTIVE_SHARE, 1))).isFalse(); // a measured NaN
        assertThat(SampleLog.isEmpty(sheet.value(Quantity.PENALTY_SHARE, 1))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"step,share\n1,2\n", "drowned,step\n1,2\n", "step,drowned,drowned\n1,2,2\n"})
    void otherColumnsAreRefused(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> MetricsCsv.readSheet(file, sheet, 100, false))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("has other columns than its experiment's");
        assertThat(sheet.rows()).isZero();
    }
}
