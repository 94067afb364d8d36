package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replay, branch and resume from the command to the files. */
class BranchCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void runOnce() {
        ok("run", "early-decay", "--steps", "120", "--at", "90:lr=0.2", "--no-charts", "--out", path("e"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Session ok(String... arguments) {
        Session session = Session.of(folder, arguments);
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        return session;
    }

    /** The one line that is not about progress. */
    private static String failure(Session session) {
        List<String> lines = session.errors().stream()
                .filter(line -> !line.matches("step \\d+ of .*"))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private List<String> rows(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("metrics.csv"));
    }

    @Test
    void aReplayIsTheSameToTheLastBit() {
        assertThat(ok("replay", path("e")).out()).isEqualTo("the same to the last bit, 120 steps\n");
    }

    @ParameterizedTest
    @CsvSource({"loss,2", "norm,5", "step,0", "test_accuracy,14", "elr[dense1],16"})
    void aChangedCellIsNamed(String column, int place) throws IOException {
        List<String> rows = rows("e");
        String[] cells = rows.get(60).split(",", -1);
        assertThat(rows.get(0).split(",")[place]).isEqualTo(column);
        assertThat(cells[place]).isNotEmpty();
        char last = cells[place].charAt(cells[place].length() - 1);
        cells[place] = cells[place].substring(0, cells[place].length() - 1) + (last == '7' ? '8' : '7');
        rows.set(60, String.join(",", cells));
        Files.writeString(folder.resolve("e/metrics.csv"), String.join("\n", rows) + "\n");
        Session session = Session.of(folder, "replay", path("e"));
        assertThat(session.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(failure(session)).startsWith("Step 59, column " + column + " differs:");
    }

    @Test
    void anyChangedByteIsNoticed() throws IOException {
        Path metrics = folder.resolve("e/metrics.csv");
        byte[] good = Files.readAllBytes(metrics);
        for (int at : new int[] {0, 3, 40, 300, 5000, good.length / 2, good.length - 30, good.length - 1}) {
            for (byte other : new byte[] {'x', ',', '\n', '"', -1}) {
                byte[] bad = good.clone();
                bad[at] = other;
                if (good[at] == other) {
                    continue;
                }
                Files.write(metrics, bad);
                Session session = Session.of(folder, "replay", path("e"));
                assertThat(session.code()).as("byte %d is %d", at, other).isEqualTo(ExitCode.FAILURE);
                assertThat(failure(session)).contains("differs: ");
            }
        }
    }

    @Test
    void missingAndExtraRowsAreNoticed() throws IOException {
        List<String> rows = rows("e");
        Files.writeString(folder.resolve("e/metrics.csv"), String.join("\n", rows.subList(0, 100)) + "\n");
        assertThat(failure(Session.of(folder, "replay", path("e")))).startsWith("Step 99, column step differs");
        Files.writeString(folder.resolve("e/metrics.csv"), String.join("\n", rows) + "\n" + rows.get(120) + "\n");
        assertThat(failure(Session.of(folder, "replay", path("e")))).contains("Step 120, column step differs");
    }

    @Test
    void aBranchSharesThePastAndGoesItsOwnWay() throws IOException {
        ok("branch", path("e"), "--from", "50", "--at", "50:decay=off", "--out", path("b"), "--no-charts");
        assertThat(rows("b").subList(0, 51)).isEqualTo(rows("e").subList(0, 51));
        assertThat(rows("b")).hasSize(121);
        assertThat(rows("b").get(51)).isNotEqualTo(rows("e").get(51));
        assertThat(Files.readString(folder.resolve("b/events.csv")))
                .isEqualTo("step,what,from,to\n50,decay,auto,off\n");
        assertThat(Files.readString(folder.resolve("b/run.json"))).contains("\"run\" : \"e\"", "\"step\" : 50");
        ok("replay", path("b"));
        ok("branch", path("b"), "--from", "110", "--out", path("c"), "--no-charts"); // a branch of a branch
        assertThat(rows("c")).isEqualTo(rows("b"));
    }

    @Test
    void aBranchWithoutChangesAfterTheLastInterventionIsTheSame() throws IOException {
        ok("branch", path("e"), "--from", "95", "--out", path("b"), "--no-charts");
        assertThat(rows("b")).isEqualTo(rows("e"));
        ok("branch", path("e"), "--from", "120", "--out", path("c"), "--no-charts");
        assertThat(rows("c")).isEqualTo(rows("e"));
    }

    @Test
    void withoutCheckpointsTheBranchIsTheSame() throws IOException {
        Files.walk(folder.resolve("e/checkpoints"))
                .filter(Files::isRegularFile)
                .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        ok("branch", path("e"), "--from", "95", "--out", path("b"), "--no-charts");
        assertThat(rows("b")).isEqualTo(rows("e"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "branch e --from 121 --out b | --from 121 is no step of the run in",
                "branch e --from -1 --out b | --from -1 is no step of the run in",
                "branch e --from 50 --at 40:decay=off --out b | at step 40 lies before the branch begins, at step 50",
                "branch e --from 50 --at 120:decay=off --out b | is beyond the end",
                "branch e --from 5 --out e | already holds a run; choose another with --out",
                "branch nowhere --from 5 --out b | There is no folder",
                "branch e --from x --out b | --from x is no step of the run in",
                "branch e --out b | Missing required option: '--from=STEP'",
                "resume e | has ended after 120 steps; there is nothing to go on with",
                "replay nowhere | There is no folder",
            })
    void badInputGetsOneSentence(String line, String sentence) {
        String[] words = line.replace(" e", " " + path("e"))
                .replace("--out b", "--out " + path("b"))
                .split(" ");
        Session session = Session.of(folder, words);
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.errors()).hasSize(1).first().asString().contains(sentence);
        assertThat(folder.resolve("b")).doesNotExist();
    }

    /** As after a sudden end: rows are there, the last one half, and no summary. */
    @Test
    void anInterruptedRunGoesOnToTheSameEnd() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("e/metrics.csv"));
        String events = Files.readString(folder.resolve("e/events.csv"));
        for (int length : new int[] {rows("e").get(0).length() + 1, 4000, 9000, whole.length - 10, whole.length}) {
            Files.write(folder.resolve("e/metrics.csv"), java.util.Arrays.copyOf(whole, length));
            Files.deleteIfExists(folder.resolve("e/summary.json"));
            if (length < 9000) {
                Files.writeString(folder.resolve("e/events.csv"), "step,what,from,to\n"); // not come to yet
            }
            Session session = Session.of(folder, "resume", path("e"), "--no-charts");
            assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
            assertThat(Files.readAllBytes(folder.resolve("e/metrics.csv"))).isEqualTo(whole);
            assertThat(Files.readString(folder.resolve("e/events.csv"))).isEqualTo(events);
        }
    }

    @Test
    void aRunInAGivenLabFolderGoesThere() {
        ok("--lab", path("mylab"), "run", "never", "--steps", "5", "--no-charts");
        assertThat(folder.resolve("mylab/runs/never-seed1/metrics.csv")).exists();
        ok("branch", path("e"), "--from", "5", "--lab", path("mylab"), "--no-charts");
        assertThat(folder.resolve("mylab/runs/e-from-5/metrics.csv")).doesNotExist();
        assertThat(folder.resolve("mylab/runs/early-decay-from-5/metrics.csv")).exists();
    }

    /** Ended while it did the past again: no intervention whose row is there is missing from the file. */
    @Test
    void interventionsAreThereWhileTheyAreRepeated() throws IOException {
        ok(
                "run",
                "early-decay",
                "--steps",
                "80",
                "--at",
                "20:lr=0.2",
                "--at",
                "60:lr=0.3",
                "--at",
                "60:lr=0.1",
                "--no-charts",
                "--out",
                path("r"));
        String events = Files.readString(folder.resolve("r/events.csv"));
        byte[] whole = Files.readAllBytes(folder.resolve("r/metrics.csv"));
        try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("r/checkpoints"))) {
            files.forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
        Files.delete(folder.resolve("r/summary.json"));
        List<String> rows = rows("r");
        for (int length : new int[] {25, 60, 61, 70}) { // 60: the events of step 60 were written, its row was not
            Files.writeString(folder.resolve("r/metrics.csv"), String.join("\n", rows.subList(0, length + 1)) + "\n");
            Files.writeString(
                    folder.resolve("r/events.csv"),
                    length < 60
                            ? events.lines().limit(2).collect(java.util.stream.Collectors.joining("\n", "", "\n"))
                            : events);
            Files.deleteIfExists(folder.resolve("r/summary.json"));
            ok("resume", path("r"), "--no-charts");
            assertThat(Files.readString(folder.resolve("r/events.csv"))).isEqualTo(events);
            assertThat(Files.readAllBytes(folder.resolve("r/metrics.csv"))).isEqualTo(whole);
        }
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Session other = Session.of(
                folder,
                "run",
                "early-decay",
                "--steps",
                "120",
                "--no-charts",
                "--out",
                path("e"),
                "--at",
                "10:lr=1",
                "--at",
                "90:lr=0.2");
        assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure(other)).contains("with other interventions; choose another with --out");
        Files.delete(folder.resolve("e/experiment.yaml"));
        Session without = Session.of(folder, "run", "never", "--steps", "5", "--no-charts", "--out", path("e"));
        assertThat(without.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure(without)).contains("holds the samples of a run without its experiment.yaml");
        assertThat(rows("e")).hasSize(121);
    }

    @Test
    void theEndOfADivergedRunIsTheEndOfItsBranch() throws IOException {
        String[] diverging = {
            "run",
            "never",
            "--steps",
            "50",
            "--no-charts",
            "--set",
            "optimizer.learningRate=1e6",
            "--set",
            "network.normalization=none",
            "--out",
            path("d")
        };
        assertThat(Session.of(folder, diverging).code()).isEqualTo(ExitCode.DIVERGED);
        int rows = rows("d").size() - 1;
        assertThat(Session.of(
                                folder,
                                "branch",
                                path("d"),
                                "--from",
                                Integer.toString(rows),
                                "--out",
                                path("db"),
                                "--no-charts")
                        .code())
                .isEqualTo(ExitCode.DIVERGED);
        assertThat(rows("db")).isEqualTo(rows("d"));
        ok("replay", path("db"));
    }
}
