package decaylab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of stored runs, and what can be done with them. */
class RunStoreTest {
    @TempDir
    private Path folder;

    private LabFolder lab;
    private RunStore store;

    @BeforeEach
    void open() {
        lab = new LabFolder(folder.resolve("lab"));
        store = RunStore.open(lab);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static List<String> names(List<RunRow> rows) {
        return rows.stream().map(RunRow::name).toList();
    }

    private RunRow only() {
        List<RunRow> rows = store.list();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void anEmptyLabHasNoRuns() {
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aRunIsListedWithWhatItCameTo() {
        StoredRuns.write(lab, "first try", 3);
        RunRow row = only();
        assertThat(row.folder()).isEqualTo("first-try");
        assertThat(row.name()).isEqualTo("first try");
        assertThat(row.state()).isEqualTo(RunRow.State.FINISHED);
        assertThat(row.steps()).isEqualTo(10);
        assertThat(row.ofSteps()).isEqualTo(10);
        assertThat(row.seed()).isEqualTo(3);
        assertThat(row.norm()).isEqualTo(3);
        assertThat(row.summary()).contains("mlp 128-64");
        assertThat(row.problem()).isEmpty();
    }

    @Test
    void theSecondListComesFromTheIndexAndSeesEveryChange() throws IOException {
        Path one = StoredRuns.write(lab, "one", 1);
        StoredRuns.write(lab, "two", 2);
        assertThat(names(store.list())).containsExactly("two", "one"); // the newest first
        store.describe("one", "uno", List.of("lesson 3", "early"), "norm stays small\nafter step 400");
        StoredRuns.write(lab, "three", 3);
        RunStore.deleteTree(folder.resolve("lab/runs/two"));
        for (int again = 0; again < 2; again++) {
            List<RunRow> rows = store.list();
            assertThat(names(rows)).containsExactly("three", "uno");
            assertThat(rows.get(1).tags()).containsExactly("lesson 3", "early");
            assertThat(rows.get(1).note()).isEqualTo("norm stays small\nafter step 400");
            store.close();
            store = RunStore.open(lab);
        }
        assertThat(RunFacts.read(one).name()).isEqualTo("uno"); // the folder is the truth
    }

    @Test
    void wordsFindRuns() {
        StoredRuns.write(lab, "one", 1);
        store.describe("one", "one", List.of("Lesson"), "rises");
        RunRow row = only();
        for (String words : List.of("", "ONE", "lesson rises", "mlp", "finished", "seed 1", "  one ")) {
            assertThat(row.matches(words)).as(words).isTrue();
        }
        assertThat(row.matches("one two")).isFalse();
    }

    @Test
    void withoutItsIndexTheListIsTheSame() throws IOException, SQLException {
        StoredRuns.write(lab, "one", 1);
        StoredRuns.write(lab, "two", 2);
        List<RunRow> rows = store.list();
        store.close();
        Path index = folder.resolve("lab/index.db");
        assertThat(index).exists();
        Files.delete(index);
        store = RunStore.open(lab);
        assertThat(store.list()).isEqualTo(rows);
        store.close();
        Files.writeString(index, "this is no database at all, but a text of more than a page".repeat(100));
        store = RunStore.open(lab);
        assertThat(store.list()).isEqualTo(rows);
        store.close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + index);
                var statement = other.createStatement()) {
            statement.execute("DROP TABLE run");
            statement.execute("CREATE TABLE run (folder TEXT, stamp TEXT)");
            statement.execute("INSERT INTO run VALUES ('one', 'x')");
        }
        store = RunStore.open(lab);
        assertThat(store.list()).isEqualTo(rows);
    }

    @Test
    void twoLabsOnOneFolder() {
        try (RunStore other = RunStore.open(lab)) {
            for (int i = 1; i <= 20; i++) {
                StoredRuns.write(lab, "run", i);
                assertThat((i % 2 == 0 ? store : other).list()).hasSize(i);
            }
            store.delete("run-3");
            assertThat(other.list()).hasSize(19);
            other.describe("run-4", "four", List.of(), "");
            assertThat(names(store.list())).contains("four");
        }
    }

    @Test
    void aDeletedRunComesBackAsItWas() {
        Path run = StoredRuns.write(lab, "one", 1);
        RunRow before = only();
        RunStore.Deleted deleted = store.delete("one");
        assertThat(store.list()).isEmpty();
        assertThat(run).doesNotExist();
        assertThat(store.restore(deleted)).isEqualTo("one");
        assertThat(only()).isEqualTo(before);
        RunStore.Deleted first = store.delete("one");
        StoredRuns.write(lab, "one", 2);
        RunStore.Deleted second = store.delete("one");
        StoredRuns.write(lab, "one", 3);
        assertThat(store.restore(first)).isEqualTo("one-2"); // nothing is overwritten
        assertThat(store.restore(second)).isEqualTo("one-3");
        assertThat(store.list()).extracting(RunRow::seed).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void theTrashIsEmptiedAfterAMonth() throws IOException {
        StoredRuns.write(lab, "old", 1);
        StoredRuns.write(lab, "new", 2);
        RunStore.Deleted old = store.delete("old");
        RunStore.Deleted fresh = store.delete("new");
        Files.setLastModifiedTime(old.place(), FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        store.close();
        store = RunStore.open(lab);
        assertThat(old.place()).doesNotExist();
        assertThat(fresh.place()).exists();
    }

    @Test
    void aRunThatIsBeingWrittenIsNotDeleted() throws IOException {
        Path run = StoredRuns.write(lab, "one", 1);
        Files.delete(run.resolve("summary.json"));
        assertThat(only().state()).isEqualTo(RunRow.State.INTERRUPTED);
        assertThat(only().steps()).isEqualTo(10);
        try (FolderLock lock = FolderLock.take(run).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(only().state()).isEqualTo(RunRow.State.RUNNING);
            assertThatThrownBy(() -> store.delete("one"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageEndingWith("is being written; stop it before you delete it.");
        }
        assertThat(only().state()).isEqualTo(RunRow.State.INTERRUPTED); // the lock went without any file changing
    }

    @Test
    void aDamagedRunHarmsNoOther() throws IOException {
        Path bad = StoredRuns.write(lab, "bad", 1);
        StoredRuns.write(lab, "good", 2);
        Files.writeString(bad.resolve("experiment.yaml"), "steps: many");
        Files.createDirectories(folder.resolve("lab/runs/empty"));
        Files.writeString(folder.resolve("lab/runs/file"), "");
        List<RunRow> rows = store.list();
        assertThat(names(rows)).containsExactlyInAnyOrder("good", "bad");
        RunRow damaged = rows.stream()
                .filter(row -> row.name().equals("bad"))
                .findFirst()
                .orElseThrow();
        assertThat(damaged.state()).isEqualTo(RunRow.State.DAMAGED);
        assertThat(damaged.problem()).contains("steps is 'many'; it must be a whole number");
    }

    @Test
    void aRunTravelsAsOneFile() throws IOException {
        Path run = StoredRuns.write(lab, "one", 1);
        store.describe("one", "one", List.of("tag"), "a note");
        Path file = folder.resolve("one.zip");
        store.export("one", file);
        try (RunStore other = RunStore.open(new LabFolder(folder.resolve("other")))) {
            assertThat(other.importRun(file)).isEqualTo("one");
            assertThat(other.importRun(file)).isEqualTo("one-2");
            Path copy = other.folder("one");
            for (String name : List.of(
                    "experiment.yaml",
                    "metrics.csv",
                    "events.csv",
                    "run.json",
                    "summary.json",
                    "checkpoints/10.ckpt")) {
                assertThat(copy.resolve(name)).hasSameBinaryContentAs(run.resolve(name));
            }
            assertThat(other.list().get(0).note()).isEqualTo("a note");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../outside.txt", "/outside.txt", "charts/../../x.png", "program.exe", "charts/a/b.png", "x/"})
    void aFileThatHoldsAnythingElseIsRefusedWhole(String entry) throws IOException {
        Path file = folder.resolve("evil.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("events.csv"));
            zip.write("step,what,from,to\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(entry));
            zip.closeEntry();
        }
        assertThatThrownBy(() -> store.importRun(file)).isInstanceOf(BadInputException.class);
        assertThat(store.list()).isEmpty();
        try (var left = Files.list(lab.runs())) {
            assertThat(left).isEmpty();
        }
        assertThat(folder.resolve("outside.txt")).doesNotExist();
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() throws IOException {
        Path file = folder.resolve("a.zip");
        Files.writeString(file, "PK but not really");
        assertThatThrownBy(() -> store.importRun(file)).hasMessageStartingWith("The file " + file + " is damaged");
        assertThatThrownBy(() -> store.importRun(folder.resolve("b.zip"))).hasMessageStartingWith("There is no file");
    }
}
