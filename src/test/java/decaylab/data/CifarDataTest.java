package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CIFAR-10's binary batches: good ones, damaged ones, and the real ones where they are there. */
class CifarDataTest {
    private static final int PIXELS = 1024;
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    /** Red, green and blue that differ in brightness; the label is the number of the record. */
    private static byte[] records(int count, int from) {
        CounterRandom random = CounterRandom.of(from, "records");
        byte[] bytes = new byte[count * RECORD];
        for (int i = 0; i < bytes.length; i++) {
            int place = i % RECORD;
            bytes[i] =
                    (byte) (place == 0 ? (from + i / RECORD) % 10 : random.nextInt(20) + 70 * ((place - 1) / PIXELS));
        }
        return bytes;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream to = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out) {
            to.write(bytes);
        }
    }

    private void writeAll(Path into) throws IOException {
        write(into.resolve("data_batch_1.bin"), records(7, 0));
        write(into.resolve("data_batch_3.bin.gz"), records(4, 7));
        write(into.resolve("test_batch.bin"), records(5, 2));
    }

    private DataSet load(Integer train, Integer test) {
        return new DataCatalogue()
                .load(new DataRequest("cifar10", folder, DataRequest.Columns.usual(), train, test, 0, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cifar-10-batches-bin"})
    void batchesOfAnyNumberOfRecordsAreReadInTheirOrder(String inner) throws IOException {
        writeAll(folder.resolve(inner));
        DataSet set = load(null, 3);
        assertThat(set.shape()).containsExactly(3, 32, 32);
        assertThat(set.trainLabels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0);
        assertThat(set.testLabels()).containsExactly(2, 3, 4);
    }

    @Test
    void eachColourIsStandardised() throws IOException {
        writeAll(folder);
        DataSet set = load(null, null);
        for (int colour = 0; colour < 3; colour++) {
            double sum = 0;
            double squares = 0;
            for (int example = 0; example < set.trainSize(); example++) {
                for (int i = 0; i < PIXELS; i++) {
                    double value = set.trainInputs()[(example * 3 + colour) * PIXELS + i];
                    sum += value;
                    squares += value * value;
                }
            }
            double count = (double) set.trainSize() * PIXELS;
            assertThat(sum / count).isCloseTo(0, within(1e-5));
            assertThat(squares / count).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void aSubsetIsDrawnFromAllBatches() throws IOException {
        writeAll(folder);
        int[] labels = load(6, null).trainLabels();
        assertThat(labels).hasSize(6).isEqualTo(load(6, null).trainLabels());
        assertThat(Arrays.stream(labels).boxed().toList()).doesNotContainSequence(0, 1, 2, 3, 4, 5);
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThatThrownBy(() -> load(null, null))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("has no file test_batch.bin");
        writeAll(folder);
        assertThatThrownBy(() -> load(12, null))
                .hasMessage("data.trainSize is 12, but " + folder
                        + " holds 11 images; make it at most that, or null for all.");
        Files.write(folder.resolve("data_batch_1.bin"), new byte[RECORD + 1]);
        assertThatThrownBy(() -> load(null, null)).hasMessageContaining("not a number of records of 3073");
        byte[] wrong = records(2, 0);
        wrong[RECORD] = 10;
        Files.write(folder.resolve("data_batch_1.bin"), wrong);
        assertThatThrownBy(() -> load(null, null)).hasMessageContaining("has the label 10 at record 1");
        assertThatThrownBy(() -> new DataCatalogue()
                        .load(new DataRequest("cifar10", null, DataRequest.Columns.usual(), null, null, 0, 0, 1)))
                .hasMessageContaining("data.folder is not set");
    }

    @Test
    void threeHundredMutatedFilesAreReadOrRefusedAndNothingElse() throws IOException {
        CounterRandom random = CounterRandom.of(13, "mutations");
        String[] names = {"data_batch_1.bin", "data_batch_3.bin.gz", "test_batch.bin"};
        int refused = 0;
        for (int trial = 0; trial < 300; trial++) {
            writeAll(folder);
            Path file = folder.resolve(names[trial % names.length]);
            byte[] bytes = Files.readAllBytes(file);
            switch (random.nextInt(4)) {
                case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[random.nextInt(3) * RECORD % bytes.length] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(50));
            }
            Files.write(file, bytes);
            try {
                load(null, null);
            } catch (BadInputException e) {
                assertThat(e.getMessage())
                        .contains(folder.toString())
                        .endsWith(".")
                        .doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(150);
    }

    @Test
    void theRealRecordsAreReadAsTheyAre() throws IOException, NoSuchAlgorithmException {
        String data = System.getenv("DECAYLAB_DATA");
        assumeTrue(data != null, "DECAYLAB_DATA is not set: the real CIFAR-10 is not read");
        folder = Path.of(data, "cifar10");
        byte[] batch = Files.readAllBytes(folder.resolve("data_batch_1.bin"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(batch)))
                .isEqualTo("07704ae233cc40e200a600eed4f4e13c");
        DataSet set = load(null, null);
        assertThat(set.trainSize()).isEqualTo(4000);
        assertThat(set.testSize()).isEqualTo(1000);
        assertThat(Arrays.copyOf(set.trainLabels(), 8)).containsExactly(6, 9, 9, 4, 1, 1, 2, 7);
        assertThat(Arrays.copyOf(set.testLabels(), 8)).containsExactly(3, 8, 8, 0, 6, 6, 1, 6);
        // Standardised values keep the differences of pixels: 59, 43, 50, 68 and 98 in red, 154 in the second image.
        float[] x = set.trainInputs();
        double step = (x[0] - x[1]) / 16.0;
        assertThat((x[2] - x[1]) / step).isCloseTo(7, within(1e-3));
        assertThat((x[3] - x[1]) / step).isCloseTo(25, within(1e-3));
        assertThat((x[4] - x[1]) / step).isCloseTo(55, within(1e-3));
        assertThat((x[3 * PIXELS] - x[1]) / step).isCloseTo(111, within(1e-3));
    }
}
