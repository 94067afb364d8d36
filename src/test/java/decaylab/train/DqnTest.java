package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static decaylab.train.SmallRuns.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.environment.EnvironmentKind;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Instrument;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.FlatArray;
import decaylab.problem.BadInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deep Q-learning: what it does to its mini-batch, what it remembers, and that it learns. */
class DqnTest {
    private static final ExperimentYaml YAML = new ExperimentYaml();

    private static Experiment experiment(String preset, String... settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String setting : settings) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return YAML.with(new Presets(YAML).get(preset), fields);
    }

    /** Small, but with all that there is: the buffer is full and written over, targets change, evaluations are made. */
    private static Experiment small(String preset, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "steps=120",
                "evaluateEvery=25",
                "network.widths=[8]",
                "agent.replaySize=90",
                "agent.warmUp=70",
                "agent.targetEvery=20",
                "agent.epsilonSteps=60",
                "agent.trainEvery=1",
                "agent.discount=0.98",
                "agent.rewardScale=0.5",
                "batchSize=16",
                "instruments={returns: 10}"));
        all.addAll(List.of(settings));
        return experiment(preset, all.toArray(String[]::new));
    }

    private static Trainer trainer(Experiment experiment, @Nullable Origin origin, String... changes) {
        return Trainer.create(
                experiment,
                DATA.task(experiment),
                origin,
                Arrays.stream(changes).map(PlannedChange::parse).toList(),
                1);
    }

    private static Trainer finish(Trainer trainer) {
        try (trainer) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            return trainer;
        }
    }

    private static SampleLog returns(Trainer trainer) {
        return trainer.log().sheet(Instrument.RETURNS);
    }

    private static void assertSame(Checkpoint a, Checkpoint b) {
        assertThat(bits(a.parameters())).containsExactly(bits(b.parameters()));
        assertThat(a.objective()).hasSameSizeAs(b.objective());
        for (int i = 0; i < a.objective().size(); i++) {
            assertThat(bits(a.objective().get(i)))
                    .containsExactly(bits(b.objective().get(i)));
        }
    }

    private static long[] bits(FlatArray values) {
        long[] bits = new long[values.length()];
        Arrays.setAll(bits, i -> Double.doubleToRawLongBits(values.get(i)));
        return bits;
    }

    @ParameterizedTest
    @CsvSource({
        "cart-pole, 37, agent.double=true",
        "cart-pole, 75, agent.double=false",
        "grid-world, 50, agent.trainEvery=3",
        "grid-world, 101, precision=double"
    })
    void goingOnFromACheckpointIsTheSameToTheLastBit(String preset, long at, String setting) {
        Experiment experiment = small(preset, setting);
        String[] changes = {"30:decay=on", "60:lr=0.002"};
        Checkpoint taken = null;
        Checkpoint end;
        Trainer whole = trainer(experiment, null, changes);
        try (whole) {
            while (!whole.finished()) {
                taken = whole.step() == at ? whole.checkpoint() : taken;
                whole.advance();
            }
            end = whole.checkpoint();
        }
        Origin origin = new Origin(at, whole.log(), whole.interventions(), taken);
        String[] later = Arrays.stream(changes)
                .filter(change -> PlannedChange.parse(change).step() >= at)
                .toArray(String[]::new);
        try (Trainer branch = trainer(experiment, origin, later)) {
            while (!branch.finished()) {
                branch.advance();
            }
            assertSameRows(whole.log(), branch.log(), 120);
            assertSameRows(returns(whole), returns(branch), returns(whole).rows());
            assertThat(returns(branch).rows()).isEqualTo(returns(whole).rows());
            assertSame(end, branch.checkpoint());
            assertThat(branch.best().orElseThrow().step())
                    .isEqualTo(whole.best().orElseThrow().step());
        }
    }

    /** Without a checkpoint the past is done again, with the evaluations that left something. */
    @Test
    void doingThePastAgainLeavesTheSameState() {
        Experiment experiment = small("cart-pole");
        Trainer whole = trainer(experiment, null);
        Checkpoint expected;
        try (whole) {
            while (whole.step() < 80) {
                whole.advance();
            }
            expected = whole.checkpoint();
        }
        try (Trainer again = trainer(experiment, new Origin(80, whole.log(), List.of(), null))) {
            while (again.repeating()) {
                again.advance();
            }
            assertThat(again.deviation()).isEmpty();
            assertSame(expected, again.checkpoint());
        }
    }

    @Test
    void aCheckpointIntoTheVectorsOfAnotherIsTheSame() {
        try (Trainer run = trainer(small("grid-world"), null)) {
            run.advance();
            Checkpoint spare = run.checkpoint();
            for (int i = 0; i < 60; i++) {
                run.advance();
            }
            assertSame(run.checkpoint(), run.checkpoint(spare));
            long replay = 4L * 90 * (2 * 25 + 3);
            assertThat(spare.bytes())
                    .isGreaterThan(replay + 4L * 3 * run.layout().length());
        }
    }

    @Test
    void oneThreadAndTwoGiveTheSame() {
        Experiment experiment = small("cart-pole");
        SampleLog one = finish(trainer(experiment, null)).log();
        SampleLog two = finish(Trainer.create(experiment, DATA.task(experiment), null, List.of(), 2))
                .log();
        assertSameRows(one, two, 120);
    }

    /** By hand: the values of the target and of the trained network, the rewards, the ends. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLossIsThatOfTheErrorsOfWhatWasDrawn(boolean doubled) {
        Experiment experiment = small("cart-pole", "agent.double=" + doubled, "batchSize=7");
        try (Trainer run = trainer(experiment, null)) {
            while (run.step() < 33) {
                run.advance();
            }
            FlatArray before = run.snapshot().parameters();
            run.advance();
            Checkpoint after = run.checkpoint(); // the buffer with the step of this update
            long steps = (long) after.objective().get(0).get(0);
            assertThat(steps).isEqualTo(70 + 34);
            float[] replay = ((FlatArray.OfFloat) after.objective().get(1)).values();
            var random = decaylab.random.CounterRandom.of(experiment.seed(), "replay")
                    .split(33);
            double sum = 0;
            try (var team = decaylab.parallel.Team.of(1);
                    var network = new ValueNetwork(experiment, EnvironmentKind.CART_POLE, team);
                    var target = new ValueNetwork(experiment, EnvironmentKind.CART_POLE, team)) {
                network.load(before);
                target.load(after.objective().get(2));
                for (int i = 0; i < 7; i++) {
                    float[] row = Arrays.copyOfRange(replay, 11 * random.nextInt(90), replay.length);
                    float[] now = new float[2];
                    float[] next = new float[2];
                    float[] promised = new float[2];
                    network.values(row, 1, now);
                    network.values(Arrays.copyOfRange(row, 7, 11), 1, next);
                    target.values(Arrays.copyOfRange(row, 7, 11), 1, promised);
                    float[] chooser = doubled ? next : promised;
                    double later = promised[chooser[1] > chooser[0] ? 1 : 0];
                    double error = now[(int) row[4]] - (0.5 * row[5] + (row[6] != 0 ? 0 : 0.98 * later));
                    sum += Math.abs(error) <= 1 ? error * error / 2 : Math.abs(error) - 0.5;
                }
            }
            assertThat(value(run.log(), Quantity.LOSS, 33)).isCloseTo(sum / 7, within(1e-5));
        }
    }

    /** Who is broken off could have earned more: only the goal ends what can be earned. */
    @Test
    void anEpisodeThatIsBrokenOffIsNoEnd() {
        try (Trainer run =
                trainer(small("grid-world", "agent.warmUp=1500", "agent.replaySize=2000", "agent.epsilonTo=1"), null)) {
            run.advance();
            Checkpoint now = run.checkpoint();
            FlatArray replay = now.objective().get(1);
            long ends = 0;
            for (int row = 0; row < 1501; row++) {
                int at = row * (2 * 25 + 3) + 25;
                assertThat(replay.get(at + 2)).isEqualTo(replay.get(at + 1) > 0 ? 1 : 0);
                ends += (long) replay.get(at + 2);
            }
            double episodes = now.objective().get(0).get(1);
            assertThat(ends).isPositive().isLessThan((long) episodes);
        }
    }

    @Test
    void lossesAndAccuraciesOnSetsStayEmptyAndReturnsAreTaken() {
        Trainer run = finish(trainer(small("grid-world"), null));
        for (Quantity quantity :
                List.of(Quantity.TRAIN_LOSS, Quantity.TEST_LOSS, Quantity.TRAIN_ACCURACY, Quantity.TEST_ACCURACY)) {
            for (long row = 0; row < 120; row++) {
                assertThat(SampleLog.isEmpty(value(run.log(), quantity, row))).isTrue();
            }
        }
        SampleLog sheet = returns(run);
        List<Long> steps = new ArrayList<>();
        List<Long> evaluated = new ArrayList<>();
        for (long row = 0; row < sheet.rows(); row++) {
            long step = (long) sheet.value(0, row);
            steps.add(step);
            if (!SampleLog.isEmpty(sheet.value(Quantity.GREEDY_RETURN, row))) {
                evaluated.add(step);
            }
            double epsilon = 1 + Math.min(1, step / 60.0) * (0.05 - 1);
            assertThat(sheet.value(Quantity.EXPLORATION, row)).isCloseTo(epsilon, within(1e-12));
        }
        assertThat(steps).containsExactly(9L, 19L, 24L, 29L, 39L, 49L, 59L, 69L, 74L, 79L, 89L, 99L, 109L, 119L);
        assertThat(evaluated).containsExactly(24L, 49L, 74L, 99L, 119L);
    }

    @Test
    void theBestIsThatOfTheEvaluationThatEarnedMost() {
        Trainer run = finish(trainer(experiment("grid-world", "steps=1200"), null));
        SampleLog sheet = returns(run);
        double most = Double.NEGATIVE_INFINITY;
        long when = -1;
        for (long row = 0; row < sheet.rows(); row++) {
            double earned = sheet.value(Quantity.GREEDY_RETURN, row);
            if (!SampleLog.isEmpty(earned) && earned >= most) {
                most = earned;
                when = (long) sheet.value(0, row) + 1;
            }
        }
        Policy best = run.best().orElseThrow();
        assertThat(best.step()).isEqualTo(when);
        assertThat(best.meanReturn()).isEqualTo(most);
    }

    @Test
    void learnsTheWayThroughTheGridAndShowsIt() {
        Trainer run = finish(trainer(experiment("grid-world"), null));
        Policy best = run.best().orElseThrow();
        double[] fresh = GreedyPlay.fresh(best, 100, () -> false);
        assertThat(Arrays.stream(fresh).average().orElseThrow())
                .isGreaterThanOrEqualTo(EnvironmentKind.GRID_WORLD.solvedFrom());
        List<Scene> episode = GreedyPlay.episode(best, 3);
        Scene last = episode.get(episode.size() - 1);
        assertThat(last.earned()).isCloseTo(fresh[3], within(1e-9));
        assertThat(last.stepOfEpisode()).isEqualTo(episode.size() - 1);
        assertThat(last.values()).hasSize(100);
    }

    @Test
    void aLiveRunShowsItsEnvironmentAndItsBest() throws InterruptedException {
        try (LiveRun live = new LiveRun(small("cart-pole"), List.of(), DATA, 1)) {
            assertThat(live.scene()).isEmpty();
            live.post(new Command.Play());
            assertThat(live.awaitEnd(Duration.ofSeconds(30))).isTrue();
            Scene scene = live.scene().orElseThrow();
            assertThat(scene.kind()).isEqualTo(EnvironmentKind.CART_POLE);
            assertThat(scene.update()).isEqualTo(120);
            assertThat(scene.values()).hasSize(2);
            assertThat(live.best()).isPresent();
            assertThat(live.data()).isEmpty();
        }
    }

    @Test
    void whatNeedsExamplesIsRefused() {
        Experiment experiment = small("cart-pole");
        assertThatThrownBy(() -> DATA.load(experiment))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("data.name is cart-pole, an environment, but this needs the examples");
        Experiment measured = small("cart-pole", "instruments={generalization: 10}");
        assertThatThrownBy(() -> trainer(measured, null))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("an environment, and they are measured on the examples of a data set");
        Experiment large = small("cart-pole", "agent.replaySize=10000000");
        assertThatThrownBy(() -> trainer(large, null))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("agent.replaySize is 10000000, which needs 440 MB");
        Experiment tokens = small("cart-pole", "network.kind=lstm");
        assertThatThrownBy(() -> trainer(tokens, null))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("network.kind lstm needs sequences");
    }

    @Test
    void theColumnsOfASampleAreTheSame() {
        assertThat(finish(trainer(small("grid-world", "steps=1"), null)).log().metrics())
                .startsWith(Metric.of(Quantity.STEP))
                .isEqualTo(SampleLog.ofLayers(List.of("dense1", "output")).metrics());
    }
}
