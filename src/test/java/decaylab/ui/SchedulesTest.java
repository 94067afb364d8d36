package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.DecayLayers;
import decaylab.experiment.Experiment;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.schedule.Schedule;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import decaylab.ui.run.MiddleView;
import decaylab.ui.run.RunEntry;
import java.nio.file.Path;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The editor of schedules, with mouse and keys. */
class SchedulesTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.stage().requestFocus());
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT2).release(KeyCode.ALT);
        OpenLab.waitUntil(() -> lab.window().look().middle().get() == MiddleView.SCHEDULES);
        OpenLab.waitUntil(() -> !lab.find("#mask-dense1").isDisabled());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private RunEntry current() {
        return OpenLab.onFx(() -> lab.window().session().current().get());
    }

    private Experiment described() {
        return OpenLab.onFx(() -> lab.window().designer().experiment().get());
    }

    private void train(long steps) throws Exception {
        long until = current().log().rows() + steps;
        OpenLab.onFx(() -> lab.window().session().play());
        OpenLab.waitUntil(() -> current().log().rows() >= until);
        OpenLab.onFx(() -> lab.window().session().pause());
        OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
    }

    private static double decay(RunEntry run, long row) {
        return run.log().value(run.log().place(Metric.of(Quantity.DECAY)).orElseThrow(), row);
    }

    /** Draws across a track, between two shares of its width. */
    private void draw(String track, double from, double to, double height) {
        Node pane = lab.find(track);
        Bounds bounds = OpenLab.onFx(() -> pane.localToScreen(pane.getLayoutBounds()));
        double y = bounds.getMinY() + height * bounds.getHeight();
        lab.robot().moveTo(bounds.getMinX() + from * bounds.getWidth(), y).press(MouseButton.PRIMARY);
        for (int i = 1; i <= 10; i++) {
            lab.robot().moveTo(bounds.getMinX() + (from + i * (to - from) / 10) * bounds.getWidth(), y);
        }
        lab.robot().release(MouseButton.PRIMARY);
    }

    private boolean enabled(String query) {
        return OpenLab.onFx(() -> !lab.find(query).isDisabled());
    }

    private void write(String field, String text) {
        OpenLab.onFx(() -> {
            lab.find(field).requestFocus();
            ((TextInputControl) lab.find(field)).setText(text);
        });
        lab.robot().type(KeyCode.ENTER);
    }

    @Test
    void whatIsDrawnBeforeARunBecomesItsExperiment() throws Exception {
        draw("#track-decay", 0.3, 0.7, 0.4);
        OpenLab.waitUntil(() -> enabled("#apply"));
        lab.robot().clickOn("#apply");
        OpenLab.waitUntil(() -> described().decay().schedule() instanceof Schedule.Drawn);
        OpenLab.waitUntil(() -> current().experiment().equals(described()) && lab.state() == RunState.PAUSED);
        assertThat(OpenLab.onFx(() -> lab.window().session().runs().size())).isEqualTo(1);
        assertThat(enabled("#apply")).isFalse();
    }

    @Test
    void theFutureIsDrawnWhileTheRunIsGoingAndCtrlZTakesTheDrawingBackNotTheRun() throws Exception {
        train(100);
        RunEntry run = current();
        draw("#track-decay", 0.4, 0.8, 0.9);
        OpenLab.waitUntil(() -> enabled("#apply"));
        lab.robot().press(KeyCode.CONTROL).type(KeyCode.Z).release(KeyCode.CONTROL);
        OpenLab.waitUntil(() -> !enabled("#apply"));
        assertThat(current()).isSameAs(run);
        lab.robot().press(KeyCode.CONTROL).type(KeyCode.Y).release(KeyCode.CONTROL);
        OpenLab.waitUntil(() -> enabled("#apply"));
        lab.robot().clickOn("#apply");
        OpenLab.waitUntil(() -> run.interventions().size() == 1);
        Intervention made = run.interventions().get(0);
        assertThat(made.what()).isEqualTo("schedule");
        assertThat(made.step()).isEqualTo(run.log().rows());
        OpenLab.waitUntil(() -> !enabled("#apply"));
        assertThat(lab.robot().lookup(".timeline-marker").queryAll()).hasSize(1);
    }

    @Test
    void aKnotIsSetExactlyAndMovedWithTheKeyboard() throws Exception {
        OpenLab.onFx(() -> lab.find("#track-decay").requestFocus());
        write("#knotStep", "5000");
        write("#knotValue", "0.002");
        write("#knotStep", "5000");
        OpenLab.onFx(() -> lab.find("#track-decay").requestFocus());
        assertThat(OpenLab.onFx(() -> lab.find("#track-decay").getAccessibleText()))
                .contains("Chosen: step 5,000, 0.002.");
        lab.robot().type(KeyCode.UP);
        OpenLab.waitUntil(() -> !lab.find("#track-decay").getAccessibleText().contains(" 0.002."));
        lab.robot().type(KeyCode.DELETE);
        OpenLab.waitUntil(() -> !lab.find("#track-decay").getAccessibleText().contains("Chosen"));
        lab.robot().type(KeyCode.INSERT);
        OpenLab.waitUntil(() -> lab.find("#track-decay").getAccessibleText().contains("Chosen"));
    }

    @Test
    void theMaskIsChangedLive() throws Exception {
        lab.robot().clickOn("#mask-output");
        OpenLab.waitUntil(() -> described().decay().layers().toString().equals("[dense1, dense2]"));
        OpenLab.waitUntil(() -> current().experiment().equals(described()) && lab.state() == RunState.PAUSED);
        train(50);
        RunEntry run = current();
        OpenLab.waitUntil(() -> !((CheckBox) lab.find("#mask-output")).isSelected());
        lab.robot().clickOn("#mask-output");
        OpenLab.waitUntil(() -> run.interventions().size() == 1);
        assertThat(run.interventions().get(0).to()).isEqualTo(DecayLayers.ALL.toString());
        lab.robot().clickOn("#mask-biases");
        OpenLab.waitUntil(() -> run.interventions().size() == 2);
        OpenLab.waitUntil(() -> ((CheckBox) lab.find("#mask-biases")).isSelected());
    }

    @Test
    void lambdaHoldsATargetAndSaysSo() throws Exception {
        train(50);
        RunEntry run = current();
        write("#controlTarget", "15");
        lab.robot().clickOn("#controlStart");
        OpenLab.waitUntil(() -> run.interventions().size() == 1);
        train(400);
        OpenLab.waitUntil(
                () -> ((Labeled) lab.find("#controlVerdict")).getText().startsWith("Held: norm is"));
        assertThat(decay(run, run.log().rows() - 1)).isNotCloseTo(0.005, within(1e-9));
        lab.robot().clickOn("#controlStart");
        OpenLab.waitUntil(() -> run.interventions().size() == 2);
        assertThat(run.interventions().get(1).to()).isEqualTo("off");
        write("#controlMax", "none");
        lab.robot().clickOn("#controlStart");
        OpenLab.waitUntil(() -> ((Labeled) lab.find("#controlVerdict"))
                .getText()
                .equals("The largest lambda 'none' is not a number; write it like 0.005 or 5e-3."));
    }
}
