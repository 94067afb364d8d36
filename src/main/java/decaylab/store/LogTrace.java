package decaylab.store;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What is left of a run's log where there is no room for it, as inside a picture: enough to tell whether another log is the same
 * to the last bit, in which steps the first difference is, and how near two logs of different machines are.
 *
 * @param rows how many rows were logged
 * @param block rows from one digest to the next, at least 1
 * @param digests after each block, and after the last row, of all of metrics.csv so far: the first 16 hexadecimal digits of SHA-256
 * @param settings the same of the columns that rounding does not change, over all rows
 * @param norms the means of each column of a norm over every {@link ReplayCheck#WINDOW} steps, the last over what is left
 */
public record LogTrace(long rows, long block, List<String> digests, String settings, Map<String, List<Double>> norms) {
    private static final int BLOCKS = 64;
    private static final int DIGITS = 16;

    public LogTrace {
        digests = List.copyOf(digests);
        norms = Map.copyOf(norms);
    }

    /** Of a log's first rows, as many as it has now. */
    public static LogTrace of(SampleLog log) {
        long rows = log.rows();
        return of(log, rows, Math.max(1, (rows + BLOCKS - 1) / BLOCKS));
    }

    /** Of the same part of another log, to be compared with this; of fewer rows where the log ends before. */
    public LogTrace ofSameRows(SampleLog log) {
        return of(log, Math.min(rows, log.rows()), block);
    }

    private static LogTrace of(SampleLog log, long rows, long block) {
        MessageDigest all = sha256();
        MessageDigest settings = sha256();
        List<String> digests = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        try {
            MetricsCsv.header(text, log);
            for (long from = 0; from < rows; from += block) {
                long to = Math.min(rows, from + block);
                MetricsCsv.rows(text, log, from, to);
                all.update(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
                digests.add(digits(copy(all)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but a text", e);
        }
        for (Quantity quantity : ReplayCheck.SETTINGS) {
            OptionalInt place = log.place(new Metric(quantity, null));
            for (long row = 0; place.isPresent() && row < rows; row++) {
                settings.update((log.value(place.getAsInt(), row) + ",").getBytes(StandardCharsets.US_ASCII));
            }
        }
        Map<String, List<Double>> norms = new LinkedHashMap<>();
        for (int place = 0; place < log.metrics().size(); place++) {
            Metric metric = log.metrics().get(place);
            if (ReplayCheck.NORMS.contains(metric.quantity())) {
                norms.put(metric.column(), means(log, place, rows));
            }
        }
        return new LogTrace(rows, block, digests, digits(settings), norms);
    }

    private static List<Double> means(SampleLog log, int place, long rows) {
        List<Double> means = new ArrayList<>();
        for (long from = 0; from < rows; from += ReplayCheck.WINDOW) {
            long to = Math.min(rows, from + ReplayCheck.WINDOW);
            double sum = 0;
            for (long row = from; row < to; row++) {
                sum += log.value(place, row);
            }
            means.add(sum / (to - from));
        }
        return means;
    }

    /** Whether every value of another trace of the same rows is the same to the last bit. */
    public boolean isSameAs(LogTrace again) {
        return rows == again.rows && block == again.block && digests.equals(again.digests);
    }

    /** The first of the steps among which the first difference from another trace is; {@link #rows} where there is none. */
    public long firstDifference(LogTrace again) {
        int same = 0;
        while (same < Math.min(digests.size(), again.digests.size())
                && digests.get(same).equals(again.digests.get(same))) {
            same++;
        }
        return Math.min(rows, same * block);
    }

    /**
     * The largest distance between two means of a norm, relative to the larger; infinite where settings, columns or numbers of
     * rows differ, or a mean is not finite.
     */
    public double distance(LogTrace again) {
        if (rows != again.rows
                || !settings.equals(again.settings)
                || !norms.keySet().equals(again.norms.keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (Map.Entry<String, List<Double>> column : norms.entrySet()) {
            List<Double> others = again.norms.get(column.getKey());
            for (int i = 0; i < column.getValue().size(); i++) {
                double one = column.getValue().get(i);
                double other = others != null && i < others.size() ? others.get(i) : Double.NaN;
                double larger = Math.max(Math.abs(one), Math.abs(other));
                double distance = larger == 0 ? 0 : Math.abs(one - other) / larger;
                largest = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(largest, distance);
            }
        }
        return largest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", e);
        }
    }

    private static String digits(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }
}
