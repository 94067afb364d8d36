package decaylab.data;

import decaylab.problem.BadInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a file of data, gzip or raw. What follows the end of a gzip stream without being another one is not looked at, as gzip
 * itself does.
 */
final class DataFile {
    private static final int MOST_BYTES = 1 << 29;

    private DataFile() {}

    /** What is read from the unpacked bytes. */
    @FunctionalInterface
    interface Content<T> {
        T of(InputStream in) throws IOException;
    }

    /**
     * @throws BadInputException where there is no such file, it is empty, damaged or ends too early
     */
    static <T> T read(Path file, Content<T> content) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            raw.mark(2);
            int first = raw.read();
            int second = raw.read();
            raw.reset();
            if (first < 0) {
                throw new BadInputException("The file " + file + " is empty; download it again.");
            }
            boolean packed = first == 0x1F && second == 0x8B;
            return content.of(packed ? new GZIPInputStream(raw, 1 << 16) : raw);
        } catch (NoSuchFileException e) {
            throw new BadInputException("There is no file " + file + "; check the folder.", e);
        } catch (EOFException e) {
            throw new BadInputException("The file " + file + " ends too early; it is cut off, download it again.", e);
        } catch (ZipException e) {
            throw new BadInputException(
                    "The file " + file + " is damaged gzip (" + e.getMessage() + "); download it again.", e);
        } catch (IOException e) {
            throw new BadInputException(
                    "The file " + file + " cannot be read (" + e.getMessage()
                            + "); check that it is a file you may read.",
                    e);
        }
    }

    /**
     * All its bytes.
     *
     * @throws BadInputException likewise, and where they are more than a data set has
     */
    static byte[] bytes(Path file) {
        return read(file, in -> {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            if (in.read() >= 0) {
                throw new BadInputException("The file " + file + " holds more than " + MOST_BYTES
                        + " bytes, which is not a data set that the lab can read; download it again.");
            }
            return bytes;
        });
    }
}
