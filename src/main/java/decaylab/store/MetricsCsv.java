package decaylab.store;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * The samples of a run as CSV: one row a step, an empty cell where nothing was taken, NaN and Infinity as words, numbers
 * with as many digits as tell them from every other.
 */
public final class MetricsCsv {
    private static final int LONGEST_LINE = 1 << 16;
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    private MetricsCsv() {}

    /** Writes the header. */
    static void header(Appendable out, SampleLog log) throws IOException {
        new CSVPrinter(out, FORMAT).printRecord(log.metrics().stream().map(Metric::column));
    }

    /** Writes some rows. */
    static void rows(Appendable out, SampleLog log, long from, long to) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, FORMAT);
        int columns = log.metrics().size();
        Object[] cells = new Object[columns];
        for (long row = from; row < to; row++) {
            for (int i = 0; i < columns; i++) {
                cells[i] = cell(log.metrics().get(i).quantity(), log.value(i, row));
            }
            printer.printRecord(cells);
        }
    }

    /** All samples so far, header included. */
    public static void write(Appendable out, SampleLog log) throws IOException {
        header(out, log);
        rows(out, log, 0, log.rows());
    }

    private static String cell(Quantity quantity, double value) {
        if (SampleLog.isEmpty(value)) {
            return "";
        }
        boolean whole = quantity == Quantity.STEP || quantity == Quantity.EPOCH;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param layers names of the layers of the run's network
     * @param growing whether the last line may be one that is being written, or was when its process ended; it is left out
     * @throws BadInputException where the file is not of this form
     */
    static SampleLog read(Path file, List<String> layers, boolean growing) {
        SampleLog log = SampleLog.ofLayers(layers);
        read(file, log, false, growing, (step, where) -> {
            if (step != log.rows()) {
                throw new BadInputException("The file " + file + " has " + where + " instead of " + log.rows()
                        + "; it is damaged, run the experiment again.");
            }
            return true;
        });
        return log;
    }

    /**
     * Reads what an instrument took. Columns that it did not have yet when the run was made stay empty.
     *
     * @param sheet without rows
     * @param beforeStep rows from this step on are left out
     * @param growing whether the last line may be one that is being written
     * @throws BadInputException where the file is not of this form
     */
    static void readSheet(Path file, SampleLog sheet, long beforeStep, boolean growing) {
        read(file, sheet, true, growing, (step, where) -> {
            if (!(step >= 0 && (sheet.rows() == 0 || step > sheet.value(0, sheet.rows() - 1)))) {
                throw new BadInputException("The file " + file + " has " + where
                        + ", which does not come after the one before; it is damaged, delete it to do without.");
            }
            return step < beforeStep;
        });
    }

    /** Whether a row is one to take, by its step. */
    private interface Steps {
        boolean takes(double step, String where);
    }

    private static void read(Path file, SampleLog log, boolean fewer, boolean growing, Steps steps) {
        List<String> expected = log.metrics().stream().map(Metric::column).toList();
        try (Reader in = growing ? wholeLines(file) : Files.newBufferedReader(file);
                CSVParser parser = CSVParser.parse(in, FORMAT)) {
            double[] row = new double[expected.size()];
            int[] places = {};
            boolean header = true;
            for (CSVRecord record : parser) {
                if (header) {
                    List<String> found = new ArrayList<>(record.toList());
                    places = found.stream().mapToInt(expected::indexOf).toArray();
                    boolean known = fewer
                            ? found.get(0).equals(expected.get(0))
                                    && Arrays.stream(places).allMatch(place -> place >= 0)
                                    && Arrays.stream(places).distinct().count() == places.length
                            : found.equals(expected);
                    if (!known) {
                        throw new BadInputException("The file " + file + " has other columns than its experiment's; "
                                + "it does not belong to the experiment.yaml beside it.");
                    }
                    header = false;
                    continue;
                }
                if (record.size() != places.length) {
                    throw new BadInputException("The file " + file + " has " + record.size() + " cells in line "
                            + parser.getCurrentLineNumber() + " instead of " + places.length
                            + "; it is damaged, run the experiment again.");
                }
                Arrays.fill(row, SampleLog.EMPTY);
                for (int i = 0; i < places.length; i++) {
                    row[places[i]] =
                            number(file, parser.getCurrentLineNumber(), expected.get(places[i]), record.get(i));
                }
                if (steps.takes(row[0], "step " + record.get(0) + " in line " + parser.getCurrentLineNumber())) {
                    log.append(row);
                }
            }
            if (header) {
                throw new BadInputException("The file " + file + " is empty; run the experiment again.");
            }
        } catch (IOException e) {
            throw unreadable(file, IoReason.of(e), e);
        } catch (UncheckedIOException e) {
            throw unreadable(file, IoReason.of(e), e);
        }
    }

    /** The length of a file up to the end of its last whole line. */
    static long wholeLength(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate(1 << 13);
            for (long end = channel.size(); end > 0; ) {
                long start = Math.max(0, end - piece.capacity());
                piece.clear().limit((int) (end - start));
                while (piece.hasRemaining() && channel.read(piece, start + piece.position()) >= 0) {
                    // until the piece is there
                }
                for (int i = piece.position() - 1; i >= 0; i--) {
                    if (piece.get(i) == '\n') {
                        return start + i + 1;
                    }
                }
                end = start;
            }
            return 0;
        }
    }

    /**
     * How many rows a file has, by the step in its last whole line.
     *
     * @throws IOException where it cannot be read
     */
    static long wholeRows(Path file) throws IOException {
        long end = wholeLength(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(end, LONGEST_LINE));
            while (piece.hasRemaining() && channel.read(piece, end - piece.remaining()) >= 0) {
                // until the piece is there
            }
            String tail =
                    StandardCharsets.ISO_8859_1.decode(piece.flip()).toString().stripTrailing();
            String step = tail.substring(tail.lastIndexOf('\n') + 1).replaceFirst(",.*", "");
            return step.matches("\\d{1,18}") ? Long.parseLong(step) + 1 : 0;
        }
    }

    private static Reader wholeLines(Path file) throws IOException {
        return new InputStreamReader(
                BoundedInputStream.builder()
                        .setPath(file)
                        .setMaxCount(wholeLength(file))
                        .get(),
                StandardCharsets.UTF_8);
    }

    private static BadInputException unreadable(Path file, String reason, Exception e) {
        return new BadInputException(
                "The file " + file + " cannot be read (" + reason + "); run the experiment again.", e);
    }

    private static double number(Path file, long line, String column, String cell) {
        if (cell.isEmpty()) {
            return SampleLog.EMPTY;
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new BadInputException(
                    "The file " + file + " has '" + cell + "' in line " + line + ", column " + column
                            + ", which is not a number; it is damaged, run the experiment again.",
                    e);
        }
    }
}
