package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.train.RunState;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of synthetic gradients, with keys: there only for runs that have modules. */
class SyntheticWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private String text(String label) {
        return OpenLab.onFx(() -> lab.<Label>as(label).getText());
    }

    private void key() {
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT0).release(KeyCode.ALT);
    }

    private void start(String... settings) throws Exception {
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset("synthetic-gradients");
            Experiment base = lab.window().designer().experiment().get();
            Map<String, String> fields = new java.util.LinkedHashMap<>(Map.of("steps", "300"));
            for (String setting : settings) {
                fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
            }
            lab.window().designer().edit(new ExperimentYaml().with(base, fields));
            lab.window().actions().startExperiment();
        });
        OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
    }

    /** The distinct colours of a place on screen. */
    private long colours(String place) {
        return OpenLab.onFx(() -> {
            Node node = lab.find(place);
            WritableImage picture = node.snapshot(null, null);
            return java.util.stream.IntStream.range(0, (int) picture.getWidth())
                    .flatMap(x -> java.util.stream.IntStream.range(0, (int) picture.getHeight())
                            .map(y -> picture.getPixelReader().getArgb(x, y)))
                    .distinct()
                    .count();
        });
    }

    @Test
    void theTabIsThereForRunsWithModulesAlone() throws Exception {
        assertThat(OpenLab.onFx(() -> lab.find("#view-synthetic").getParent().isVisible()))
                .isFalse();
        key();
        assertThat(OpenLab.onFx(() -> lab.window().look().middle().get())).isNotEqualTo(MiddleView.SYNTHETIC);
        start("synthetic.at=middle", "synthetic.mode=synchronous");
        assertThat(OpenLab.onFx(() -> lab.find("#view-synthetic").getParent().isVisible()))
                .isTrue();
        key();
        assertThat(text("#syntheticMode")).startsWith("Synchronous: below each module");
        OpenLab.waitUntil(() -> !lab.window().synthetic().spans().get().isEmpty());
        assertThat(text("#syntheticTimelineCaption")).startsWith("Who works when: the quickest 4 of the last ");
        assertThat(OpenLab.onFx(() -> lab.window().synthetic().workers().get()))
                .containsExactly("Part 1: dense1 - dense3", "Part 2: dense4 - output");
        OpenLab.waitUntil(() -> lab.window().synthetic().hasPictures());
        assertThat(text("#syntheticReferenceNote")).startsWith("Run the same experiment with synthetic.at none");
        assertThat(colours("#syntheticTimeline")).isGreaterThan(4);
        assertThat(colours("#syntheticPictures")).isGreaterThan(50);
        start("synthetic.at=none");
        assertThat(OpenLab.onFx(() -> lab.find("#view-synthetic").getParent().isVisible()))
                .isFalse();
        assertThat(OpenLab.onFx(() -> lab.window().look().middle().get())).isEqualTo(MiddleView.CHARTS);
    }

    @Test
    void backPropagationFromTheSameStartStandsBesideIt() throws Exception {
        start("synthetic.at=none");
        start("synthetic.at=every", "synthetic.mode=unlocked");
        key();
        assertThat(text("#syntheticMode")).startsWith("Unlocked: each part on a thread of its own");
        OpenLab.waitUntil(() -> lab.window().synthetic().hasPictures());
        assertThat(text("#syntheticReferenceNote")).isEmpty();
        assertThat(text("#syntheticPicturesCaption")).startsWith("Dissimilarity of 200 test points sorted by class");
    }
}
