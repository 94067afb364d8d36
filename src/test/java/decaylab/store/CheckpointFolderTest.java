package decaylab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.optim.FlatArray;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on disk: to the last bit, or not at all. */
class CheckpointFolderTest {
    @TempDir
    private Path folder;

    private CheckpointFolder checkpoints;

    @BeforeEach
    void open() {
        checkpoints = new CheckpointFolder(folder.resolve("checkpoints"), 7);
    }

    private static Checkpoint floats(long step, int length) {
        Random random = new Random(step);
        float[][] values = new float[2][length];
        for (float[] vector : values) {
            for (int i = 0; i < length; i++) {
                vector[i] = Float.intBitsToFloat(random.nextInt());
            }
        }
        return new Checkpoint(
                step,
                Gate.OFF,
                0.1,
                1.0 / 3,
                new FlatArray.OfFloat(values[0]),
                List.of(new FlatArray.OfFloat(values[1])));
    }

    /** One whose objective keeps vectors of its own. */
    private static Checkpoint withObjective(long step) {
        Checkpoint plain = floats(step, 3);
        return new Checkpoint(
                step,
                plain.gate(),
                plain.lambdaBase(),
                plain.learningRateBase(),
                plain.parameters(),
                plain.buffers(),
                List.of(
                        new FlatArray.OfDouble(new double[] {1.0 / 3, -1}),
                        new FlatArray.OfFloat(new float[] {7}),
                        new FlatArray.OfFloat(new float[0])));
    }

    private static void assertSame(Checkpoint a, Checkpoint b) {
        assertThat(a.objective()).hasSameSizeAs(b.objective());
        for (int i = 0; i < a.objective().size(); i++) {
            assertThat(a.objective().get(i)).hasSameClassAs(b.objective().get(i));
            assertSame(a.objective().get(i), b.objective().get(i));
        }
        assertThat(a.step()).isEqualTo(b.step());
        assertThat(a.gate()).isEqualTo(b.gate());
        assertThat(a.lambdaBase()).isEqualTo(b.lambdaBase());
        assertThat(a.learningRateBase()).isEqualTo(b.learningRateBase());
        assertSame(a.parameters(), b.parameters());
        assertThat(a.buffers()).hasSameSizeAs(b.buffers());
        for (int i = 0; i < a.buffers().size(); i++) {
            assertSame(a.buffers().get(i), b.buffers().get(i));
        }
    }

    private static void assertSame(FlatArray a, FlatArray b) {
        assertThat(a.length()).isEqualTo(b.length());
        for (int i = 0; i < a.length(); i++) {
            assertThat(Double.doubleToRawLongBits(a.get(i))).isEqualTo(Double.doubleToRawLongBits(b.get(i)));
        }
    }

    @Test
    void everyBitComesBack() throws IOException {
        for (int length : new int[] {0, 1, 1000, 300_001}) { // the last is longer than what is written at once
            Checkpoint written = floats(length, length);
            checkpoints.write(written, Set.of());
            assertSame(written, checkpoints.read(length));
        }
        Checkpoint doubles = new Checkpoint(
                7, Gate.AUTO, 0, 0, new FlatArray.OfDouble(new double[] {1.0 / 3, -0.0, Double.MIN_VALUE}), List.of());
        checkpoints.write(doubles, Set.of());
        assertSame(doubles, checkpoints.read(7));
        assertThat(checkpoints.steps()).containsExactly(0L, 1L, 7L, 1000L, 300_001L);
    }

    @Test
    void everyBitThatFlipsAndEveryByteThatIsMissingIsNoticed() throws IOException {
        checkpoints.write(floats(5, 3), Set.of());
        checkpoints.write(floats(9, 3), Set.of());
        Path file = folder.resolve("checkpoints/9.ckpt");
        byte[] good = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(file, bad);
        }
        for (int length = 0; length < good.length; length++) {
            assertRefused(file, Arrays.copyOf(good, length));
        }
        assertRefused(file, Arrays.copyOf(good, good.length + 1));
    }

    @Test
    void whatAnObjectiveKeepsComesBackAndIsGuardedToo() throws IOException {
        checkpoints.write(floats(5, 3), Set.of());
        checkpoints.write(withObjective(9), Set.of());
        assertSame(withObjective(9), checkpoints.read(9));
        Path file = folder.resolve("checkpoints/9.ckpt");
        byte[] good = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(file, bad);
        }
        for (int length = 0; length < good.length; length++) {
            assertRefused(file, Arrays.copyOf(good, length));
        }
        assertRefused(file, Arrays.copyOf(good, good.length + 1));
    }

    /** A checkpoint without such vectors is the file that earlier versions of the lab wrote. */
    @Test
    void withoutThemTheFormatIsTheFirst() throws IOException {
        checkpoints.write(floats(5, 3), Set.of());
        byte[] file = Files.readAllBytes(folder.resolve("checkpoints/5.ckpt"));
        assertThat(file[8]).isEqualTo((byte) 1);
        assertThat(file).hasSize(8 + 5 * 4 + 4 * 8 + 2 * 3 * 4 + 4);
    }

    private void assertRefused(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> checkpoints.read(9))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("The checkpoint " + file + " is damaged (");
        List<String> said = new ArrayList<>();
        assertSame(floats(5, 3), checkpoints.upTo(20, said::add).orElseThrow());
        assertThat(said).hasSize(1).first().asString().endsWith("An earlier one is used.");
    }

    @Test
    void aCheckpointUnderAnotherStepsNameIsNotBelieved() throws IOException {
        checkpoints.write(floats(5, 3), Set.of());
        Files.move(folder.resolve("checkpoints/5.ckpt"), folder.resolve("checkpoints/6.ckpt"));
        assertThatThrownBy(() -> checkpoints.read(6)).hasMessageContaining("it is of step 5");
    }

    @Test
    void aCheckpointOfAnotherExperimentIsNotUsed() throws IOException {
        checkpoints.write(floats(5, 3), Set.of());
        List<String> said = new ArrayList<>();
        assertThat(new CheckpointFolder(folder.resolve("checkpoints"), 8).upTo(9, said::add))
                .isEmpty();
        assertThat(said).first().asString().contains("is of another experiment.");
    }

    @Test
    void manyGrowThinAndThoseBeforeChangesStay() throws IOException {
        Set<Long> changes = Set.of(60L, 110L);
        for (long step = 10; step <= 1000; step += 10) {
            checkpoints.write(floats(step, 2), changes);
        }
        assertThat(checkpoints.steps()).hasSize(16).contains(60L, 110L).endsWith(980L, 990L, 1000L);
        assertThat(checkpoints.upTo(9, message -> {})).isEmpty();
    }

    @Test
    void whatIsNoCheckpointIsLeftAlone() throws IOException {
        checkpoints.write(floats(5, 3), Set.of());
        Files.writeString(folder.resolve("checkpoints/notes.ckpt"), "mine");
        Files.writeString(folder.resolve("checkpoints/99999999999999999999.ckpt"), "mine");
        assertThat(checkpoints.steps()).containsExactly(5L);
        checkpoints.clear();
        assertThat(folder.resolve("checkpoints/notes.ckpt")).exists();
        assertThat(checkpoints.steps()).isEmpty();
    }
}
