package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text that is laid out by two threads at a time, as by labels and by a canvas. */
class TextLayoutsWindowTest {
    private static final int TEXTS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void twoThreadsLayTextOutAtATime() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            assertThat(lab.stage().isShowing()).isTrue();
            Callable<Double> work = () -> {
                double widest = 0;
                for (int i = 0; i < TEXTS; i++) {
                    Text text = new Text("word " + i + " \u0627\u0644\u0648\u0632\u0646 and another");
                    text.setFont(Font.font("Inter", 10 + i % 7));
                    widest = Math.max(widest, text.getLayoutBounds().getWidth());
                }
                return widest;
            };
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<Double> widths = new ArrayList<>();
                for (Future<Double> each : threads.invokeAll(List.of(work, work))) {
                    widths.add(each.get());
                }
                assertThat(widths.get(0)).isPositive().isEqualTo(widths.get(1));
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
