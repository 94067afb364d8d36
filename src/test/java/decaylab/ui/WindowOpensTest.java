package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.train.RunState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest look at the window; other Java versions than the build's run this test alone. */
class WindowOpensTest {
    @TempDir
    private Path folder;

    @Test
    void theFirstExperimentIsReadyToPlayAndEveryChartPainted() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            assertThat(lab.stage().isShowing()).isTrue();
            assertThat(lab.stage().getTitle()).startsWith("Decay Lab");
            assertThat(lab.state()).isEqualTo(RunState.PAUSED);
            OpenLab.waitUntil(() -> lab.window().board().frames() > 0);
        }
    }
}
