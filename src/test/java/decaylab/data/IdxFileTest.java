package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One IDX file: what a damaged one may cost, and the pixels of the real ones. */
class IdxFileTest {
    private static final int COUNT = 6;
    private static final int SIDE = 5;
    private static final int HEADER = 16;

    @TempDir
    Path folder;

    private static byte[] images() {
        ByteBuffer file = ByteBuffer.allocate(HEADER + COUNT * SIDE * SIDE);
        file.putInt(0x803).putInt(COUNT).putInt(SIDE).putInt(SIDE);
        CounterRandom random = CounterRandom.of(2, "pixels");
        while (file.hasRemaining()) {
            file.put((byte) random.nextInt(256));
        }
        return file.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("images"), bytes);
    }

    /** Bytes this thread reserves while it reads. */
    private static long allocated(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        work.run();
        return threads.getThreadAllocatedBytes(id) - before;
    }

    @Test
    void whatIsWrittenIsReadRawAndPacked() throws IOException {
        byte[] file = images();
        for (byte[] form : new byte[][] {file, gzip(file)}) {
            IdxFile read = IdxFile.read(write(form), 3);
            assertThat(read.dimensions()).containsExactly(COUNT, SIDE, SIDE);
            assertThat(read.bytes()).containsExactly(Arrays.copyOfRange(file, HEADER, file.length));
        }
    }

    /**
     * Flips, cuts, additions, overwritten header fields and inserted bytes, in the file itself and in what is packed. Each is
     * read as it announces itself or refused in one sentence, and none costs more memory than its announcement may.
     */
    @Test
    void sixHundredDamagedFilesAreReadOrRefusedAndCostLittle() throws IOException {
        CounterRandom random = CounterRandom.of(21, "damage");
        int[] extremes = {
            0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 15, 1 << 24, 1 << 30, COUNT + 1, COUNT - 1
        };
        int refused = 0;
        int read = 0;
        for (int trial = 0; trial < 600; trial++) {
            boolean packed = trial % 2 == 0;
            boolean damageInside = trial % 4 < 2;
            byte[] bytes = images();
            if (packed && damageInside) {
                bytes = gzip(damage(bytes, random, extremes));
            } else {
                bytes = damage(packed ? gzip(bytes) : bytes, random, extremes);
            }
            Path file = write(bytes);
            IdxFile[] result = new IdxFile[1];
            String[] sentence = new String[1];
            long cost = allocated(() -> {
                try {
                    result[0] = IdxFile.read(file, 3);
                } catch (BadInputException e) {
                    sentence[0] = e.getMessage();
                }
            });
            assertThat(cost).as("trial %d: %s", trial, sentence[0]).isLessThan(4L << 20);
            if (result[0] == null) {
                assertThat(sentence[0]).contains(file.toString()).endsWith(".").doesNotContain("\n");
                refused++;
            } else {
                int[] dimensions = result[0].dimensions();
                assertThat(result[0].bytes()).hasSize(dimensions[0] * dimensions[1] * dimensions[2]);
                read++;
            }
        }
        assertThat(refused).isGreaterThan(300);
        assertThat(read).isGreaterThan(30);
    }

    private static byte[] damage(byte[] bytes, CounterRandom random, int[] extremes) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 2 -> {
                return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
            }
            case 3 -> ByteBuffer.wrap(bytes).putInt(4 * random.nextInt(4), extremes[random.nextInt(extremes.length)]);
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                return longer;
            }
        }
        return bytes;
    }

    @Test
    void aHeaderIsNotTrustedWithTheMemory() throws IOException {
        // 2^15 x 2^10 x 2^5 = 2^30 bytes: the most that is allowed, and not there.
        byte[] file = ByteBuffer.allocate(HEADER + 100)
                .putInt(0x803)
                .putInt(1 << 15)
                .putInt(1 << 10)
                .putInt(1 << 5)
                .array();
        for (byte[] form : new byte[][] {file, gzip(file)}) {
            Path path = write(form);
            long cost = allocated(() -> assertThatThrownBy(() -> IdxFile.read(path, 3))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("holds 100 of the 1073741824 bytes"));
            assertThat(cost).isLessThan(16L << 20);
        }
    }

    @Test
    void emptyDimensionsAndThoseWhoseProductOverflowsAreRefused() throws IOException {
        int[][] cases = {{0, 5, 5}, {6, 0, 5}, {6, 5, -1}, {1 << 30, 2, 2}, {1 << 16, 1 << 16, 1 << 16}};
        for (int[] dimensions : cases) {
            ByteBuffer file = ByteBuffer.allocate(HEADER + 25).putInt(0x803);
            for (int length : dimensions) {
                file.putInt(length);
            }
            Path path = write(file.array());
            assertThatThrownBy(() -> IdxFile.read(path, 3))
                    .as(Arrays.toString(dimensions))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("announces");
        }
    }

    @Test
    void aFolderInTheFilesPlaceIsNoFile() throws IOException {
        Files.createDirectory(folder.resolve("train-images-idx3-ubyte"));
        assertThatThrownBy(() -> new DataCatalogue()
                        .load(new DataRequest("mnist", folder, DataRequest.Columns.usual(), null, null, 0, 0, 1)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("has no file train-images-idx3-ubyte");
    }

    /** The first digit, a five, and the figures everybody standardises MNIST with: mean 0.1307, deviation 0.3081. */
    @Test
    void theRealMnistsPixelsAreStandardised() {
        String data = System.getenv("DECAYLAB_DATA");
        assumeTrue(data != null, "DECAYLAB_DATA is not set: the real MNIST is not read");
        DataSet set = new DataCatalogue()
                .load(new DataRequest(
                        "mnist", Path.of(data, "mnist"), DataRequest.Columns.usual(), null, null, 0, 0, 1));
        int[] row = {0, 3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127, 0};
        for (int i = 0; i < row.length; i++) {
            double expected = (row[i] / 255.0 - 0.1307) / 0.3081;
            assertThat((double) set.trainInputs()[5 * 28 + 11 + i]).isCloseTo(expected, within(1e-3));
        }
        assertThat(Arrays.copyOf(set.testLabels(), 5)).containsExactly(7, 2, 1, 0, 4);
    }
}
