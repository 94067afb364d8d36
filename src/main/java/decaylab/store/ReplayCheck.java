package decaylab.store;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a run that is done again with the metrics.csv of the first time, character by character, a row at a time as they
 * come.
 *
 * <p>Where the first time was on another machine the numbers may differ by rounding, which training makes larger: then
 * {@link #largestDistance} says how near they stay.
 */
public final class ReplayCheck implements AutoCloseable {
    /**
     * Of a norm's mean over {@link #WINDOW} steps, relative to the larger of the two: what other kernels of the same
     * arithmetic may make of it. Training makes rounding errors larger until two runs have nothing in common but their
     * statistics: over {@code first-look} the norms of AVX2 and AVX-512 kernels part by 6 % at single steps and by 1.7 % in
     * such means, those of two seeds by 8 and 3.7 %.
     */
    public static final double TOLERANCE = 0.03;

    /** Steps that are averaged over. */
    public static final int WINDOW = 500;

    /** What rounding does not change. */
    static final Set<Quantity> SETTINGS = Set.of(Quantity.STEP, Quantity.EPOCH, Quantity.LEARNING_RATE, Quantity.DECAY);

    /** What it changes little even after many steps; the loss of a small batch it changes a lot. */
    static final Set<Quantity> NORMS = Set.of(Quantity.NORM, Quantity.HEAD_NORM, Quantity.LAYER_NORM);

    /** The facts of a fingerprint that decide about rounding. */
    private static final List<String> OF_ROUNDING =
            List.of("lab", "nativeLibrary", "blasKernels", "instructionSet", "precision", "java", "system");

    private final Path file;
    private final BufferedReader lines;
    private final SampleLog log;
    private final boolean whole;
    private @Nullable String next;
    private long row;
    private @Nullable Difference first;
    private double largest;
    private final double[] sumStored;
    private final double[] sumAgain;
    private int averaged;

    /**
     * Where two runs differ.
     *
     * @param step the row; -1 for the header
     * @param column its column
     * @param stored the cell in the file
     * @param again what the replay gave
     */
    public record Difference(long step, String column, String stored, String again) {
        /** A sentence. */
        public String sentence(Path file) {
            return (step < 0 ? "The header" : "Step " + step) + ", column " + column + " differs: " + file + " has "
                    + (stored.isEmpty() ? "nothing" : "'" + stored + "'") + ", the replay gave "
                    + (again.isEmpty() ? "nothing" : "'" + again + "'") + ".";
        }
    }

    /**
     * Opens the file of the first time.
     *
     * @param log of the replay
     * @param whole whether the first run ended by itself, so that its last line must be whole
     * @throws BadInputException where it cannot be read
     */
    public ReplayCheck(Path file, SampleLog log, boolean whole) {
        this.file = file;
        this.log = log;
        this.whole = whole;
        sumStored = new double[log.metrics().size()];
        sumAgain = new double[log.metrics().size()];
        try {
            // Bytes as characters: what is damaged shall be compared, not refused.
            lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
            next = lines.readLine();
            StringBuilder header = new StringBuilder();
            MetricsCsv.header(header, log);
            compare(-1, next, utf8(header));
            next = lines.readLine();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** How many rows were compared. */
    public long rows() {
        return row;
    }

    /** Whether the file has a further row. */
    public boolean expectsMore() {
        return next != null;
    }

    /** Compares the replay's newest row with the next line. */
    public void next() {
        try {
            String stored = next;
            next = lines.readLine();
            boolean torn = next == null && !whole && !endsWithLine();
            if (!torn) {
                StringBuilder again = new StringBuilder();
                MetricsCsv.rows(again, log, row, row + 1);
                compare(row, stored, utf8(again));
            }
            row++;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean endsWithLine() throws IOException {
        return MetricsCsv.wholeLength(file) == Files.size(file);
    }

    private static String utf8(CharSequence text) {
        String line = text.toString().replace("\n", "");
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private void compare(long step, @Nullable String stored, String again) {
        if (again.equals(stored) && first == null) {
            return;
        }
        String[] before = stored == null ? new String[0] : stored.split(",", -1);
        String[] now = again.split(",", -1);
        for (int i = 0; i < Math.max(before.length, now.length); i++) {
            String was = i < before.length ? before[i] : "no cell";
            String is = i < now.length ? now[i] : "no cell";
            if (!was.equals(is)) {
                Metric metric = i < log.metrics().size() ? log.metrics().get(i) : null;
                if (first == null) {
                    first = new Difference(step, metric == null ? "number " + (i + 1) : metric.column(), was, is);
                }
                if (metric == null || step < 0 || SETTINGS.contains(metric.quantity())) {
                    largest = Double.POSITIVE_INFINITY;
                }
            }
        }
        if (step >= 0) {
            average(before, now);
        }
    }

    /** Takes the norms of a row into the means under way. */
    private void average(String[] was, String[] is) {
        for (int i = 0; i < sumStored.length && i < was.length && i < is.length; i++) {
            if (NORMS.contains(log.metrics().get(i).quantity())) {
                sumStored[i] += number(was[i]);
                sumAgain[i] += number(is[i]);
            }
        }
        averaged++;
        if (averaged == WINDOW) {
            endWindow();
        }
    }

    private void endWindow() {
        for (int i = 0; i < sumStored.length; i++) {
            double larger = Math.max(Math.abs(sumStored[i]), Math.abs(sumAgain[i]));
            double distance = larger == 0 ? 0 : Math.abs(sumStored[i] - sumAgain[i]) / larger;
            largest = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(largest, distance);
        }
        Arrays.fill(sumStored, 0);
        Arrays.fill(sumAgain, 0);
        averaged = 0;
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN; // something and nothing
        }
    }

    /** The first difference; empty where everything is the same. */
    public Optional<Difference> difference() {
        return Optional.ofNullable(first);
    }

    /** The largest relative distance of two norms' means; infinite where settings differ or something is not there. */
    public double largestDistance() {
        if (averaged > 0) {
            endWindow();
        }
        return largest;
    }

    /** Whether rounding may differ between two machines or versions of the lab. */
    public static boolean otherMachine(Map<String, String> before, Map<String, String> now) {
        return OF_ROUNDING.stream()
                .anyMatch(fact -> before.containsKey(fact) && !before.get(fact).equals(now.get(fact)));
    }

    private BadInputException unreadable(IOException e) {
        return new BadInputException(
                "The file " + file + " cannot be read (" + IoReason.of(e) + "); give the folder of a run.", e);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
