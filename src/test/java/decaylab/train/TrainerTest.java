package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static decaylab.train.SmallRuns.await;
import static decaylab.train.SmallRuns.experiment;
import static decaylab.train.SmallRuns.run;
import static decaylab.train.SmallRuns.trainer;
import static decaylab.train.SmallRuns.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.PlannedChange;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A run's rows, interventions and threads. */
class TrainerTest {
    @Test
    void theSameExperimentGivesTheSameBits() {
        assertSameRows(run(experiment()), run(experiment()), 60);
    }

    @Test
    void anotherSeedGivesOtherNumbers() {
        assertThat(value(run(experiment()), Quantity.NORM, 0))
                .isNotEqualTo(value(run(experiment("seed=2")), Quantity.NORM, 0));
    }

    @Test
    void aSwitchShowsFirstInItsOwnRowAndLeavesThePastAlone() {
        SampleLog plain = run(experiment());
        SampleLog switched = run(experiment(), "20:decay=off", "40:decay=on");
        assertSameRows(plain, switched, 20);
        for (int row = 0; row < 60; row++) {
            assertThat(value(switched, Quantity.DECAY, row)).isEqualTo(row >= 20 && row < 40 ? 0 : 0.005);
        }
        assertThat(value(switched, Quantity.NORM, 39)).isGreaterThan(value(plain, Quantity.NORM, 39));
    }

    @Test
    void interventionsAreRecordedOnceWithWhatTheyChanged() {
        try (Trainer trainer = trainer(experiment(), "3:lambda=1e-3", "3:lr=0.1", "5:decay=auto")) {
            while (trainer.step() < 10) {
                trainer.advance();
            }
            assertThat(trainer.interventions())
                    .containsExactly(
                            new Intervention(3, "lambda", "0.005", "0.001"), new Intervention(3, "lr", "0.4", "0.1"));
            assertThat(value(trainer.log(), Quantity.DECAY, 3)).isEqualTo(0.001);
            assertThat(value(trainer.log(), Quantity.LEARNING_RATE, 2)).isEqualTo(0.4);
            // A live learning rate replaces the base; the schedule's factor stays.
            assertThat(value(trainer.log(), Quantity.LEARNING_RATE, 4)).isEqualTo(0.1 * 0.93);
        }
    }

    @Test
    void theGateOverridesTheSchedule() {
        Experiment late = experiment("decay.schedule.kind=window", "decay.schedule.from=30");
        assertThat(value(run(late), Quantity.DECAY, 29)).isZero();
        assertThat(value(run(late, "10:decay=on"), Quantity.DECAY, 10)).isEqualTo(0.005);
        assertThat(value(run(late, "35:decay=off"), Quantity.DECAY, 35)).isZero();
    }

    @Test
    void aChangeBeyondTheEndIsRefused() {
        assertThatThrownBy(() -> trainer(experiment(), "60:decay=off"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The intervention decay=off at step 60 is beyond the end; the run's steps are 0 to 59.");
    }

    @Test
    void quantitiesAreWhatTheirDefinitionsSay() {
        Experiment experiment = experiment("precision=double");
        SampleLog log = run(experiment);
        for (long row = 0; row < 60; row++) {
            double one = log.value(
                    log.place(Metric.of(Quantity.LAYER_NORM, "dense1")).orElseThrow(), row);
            double two = log.value(
                    log.place(Metric.of(Quantity.LAYER_NORM, "dense2")).orElseThrow(), row);
            double norm = value(log, Quantity.NORM, row);
            assertThat(norm).isCloseTo(Math.hypot(one, two), within(1e-12 * norm));
            double rate = value(log, Quantity.LEARNING_RATE, row);
            assertThat(value(log, Quantity.EFFECTIVE_LEARNING_RATE, row))
                    .isCloseTo(rate / (norm * norm), within(1e-15));
            boolean evaluated = (row + 1) % 30 == 0;
            assertThat(SampleLog.isEmpty(value(log, Quantity.TEST_ACCURACY, row)))
                    .isEqualTo(!evaluated);
            assertThat(log.value(
                            log.place(Metric.of(Quantity.LAYER_EFFECTIVE_LEARNING_RATE, "output"))
                                    .orElseThrow(),
                            row))
                    .is(new org.assertj.core.api.Condition<>(SampleLog::isEmpty, "empty"));
        }
    }

    @Test
    void underAdamTheEffectiveLearningRateGoesWithTheNormItself() {
        SampleLog log = run(experiment("optimizer.kind=adam", "optimizer.learningRate=0.001", "steps=3"));
        assertThat(value(log, Quantity.EFFECTIVE_LEARNING_RATE, 2))
                .isCloseTo(value(log, Quantity.LEARNING_RATE, 2) / value(log, Quantity.NORM, 2), within(1e-15));
    }

    /** Adam's step knows no scale of the gradient, but a penalty in its buffers has one. */
    @Test
    void aFactorOfTheLossChangesAdamOnlyWhereThePenaltyIsInItsBuffers() {
        double plain = lastNorm("decay.entry=decoupled", "decay.lambda=1");
        assertThat(lastNorm("decay.entry=decoupled", "decay.lambda=1", "optimizer.lossScale=100"))
                .isCloseTo(plain, within(1e-9));
        double mixed = lastNorm("decay.entry=l2", "decay.lambda=0.03");
        assertThat(Math.abs(lastNorm("decay.entry=l2", "decay.lambda=0.03", "optimizer.lossScale=100") - mixed))
                .isGreaterThan(1e-3);
        assertThat(lastNorm("decay.entry=l2", "decay.lambda=3", "optimizer.lossScale=100"))
                .isCloseTo(mixed, within(1e-9));
    }

    private static double lastNorm(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(
                "precision=double", "optimizer.kind=adam", "optimizer.epsilon=0", "optimizer.learningRate=1e-3"));
        SampleLog log = run(experiment(all.toArray(new String[0])));
        return value(log, Quantity.NORM, log.rows() - 1);
    }

    @Test
    void withoutNormalisationWhatIsNotMeaningfulIsEmpty() {
        SampleLog log = run(experiment("network.normalization=none", "optimizer.learningRate=0.01", "steps=3"));
        assertThat(SampleLog.isEmpty(value(log, Quantity.EFFECTIVE_LEARNING_RATE, 2)))
                .isTrue();
        assertThat(SampleLog.isEmpty(value(log, Quantity.ROTATION, 2))).isTrue();
        assertThat(value(log, Quantity.NORM, 2)).isPositive();
    }

    /** Plain descent without decay: the norm grows by exactly the squared steps (BN epsilon 0, double precision). */
    @Test
    void withoutDecayTheNormGrowsByItsSquaredSteps() {
        SampleLog log = run(experiment(
                "precision=double",
                "network.bnEpsilon=0",
                "optimizer.kind=sgd",
                "optimizer.learningRate=0.1",
                "decay.gate=off",
                "optimizer.schedule.kind=constant"));
        double budget = 0;
        for (long row = 1; row < 60; row++) {
            budget += Math.pow(0.1 * value(log, Quantity.GRADIENT_NORM, row), 2);
        }
        double growth = Math.pow(value(log, Quantity.NORM, 59), 2) - Math.pow(value(log, Quantity.NORM, 0), 2);
        assertThat(growth).isCloseTo(budget, within(1e-8 * budget));
    }

    @Test
    void divergenceStopsTheRunAndIsWrittenAsWhatItIs() {
        Experiment wild = experiment(
                "optimizer.learningRate=1e6",
                "network.normalization=none",
                "decay.gate=off",
                "network.widths=[128, 64]");
        try (Trainer trainer = trainer(wild)) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            long last = trainer.step() - 1;
            assertThat(trainer.step()).isLessThan(60);
            assertThat(trainer.divergence())
                    .hasValueSatisfying(text -> assertThat(text).contains("diverged at step " + last));
            double loss = value(trainer.log(), Quantity.LOSS, last);
            double norm = value(trainer.log(), Quantity.NORM, last);
            assertThat(Double.isFinite(loss) && Double.isFinite(norm)).isFalse();
            assertThat(SampleLog.isEmpty(loss) || SampleLog.isEmpty(norm)).isFalse();
        }
    }

    @Test
    void decayOnTheHeadOnlyLeavesTheOthersAlone() {
        SampleLog none = run(experiment("decay.gate=off", "steps=2", "optimizer.kind=sgd"));
        SampleLog head = run(experiment("decay.layers=last", "steps=2", "optimizer.kind=sgd"));
        assertThat(value(head, Quantity.NORM, 0)).isEqualTo(value(none, Quantity.NORM, 0));
        assertThat(value(head, Quantity.HEAD_NORM, 0)).isLessThan(value(none, Quantity.HEAD_NORM, 0));
    }

    @Test
    void aLiveRunLogsTheSameBitsWhateverTheMailboxBrings() throws InterruptedException {
        Experiment experiment = experiment();
        try (LiveRun live =
                new LiveRun(experiment, List.of(new PlannedChange(20, new Change.SetGate(Gate.OFF))), DATA, 1)) {
            live.post(new Command.Advance(7));
            await(live, status -> status.state() == RunState.PAUSED && status.step() == 7);
            live.snapshot().join();
            live.post(new Command.LimitSpeed(10_000));
            live.post(new Command.Play());
            assertThat(live.awaitEnd(Duration.ofSeconds(30))).isTrue();
            assertThat(live.status().state()).isEqualTo(RunState.FINISHED);
            assertSameRows(run(experiment, "20:decay=off"), live.log(), 60);
        }
    }

    @Test
    void aChangeOfALiveRunIsInForceOnTheNextBatch() {
        try (LiveRun live = new LiveRun(experiment("steps=100000"), List.of(), DATA, 1)) {
            live.post(new Command.Advance(5));
            await(live, status -> status.step() == 5);
            live.post(new Command.Intervene(new Change.SetGate(Gate.OFF)));
            live.post(new Command.Advance(5));
            await(live, status -> status.step() == 10);
            assertThat(live.interventions()).containsExactly(new Intervention(5, "decay", "auto", "off"));
            assertThat(value(live.log(), Quantity.DECAY, 4)).isEqualTo(0.005);
            assertThat(value(live.log(), Quantity.DECAY, 5)).isZero();
        }
    }

    @Test
    void closingWhileTrainingEndsTheThreadWithinASecond() throws InterruptedException {
        LiveRun live = new LiveRun(experiment("steps=100000000"), List.of(), DATA, 1);
        live.post(new Command.Play());
        await(live, status -> status.step() > 3);
        long start = System.nanoTime();
        live.close();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1000);
        assertThat(live.status().state()).isEqualTo(RunState.STOPPED);
        assertThat(live.awaitEnd(Duration.ZERO)).isTrue();
    }

    @Test
    void closingDoesNotWaitForALongEvaluation() throws InterruptedException {
        // 400,000 examples through 512 units take far more than a second.
        Experiment slow = experiment(
                "data.testSize=400000", "network.widths=[512, 512]", "evaluateEvery=1", "steps=100", "batchSize=10");
        LiveRun live = new LiveRun(slow, List.of(), DATA, 1);
        live.post(new Command.Play());
        await(live, status -> someThreadEvaluates());
        long start = System.nanoTime();
        live.close();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1000);
        assertThat(live.status().state()).isEqualTo(RunState.STOPPED);
        assertThat(live.log().rows()).isZero(); // the step is done again when the run goes on
    }

    private static boolean someThreadEvaluates() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(java.util.Arrays::stream)
                .anyMatch(frame -> frame.getMethodName().equals("evaluate")
                        && frame.getClassName().equals(SupervisedObjective.class.getName()));
    }

    @Test
    void dataThatCannotBeReadFailsTheRunWithASentence() throws InterruptedException {
        try (LiveRun live = new LiveRun(experiment("data.name=mnist"), List.of(), DATA, 1)) {
            assertThat(live.awaitEnd(Duration.ofSeconds(10))).isTrue();
            assertThat(live.status().state()).isEqualTo(RunState.FAILED);
            assertThat(live.status().problem()).startsWith("data.folder is not set, but mnist is read from files");
            assertThat(live.snapshot()).isCompletedExceptionally();
        }
    }
}
