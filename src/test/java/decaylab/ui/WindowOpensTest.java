package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.train.RunState;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void aClosedWindowTakesNoMemory() throws Exception {
        List<WeakReference<LabWindow>> closed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            closed.add(openAndClose());
        }
        // The toolkit may keep the last one, of which it remembers what had the focus.
        OpenLab.waitUntil(() -> {
            System.gc();
            return closed.stream().filter(window -> window.get() != null).count() <= 1;
        });
    }

    private WeakReference<LabWindow> openAndClose() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            return new WeakReference<>(lab.window());
        }
    }
}
