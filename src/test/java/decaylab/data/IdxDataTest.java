package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IDX files: good ones, damaged ones, and the real MNIST where it is there. */
class IdxDataTest {
    private static final int SIDE = 4;

    @TempDir
    Path folder;

    private static byte[] images(int count) {
        CounterRandom random = CounterRandom.of(count, "images");
        byte[] pixels = new byte[count * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return idx(new int[] {count, SIDE, SIDE}, pixels);
    }

    private static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return idx(new int[] {count}, labels);
    }

    private static byte[] idx(int[] dimensions, byte[] data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0x800 | dimensions.length);
            for (int n : dimensions) {
                out.writeInt(n);
            }
            out.write(data);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private void writeAll() throws IOException {
        write("train-images-idx3-ubyte.gz", images(20));
        write("train-labels-idx1-ubyte", labels(20));
        write("t10k-images.idx3-ubyte", images(10));
        write("t10k-labels-idx1-ubyte.gz", labels(10));
    }

    private void write(String name, byte[] content) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
            out.write(content);
        }
    }

    private DataSet load(Integer train) {
        return new DataCatalogue()
                .load(new DataRequest("mnist", folder, DataRequest.Columns.usual(), train, null, 0, 0, 1));
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> load(null))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    @Test
    void gzipAndRawFilesAreRead() throws IOException {
        writeAll();
        DataSet data = load(null);
        assertThat(data.shape()).containsExactly(1, SIDE, SIDE);
        assertThat(data.trainSize()).isEqualTo(20);
        assertThat(data.testSize()).isEqualTo(10);
        assertThat(data.trainLabels()[13]).isEqualTo(3);
        double sum = 0;
        double squares = 0;
        for (float value : data.trainInputs()) {
            sum += value;
            squares += (double) value * value;
        }
        assertThat(sum / data.trainInputs().length).isCloseTo(0, within(1e-5));
        assertThat(squares / data.trainInputs().length).isCloseTo(1, within(1e-5));
    }

    @Test
    void aSubsetIsDrawnAndTooLargeAOneRefused() throws IOException {
        writeAll();
        DataSet some = load(8);
        assertThat(some.trainSize()).isEqualTo(8);
        assertThat(some.trainLabels()).isNotEqualTo(Arrays.copyOf(load(null).trainLabels(), 8));
        assertThatThrownBy(() -> load(21))
                .hasMessageContaining("data.trainSize is 21")
                .hasMessageContaining("holds 20 images");
    }

    @Test
    void eachDamageHasItsOwnSentence() throws IOException {
        assertRefused("has no file train-images-idx3-ubyte");
        writeAll();
        write("train-labels-idx1-ubyte", labels(19));
        assertRefused("has 19 labels");
        write("train-labels-idx1-ubyte", new byte[0]);
        assertRefused("is empty");
        write("train-labels-idx1-ubyte", images(20));
        assertRefused("begins with 0x00000803; an IDX file of labels begins with 0x00000801");
        write("train-labels-idx1-ubyte", Arrays.copyOf(labels(20), 15));
        assertRefused("holds 7 of the 20 bytes that it announces");
        write("train-labels-idx1-ubyte", Arrays.copyOf(labels(20), 6));
        assertRefused("ends too early");
        write("train-labels-idx1-ubyte", Arrays.copyOf(labels(20), 40));
        assertRefused("goes on after the 20 bytes");
        byte[] eleven = labels(20);
        eleven[10] = 11;
        write("train-labels-idx1-ubyte", eleven);
        assertRefused("has the label 11 at item 2");
        write("train-labels-idx1-ubyte", labels(20));
        byte[] packed = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte.gz"));
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(packed, packed.length / 2));
        assertRefused("cut off");
    }

    @Test
    void aHeaderThatAnnouncesTwoBillionImagesCostsNoMemory() throws IOException {
        writeAll();
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
        byte[] huge = images(20);
        huge[4] = 0x7F;
        huge[5] = (byte) 0xFF;
        write("train-images-idx3-ubyte", huge);
        assertRefused("announces");
        huge[4] = 0x03; // 64 million of 16 bytes: allowed by size, but they are not there
        huge[5] = (byte) 0xD0;
        write("train-images-idx3-ubyte", huge);
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertRefused("of the");
        long after = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThat(after - before).isLessThan(64L << 20);
    }

    @Test
    void fourHundredMutatedFilesAreReadOrRefusedAndNothingElse() throws IOException {
        CounterRandom random = CounterRandom.of(11, "mutations");
        String[] names = {
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte",
            "t10k-images.idx3-ubyte",
            "t10k-labels-idx1-ubyte.gz"
        };
        int refused = 0;
        for (int trial = 0; trial < 400; trial++) {
            writeAll();
            Path file = folder.resolve(names[trial % names.length]);
            byte[] bytes = Files.readAllBytes(file);
            switch (random.nextInt(3)) {
                case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(50));
            }
            Files.write(file, bytes);
            try {
                load(null);
            } catch (BadInputException e) {
                assertThat(e.getMessage())
                        .contains(folder.toString())
                        .endsWith(".")
                        .doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    @Test
    void theRealMnistIsReadAsItIs() throws IOException, NoSuchAlgorithmException {
        String data = System.getenv("DECAYLAB_DATA");
        assumeTrue(data != null, "DECAYLAB_DATA is not set: the real MNIST is not read");
        Path mnist = Path.of(data, "mnist");
        DataSet set = new DataCatalogue()
                .load(new DataRequest("mnist", mnist, DataRequest.Columns.usual(), null, null, 0, 0, 1));
        assertThat(set.trainSize()).isEqualTo(60_000);
        assertThat(set.testSize()).isEqualTo(10_000);
        assertThat(set.shape()).containsExactly(1, 28, 28);
        assertThat(Arrays.copyOf(set.trainLabels(), 5)).containsExactly(5, 0, 4, 1, 9);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(mnist.resolve("train-images-idx3-ubyte.gz")))) {
            byte[] digest = MessageDigest.getInstance("MD5").digest(in.readAllBytes());
            assertThat(HexFormat.of().formatHex(digest)).startsWith("6bbc9ace");
        }
    }
}
