package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static decaylab.train.SmallRuns.run;
import static decaylab.train.SmallRuns.trainer;
import static decaylab.train.SmallRuns.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.PlannedChange;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.FlatArray;
import decaylab.optim.NormBall;
import decaylab.optim.ParameterBlock;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that are projected onto a ball after every step. */
class ConstraintTest {
    private static final String[] CHANGES = {
        "10:radius=1.5", "20:constraint=none", "30:constraint=L2-inf", "40:radius=0.8", "50:constraint=L2-1"
    };

    private static Experiment experiment(String... settings) {
        List<String> all =
                new ArrayList<>(List.of("network.normalization=none", "optimizer.learningRate=0.1", "decay.radius=2"));
        all.addAll(List.of(settings));
        return SmallRuns.experiment(all.toArray(String[]::new));
    }

    /** X1 of the specification: by rounding alone, in double precision; in single precision as weights are rounded. */
    @ParameterizedTest
    @EnumSource(NormBall.class)
    void afterEveryStepEveryLayerIsInTheBall(NormBall ball) {
        for (boolean exact : new boolean[] {true, false}) {
            Experiment experiment = experiment(
                    "decay.constraint=" + ball,
                    "decay.outputRadius=1.25",
                    "instruments.capacity=1",
                    "precision=" + (exact ? "double" : "float"));
            SampleLog sheet = run(experiment).sheet(Instrument.CAPACITY);
            assertThat(sheet.rows()).isEqualTo(60);
            double most = 0;
            for (String layer : List.of("dense1", "dense2", "output")) {
                int place = sheet.place(Metric.of(Quantity.ofNorm(ball), layer)).orElseThrow();
                for (long row = 0; row < 60; row++) {
                    double radius = layer.equals("output") ? 1.25 : 2;
                    most = Math.max(most, sheet.value(place, row) / radius - 1);
                }
                assertThat(sheet.value(place, 59)).isGreaterThan(1);
            }
            assertThat(most).isLessThan(exact ? 1e-12 : 1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"precision=float", "precision=double", "optimizer.kind=adam", "optimizer.kind=sgd"})
    void goingOnFromACheckpointIsAsIfNothingHadHappened(String setting) {
        Experiment experiment = experiment(setting, "decay.constraint=L1-inf", "instruments.capacity=7");
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (Trainer whole = trainer(experiment, CHANGES)) {
            while (!whole.finished()) {
                checkpoints.add(whole.checkpoint());
                whole.advance();
            }
            assertThat(whole.interventions()).hasSize(CHANGES.length);
            assertThat(whole.interventions().get(0)).isEqualTo(new Intervention(10, "radius", "2.0", "1.5"));
            assertThat(whole.interventions().get(1)).isEqualTo(new Intervention(20, "constraint", "L1-inf", "none"));
            for (int at : new int[] {0, 10, 11, 25, 35, 45, 55}) {
                Origin origin = new Origin(at, whole.log(), whole.interventions(), checkpoints.get(at));
                List<PlannedChange> future = Arrays.stream(CHANGES)
                        .map(PlannedChange::parse)
                        .filter(change -> change.step() >= at)
                        .toList();
                try (Trainer branch = Trainer.create(experiment, DATA.load(experiment), origin, future, 1)) {
                    while (!branch.finished()) {
                        branch.advance();
                    }
                    assertSameRows(whole.log(), branch.log(), 60);
                    SampleLog sheet = whole.log().sheet(Instrument.CAPACITY);
                    assertThat(branch.log().sheet(Instrument.CAPACITY).rows()).isEqualTo(sheet.rows());
                    assertSameRows(sheet, branch.log().sheet(Instrument.CAPACITY), sheet.rows());
                }
            }
        }
    }

    @Test
    void aRowTellsOfTheWholeStep() {
        Experiment experiment = experiment("decay.constraint=L2-2", "precision=double", "decay.radius=1");
        try (Trainer trainer = trainer(experiment)) {
            for (int s = 0; s < 5; s++) {
                FlatArray before = trainer.snapshot().parameters();
                trainer.advance();
                FlatArray after = trainer.snapshot().parameters();
                double change = 0;
                double norm = 0;
                for (ParameterBlock block : trainer.layout().weights()) {
                    for (int i = block.offset(); i < block.offset() + block.length() && !block.last(); i++) {
                        change += Math.pow(after.get(i) - before.get(i), 2);
                        norm += after.get(i) * after.get(i);
                    }
                }
                assertThat(value(trainer.log(), Quantity.UPDATE_NORM, s)).isCloseTo(Math.sqrt(change), within(1e-12));
                assertThat(value(trainer.log(), Quantity.NORM, s)).isCloseTo(Math.sqrt(norm), within(1e-12));
            }
        }
    }

    @Test
    void aStepThatMeasuresNothingIsTheSameStep() {
        Experiment experiment = experiment("decay.constraint=L2-inf", "decay.radius=0.5");
        try (Trainer measured = trainer(experiment);
                Trainer unmeasured = trainer(experiment)) {
            for (int s = 0; s < 10; s++) {
                measured.advance();
                unmeasured.advanceUnmeasured();
            }
            FlatArray end = measured.snapshot().parameters();
            for (int i = 0; i < end.length(); i++) {
                assertThat(unmeasured.snapshot().parameters().get(i)).isEqualTo(end.get(i));
            }
        }
    }

    @Test
    void aBallThatNothingLeavesChangesNothing() {
        assertSameRows(run(experiment()), run(experiment("decay.constraint=L2-1", "decay.radius=1e6")), 60);
    }

    @ParameterizedTest
    @CsvSource({"zipf,bag", "glyphs,cnn"})
    void anotherNetworkIsRefused(String data, String kind) {
        String sentence = "decay.constraint is L2-2, which bounds the incoming weights of units, but network.kind is "
                + kind + ", whose layers are not all dense; set decay.constraint to none or network.kind to mlp.";
        String[] fields = {"data.name=" + data, "network.kind=" + kind, "network.normalization=none"};
        Experiment without = SmallRuns.experiment(fields);
        assertThatThrownBy(() -> SmallRuns.experiment(fields[0], fields[1], fields[2], "decay.constraint=L2-2"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> trainer(without, "3:constraint=L2-2"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(sentence);
        assertThatThrownBy(
                        () -> trainer(SmallRuns.experiment(fields[0], fields[1], fields[2], "instruments.capacity=5")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("its norms are those of dense layers");
    }

    /** Where the norms give no bound its cells are empty, and the norms are there. */
    @ParameterizedTest
    @ValueSource(strings = {"network.normalization=batch", "network.activation=tanh"})
    void withoutABoundTheNormsStay(String setting) {
        SampleLog sheet = run(experiment(setting, "instruments.capacity=5")).sheet(Instrument.CAPACITY);
        assertThat(SampleLog.isEmpty(sheet.value(Quantity.L1_INF_BOUND, 1))).isTrue();
        assertThat(SampleLog.isEmpty(sheet.value(Quantity.DEPTH_TERM, 1))).isTrue();
        assertThat(sheet.value(Quantity.L2_2_NORM, 1)).isPositive();
    }
}
