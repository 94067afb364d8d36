package decaylab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Instrument;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Presets;
import decaylab.instrument.SampleLog;
import decaylab.net.LayerNames;
import decaylab.optim.FlatArray;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.store.RunFolder.StoredRun;
import decaylab.train.Checkpoint;
import decaylab.train.Intervention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run's files, to the last bit, and what is said of damaged ones. */
class RunFolderTest {
    private static final Experiment EXPERIMENT = new Presets(new ExperimentYaml()).get("never");
    private static final double[] AWKWARD = {
        SampleLog.EMPTY,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        -0.0,
        0.1,
        1.0 / 3,
        1e-300
    };

    @TempDir
    private Path folder;

    private static SampleLog log(int rows) {
        SampleLog log = SampleLog.ofLayers(LayerNames.of(EXPERIMENT.network()));
        double[] row = new double[log.metrics().size()];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = AWKWARD[(i + j) % AWKWARD.length];
            }
            row[0] = i;
            row[1] = Math.floorDiv(i, 30);
            log.append(row);
        }
        return log;
    }

    private static Summary summary(SampleLog log) {
        return new Summary("finished", log.rows(), null, Summary.lastValues(log), 1.5, 20, Map.of("lab", "0"));
    }

    private Path written(int rows) {
        Path run = folder.resolve("run");
        SampleLog log = log(rows);
        List<Intervention> made =
                List.of(new Intervention(2, "decay", "off", "on"), new Intervention(3, "lambda", "0.005", "1.0E-4"));
        try (RunRecorder recorder =
                RunRecorder.create(run, EXPERIMENT, RunFacts.now("never", null, List.of()), new GivenRun(log, made))) {
            recorder.finish(summary(log));
        }
        return run;
    }

    @Test
    void everyBitComesBack() {
        StoredRun run = RunFolder.read(written(25));
        SampleLog before = log(25);
        assertThat(run.experiment()).isEqualTo(EXPERIMENT);
        assertThat(run.log().metrics()).isEqualTo(before.metrics());
        assertThat(run.log().rows()).isEqualTo(25);
        for (int row = 0; row < 25; row++) {
            for (int i = 0; i < before.metrics().size(); i++) {
                assertThat(Double.doubleToRawLongBits(run.log().value(i, row)))
                        .isEqualTo(Double.doubleToRawLongBits(before.value(i, row)));
            }
        }
        assertThat(run.interventions())
                .containsExactly(
                        new Intervention(2, "decay", "off", "on"), new Intervention(3, "lambda", "0.005", "1.0E-4"));
        assertThat(run.summary()).isNotNull();
        assertThat(run.summary().state()).isEqualTo("finished");
        assertThat(run.summary().seconds()).isEqualTo(1.5);
    }

    private static void take(SampleLog log, long... steps) {
        SampleLog sheet = log.sheet(Instrument.BUDGET);
        double[] row = new double[sheet.metrics().size()];
        for (long step : steps) {
            for (int i = 0; i < row.length; i++) {
                row[i] = AWKWARD[(int) (step + i) % AWKWARD.length];
            }
            row[0] = step;
            sheet.append(row);
        }
    }

    private Path writtenWithBudget(long... steps) {
        Path run = folder.resolve("run");
        SampleLog log = log(25);
        take(log, steps);
        RunFacts facts = RunFacts.now("never", null, List.of());
        try (RunRecorder recorder = RunRecorder.create(run, EXPERIMENT, facts, new GivenRun(log, List.of()))) {
            recorder.finish(summary(log));
        }
        return run;
    }

    @Test
    void whatInstrumentsTookComesBack() throws IOException {
        Path run = writtenWithBudget(4, 9, 14, 30); // the last of a step whose row was never made
        assertThat(Files.readAllLines(run.resolve("instruments/budget.csv")))
                .hasSize(4)
                .first()
                .asString()
                .startsWith("step,by_length,by_gradient,by_earlier_gradients,by_decay,change,by_length[dense1],");
        assertThat(run.resolve("instruments/shares.csv")).doesNotExist();
        SampleLog before = log(25);
        take(before, 4, 9, 14);
        SampleLog read = RunFolder.read(run).log().sheet(Instrument.BUDGET);
        SampleLog taken = before.sheet(Instrument.BUDGET);
        assertThat(read.rows()).isEqualTo(3);
        for (int row = 0; row < 3; row++) {
            for (int i = 0; i < taken.metrics().size(); i++) {
                assertThat(Double.doubleToRawLongBits(read.value(i, row)))
                        .isEqualTo(Double.doubleToRawLongBits(taken.value(i, row)));
            }
        }
    }

    @Test
    void theSheetsOfAnEarlierRunAreNotLeftBehind() {
        writtenWithBudget(4, 9);
        Path again = written(25);
        assertThat(RunFolder.read(again).log().sheet(Instrument.BUDGET).rows()).isZero();
        assertThat(again.resolve("instruments/budget.csv")).doesNotExist();
    }

    @Test
    void aSheetIsGoneOnWith() throws IOException {
        Path run = writtenWithBudget(4, 9);
        Files.writeString(run.resolve("instruments/budget.csv"), "14,0.5,", StandardOpenOption.APPEND);
        Files.delete(run.resolve("summary.json"));
        StoredRun stored = RunFolder.read(run);
        assertThat(stored.log().sheet(Instrument.BUDGET).rows()).isEqualTo(2);
        take(stored.log(), 19, 24);
        try (RunRecorder recorder = RunRecorder.resume(stored, new GivenRun(stored.log(), List.of()))) {
            recorder.finish(summary(stored.log()));
        }
        SampleLog sheet = RunFolder.read(run).log().sheet(Instrument.BUDGET);
        assertThat(sheet.rows()).isEqualTo(4);
        assertThat(sheet.value(0, 3)).isEqualTo(24);
    }

    /** Where training is faster than the disk the newest checkpoint never has all of its rows. */
    @Test
    void theNewestCheckpointWhoseRowsAreThereIsWritten() {
        SampleLog log = log(20);
        GivenRun run = new GivenRun(log, List.of());
        for (long step : new long[] {10, 30}) {
            run.checkpoints()
                    .add(new Checkpoint(step, Gate.AUTO, 0.005, 0.4, new FlatArray.OfFloat(new float[50]), List.of()));
        }
        Path to = folder.resolve("fast");
        try (RunRecorder recorder = RunRecorder.create(to, EXPERIMENT, RunFacts.now("never", null, List.of()), run)) {
            recorder.finish(summary(log));
        }
        assertThat(RunFolder.checkpoints(to, EXPERIMENT).steps()).containsExactly(10L);
    }

    @Test
    void aDamagedSheetIsSaidToBe() throws IOException {
        Path run = writtenWithBudget(4, 9);
        Path sheet = run.resolve("instruments/budget.csv");
        List<String> lines = Files.readAllLines(sheet);
        Files.write(sheet, List.of(lines.get(0), lines.get(2), lines.get(1)));
        assertThatThrownBy(() -> RunFolder.read(run))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("budget.csv has step 4 in line 3, which does not come after the one before");
    }

    @Test
    void theFileSaysNothingTwiceAndLeavesNothingOut() throws IOException {
        List<String> lines = Files.readAllLines(written(25).resolve("metrics.csv"));
        assertThat(lines).hasSize(26);
        assertThat(lines.get(3))
                .startsWith(
                        "2,0,4.9E-324,1.7976931348623157E308,-0.0,0.1,0.3333333333333333,1.0E-300,,NaN,Infinity,-Infinity");
        assertThat(Files.readString(folder.resolve("run/metrics.csv")))
                .doesNotContain("\r")
                .endsWith("\n");
    }

    @Test
    void whatWasNotFiniteStandsInTheSummaryAsAWord() {
        SampleLog log = log(1);
        Map<String, Object> last = Summary.lastValues(log);
        assertThat(last)
                .containsEntry("step", 0L)
                .containsEntry("loss", "Infinity")
                .containsEntry("elr[dense1]", -0.0);
    }

    @Test
    void aRunThatWasCutShortCanStillBeRead() throws IOException {
        Path run = written(5);
        Files.delete(run.resolve("summary.json"));
        assertThat(RunFolder.read(run).summary()).isNull();
        assertThat(RunFolder.read(run).log().rows()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metrics.csv | '' | is empty",
                "metrics.csv | 'a,b' | has other columns than its experiment's",
                "events.csv | 'step,what,from,to\nx,decay,on,off\n' | is damaged",
                "events.csv | 'step,what,from,to\n1,decay\n' | is damaged",
                "summary.json | '{' | is damaged",
                "summary.json | '' | is damaged",
                "experiment.yaml | 'steps: x' | steps is 'x'; it must be a whole number",
            })
    void aDamagedFileIsNamed(String name, String text, String sentence) throws IOException {
        Path run = written(5);
        Files.writeString(run.resolve(name), text);
        assertThatThrownBy(() -> RunFolder.read(run))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aDamagedLineIsNamed() throws IOException {
        Path run = written(5);
        List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
        Files.writeString(
                run.resolve("metrics.csv"),
                String.join("\n", lines.subList(0, 3)) + "\n" + lines.get(3).replaceFirst(",0,", ",zero,") + "\n");
        assertThatThrownBy(() -> RunFolder.read(run)).hasMessageContaining("'zero' in line 4, column epoch");
        Files.writeString(run.resolve("metrics.csv"), String.join("\n", lines.subList(0, 5)) + "\n4,0,1.5");
        assertThatThrownBy(() -> RunFolder.read(run)).hasMessageContaining("has 3 cells in line 6 instead of 24");
    }

    @Test
    void aLineThatWasBeingWrittenWhenTheProcessEndedIsLeftOut() throws IOException {
        Path run = written(5);
        Path metrics = run.resolve("metrics.csv");
        byte[] all = Files.readAllBytes(metrics);
        int fourthLine =
                String.join("\n", Files.readAllLines(metrics).subList(0, 4)).length() + 1;
        Files.delete(run.resolve("summary.json"));
        for (int length = fourthLine; length < all.length; length += 7) {
            Files.write(metrics, java.util.Arrays.copyOf(all, length));
            long whole = new String(all, 0, length, java.nio.charset.StandardCharsets.UTF_8)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    - 1;
            assertThat(RunFolder.read(run).log().rows()).isEqualTo(whole);
        }
    }

    @Test
    void aRunThatEndedAndLacksRowsIsDamaged() throws IOException {
        Path run = written(5);
        List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
        Files.writeString(run.resolve("metrics.csv"), String.join("\n", lines.subList(0, 4)) + "\n");
        assertThatThrownBy(() -> RunFolder.read(run)).hasMessageContaining("has 3 rows and the run had 5 steps");
        lines.remove(2);
        Files.writeString(run.resolve("metrics.csv"), String.join("\n", lines) + "\n");
        assertThatThrownBy(() -> RunFolder.read(run)).hasMessageContaining("has step 2 in line 3 instead of 1");
    }

    @Test
    void whatIsKnownOfARunComesBack() {
        Path run = written(5);
        RunFacts facts = RunFolder.read(run).facts();
        assertThat(facts.name()).isEqualTo("never");
        assertThat(facts.format()).isEqualTo(RunFacts.FORMAT);
        assertThat(java.time.Duration.between(facts.began(), java.time.Instant.now())
                        .toMinutes())
                .isZero();
    }

    @Test
    void aFolderOfTheFirstFormatHasItsFolderForAName() throws IOException {
        Path run = written(5);
        Files.delete(run.resolve("run.json"));
        assertThat(RunFolder.read(run).facts())
                .returns("run", RunFacts::name)
                .returns(0, RunFacts::format)
                .returns(List.of(), RunFacts::tags);
    }

    @Test
    void aFolderOfALaterFormatIsLeftToALaterLab() throws IOException {
        Path run = written(5);
        Path facts = run.resolve("run.json");
        Files.writeString(facts, Files.readString(facts).replace("\"format\" : 1", "\"format\" : 2, \"more\" : []"));
        assertThatThrownBy(() -> RunFolder.read(run))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is of format 2 and this lab knows formats up to 1");
    }

    @Test
    void twoLabsDoNotWriteOneRun() {
        Path run = folder.resolve("run");
        RunFacts facts = RunFacts.now("never", null, List.of());
        try (RunRecorder first = RunRecorder.create(run, EXPERIMENT, facts, new GivenRun(log(3), List.of()))) {
            assertThat(FolderLock.isHeld(run)).isTrue();
            assertThatThrownBy(() -> RunRecorder.create(run, EXPERIMENT, facts, new GivenRun(log(3), List.of())))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("is being written by another lab");
            assertThat(first.folder()).isEqualTo(run);
        }
        assertThat(FolderLock.isHeld(run)).isFalse();
    }

    @Test
    void aFolderThatWasBeingMadeWhenTheProcessEndedIsMadeAnew() throws IOException {
        Path run = written(5);
        Files.delete(run.resolve("experiment.yaml"));
        Files.delete(run.resolve("summary.json"));
        Path metrics = run.resolve("metrics.csv");
        Files.writeString(metrics, Files.readAllLines(metrics).get(0) + "\n");
        Files.writeString(run.resolve(".experiment.yaml.writing"), "half");
        assertThat(written(3)).isEqualTo(run);
        assertThat(RunFolder.read(run).log().rows()).isEqualTo(3);
    }

    @Test
    void aFolderWithoutARunIsRefused() {
        assertThatThrownBy(() -> RunFolder.read(folder)).hasMessageContaining("has no experiment.yaml");
        assertThatThrownBy(() -> RunFolder.read(folder.resolve("x"))).hasMessageContaining("There is no folder");
    }

    @Test
    void aRunWithOtherInterventionsIsNotOverwritten() {
        Path run = written(5);
        List<PlannedChange> one = List.of(new PlannedChange(2, new Change.SetGate(Gate.ON)));
        RunFacts facts = RunFacts.now("never", null, one);
        assertThatThrownBy(() -> RunRecorder.create(run, EXPERIMENT, facts, new GivenRun(log(0), List.of()))
                        .close())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("with the intervention 3:lambda=1.0E-4");
        assertThat(RunFolder.read(run).log().rows()).isEqualTo(5);
    }
}
