package decaylab.instrument.geometry;

import java.util.Arrays;

/**
 * How numbers are distributed: counts in bins of the same width from the least to the largest of them.
 *
 * @param low the least finite number; NaN where there is none
 * @param high the largest; a little more than the least where all are the same; NaN where there is none
 * @param counts of each bin, which has its lower end and not its upper one, but the last has both
 * @param notFinite how many are NaN or infinite, which are in no bin
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two histograms
public record Histogram(double low, double high, long[] counts, long notFinite) {
    /** How many finite numbers there are. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** The lower end of a bin; that of the bin after the last is the upper end of all. */
    public double edge(int bin) {
        double part = (double) bin / counts.length;
        return low * (1 - part) + high * part; // the width of the whole range of a double is no double
    }

    /**
     * Of an array.
     *
     * @param bins how many, at least 1
     */
    public static Histogram of(double[] values, int bins) {
        Range range = new Range();
        range.add(values, values.length);
        Counter counter = new Counter(range, bins);
        counter.add(values, values.length);
        return counter.histogram();
    }

    /** The least and the largest of many numbers, which need not be in memory at the same time. */
    static final class Range {
        private double least = Double.POSITIVE_INFINITY;
        private double largest = Double.NEGATIVE_INFINITY;

        /** Looks at the first few of an array. */
        void add(double[] values, int count) {
            for (int i = 0; i < count; i++) {
                if (Double.isFinite(values[i])) {
                    least = Math.min(least, values[i]);
                    largest = Math.max(largest, values[i]);
                }
            }
        }
    }

    /** Counts the same numbers when their range is known. */
    static final class Counter {
        private final double low;
        private final double high;
        private final long[] counts;
        private long notFinite;

        Counter(Range range, int bins) {
            boolean any = range.least <= range.largest;
            low = any ? range.least : Double.NaN;
            boolean same = range.least == range.largest;
            // Wide enough for the bins to have width in double precision.
            high = !any ? Double.NaN : same ? low + Math.max(1e-6 * Math.abs(low), Double.MIN_NORMAL) : range.largest;
            counts = new long[bins];
        }

        /** Counts the first few of an array. */
        void add(double[] values, int count) {
            for (int i = 0; i < count; i++) {
                if (Double.isFinite(values[i])) {
                    // Halves, as in edge().
                    double place = (values[i] / 2 - low / 2) / (high / 2 - low / 2) * counts.length;
                    counts[Math.min(counts.length - 1, (int) place)]++;
                } else {
                    notFinite++;
                }
            }
        }

        Histogram histogram() {
            return new Histogram(low, high, counts.clone(), notFinite);
        }
    }
}
