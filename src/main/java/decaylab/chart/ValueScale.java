package decaylab.chart;

import java.util.List;

/**
 * From values to heights on a linear or logarithmic axis.
 *
 * @param min value at the bottom
 * @param max value at the top
 * @param logarithmic whether equal heights are equal factors
 */
public record ValueScale(double min, double max, boolean logarithmic) {
    private static final double SMALLEST = 1e-300;

    public ValueScale {
        if (!(max > min) || logarithmic && !(min > 0)) {
            throw new IllegalArgumentException("range " + min + " to " + max);
        }
    }

    /** Height of a value: 0 at the bottom, 1 at the top; NaN where a logarithm has none. */
    public double height(double value) {
        if (logarithmic) {
            return value > 0 ? Math.log(value / min) / Math.log(max / min) : Double.NaN;
        }
        return (value - min) / (max - min);
    }

    /** The value at a height. */
    public double valueAt(double height) {
        return logarithmic ? min * Math.pow(max / min, height) : min + height * (max - min);
    }

    /**
     * A scale that shows all finite values of the lines in a range of steps, with some room, on round bounds that change
     * seldom while a run grows.
     */
    public static ValueScale fitting(List<ChartSpec.Line> lines, double fromStep, double toStep, boolean logarithmic) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double[] range = new double[2];
        for (ChartSpec.Line line : lines) {
            if (line.series().range(fromStep, toStep, range)) {
                double low = logarithmic ? smallestPositive(line.series(), fromStep, toStep, range) : range[0];
                min = Double.isFinite(low) ? Math.min(min, low) : min;
                max = Double.isFinite(range[1]) ? Math.max(max, range[1]) : max;
            }
        }
        if (logarithmic) {
            return fittingLogarithmic(min, max);
        }
        if (!(max >= min)) {
            return new ValueScale(0, 1, false);
        }
        if (max == min) {
            double room = max == 0 ? 1 : Math.abs(max) * 0.5;
            return new ValueScale(max >= 0 && max - room <= 0 ? 0 : max - room, max + room, false);
        }
        double unit = niceUnit((max - min) / 5);
        boolean nearZero = min >= 0 && min < 0.6 * max;
        double bottom = nearZero ? 0 : Math.floor((min - 0.02 * (max - min)) / (unit / 2)) * (unit / 2);
        double top = Math.ceil((max + 0.04 * (max - min)) / (unit / 2)) * (unit / 2);
        return new ValueScale(bottom, top, false);
    }

    private static ValueScale fittingLogarithmic(double min, double max) {
        if (!(max > 0)) {
            return new ValueScale(0.1, 10, true);
        }
        double low = Math.max(SMALLEST, min);
        // Bounds on 1, 2, 5 times a power of ten.
        double bottom = below(low);
        double top = above(max);
        return top / bottom < 2 ? new ValueScale(bottom / 2, top * 2, true) : new ValueScale(bottom, top, true);
    }

    private static double below(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double lead = value / power;
        return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
    }

    private static double above(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double lead = value / power;
        return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
    }

    /** The smallest value above zero; exact where all are, otherwise found among the points. */
    private static double smallestPositive(Series series, double from, double to, double[] range) {
        if (range[0] > 0) {
            return range[0];
        }
        double least = Double.POSITIVE_INFINITY;
        long first = series.indexAt(from);
        long last = series.indexAt(Math.nextUp(to));
        long stride = Math.max(1, (last - first) / 10_000);
        for (long i = first; i < last; i += stride) {
            double value = series.value(i);
            least = value > 0 ? Math.min(least, value) : least;
        }
        return least;
    }

    static double niceUnit(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
    }
}
