package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.environment.EnvironmentKind;
import decaylab.train.RunState;
import decaylab.train.Scene;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment in the window, with keys. */
class EnvironmentWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT6).release(KeyCode.ALT);
        assertThat(OpenLab.onFx(() -> lab.window().look().middle().get())).isEqualTo(MiddleView.ENVIRONMENT);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private String text(String label) {
        return OpenLab.onFx(() -> lab.<Label>as(label).getText());
    }

    private Scene scene() {
        return OpenLab.onFx(() -> lab.window().world().scene().get());
    }

    private void start(String preset) throws Exception {
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset(preset);
            lab.window().actions().startExperiment();
        });
        OpenLab.waitUntil(() -> lab.state() == RunState.RUNNING || lab.state() == RunState.FINISHED);
    }

    @Test
    void saysThatNothingActsWhereARunLearnsFromADataSet() {
        assertThat(text("#worldWaiting")).startsWith("Nothing acts here");
        assertThat(OpenLab.onFx(() -> lab.<ToggleButton>as("#worldBest").isDisabled()))
                .isTrue();
        lab.robot().type(KeyCode.B);
        assertThat(OpenLab.onFx(() -> lab.window().world().showingBest().get())).isFalse();
    }

    @Test
    void theGridIsDrawnWhileItIsLearnedAndThenItsBestPolicy() throws Exception {
        start("grid-world");
        OpenLab.waitUntil(() -> scene() != null && scene().update() > 300);
        assertThat(scene().kind()).isEqualTo(EnvironmentKind.GRID_WORLD);
        assertThat(text("#worldCaption")).startsWith("Learning, update ");
        assertThat(text("#worldValues")).startsWith("The stronger the blue");
        OpenLab.waitUntil(() -> lab.window().world().bestKnown().get());
        lab.robot().type(KeyCode.B);
        OpenLab.waitUntil(() -> text("#worldCaption").startsWith("Best policy, of update "));
        OpenLab.waitUntil(() -> scene().stepOfEpisode() > 0);
        lab.robot().type(KeyCode.B);
        OpenLab.waitUntil(() -> text("#worldCaption").startsWith("Learning, update "));
    }

    @Test
    void theInsideIsRefusedWithASentence() throws Exception {
        start("cart-pole");
        OpenLab.waitUntil(() -> scene() != null);
        assertThat(scene().kind()).isEqualTo(EnvironmentKind.CART_POLE);
        assertThat(text("#worldValues")).startsWith("Values of the actions: push to the left ");
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT3).release(KeyCode.ALT);
        OpenLab.waitUntil(() -> text("#inspectNote").startsWith("The current run acts in an environment."));
        assertThat(text("#inspectRefusal")).startsWith("The current run acts in an environment.");
    }
}
