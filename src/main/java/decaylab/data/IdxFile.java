package decaylab.data;

import decaylab.problem.BadInputException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * One IDX file of unsigned bytes, gzip or raw (LeCun's format: big-endian magic 0x08 with the number of dimensions, the
 * dimensions, then the bytes). What follows the end of a gzip stream without being another one is not looked at, as gzip
 * itself does.
 *
 * @param name what it is called in messages
 * @param dimensions the lengths, the number of items first
 * @param bytes as many as the product of the dimensions
 */
@SuppressWarnings("ArrayRecordComponent")
record IdxFile(String name, int[] dimensions, byte[] bytes) {
    private static final int STEP = 1 << 20;
    private static final long MOST_BYTES = 1L << 30;

    /**
     * @param rank dimensions the file must have: 1 for labels, 3 for images
     * @throws BadInputException where there is no such file, or it is not what it should be
     */
    static IdxFile read(Path file, int rank) {
        return DataFile.read(file, in -> parse(file.toString(), new DataInputStream(in), rank));
    }

    /** One that comes with the lab, beside this class. */
    static IdxFile bundled(String name, int rank) {
        try (InputStream packed = IdxFile.class.getResourceAsStream(name)) {
            if (packed == null) {
                throw new IllegalStateException("the file " + name + " is missing from the lab's files");
            }
            return parse(name, new DataInputStream(new GZIPInputStream(packed)), rank);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IdxFile parse(String name, DataInputStream in, int rank) throws IOException {
        int magic = in.readInt();
        int expected = 0x800 | rank;
        if (magic != expected) {
            throw new BadInputException(String.format(
                    "The file %s begins with 0x%08X; an IDX file of %s begins with 0x%08X, so this is another file.",
                    name, magic, rank == 1 ? "labels" : "images", expected));
        }
        int[] dimensions = new int[rank];
        long size = 1;
        for (int i = 0; i < rank; i++) {
            dimensions[i] = in.readInt();
            size = dimensions[i] > 0 && size <= MOST_BYTES ? size * dimensions[i] : -1;
            if (size <= 0 || size > MOST_BYTES) {
                throw new BadInputException("The file " + name + " announces " + words(dimensions, i + 1)
                        + " bytes, which is not a data set that the lab can read; download it again.");
            }
        }
        // The header is not trusted with the memory: what is there is read, piece by piece.
        byte[] bytes = new byte[(int) Math.min(size, STEP)];
        int have = 0;
        while (have < size) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(size, 2L * bytes.length));
            }
            int got = in.read(bytes, have, bytes.length - have);
            if (got < 0) {
                throw new BadInputException("The file " + name + " holds " + have + " of the " + size
                        + " bytes that it announces; it is cut off, download it again.");
            }
            have += got;
        }
        if (in.read() >= 0) {
            throw new BadInputException("The file " + name + " goes on after the " + size
                    + " bytes that it announces; it is damaged, download it again.");
        }
        return new IdxFile(name, dimensions, bytes);
    }

    private static String words(int[] dimensions, int known) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < known; i++) {
            text.append(i == 0 ? "" : " x ").append(Integer.toUnsignedString(dimensions[i]));
        }
        return text.toString();
    }
}
