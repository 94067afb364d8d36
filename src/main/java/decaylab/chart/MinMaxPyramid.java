package decaylab.chart;

import java.util.Arrays;

/**
 * A growing series of numbers that knows the smallest and largest of any range in logarithmic time: every level holds the
 * minimum and maximum of eight entries of the level below. One thread appends; any number of threads read what is below
 * {@link #count()}. NaN is "nothing here": it is in no minimum or maximum.
 */
public final class MinMaxPyramid {
    private static final int BRANCH_BITS = 3;
    private static final int BRANCH = 1 << BRANCH_BITS;

    private final Column values = new Column();
    private Level[] levels = new Level[0];
    private volatile long count;

    /** Numbers in chunks, so that growing never copies one. */
    private static final class Column {
        private static final int CHUNK_BITS = 12;
        private static final int CHUNK = 1 << CHUNK_BITS;
        private volatile double[][] chunks = new double[0][];

        void set(long index, double value) {
            int chunk = (int) (index >> CHUNK_BITS);
            double[][] all = chunks;
            if (chunk == all.length) {
                all = Arrays.copyOf(all, chunk + 1);
                all[chunk] = new double[CHUNK];
                chunks = all;
            }
            all[chunk][(int) index & (CHUNK - 1)] = value;
        }

        double get(long index) {
            return chunks[(int) (index >> CHUNK_BITS)][(int) index & (CHUNK - 1)];
        }
    }

    /** Minimum and maximum of each finished group of eight of the level below. */
    private static final class Level {
        private final Column min = new Column();
        private final Column max = new Column();
    }

    /** Appends a number; for the one writer. */
    public void append(double value) {
        long index = count;
        values.set(index, value);
        long done = index + 1;
        for (int level = 0; (done & (BRANCH - 1)) == 0; level++) {
            done >>= BRANCH_BITS;
            finish(level, done - 1);
        }
        count = index + 1; // publishes: readers begin with a read of this
    }

    /** Computes one entry of a level from the eight below it. */
    private void finish(int level, long entry) {
        if (level == levels.length) {
            Level[] grown = Arrays.copyOf(levels, level + 1);
            grown[level] = new Level();
            levels = grown;
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        long first = entry << BRANCH_BITS;
        for (long i = first; i < first + BRANCH; i++) {
            double low = level == 0 ? values.get(i) : levels[level - 1].min.get(i);
            double high = level == 0 ? low : levels[level - 1].max.get(i);
            min = low < min ? low : min;
            max = high > max ? high : max;
        }
        levels[level].min.set(entry, min);
        levels[level].max.set(entry, max);
    }

    /** How many numbers there are to read. */
    public long count() {
        return count;
    }

    /**
     * One number.
     *
     * @throws IndexOutOfBoundsException where it is not there yet
     */
    public double value(long index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(index + " of " + count);
        }
        return values.get(index);
    }

    /**
     * The smallest and largest number of a range.
     *
     * @param from first index; below 0 counts as 0
     * @param to first index after the range; beyond the end counts as the end
     * @param into receives minimum and maximum; positive and negative infinity, in this order, where there is none
     * @return whether there was a number
     */
    public boolean range(long from, long to, double[] into) {
        long first = Math.max(0, from);
        long last = Math.min(count, to);
        Level[] known = levels;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        boolean any = false;
        long i = first;
        while (i < last) {
            int level = 0;
            // The largest finished group that begins here and ends within the range.
            while (level < known.length
                    && (i & ((1L << BRANCH_BITS * (level + 1)) - 1)) == 0
                    && i + (1L << BRANCH_BITS * (level + 1)) <= last) {
                level++;
            }
            double low;
            double high;
            if (level == 0) {
                low = values.get(i);
                high = low;
            } else {
                long entry = i >> BRANCH_BITS * level;
                low = known[level - 1].min.get(entry);
                high = known[level - 1].max.get(entry);
            }
            any |= low <= high;
            min = low < min ? low : min;
            max = high > max ? high : max;
            i += 1L << BRANCH_BITS * level;
        }
        into[0] = min;
        into[1] = max;
        return any;
    }

    /**
     * The smallest and largest number of a range that lie strictly between two bounds: with infinite bounds the finite ones,
     * between 0 and infinity those that a logarithmic axis can show. Groups within the bounds are taken whole and groups that
     * cannot change the answer are passed over, so that only the places where numbers cross a bound are looked at closely.
     *
     * @param from first index; below 0 counts as 0
     * @param to first index after the range; beyond the end counts as the end
     * @param above the numbers looked for are greater
     * @param below the numbers looked for are smaller
     * @param into receives minimum and maximum; positive and negative infinity, in this order, where there is none
     * @return whether there was such a number
     */
    public boolean rangeWithin(long from, long to, double above, double below, double[] into) {
        into[0] = Double.POSITIVE_INFINITY;
        into[1] = Double.NEGATIVE_INFINITY;
        long last = Math.min(count, to);
        Level[] known = levels;
        long i = Math.max(0, from);
        while (i < last) {
            int level = 0;
            while (level < known.length
                    && (i & ((1L << BRANCH_BITS * (level + 1)) - 1)) == 0
                    && i + (1L << BRANCH_BITS * (level + 1)) <= last) {
                level++;
            }
            include(known, level, i >> BRANCH_BITS * level, above, below, into);
            i += 1L << BRANCH_BITS * level;
        }
        return into[0] <= into[1];
    }

    private void include(Level[] known, int level, long entry, double above, double below, double[] into) {
        double low = level == 0 ? values.get(entry) : known[level - 1].min.get(entry);
        double high = level == 0 ? low : known[level - 1].max.get(entry);
        boolean reaches = high > above && low < below;
        boolean wider = low < into[0] || high > into[1];
        if (!reaches || !wider) {
            return; // also where there is no number at all: low is then infinity and high minus infinity
        }
        if (low > above && high < below) {
            into[0] = Math.min(into[0], low);
            into[1] = Math.max(into[1], high);
        } else if (level > 0) {
            long first = entry << BRANCH_BITS;
            for (long i = first; i < first + BRANCH; i++) {
                include(known, level - 1, i, above, below, into);
            }
        }
    }
}
