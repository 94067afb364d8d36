package decaylab.glyphs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * The files of {@code datasets/glyphs} are what the program makes of the outlines beside them. With the system property {@code
 * glyphs.write} it writes them: {@code ./mvnw surefire:test -Dtest=GlyphsTest -Dglyphs.write=datasets/glyphs}.
 */
class GlyphsTest {
    private static final Path FOLDER = Path.of("datasets", "glyphs");
    private static final int TRAIN = 6_000;
    private static final int TEST = 1_000;

    @Test
    void theFilesAreWhatTheProgramMakes() throws IOException {
        Map<String, byte[]> files = files();
        String target = System.getProperty("glyphs.write");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (target != null) {
                try (GZIPOutputStream out =
                        new GZIPOutputStream(Files.newOutputStream(Path.of(target, file.getKey())))) {
                    out.write(file.getValue());
                }
            }
            try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file.getKey())))) {
                assertThat(in.readAllBytes()).as(file.getKey()).isEqualTo(file.getValue());
            }
        }
    }

    private static Map<String, byte[]> files() throws IOException {
        GlyphImages glyphs = new GlyphImages(FOLDER.resolve("outlines.txt"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> split :
                Map.of("train", TRAIN, "t10k", TEST).entrySet()) {
            String name = split.getKey();
            int count = split.getValue();
            files.put(
                    name + "-images-idx3-ubyte.gz",
                    idx(glyphs.images(name, count), count, GlyphImages.SIDE, GlyphImages.SIDE));
            files.put(name + "-labels-idx1-ubyte.gz", idx(GlyphImages.labels(name, count), count));
        }
        return files;
    }

    private static byte[] idx(byte[] data, int... dimensions) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0x800 | dimensions.length);
            for (int length : dimensions) {
                out.writeInt(length);
            }
            out.write(data);
        }
        return bytes.toByteArray();
    }

    /** A ring with an inner edge that runs the other way round, whose ink is half of the canvas's middle. */
    @Test
    void inkIsWhatTheOutlineWindsAround() {
        Canvas canvas = new Canvas(8);
        canvas.fill(Outline.of("M 1 1 L 7 1 L 7 7 L 1 7 Z M 3 3 L 3 5 L 5 5 L 5 3 Z"));
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                boolean outside = x < 1 || x > 6 || y < 1 || y > 6;
                boolean hole = x >= 3 && x < 5 && y >= 3 && y < 5;
                assertThat(canvas.at(x, y)).as("%d, %d", x, y).isEqualTo(outside || hole ? 0 : 1);
            }
        }
    }

    @Test
    void everyDigitComesAsOften() {
        int[] counts = new int[GlyphImages.DIGITS];
        for (byte label : GlyphImages.labels("train", TRAIN)) {
            counts[label]++;
        }
        assertThat(counts).containsOnly(TRAIN / GlyphImages.DIGITS);
    }
}
