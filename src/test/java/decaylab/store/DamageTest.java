package decaylab.store;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import decaylab.store.RunFolder.StoredRun;
import decaylab.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that were cut off, had bits flipped, lines doubled or were replaced by rubbish: nothing crashes or hangs, the run beside
 * is as it was, and whatever is refused is refused in one sentence. The damage is drawn from a fixed seed.
 */
@Timeout(300)
class DamageTest {
    private static final int DAMAGES_EACH = 60;
    private static final List<String> FILES = List.of(
            "experiment.yaml",
            "metrics.csv",
            "events.csv",
            "run.json",
            "summary.json",
            "checkpoints/4.ckpt",
            "checkpoints/10.ckpt");

    @TempDir
    private Path folder;

    private LabFolder lab;
    private Path victim;
    private Path neighbour;
    private RunStore store;

    @BeforeEach
    void write() {
        lab = new LabFolder(folder.resolve("lab"));
        victim = StoredRuns.write(lab, "victim", 1);
        neighbour = StoredRuns.write(lab, "neighbour", 2);
        store = RunStore.open(lab);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bad = good.clone();
        int at = good.length == 0 ? 0 : random.nextInt(good.length);
        switch (random.nextInt(8)) {
            case 0 -> bad = Arrays.copyOf(good, at); // cut off
            case 1 -> bad[at] ^= (byte) (1 << random.nextInt(8)); // a flipped bit
            case 2 -> bad[at] = (byte) random.nextInt(256);
            case 3 -> { // a piece of zeros, as after a power failure
                Arrays.fill(bad, at, Math.min(bad.length, at + 1 + random.nextInt(512)), (byte) 0);
            }
            case 4 -> { // a piece doubled
                int length = Math.min(good.length - at, 1 + random.nextInt(200));
                bad = new byte[good.length + length];
                System.arraycopy(good, 0, bad, 0, at + length);
                System.arraycopy(good, at, bad, at + length, good.length - at);
            }
            case 5 -> { // a piece missing
                int length = Math.min(good.length - at, 1 + random.nextInt(200));
                bad = new byte[good.length - length];
                System.arraycopy(good, 0, bad, 0, at);
                System.arraycopy(good, at + length, bad, at, good.length - at - length);
            }
            case 6 -> { // rubbish of any length
                bad = new byte[random.nextInt(2000)];
                random.nextBytes(bad);
            }
            default -> { // something that could belong there
                String[] words = {
                    "null", "{}", "[]", "\"", "-1", "NaN", "1e999", "99999999999999999999", ",,,", "\n\n", "\r"
                };
                byte[] word = words[random.nextInt(words.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8);
                System.arraycopy(word, 0, bad, at, Math.min(word.length, bad.length - at));
            }
        }
        return bad;
    }

    /** Does what a lab does with a stored run; a sentence where it is refused. */
    private Optional<String> use(Path run) {
        try {
            StoredRun stored = RunFolder.read(run);
            List<String> said = new ArrayList<>();
            stored.pastUntil(stored.log().rows(), said::add);
            stored.changesFrom(0);
            said.forEach(DamageTest::assertSentence);
            return Optional.empty();
        } catch (BadInputException | LabFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static void assertSentence(String sentence) {
        assertThat(sentence)
                .hasSizeBetween(20, 600)
                .doesNotContain("\n", "Exception", "java.", "decaylab.")
                .endsWith(".");
    }

    @Test
    void damageIsSaidInASentenceAndHarmsNoNeighbour() throws IOException {
        Random random = new Random(20);
        int refused = 0;
        for (String name : FILES) {
            Path file = victim.resolve(name);
            byte[] good = Files.readAllBytes(file);
            for (int i = 0; i < DAMAGES_EACH; i++) {
                byte[] bad = damaged(good, random);
                Files.write(file, bad);
                Optional<String> sentence = use(victim);
                sentence.ifPresent(DamageTest::assertSentence);
                refused += sentence.isPresent() ? 1 : 0;
                List<RunRow> rows = store.list();
                assertThat(rows)
                        .as("%s, damage %d", name, i)
                        .extracting(RunRow::folder)
                        .contains("neighbour");
                rows.stream()
                        .filter(row -> row.state() == RunRow.State.DAMAGED)
                        .forEach(row -> assertSentence(row.problem()));
                assertThat(rows.stream()
                                .filter(row -> row.folder().equals("neighbour"))
                                .findFirst()
                                .orElseThrow()
                                .state())
                        .isEqualTo(RunRow.State.FINISHED);
            }
            Files.write(file, good);
        }
        assertThat(refused).isGreaterThan(150); // much of it cannot be overlooked
        assertThat(use(victim)).isEmpty();
        assertThat(use(neighbour)).isEmpty();
    }

    @Test
    void aDamagedIndexIsMadeAnew() throws IOException {
        List<RunRow> before = store.list();
        store.close();
        Path index = folder.resolve("lab/index.db");
        byte[] good = Files.readAllBytes(index);
        Random random = new Random(21);
        for (int i = 0; i < DAMAGES_EACH; i++) {
            Files.deleteIfExists(folder.resolve("lab/index.db-wal"));
            Files.deleteIfExists(folder.resolve("lab/index.db-shm"));
            Files.write(index, damaged(good, random));
            store = RunStore.open(lab);
            assertThat(store.list()).extracting(RunRow::folder).containsExactlyInAnyOrder("victim", "neighbour");
            store.close();
        }
        Files.delete(index);
        store = RunStore.open(lab);
        assertThat(store.list()).isEqualTo(before);
    }

    @Test
    void aCheckpointThatIsReadIsTheOneThatWasWritten() throws IOException {
        Random random = new Random(22);
        Path file = victim.resolve("checkpoints/10.ckpt");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < 300; i++) {
            byte[] bad = damaged(good, random);
            if (Arrays.equals(good, bad)) {
                continue;
            }
            Files.write(file, bad);
            Checkpoint used = RunFolder.checkpoints(victim, StoredRuns.experiment(1))
                    .upTo(10, DamageTest::assertSentence)
                    .orElseThrow();
            assertThat(used.step()).isEqualTo(4);
        }
    }
}
