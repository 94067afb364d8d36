package decaylab.store;

import decaylab.optim.FlatArray;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.train.Checkpoint;
import decaylab.train.Thinning;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The checkpoints of a run on disk, a file each. A file is little-endian: {@code DECAYCKP}, the format's version, a mark of the experiment, step, gate,
 * the bases of decay and learning rate, precision, number of buffers, length of a vector, then the parameters and the buffers,
 * then the CRC-32C of all that. In version 2 there follow before the checksum the number of vectors that the objective keeps beside,
 * and precision, length and values of each; a checkpoint without any is of version 1. It is written whole or not at all.
 */
public final class CheckpointFolder {
    private static final byte[] MAGIC = "DECAYCKP".getBytes(StandardCharsets.US_ASCII);
    private static final int PLAIN = 1;
    private static final int WITH_OBJECTIVE = 2;
    private static final int MOST_VECTORS = 64;
    private static final int VECTOR_HEADER_BYTES = Integer.BYTES + Long.BYTES;
    private static final int HEADER_BYTES =
            MAGIC.length + 4 * Integer.BYTES + 3 * Long.BYTES + Integer.BYTES + Long.BYTES;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int PIECE_BYTES = 1 << 20;
    private static final int MOST_FILES = 16;
    private static final long MOST_BYTES = 1L << 30;
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.ckpt");
    private static final List<Gate> GATES = List.of(Gate.AUTO, Gate.ON, Gate.OFF);

    private final Path folder;
    private final int mark;

    /**
     * @param folder where the files are, which need not exist
     * @param mark of the experiment
     */
    CheckpointFolder(Path folder, int mark) {
        this.folder = folder;
        this.mark = mark;
    }

    /** The steps of the checkpoints there, rising. */
    public List<Long> steps() {
        List<Long> steps = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return steps;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.ckpt")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    steps.add(Long.parseLong(name.group(1)));
                }
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be read (" + IoReason.of(e)
                            + "); check that it is yours to read.",
                    e);
        }
        steps.sort(null);
        return steps;
    }

    /**
     * The newest checkpoint at or before a step that is whole.
     *
     * @param damaged receives a sentence for each that is not
     */
    public Optional<Checkpoint> upTo(long step, Consumer<String> damaged) {
        List<Long> steps = steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) <= step) {
                try {
                    return Optional.of(read(steps.get(i)));
                } catch (BadInputException e) {
                    damaged.accept(e.getMessage() + " An earlier one is used.");
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Reads the checkpoint of a step.
     *
     * @throws BadInputException where there is none, or it is damaged
     */
    public Checkpoint read(long step) {
        Path file = file(step);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Checkpoint checkpoint = new Reader(channel, file, mark).read();
            if (checkpoint.step() != step) {
                throw damaged(file, "it is of step " + checkpoint.step());
            }
            return checkpoint;
        } catch (NoSuchFileException e) {
            throw new BadInputException("There is no checkpoint " + file + "; choose one that is there.", e);
        } catch (EOFException e) {
            throw new BadInputException("The checkpoint " + file + " is damaged (it is cut off).", e);
        } catch (IOException e) {
            throw new BadInputException("The checkpoint " + file + " cannot be read (" + IoReason.of(e) + ").", e);
        }
    }

    /**
     * Writes a checkpoint, and gives up others where there are many.
     *
     * @param beforeChanges steps on whose checkpoint an intervention follows, which are kept longer
     */
    void write(Checkpoint checkpoint, Set<Long> beforeChanges) throws IOException {
        Files.createDirectories(folder);
        Path file = file(checkpoint.step());
        WholeFile.write(file, channel -> new Writer(channel).write(checkpoint, mark));
        thin(beforeChanges, checkpoint.bytes());
    }

    private void thin(Set<Long> beforeChanges, long bytesEach) throws IOException {
        List<Long> steps = steps();
        long most = Math.max(2, Math.min(MOST_FILES, MOST_BYTES / Math.max(1, bytesEach)));
        while (steps.size() > most) {
            boolean[] worthMore = new boolean[steps.size()];
            for (int i = 0; i < worthMore.length; i++) {
                worthMore[i] = beforeChanges.contains(steps.get(i));
            }
            long least = steps.remove(Thinning.leastMissed(
                    steps.stream().mapToLong(Long::longValue).toArray(), worthMore));
            Files.deleteIfExists(file(least));
        }
    }

    /** Deletes all. */
    void clear() throws IOException {
        for (long step : steps()) {
            Files.deleteIfExists(file(step));
        }
    }

    private Path file(long step) {
        return folder.resolve(step + ".ckpt");
    }

    private static BadInputException damaged(Path file, String how) {
        return new BadInputException("The checkpoint " + file + " is damaged (" + how + ").");
    }

    /** Numbers through a buffer into a channel, with their checksum. */
    private static final class Writer {
        private final FileChannel channel;
        private final CRC32C checksum = new CRC32C();
        private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

        Writer(FileChannel channel) {
            this.channel = channel;
        }

        void write(Checkpoint checkpoint, int mark) throws IOException {
            piece.put(MAGIC);
            piece.putInt(checkpoint.objective().isEmpty() ? PLAIN : WITH_OBJECTIVE);
            piece.putInt(mark);
            piece.putLong(checkpoint.step());
            piece.putInt(GATES.indexOf(checkpoint.gate()));
            piece.putDouble(checkpoint.lambdaBase());
            piece.putDouble(checkpoint.learningRateBase());
            piece.putInt(width(checkpoint.parameters()));
            piece.putInt(checkpoint.buffers().size());
            piece.putLong(checkpoint.parameters().length());
            flush();
            vector(checkpoint.parameters());
            for (FlatArray buffer : checkpoint.buffers()) {
                vector(buffer);
            }
            if (!checkpoint.objective().isEmpty()) {
                piece.putInt(checkpoint.objective().size());
                flush();
                for (FlatArray beside : checkpoint.objective()) {
                    piece.putInt(width(beside));
                    piece.putLong(beside.length());
                    flush();
                    vector(beside);
                }
            }
            piece.putInt((int) checksum.getValue());
            flush();
        }

        private static int width(FlatArray values) {
            return values instanceof FlatArray.OfFloat ? Float.BYTES : Double.BYTES;
        }

        private void vector(FlatArray values) throws IOException {
            int width = width(values);
            int most = PIECE_BYTES / width;
            for (int from = 0; from < values.length(); from += most) {
                int count = Math.min(most, values.length() - from);
                if (values instanceof FlatArray.OfFloat floats) {
                    piece.asFloatBuffer().put(floats.values(), from, count);
                } else {
                    piece.asDoubleBuffer().put(((FlatArray.OfDouble) values).values(), from, count);
                }
                piece.position(count * width);
                flush();
            }
        }

        private void flush() throws IOException {
            piece.flip();
            checksum.update(piece.duplicate());
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
            piece.clear();
        }
    }

    /** The way back; nothing is believed before the file's length fits and its checksum is right. */
    private static final class Reader {
        private final FileChannel channel;
        private final Path file;
        private final int mark;
        private final CRC32C checksum = new CRC32C();
        private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

        Reader(FileChannel channel, Path file, int mark) {
            this.channel = channel;
            this.file = file;
            this.mark = mark;
        }

        Checkpoint read() throws IOException {
            fill(HEADER_BYTES);
            byte[] magic = new byte[MAGIC.length];
            piece.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw damaged(file, "it does not begin like a checkpoint");
            }
            int version = piece.getInt();
            if (version != PLAIN && version != WITH_OBJECTIVE) {
                throw damaged(file, "its format is " + version + ", this lab knows up to " + WITH_OBJECTIVE);
            }
            int ofExperiment = piece.getInt();
            long step = piece.getLong();
            int gate = piece.getInt();
            double lambda = piece.getDouble();
            double learningRate = piece.getDouble();
            int width = piece.getInt();
            int buffers = piece.getInt();
            long length = piece.getLong();
            boolean sensible = step >= 0
                    && gate >= 0
                    && gate < GATES.size()
                    && (width == Float.BYTES || width == Double.BYTES)
                    && buffers >= 0
                    && buffers < 8
                    && length >= 0
                    && length <= Integer.MAX_VALUE - 8;
            long whole = HEADER_BYTES + (1L + buffers) * length * width + CHECKSUM_BYTES;
            if (!sensible || version == PLAIN && channel.size() != whole || channel.size() < whole) {
                throw damaged(file, "its length or its first bytes are wrong");
            }
            FlatArray parameters = vector((int) length, width);
            List<FlatArray> ofOptimizer = new ArrayList<>();
            for (int i = 0; i < buffers; i++) {
                ofOptimizer.add(vector((int) length, width));
            }
            List<FlatArray> ofObjective = version == PLAIN ? List.of() : beside();
            int sum = (int) checksum.getValue();
            fill(CHECKSUM_BYTES);
            if (piece.getInt() != sum) {
                throw damaged(file, "its checksum is wrong");
            }
            if (ofExperiment != mark) {
                throw new BadInputException("The checkpoint " + file + " is of another experiment.");
            }
            return new Checkpoint(step, GATES.get(gate), lambda, learningRate, parameters, ofOptimizer, ofObjective);
        }

        /** The vectors that follow, up to the checksum. */
        private List<FlatArray> beside() throws IOException {
            fill(Integer.BYTES);
            int count = piece.getInt();
            List<FlatArray> vectors = new ArrayList<>();
            for (int i = 0; i < count && count <= MOST_VECTORS; i++) {
                fill(VECTOR_HEADER_BYTES);
                int width = piece.getInt();
                long length = piece.getLong();
                boolean sensible = (width == Float.BYTES || width == Double.BYTES)
                        && length >= 0
                        && length <= (channel.size() - channel.position()) / width;
                if (!sensible) {
                    throw damaged(file, "the length of a vector is wrong");
                }
                vectors.add(vector((int) length, width));
            }
            if (count != vectors.size() || channel.position() != channel.size() - CHECKSUM_BYTES) {
                throw damaged(file, "its length is wrong");
            }
            return vectors;
        }

        private FlatArray vector(int length, int width) throws IOException {
            FlatArray values = width == Float.BYTES
                    ? new FlatArray.OfFloat(new float[length])
                    : new FlatArray.OfDouble(new double[length]);
            int most = PIECE_BYTES / width;
            for (int from = 0; from < length; from += most) {
                int count = Math.min(most, length - from);
                fill(count * width);
                if (values instanceof FlatArray.OfFloat floats) {
                    piece.asFloatBuffer().get(floats.values(), from, count);
                } else {
                    piece.asDoubleBuffer().get(((FlatArray.OfDouble) values).values(), from, count);
                }
            }
            return values;
        }

        private void fill(int bytes) throws IOException {
            piece.clear().limit(bytes);
            while (piece.hasRemaining()) {
                if (channel.read(piece) < 0) {
                    throw new EOFException();
                }
            }
            piece.flip();
            checksum.update(piece.duplicate());
        }
    }
}
