package decaylab.ui.run;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.optim.Gate;
import decaylab.train.ExperimentData;
import decaylab.train.Intervention;
import decaylab.train.LiveRun;
import decaylab.train.RunState;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs and what steers them, without a window. */
@Timeout(120)
class LabSessionTest {
    private static final Experiment SMALL = new ExperimentYaml()
            .parse(
                    "{data: {name: moons, trainSize: 60, testSize: 40, labelNoise: 0.0}, network: {widths: [8]}, batchSize: 20,"
                            + " steps: 200, evaluateEvery: 50, optimizer: {learningRate: 0.05}}",
                    "test");

    private final Told notices = new Told();
    private final Texts texts = new Texts();
    private final LabSession session = new LabSession(new ExperimentData(new DataCatalogue()), notices, texts, 1);
    private final ControlsModel controls = new ControlsModel(session, texts, System::nanoTime);
    private final StatusModel status = new StatusModel(session, texts);

    private static final class Told implements Notices {
        private final List<String> told = new ArrayList<>();
        private final List<String> warned = new ArrayList<>();
        private Runnable undo = () -> {};

        @Override
        public void tell(String sentence) {
            told.add(sentence);
        }

        @Override
        public void warn(String sentence) {
            warned.add(sentence);
        }

        @Override
        public void offer(String sentence, String action, Runnable done) {
            tellWithUndo(sentence, done);
        }

        @Override
        public void tellWithUndo(String sentence, Runnable action) {
            told.add(sentence);
            undo = action;
        }
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void aRunThatWasNeverPlayedMakesRoomForTheNext() {
        session.prepare(SMALL, "small");
        session.prepare(SMALL, "small");
        assertThat(session.runs()).hasSize(1);
        assertThat(session.runs().get(0).name()).isEqualTo("small");
    }

    @Test
    void playsToTheEndAndStartsAnewWhenPlayedAgain() {
        session.prepare(SMALL, "small");
        until(RunState.PAUSED);
        session.play();
        until(RunState.FINISHED);
        RunEntry first = current();
        assertThat(first.log().rows()).isEqualTo(200);
        assertThat(status.step().get()).isEqualTo("step 200 of 200, epoch 66");
        assertThat(controls.changeable().get()).isFalse();
        controls.togglePlay();
        until(RunState.FINISHED);
        assertThat(current()).isNotSameAs(first);
        assertThat(current().name()).isEqualTo("small (2)");
        assertThat(current().log().rows()).isEqualTo(200);
        assertThat(session.runs()).hasSize(2);
        assertThat(current().colour()).isNotEqualTo(first.colour());
    }

    @Test
    void theSameSeedGivesTheSameRunAndANewOneAnother() {
        session.prepare(SMALL, "small");
        session.play();
        until(RunState.FINISHED);
        session.restart();
        session.play();
        until(RunState.FINISHED);
        session.restartWithNewSeed();
        session.play();
        until(RunState.FINISHED);
        List<RunEntry> runs = session.runs();
        assertThat(runs.stream().map(run -> run.experiment().seed())).containsExactly(1L, 1L, 2L);
        assertThat(lastLoss(runs.get(1))).isEqualTo(lastLoss(runs.get(0)));
        assertThat(lastLoss(runs.get(2))).isNotEqualTo(lastLoss(runs.get(0)));
    }

    @Test
    void theSwitchIsSeenAtOnceAndRecordedOnce() {
        session.prepare(SMALL, "small");
        until(RunState.PAUSED);
        assertThat(controls.gate().get()).isEqualTo(Gate.AUTO);
        controls.toggleDecay();
        assertThat(controls.gate().get()).isEqualTo(Gate.OFF);
        controls.switchTo(Gate.OFF);
        until(() -> session.status().get().gate() == Gate.OFF);
        assertThat(controls.decayNote().get()).isEqualTo("switched off");
        controls.toggleDecay();
        until(() -> session.status().get().gate() == Gate.ON);
        assertThat(controls.decayNote().get()).isEqualTo("in force: 0.005");
        assertThat(current().interventions())
                .containsExactly(
                        new Intervention(0, "decay", "auto", "off"), new Intervention(0, "decay", "off", "on"));
    }

    @Test
    void whereNoDecayEntersTheSwitchSaysSo() {
        session.prepare(new ExperimentYaml().with(SMALL, Map.of("decay.entry", "none")), "none");
        until(RunState.PAUSED);
        assertThat(controls.decayChangeable().get()).isFalse();
        assertThat(controls.decayNote().get()).isEqualTo("this experiment has none (entry: none)");
        controls.toggleDecay();
        assertThat(controls.gate().get()).isEqualTo(Gate.AUTO);
    }

    @Test
    void aScheduleThatSaysZeroIsExplained() {
        Experiment late =
                new ExperimentYaml().with(SMALL, Map.of("decay.schedule", "{kind: window, from: 100, to: 150}"));
        session.prepare(late, "late");
        until(RunState.PAUSED);
        assertThat(controls.decayNote().get()).isEqualTo("none now, by its schedule");
        controls.toggleDecay();
        assertThat(controls.gate().get()).isEqualTo(Gate.ON);
    }

    @Test
    void divergenceIsToldOnceAndTheLogStays() {
        session.prepare(
                new ExperimentYaml()
                        .with(SMALL, Map.of("optimizer.learningRate", "1e9", "network.normalization", "none")),
                "wild");
        session.play();
        until(RunState.DIVERGED);
        session.pulse();
        session.pulse();
        assertThat(notices.warned).hasSize(1).first().asString().startsWith("The run diverged at step ");
        assertThat(current().log().rows()).isPositive();
        assertThat(status.stateText().get()).isEqualTo("Diverged");
    }

    @Test
    void dataThatCannotBeReadIsToldWithTheEnginesSentence() {
        session.prepare(
                new ExperimentYaml().with(SMALL, Map.of("data.name", "mnist", "data.folder", "/no/such/folder")),
                "mnist");
        until(RunState.FAILED);
        assertThat(notices.warned).hasSize(1).first().asString().contains("/no/such/folder");
    }

    @Test
    void deletingTheCurrentRunStopsItAndUndoBringsItBack() {
        session.prepare(SMALL, "small");
        until(RunState.PAUSED);
        session.step();
        until(() -> current().log().rows() == 1);
        RunEntry run = current();
        session.remove(run);
        assertThat(session.runs()).isEmpty();
        assertThat(session.current().get()).isNull();
        assertThat(controls.present().get()).isFalse();
        assertThat(notices.told).containsExactly("small was taken off the list; it stays in the library.");
        notices.undo.run();
        notices.undo.run();
        assertThat(session.runs()).containsExactly(run);
        assertThat(session.current().get()).isSameAs(run);
        until(RunState.STOPPED);
    }

    @Test
    void lambdaOfTheRunIsShownAndSet() {
        session.prepare(SMALL, "small");
        until(RunState.PAUSED);
        session.change(new Change.SetLambda(0.25));
        until(() -> controls.lambda().text().get().equals("0.25"));
        controls.lambda().text().set("0");
        controls.lambda().enter();
        until(() -> session.status().get().lambdaBase() == 0);
        assertThat(controls.decayNote().get()).isEqualTo("\u03bb is 0");
    }

    @Test
    void closingEndsWhateverTrains() throws InterruptedException {
        session.prepare(new ExperimentYaml().with(SMALL, Map.of("steps", "1000000000")), "long");
        session.play();
        until(RunState.RUNNING);
        LiveRun first = current().live().orElseThrow();
        session.restart();
        session.play();
        until(RunState.RUNNING);
        LiveRun second = current().live().orElseThrow();
        session.close();
        assertThat(first.awaitEnd(Duration.ofMillis(100))).isTrue();
        assertThat(second.awaitEnd(Duration.ofMillis(100))).isTrue();
    }

    private RunEntry current() {
        return session.current().get();
    }

    private static double lastLoss(RunEntry run) {
        return run.log().value(2, run.log().rows() - 1);
    }

    private void until(RunState state) {
        until(() -> session.status().get() != null && session.status().get().state() == state);
    }

    /** What the window's timer does, until something is so; the class's time limit bounds it. */
    private void until(BooleanSupplier condition) {
        do {
            Thread.onSpinWait();
            session.pulse();
            controls.pulse();
            status.pulse();
        } while (!condition.getAsBoolean());
    }
}
