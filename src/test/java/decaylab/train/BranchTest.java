package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static decaylab.train.SmallRuns.await;
import static decaylab.train.SmallRuns.experiment;
import static decaylab.train.SmallRuns.run;
import static decaylab.train.SmallRuns.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.PlannedChange;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.FlatArray;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Going on from a checkpoint is the same, bit for bit, as never having stopped. */
class BranchTest {
    private static final String[] CHANGES = {"10:decay=off", "20:lr=0.1", "20:lambda=0.01", "35:decay=on"};

    /** A whole run, and its checkpoints of some steps. */
    private record Past(SampleLog log, List<Intervention> interventions, List<Checkpoint> checkpoints) {
        static Past of(Experiment experiment, List<Long> at, String... changes) {
            List<Checkpoint> taken = new ArrayList<>();
            try (Trainer trainer = SmallRuns.trainer(experiment, changes)) {
                while (!trainer.finished()) {
                    if (at.contains(trainer.step())) {
                        taken.add(trainer.checkpoint());
                    }
                    trainer.advance();
                }
                return new Past(trainer.log(), trainer.interventions(), taken);
            }
        }

        Origin until(long step, @Nullable Checkpoint checkpoint) {
            return new Origin(step, log, interventions, checkpoint);
        }
    }

    private static Trainer branch(Experiment experiment, Origin origin, int threads, String... changes) {
        return Trainer.create(
                experiment,
                DATA.load(experiment),
                origin,
                Arrays.stream(changes).map(PlannedChange::parse).toList(),
                threads);
    }

    private static Trainer finish(Trainer trainer) {
        try (trainer) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            return trainer;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.kind=sgd",
                "optimizer.kind=heavy-ball",
                "optimizer.kind=nesterov",
                "optimizer.kind=adam optimizer.learningRate=0.01",
                "optimizer.kind=adam optimizer.learningRate=0.01 decay.entry=decoupled",
                "network.normalization=batch-affine precision=double",
                "network.normalization=none",
                "network.widths=[256,128]",
                "optimizer.curvature=gauss-newton optimizer.learningRate=0.02 optimizer.inverseEvery=7",
                "optimizer.curvature=fisher optimizer.learningRate=0.02 network.normalization=none decay.entry=decoupled",
                "data.name=zipf network.kind=bag network.normalization=none",
                "data.name=number-words network.kind=encoder-decoder network.normalization=none network.widths=[8]"
                        + " optimizer.kind=adam optimizer.learningRate=0.01"
            })
    void goingOnFromACheckpointIsAsIfNothingHadHappened(String settings) {
        Experiment experiment = experiment(settings.split(" "));
        Past past = Past.of(experiment, List.of(0L, 10L, 20L, 31L), CHANGES);
        assertThat(past.checkpoints()).hasSize(4);
        for (Checkpoint checkpoint : past.checkpoints()) {
            for (long fork : new long[] {checkpoint.step(), 35, 60}) {
                String[] future = Arrays.stream(CHANGES)
                        .filter(change -> PlannedChange.parse(change).step() >= fork)
                        .toArray(String[]::new);
                Trainer branch = finish(branch(experiment, past.until(fork, checkpoint), 1, future));
                assertSameRows(past.log(), branch.log(), 60);
                assertThat(branch.interventions()).isEqualTo(past.interventions());
                assertThat(branch.deviation()).isEmpty();
            }
        }
    }

    @Test
    void threadsAndCheckpointsDoNotChangeTheBits() {
        Experiment experiment = experiment("network.widths=[256,128]");
        Past past = Past.of(experiment, List.of(20L));
        assertSameRows(
                past.log(),
                finish(branch(experiment, past.until(30, past.checkpoints().get(0)), 2))
                        .log(),
                60);
    }

    @Test
    void withoutACheckpointThePastIsDoneAgainFromItsStart() {
        Experiment experiment = experiment();
        Past past = Past.of(experiment, List.of(), CHANGES);
        Trainer branch = branch(experiment, past.until(30, null), 1);
        assertThat(branch.repeating()).isTrue();
        assertThat(branch.log().rows()).isEqualTo(30);
        finish(branch);
        assertSameRows(run(experiment, "10:decay=off", "20:lr=0.1", "20:lambda=0.01"), branch.log(), 60);
    }

    @Test
    void aBranchGoesItsOwnWayAndLeavesThePastAlone() {
        Experiment experiment = experiment();
        Past past = Past.of(experiment, List.of(20L));
        SampleLog branch = finish(
                        branch(experiment, past.until(25, past.checkpoints().get(0)), 1, "25:decay=off"))
                .log();
        assertSameRows(past.log(), branch, 25);
        assertThat(value(branch, Quantity.DECAY, 25)).isZero();
        assertThat(value(past.log(), Quantity.DECAY, 25)).isEqualTo(0.005);
        assertThat(past.log().rows()).isEqualTo(60);
        assertSameRows(run(experiment, "25:decay=off"), branch, 60);
    }

    @Test
    void aPastThatWasComputedOtherwiseIsNoticed() {
        Experiment experiment = experiment();
        SampleLog other = run(experiment, "14:lr=0.39");
        Trainer branch = finish(branch(experiment, new Origin(40, other, List.of(), null), 1));
        assertThat(branch.deviation()).hasValue(14);
    }

    @Test
    void aChangeBeforeTheForkIsRefused() {
        Experiment experiment = experiment();
        Past past = Past.of(experiment, List.of());
        assertThatThrownBy(() -> branch(experiment, past.until(30, null), 1, "29:decay=off"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The intervention decay=off at step 29 lies before the branch begins, at step 30; "
                        + "branch from an earlier step.");
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefused() {
        Past past = Past.of(experiment("network.widths=[16, 9]"), List.of(5L));
        Experiment experiment = experiment();
        Origin origin =
                new Origin(5, run(experiment), List.of(), past.checkpoints().get(0));
        assertThatThrownBy(() -> branch(experiment, origin, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("The checkpoint of step 5 is of another network or optimizer");
    }

    @Test
    void anInterventionOfALiveRunHasACheckpointBeforeIt() {
        try (LiveRun live = new LiveRun(experiment("steps=100000"), List.of(), DATA, 1)) {
            live.post(new Command.Advance(5));
            await(live, status -> status.step() == 5);
            live.post(new Command.Intervene(new Change.SetGate(Gate.OFF)));
            live.post(new Command.Intervene(new Change.SetLambda(0.1)));
            live.post(new Command.Advance(5));
            await(live, status -> status.step() == 10);
            assertThat(live.checkpoints().beforeChanges()).containsExactly(5L);
            Checkpoint before = live.checkpoints().upTo(7).orElseThrow();
            assertThat(before.step()).isEqualTo(5);
            assertThat(before.gate()).isEqualTo(Gate.AUTO);
            assertThat(before.lambdaBase()).isEqualTo(0.005);
        }
    }

    @Test
    void aLiveRunIsRewoundByABranchOfItsPast() throws InterruptedException {
        Experiment experiment = experiment();
        try (LiveRun live = new LiveRun(experiment, List.of(), DATA, 1)) {
            live.post(new Command.Advance(20));
            await(live, status -> status.step() == 20);
            live.post(new Command.Intervene(new Change.SetGate(Gate.OFF)));
            live.post(new Command.Advance(20));
            await(live, status -> status.step() == 40 && status.state() == RunState.PAUSED);
            try (LiveRun rewound = LiveRun.branch(experiment, live.pastUntil(20), List.of(), DATA, 1)) {
                assertThat(rewound.log().rows()).isEqualTo(20);
                rewound.post(new Command.Play());
                assertThat(rewound.awaitEnd(Duration.ofSeconds(30))).isTrue();
                assertSameRows(run(experiment), rewound.log(), 60);
            }
            try (LiveRun later = LiveRun.branch(experiment, live.pastUntil(30), List.of(), DATA, 1)) {
                later.post(new Command.Play());
                assertThat(later.awaitEnd(Duration.ofSeconds(30))).isTrue();
                assertSameRows(run(experiment, "20:decay=off"), later.log(), 60);
                assertThat(later.interventions()).isEqualTo(live.interventions());
            }
        }
    }

    @Test
    void aTwinFollowsItsRunStepByStepToTheEnd() throws InterruptedException {
        Experiment experiment = experiment("steps=3000");
        try (LiveRun live = new LiveRun(experiment, List.of(), DATA, 1)) {
            live.post(new Command.Advance(20));
            await(live, status -> status.step() == 20);
            live.post(new Command.Intervene(new Change.SetGate(Gate.OFF)));
            try (LiveRun twin = live.twin(live.pastUntil(20), List.of())) {
                live.post(new Command.Advance(500));
                await(live, status -> {
                    long lead = live.log().rows() - twin.log().rows();
                    assertThat(lead).isLessThanOrEqualTo(65);
                    return status.state() == RunState.PAUSED;
                });
                await(twin, status -> status.step() == 520);
                live.post(new Command.Play());
                assertThat(live.awaitEnd(Duration.ofSeconds(60))).isTrue();
                assertThat(twin.awaitEnd(Duration.ofSeconds(60))).isTrue();
                assertSameRows(run(experiment), twin.log(), 3000);
                assertSameRows(run(experiment, "20:decay=off"), live.log(), 3000);
            }
        }
    }

    @Test
    void aRingKeepsTheNewestDenseAndTheOldThin() {
        CheckpointRing ring = new CheckpointRing(Long.MAX_VALUE, 10);
        for (long step = 0; step <= 1000; step += 5) {
            ring.add(checkpoint(step, 1));
        }
        List<Long> steps = ring.steps();
        assertThat(steps).hasSize(10).endsWith(990L, 995L, 1000L);
        for (long asked = steps.get(0); asked <= 1000; asked++) { // none is far from a checkpoint for its age
            long found = ring.upTo(asked).orElseThrow().step();
            assertThat(asked - found).isLessThanOrEqualTo(Math.max(5, (1000 - found) * 3 / 4));
        }
        assertThat(ring.upTo(steps.get(0) - 1)).isEmpty();
    }

    @Test
    void aRingIsBoundedByItsMemoryAndKeepsTheNewestAlways() {
        CheckpointRing ring = new CheckpointRing(1000, 64);
        for (long step = 0; step < 20; step++) {
            ring.add(checkpoint(step, 50));
        }
        assertThat(ring.steps()).hasSize(5); // 50 floats are 200 bytes
        ring.add(checkpoint(100, 5000));
        assertThat(ring.steps()).containsExactly(100L);
    }

    /** What was read stays as it was, though the ring uses its vectors again. */
    @Test
    void aCopyIsNotOverwritten() {
        Experiment experiment = experiment();
        Checkpoints checkpoints = new Checkpoints();
        try (Trainer trainer = SmallRuns.trainer(experiment)) {
            checkpoints.prepare(trainer);
            checkpoints.beforeChange(trainer);
            Checkpoint start = checkpoints.ring().upTo(0).orElseThrow();
            double weight = start.parameters().get(0);
            Checkpoint first = trainer.checkpoint();
            while (!trainer.finished()) {
                trainer.advance();
                checkpoints.beforeChange(trainer);
            }
            assertThat(trainer.state().parameters().get(0)).isNotEqualTo(weight);
            assertThat(start.parameters()).isNotSameAs(first.parameters());
            assertThat(start.parameters().get(0)).isEqualTo(weight);
        }
    }

    @Test
    void aFullRingNeedsNoFurtherMemory() {
        CheckpointRing ring = new CheckpointRing(Long.MAX_VALUE, 4);
        List<FlatArray> used = new ArrayList<>();
        for (long step = 0; step < 50; step++) {
            Checkpoint spare = ring.spare();
            Checkpoint next = spare == null
                    ? checkpoint(step, 3)
                    : new Checkpoint(step, Gate.AUTO, 0, 0, spare.parameters(), List.of());
            if (used.stream().noneMatch(vector -> vector == next.parameters())) {
                used.add(next.parameters());
            }
            ring.add(next);
        }
        assertThat(used).hasSize(5);
    }

    private static Checkpoint checkpoint(long step, int length) {
        return new Checkpoint(step, Gate.AUTO, 0, 0, new FlatArray.OfFloat(new float[length]), List.of());
    }
}
