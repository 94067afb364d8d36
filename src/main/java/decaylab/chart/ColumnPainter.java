package decaylab.chart;

import org.jspecify.annotations.Nullable;

/**
 * Paints series into a picture. Where a column of pixels holds several values it gets one vertical span from the smallest to
 * the largest of them, so that a spike of one step among millions is seen, and a million steps cost as much as a thousand.
 * Where points are farther apart than columns, straight lines between them are painted with smooth edges.
 */
final class ColumnPainter {
    /** Ink left in the gaps of a dashed line where it is steep or noisy: a spike in a gap must be seen as well. */
    private static final double GAP_INK = 0.35;

    /** The longest soft edge of a span, in pixels. */
    private static final double SOFTEST = 3;

    private final int[] pixels;
    private final int width;
    private final int left;
    private final int top;
    private final int plotWidth;
    private final int plotHeight;
    private @Nullable Coverage coverage;

    /**
     * @param pixels opaque RGB or premultiplied ARGB, row after row
     * @param width of a row
     * @param left first column to paint
     * @param top first row to paint
     * @param plotWidth columns to paint
     * @param plotHeight rows to paint
     */
    ColumnPainter(int[] pixels, int width, int left, int top, int plotWidth, int plotHeight) {
        this.pixels = pixels;
        this.width = width;
        this.left = left;
        this.top = top;
        this.plotWidth = plotWidth;
        this.plotHeight = plotHeight;
    }

    /**
     * Paints one series.
     *
     * @param fromStep step at the left edge
     * @param toStep step at the right edge
     * @param values scale of the value axis
     */
    void paint(Series series, double fromStep, double toStep, ValueScale values, Ink ink) {
        PlotScale scale = new PlotScale(fromStep, toStep, values, plotWidth, plotHeight);
        long first = Math.max(0, series.indexAt(fromStep) - 1);
        long last = Math.min(series.count(), series.indexAt(Math.nextUp(toStep)) + 1);
        if (last - first > plotWidth) {
            spans(series, scale, ink);
        } else if (last > first) {
            Coverage coverage = cleared();
            coverage.line(series, first, last, scale, ink);
            for (int row = coverage.firstRow(); row <= coverage.lastRow(); row++) {
                for (int column = 0; column < plotWidth; column++) {
                    double covered = coverage.at(column, row);
                    if (covered > 0) {
                        blend((top + row) * width + left + column, ink.colour(), ink.opacity() * covered);
                    }
                }
            }
        }
    }

    private Coverage cleared() {
        Coverage known = coverage;
        if (known == null) {
            known = new Coverage(plotWidth, plotHeight);
            coverage = known;
        } else {
            known.clear();
        }
        return known;
    }

    /** One span a column, for more points than columns. */
    private void spans(Series series, PlotScale scale, Ink ink) {
        double thickness = ink.thickness();
        double[] range = new double[2];
        long count = series.count();
        for (int column = 0; column < plotWidth; column++) {
            // Half a line's thickness to either side, so that steep lines are as thick as level ones.
            long first = series.indexAt(scale.stepAt(column - (thickness - 1) / 2));
            long last = Math.min(count - 1, series.indexAt(scale.stepAt(column + (thickness + 1) / 2)));
            // The last point is the first of the next column: this one's line ends there.
            if (first > last || !series.rangeOfPoints(Math.max(0, Math.min(first, last - 1)), last + 1, range)) {
                continue;
            }
            if (last - first <= 1 && series.step(last) - series.step(Math.max(0, first - 1)) > scale.stepsPerColumn()) {
                if (!between(series, scale, column, range)) { // few points here, though there are many elsewhere
                    continue;
                }
            }
            double high = scale.y(range[1]);
            if (Double.isNaN(high)) {
                continue; // nothing above zero on a logarithmic axis
            }
            double low = scale.y(range[0]);
            low = Double.isNaN(low) ? plotHeight : low;
            double rise = Math.abs(scale.y(series.value(last)) - scale.y(series.value(first)));
            boolean smooth = rise > 0.8 * (low - high);
            double slope = smooth ? rise / thickness : 0; // in pixels a column; without direction where it is noise
            // With what is taken to either side, as thick as a line of this slope is when measured upright.
            double pad = thickness / 2 * (Math.sqrt(1 + slope * slope) - slope);
            double stroke = ink.strokeAt(column + 0.5);
            if (low - high > 3 * thickness) {
                stroke = Math.max(GAP_INK, stroke);
            }
            if (stroke > 0) {
                span(column, high - pad, low + pad, Math.min(SOFTEST, slope), ink.colour(), ink.opacity() * stroke);
            }
        }
    }

    /** What a line that goes from point to point has within a column of pixels; false where there is none. */
    private static boolean between(Series series, PlotScale scale, int column, double[] range) {
        double a = series.at(scale.stepAt(column));
        double b = series.at(scale.stepAt(column + 1.0));
        range[0] = Math.min(a, b);
        range[1] = Math.max(a, b);
        return !Double.isNaN(range[0]);
    }

    /**
     * Fills between two series, as between mean minus and mean plus one standard deviation.
     *
     * @param low one edge, the lower where they do not cross
     * @param high the other edge
     * @param opacity in [0, 1]
     */
    void fill(Series low, Series high, double fromStep, double toStep, ValueScale values, int colour, double opacity) {
        PlotScale scale = new PlotScale(fromStep, toStep, values, plotWidth, plotHeight);
        for (int column = 0; column < plotWidth; column++) {
            double begin = scale.stepAt(column);
            double end = scale.stepAt(column + 1.0);
            Series.Edges edges = Series.between(low, high, begin, end);
            double upper = scale.y(edges.upper());
            double lower = scale.y(edges.lower());
            if (!edges.missing() && !Double.isNaN(upper)) {
                span(column, upper, Double.isNaN(lower) ? plotHeight : lower, 0, colour, opacity);
            }
        }
    }

    /**
     * One vertical span, with fractional coverage of the pixels at its ends.
     *
     * @param yTop upper end, in pixels below the upper edge of the plot
     * @param yBottom lower end
     * @param softness over how many pixels each end fades, as the edge of a slanting line does
     */
    private void span(int column, double yTop, double yBottom, double softness, int colour, double opacity) {
        double soft = Math.min(softness, yBottom - yTop) / 2;
        double from = Math.max(0, yTop - soft);
        double to = Math.min(plotHeight, yBottom + soft);
        int lastRow = (int) Math.ceil(to) - 1;
        int row = (int) from;
        if (row > lastRow) {
            return;
        }
        int solidFrom = (int) Math.ceil(Math.max(0, yTop + soft));
        int solidTo = (int) Math.min(plotHeight, Math.floor(yBottom - soft));
        for (; row <= lastRow; row++) {
            double coverage =
                    row >= solidFrom && row < solidTo ? 1 : covered(row, yTop, soft) - covered(row, yBottom, soft);
            if (coverage > 0) {
                blend((top + row) * width + left + column, colour, opacity * coverage);
            }
        }
    }

    /** How much of a row is below an edge that fades over twice a length. */
    private static double covered(int row, double edge, double soft) {
        if (soft < 0.5) {
            return Math.max(0, Math.min(1, row + 1 - edge));
        }
        return Math.max(0, Math.min(1, (row + 0.5 - edge + soft) / (2 * soft)));
    }

    private void blend(int at, int colour, double alpha) {
        int a = (int) (alpha * 256 + 0.5);
        if (a >= 256) {
            pixels[at] = 0xFF000000 | colour;
            return;
        }
        int under = pixels[at];
        int r = ((colour >> 16 & 0xFF) * a + (under >> 16 & 0xFF) * (256 - a)) >> 8;
        int g = ((colour >> 8 & 0xFF) * a + (under >> 8 & 0xFF) * (256 - a)) >> 8;
        int b = ((colour & 0xFF) * a + (under & 0xFF) * (256 - a)) >> 8;
        pixels[at] = 0xFF000000 | r << 16 | g << 8 | b;
    }
}
