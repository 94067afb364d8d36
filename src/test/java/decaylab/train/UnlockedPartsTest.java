package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.Gate;
import decaylab.parallel.WorkLog;
import decaylab.parallel.WorkLog.Span;
import decaylab.parallel.WorkLog.Work;
import decaylab.problem.BadInputException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that train at the same time: bounded, stopping cleanly, and with a state wherever one is asked for. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnlockedPartsTest {
    private static Experiment experiment(String... settings) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "network.widths=[24, 24, 24]",
                "network.normalization=none",
                "optimizer.kind=adam",
                "optimizer.learningRate=0.005",
                "optimizer.schedule={kind: constant}",
                "synthetic.learningRate=0.005",
                "decay.entry=decoupled",
                "data.labelNoise=0",
                "steps=600",
                "evaluateEvery=50",
                "synthetic.mode=unlocked"));
        all.addAll(List.of(settings));
        return SmallRuns.experiment(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"middle", "every", "[dense1]"})
    void everyRowIsWholeAndItLearns(String at) {
        try (Trainer trainer = SmallRuns.trainer(experiment("synthetic.at=" + at), "130:decay=off")) {
            double norm = 0;
            while (!trainer.finished()) {
                if (trainer.step() % 50 == 0 || trainer.step() == 130) {
                    assertThat(trainer.settled())
                            .as("at step %s", trainer.step())
                            .isTrue();
                }
                trainer.advance();
                norm = trainer.log().value(Quantity.NORM, trainer.step() - 1);
                assertThat(norm).isPositive();
            }
            assertThat(trainer.settled()).isTrue();
            double squares = 0;
            for (var block : trainer.layout().weights()) {
                for (int i = block.offset(); !block.last() && i < block.offset() + block.length(); i++) {
                    squares += Math.pow(trainer.snapshot().parameters().get(i), 2);
                }
            }
            assertThat(norm).isCloseTo(Math.sqrt(squares), org.assertj.core.api.Assertions.within(1e-3));
            SampleLog log = trainer.log();
            assertThat(log.value(Quantity.TRAIN_ACCURACY, log.rows() - 1)).isGreaterThan(0.5);
            SampleLog sheet = log.sheet(Instrument.SYNTHETIC);
            assertThat(sheet.value(Quantity.SYNTHETIC_ERROR, sheet.rows() - 1))
                    .isPositive()
                    .isFinite();
            assertThat(log.value(Quantity.DECAY, 129)).isPositive();
            assertThat(log.value(Quantity.DECAY, 130)).isZero();
        }
    }

    /** The part below is ahead while the one above works, and by no more than there is memory for. */
    @Test
    void partsWorkAtTheSameTimeWithinBounds() {
        try (Trainer trainer = SmallRuns.trainer(experiment(
                "synthetic.at=[dense2]", "network.widths=[256, 256, 256, 256]", "evaluateEvery=600", "steps=200"))) {
            long overlapping = 0;
            while (!trainer.finished()) {
                trainer.advance();
                WorkLog work = trainer.work().orElseThrow();
                for (Span span : work.of(0)) {
                    assertThat(span.step()).isLessThanOrEqualTo(trainer.step() + PartCut.CAPACITY);
                }
            }
            WorkLog work = trainer.work().orElseThrow();
            assertThat(work.workers()).isEqualTo(2);
            for (Span low : work.of(0)) {
                for (Span high : work.of(1)) {
                    boolean busy = low.work() != Work.WAIT && high.work() != Work.WAIT;
                    overlapping += busy && low.start() < high.end() && high.start() < low.end() ? 1 : 0;
                }
            }
            assertThat(overlapping).isPositive();
        }
    }

    @Test
    void aCheckpointOfASettledRunGoesOn() {
        Experiment experiment = experiment("synthetic.at=every");
        try (Trainer trainer = SmallRuns.trainer(experiment)) {
            while (trainer.step() < 130) {
                trainer.advance();
            }
            trainer.settle();
            assertThat(trainer.settled()).isTrue();
            long at = trainer.step();
            assertThat(at).isBetween(130L, 130L + 3 * PartCut.CAPACITY + 1);
            Checkpoint checkpoint = trainer.checkpoint();
            Origin origin = new Origin(at, trainer.log(), List.of(), checkpoint);
            try (Trainer branch = Trainer.create(experiment, DATA.load(experiment), origin, List.of(), 1)) {
                assertThat(branch.checkpoint().parameters().get(7))
                        .isEqualTo(checkpoint.parameters().get(7));
                while (!branch.finished()) {
                    branch.advance();
                }
                assertThat(branch.log().value(Quantity.TRAIN_ACCURACY, 599)).isGreaterThan(0.5);
            }
        }
    }

    @Test
    void aLiveRunStepsPausesChangesAndStops() throws InterruptedException {
        Experiment experiment = experiment("synthetic.at=every", "steps=100000", "evaluateEvery=1000");
        try (LiveRun run = new LiveRun(experiment, List.of(), DATA, 1)) {
            run.post(new Command.Advance(7));
            SmallRuns.await(run, status -> status.step() == 7 && status.state() == RunState.PAUSED);
            run.post(new Command.Play());
            SmallRuns.await(run, status -> status.step() > 200);
            run.post(new Command.Intervene(new Change.SetGate(Gate.OFF)));
            run.post(new Command.Pause());
            SmallRuns.await(run, status -> status.state() == RunState.PAUSED);
            assertThat(run.interventions()).hasSize(1);
            long paused = run.status().step();
            assertThat(run.checkpoint().join().step()).isEqualTo(paused);
            run.post(new Command.Play());
            SmallRuns.await(run, status -> status.step() > paused + 100);
            run.post(new Command.Stop());
            assertThat(run.awaitEnd(Duration.ofSeconds(20))).isTrue();
            assertThat(run.status().state()).isEqualTo(RunState.STOPPED);
            assertThat(run.checkpoints().upTo(Long.MAX_VALUE).orElseThrow().step())
                    .isEqualTo(run.log().rows());
        }
    }

    @Test
    void whatNeedsAllOfTheNetworkAtOneStepIsRefused() {
        assertThatThrownBy(() -> experiment("synthetic.at=every", "instruments.shares=5"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "instruments.shares is set, but synthetic.mode is unlocked, where the parts of the network are "
                                + "never at the same step; leave it out or set synthetic.mode to synchronous.");
    }
}
