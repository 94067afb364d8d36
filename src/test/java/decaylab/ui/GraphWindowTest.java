package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.train.RunState;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph in the window, with keys. */
class GraphWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private String text(String label) {
        return OpenLab.onFx(() -> lab.<Label>as(label).getText());
    }

    private void show() {
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
        lab.robot().press(KeyCode.ALT).type(KeyCode.G).release(KeyCode.ALT);
    }

    private MiddleView shown() {
        return OpenLab.onFx(() -> lab.window().look().middle().get());
    }

    private void start(String preset) throws Exception {
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset(preset);
            lab.window().actions().startExperiment();
        });
        OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
    }

    @Test
    void theGraphIsThereForRunsOnGraphsAlone() throws Exception {
        Node button = lab.find("#view-graph").getParent();
        assertThat(OpenLab.onFx(button::isVisible)).isFalse();
        show();
        assertThat(shown()).isNotEqualTo(MiddleView.GRAPH);

        start("graph");
        OpenLab.waitUntil(button::isVisible);
        show();
        assertThat(shown()).isEqualTo(MiddleView.GRAPH);
        OpenLab.waitUntil(() -> text("#graphCaption").startsWith("Step 150: "));
        assertThat(text("#graphWaiting")).isEmpty();
        assertThat(text("#graphIdentity"))
                .startsWith("Theorem: the two gradients differ by ")
                .contains("e-1");
        // All four classes are there in their colours, and crosses and rings in that of ink.
        WritableImage picture = OpenLab.onFx(() -> lab.find("#graphPicture").snapshot(null, null));
        for (int c = 0; c < 4; c++) {
            assertThat(pixels(picture, Palette.colour(c, Theme.LIGHT)))
                    .as("class %d", c)
                    .isGreaterThan(150);
        }

        // Hop by hop, with the keyboard: at hop 0 only the labelled nodes are known.
        OpenLab.onFx(() -> lab.find("#graphEdgeNoise").requestFocus());
        lab.robot().press(KeyCode.SHIFT).type(KeyCode.TAB).release(KeyCode.SHIFT);
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> text("#graphCaption").startsWith("0 of 340 test nodes right by label propagation"));
        assertThat(text("#graphCaption")).endsWith("has reached 380 nodes yet.");
        assertThat(text("#graphHopText")).isEqualTo("hop 0 of 10");
        lab.robot().type(KeyCode.TAB); // to the hops, which were not to be chosen before
        lab.robot().type(KeyCode.RIGHT).type(KeyCode.RIGHT).type(KeyCode.RIGHT);
        OpenLab.waitUntil(() -> text("#graphHopText").equals("hop 3 of 10"));
        assertThat(text("#graphCaption")).endsWith("has reached 0 nodes yet.");

        // A run on other data has no graph, and the view goes with its button.
        start("early-decay");
        OpenLab.waitUntil(() -> shown() == MiddleView.CHARTS);
        assertThat(OpenLab.onFx(button::isVisible)).isFalse();
    }

    private static long pixels(WritableImage picture, int rgb) {
        long found = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                found += (picture.getPixelReader().getArgb(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void noiseStartsAnotherRunOnceItIsMeant() throws Exception {
        start("label-propagation");
        show();
        OpenLab.waitUntil(() -> text("#graphCaption").startsWith("Step 10: "));
        assertThat(text("#graphIdentity")).isEqualTo("Nothing is trained here, so there are no gradients to compare.");
        int before = OpenLab.onFx(() -> lab.window().session().runs().size());
        OpenLab.onFx(() -> lab.<Slider>as("#graphEdgeNoise").requestFocus());
        lab.robot().type(KeyCode.RIGHT).type(KeyCode.RIGHT).type(KeyCode.RIGHT).type(KeyCode.RIGHT);
        OpenLab.waitUntil(() ->
                lab.window().session().current().get().experiment().graph().edgeNoise() > 0.1);
        OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
        assertThat(OpenLab.onFx(() -> lab.window().session().runs().size())).isEqualTo(before + 1);
        assertThat(OpenLab.onFx(() -> lab.window().session().current().get().name()))
                .isEqualTo("edge noise 0.2, label noise 0");
        OpenLab.waitUntil(() -> text("#graphCaption").startsWith("Step 10: "));
        assertThat(shown()).isEqualTo(MiddleView.GRAPH);
    }
}
