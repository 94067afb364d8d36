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
    /** A linear axis begins at zero where no larger part of it than this stays empty below the lines. */
    private static final double MOST_EMPTY = 0.4;

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

    /** The scale of a chart's value axis: its range, or what its lines need. */
    static ValueScale of(ChartSpec spec) {
        ChartSpec.Range range = spec.range();
        if (range != null && (!spec.logarithmic() || range.min() > 0)) {
            return new ValueScale(range.min(), range.max(), spec.logarithmic());
        }
        return fitting(spec.lines(), spec.fromStep(), spec.toStep(), spec.logarithmic());
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
            for (Series series : line.all()) {
                if (series.finiteRange(fromStep, toStep, logarithmic, range)) {
                    min = Math.min(min, range[0]);
                    max = Math.max(max, range[1]);
                }
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
        boolean nearZero = min >= 0 && min < MOST_EMPTY * max;
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

    static double niceUnit(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
    }
}
