package decaylab.ui.race;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Field;
import decaylab.experiment.Presets;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.schedule.Schedule;
import decaylab.train.Command;
import decaylab.train.ExperimentData;
import decaylab.train.LiveRun;
import decaylab.train.RunState;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settings side by side, without a window. */
@Timeout(120)
class RaceTest {
    private static final ExperimentYaml YAML = new ExperimentYaml();
    private static final Experiment SMALL = YAML.parse(
            "{data: {name: moons, trainSize: 60, testSize: 40, labelNoise: 0.0}, network: {widths: [8]}, batchSize: 20,"
                    + " steps: 200, evaluateEvery: 50, optimizer: {learningRate: 0.05}}",
            "test");

    private final List<String> warned = new ArrayList<>();
    private final Texts texts = new Texts();
    private final ExperimentData data = new ExperimentData(new DataCatalogue());
    private final Notices notices = new Notices() {
        @Override
        public void offer(String sentence, String action, Runnable done) {}

        @Override
        public void tell(String sentence) {}

        @Override
        public void warn(String sentence) {
            warned.add(sentence);
        }

        @Override
        public void tellWithUndo(String sentence, Runnable undo) {}
    };
    private final LabSession session = new LabSession(data, notices, texts, 1);
    private final Presets presets = new Presets(YAML);
    private final DesignerModel designer = new DesignerModel(YAML, presets, new DataCatalogue());
    private final RaceModel model = new RaceModel(session, designer, YAML, presets, notices, texts);

    @BeforeEach
    void load() {
        designer.load(SMALL, "small");
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void fourTimingsRunSideBySideAsEachWouldAlone() throws Exception {
        model.start();
        assertThat(session.runs().stream().map(RunEntry::name)).containsExactly("always", "never", "early", "late");
        assertThat(session.runs().stream().map(RunEntry::colour).distinct()).hasSize(4);
        until(() -> {
            model.pulse();
            return !model.verdict().get().isEmpty();
        });
        for (RunEntry run : session.runs()) {
            assertThat(run.log().rows()).isEqualTo(200);
            try (LiveRun alone = new LiveRun(run.experiment(), List.of(), data, 1)) {
                alone.post(new Command.Play());
                assertThat(alone.awaitEnd(Duration.ofSeconds(60))).isTrue();
                assertSame(run.log(), alone.log());
            }
        }
        assertThat(model.lanes()).hasSize(4);
        Lane first = model.lanes().get(0);
        SampleLog log = first.run().log();
        assertThat(first.norm().getAsDouble()).isEqualTo(log.value(Quantity.NORM, log.rows() - 1));
        assertThat(model.verdict().get()).contains("smallest norm: ");
    }

    @Test
    void whenDecayActsDoesNotDependOnTheScheduleOfTheExperiment() {
        for (String schedule :
                List.of("{kind: window, from: 0, to: 70}", "{kind: constant}", "{kind: cosine, floor: 0.5}")) {
            Experiment base = YAML.with(SMALL, Map.of("decay.schedule", schedule));
            RaceField field = RaceField.ofTimings(base, List.of(RaceField.Timing.values()), YAML, texts);
            assertThat(field.experiments().stream().map(each -> each.decay().schedule()))
                    .containsExactly(
                            new Schedule.Constant(),
                            new Schedule.Constant(),
                            new Schedule.Window(0, 70L),
                            new Schedule.Window(70, 200L));
        }
    }

    @Test
    void aNewSeedIsTheRacesSeedToo() {
        session.prepare(SMALL, "small");
        session.restartWithNewSeed();
        model.start();
        assertThat(session.runs().stream().map(run -> run.experiment().seed())).containsOnly(2L);
        session.prepare(YAML.with(SMALL, Map.of("batchSize", "10", "seed", "7")), "another");
        model.start(); // of the experiment on the left, which is not the one that ran last
        assertThat(session.current().get().experiment().seed()).isEqualTo(1);
    }

    @Test
    void theyStayTogetherAndWaitTogether() {
        session.limitSpeed(400);
        model.start();
        until(() -> session.runs().get(0).log().rows() > 20);
        session.pause();
        until(() -> session.runs().stream().allMatch(run -> run.state() == RunState.PAUSED));
        List<Long> rows = session.runs().stream().map(run -> run.log().rows()).toList();
        assertThat(rows.stream().mapToLong(Long::longValue).max().getAsLong()
                        - rows.stream().mapToLong(Long::longValue).min().getAsLong())
                .isLessThanOrEqualTo(64);
        session.remove(session.runs().get(2)); // one may leave
        assertThat(session.runs()).hasSize(3);
        session.stop();
        until(() -> session.runs().stream().allMatch(run -> run.state() == RunState.STOPPED));
    }

    @Test
    void valuesOfAFieldMakeARace() {
        model.kind().set(RaceModel.Kind.VALUES);
        model.field().set(Field.DECAY_LAMBDA);
        model.values().set("0.01, 0");
        model.start();
        assertThat(warned).isEmpty();
        assertThat(session.runs().stream().map(RunEntry::name))
                .containsExactly("Decay (lambda) 0", "Decay (lambda) 0.01");
        assertThat(session.runs().get(1).experiment().decay().lambda()).isEqualTo(0.01);
    }

    @Test
    void whatCannotRaceIsRefusedInASentence() {
        model.timings().clear();
        model.timings().add(RaceField.Timing.EARLY);
        model.start();
        model.kind().set(RaceModel.Kind.VALUES);
        model.values().set("0.1, 0.2, 0.3, 0.4, 0.5");
        model.start();
        model.values().set("0.1, many");
        model.start();
        model.start(List.of(SMALL, SMALL.withSeed(2)), List.of("one", "two"));
        model.start(List.of(SMALL, YAML.with(SMALL, Map.of("batchSize", "10"))), List.of("one", "two"));
        model.start(List.of(SMALL, YAML.with(SMALL, Map.of("data.name", "rings"))), List.of("one", "two"));
        model.start(List.of(SMALL, SMALL), List.of("one"));
        designer.load(YAML.with(SMALL, Map.of("decay.entry", "none")), "none");
        model.kind().set(RaceModel.Kind.TIMING);
        model.start();
        assertThat(session.runs()).isEmpty();
        assertThat(warned).hasSize(8);
        assertThat(warned.get(0)).isEqualTo("A race has 2 to 4 settings, but there is 1; choose so many.");
        assertThat(warned.get(1)).contains("but there are 5");
        assertThat(warned.get(2)).contains("many");
        assertThat(warned.get(3))
                .isEqualTo(
                        "The settings one and two differ in seed (1 and 2), so they would not see the same batches; give "
                                + "both the same seed.");
        assertThat(warned.get(4)).contains("differ in batchSize (20 and 10)");
        assertThat(warned.get(5)).contains("differ in data");
        assertThat(warned.get(6)).contains("has 1 names");
        assertThat(warned.get(7)).contains("has no decay");
    }

    private static void assertSame(SampleLog one, SampleLog other) {
        assertThat(one.rows()).isEqualTo(other.rows());
        for (int column = 0; column < one.metrics().size(); column++) {
            for (long row = 0; row < one.rows(); row++) {
                if (Double.doubleToRawLongBits(one.value(column, row))
                        != Double.doubleToRawLongBits(other.value(column, row))) {
                    throw new AssertionError(one.metrics().get(column).column() + " differs at step " + row);
                }
            }
        }
    }

    private void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) { // the timeout of the class ends it
            session.pulse();
            Thread.onSpinWait();
            assertThat(Thread.interrupted()).as("waited for too long").isFalse();
        }
    }
}
