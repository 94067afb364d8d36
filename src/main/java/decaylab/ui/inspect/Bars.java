package decaylab.ui.inspect;

import decaylab.instrument.geometry.Histogram;

/**
 * Heights over equal parts of an axis.
 *
 * @param low left end of the axis
 * @param high right end, above it
 * @param heights of the parts, at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
record Bars(double low, double high, double[] heights) {
    /** Narrower than this part of its values all are drawn as one. */
    private static final double ONE_VALUE = 1e-5;

    /** A histogram as a density, so that two of different ranges can be laid over each other. */
    static Bars of(Histogram histogram) {
        double low = histogram.low();
        double room = Math.max(Math.abs(low), 1);
        if (histogram.high() - low < ONE_VALUE * room) {
            double[] one = new double[11];
            one[one.length / 2] = 1;
            return new Bars(low - room / 2, low + room / 2, one);
        }
        long[] counts = histogram.counts();
        double width = (histogram.high() - histogram.low()) / counts.length;
        double all = Math.max(1, histogram.total());
        double[] heights = new double[counts.length];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = counts[i] / all / width;
        }
        return new Bars(histogram.low(), histogram.high(), heights);
    }

    /** Numbers in their order, each a part of its own. */
    static Bars of(double[] values) {
        return new Bars(0, Math.max(1, values.length), values);
    }
}
