package decaylab.chart;

/**
 * Paints series into a picture, a column of pixels at a time: each column gets one vertical span from the smallest to the
 * largest value that falls into it, so that a spike of one step among millions is seen, and a million steps cost as much as
 * a thousand. Where steps are wider than columns, the span follows the straight line between them.
 */
final class ColumnPainter {
    private final int[] pixels;
    private final int width;
    private final int left;
    private final int top;
    private final int plotWidth;
    private final int plotHeight;

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
     * @param scale of the values
     * @param colour 0xRRGGBB
     * @param opacity in [0, 1]
     * @param thickness of the line in device pixels
     * @param dashes lengths of strokes and gaps in device pixels; empty for a solid line
     */
    void paint(
            Series series,
            double fromStep,
            double toStep,
            ValueScale scale,
            int colour,
            double opacity,
            double thickness,
            float[] dashes) {
        long count = series.count();
        if (count == 0) {
            return;
        }
        double stepsPerColumn = (toStep - fromStep) / plotWidth;
        double[] range = new double[2];
        double dashLength = 0;
        for (float dash : dashes) {
            dashLength += dash;
        }
        for (int column = 0; column < plotWidth; column++) {
            if (dashLength > 0 && isGap(dashes, column % dashLength)) {
                continue;
            }
            // Half a line's thickness to either side, so that steep lines are as thick as level ones.
            double start = fromStep + (column - (thickness - 1) / 2) * stepsPerColumn;
            double end = start + thickness * stepsPerColumn;
            long first = series.indexAt(start);
            long last = series.indexAt(end); // the first point of the next column, where this one's line ends
            boolean some;
            if (last - first >= 2) {
                some = series.rangeOfPoints(first, last + 1, range);
            } else {
                some = alongTheLine(series, count, first, last, start, end, range);
            }
            if (some) {
                span(column, scale, range, colour, opacity, thickness);
            }
        }
        if (count == 1 && series.step(0) >= fromStep && series.step(0) <= toStep) {
            dot(series, fromStep, stepsPerColumn, scale, colour, opacity, thickness);
        }
    }

    private static boolean isGap(float[] dashes, double at) {
        double passed = 0;
        for (int i = 0; i < dashes.length; i++) {
            passed += dashes[i];
            if (at < passed) {
                return i % 2 == 1;
            }
        }
        return false;
    }

    /** What the straight lines between points cover within a column that holds at most one point. */
    private static boolean alongTheLine(
            Series series, long count, long first, long last, double start, double end, double[] range) {
        range[0] = Double.POSITIVE_INFINITY;
        range[1] = Double.NEGATIVE_INFINITY;
        include(interpolated(series, count, first, start), range);
        if (last > first && first < count) {
            include(series.value(first), range);
        }
        include(interpolated(series, count, last, end), range);
        return range[0] <= range[1];
    }

    /** The value at a step, on the line that ends in the given point; NaN outside of the points. */
    private static double interpolated(Series series, long count, long next, double at) {
        if (next >= count) {
            return count > 0 && series.step(count - 1) == at ? series.value(count - 1) : Double.NaN;
        }
        double nextStep = series.step(next);
        double nextValue = series.value(next);
        if (nextStep == at) {
            return nextValue;
        }
        if (next == 0) {
            return Double.NaN;
        }
        double step = series.step(next - 1);
        double value = series.value(next - 1);
        return value + (nextValue - value) * (at - step) / (nextStep - step);
    }

    private static void include(double value, double[] range) {
        range[0] = value < range[0] ? value : range[0];
        range[1] = value > range[1] ? value : range[1];
    }

    private void dot(
            Series series,
            double fromStep,
            double stepsPerColumn,
            ValueScale scale,
            int colour,
            double opacity,
            double thickness) {
        int centre = (int) ((series.step(0) - fromStep) / stepsPerColumn);
        double[] range = {series.value(0), series.value(0)};
        int radius = (int) Math.ceil(thickness);
        for (int column = centre - radius; column <= centre + radius; column++) {
            if (column >= 0 && column < plotWidth) {
                span(column, scale, range, colour, opacity, 2 * thickness);
            }
        }
    }

    /** One vertical span, with fractional coverage of the pixels at its ends. */
    private void span(int column, ValueScale scale, double[] range, int colour, double opacity, double thickness) {
        double high = scale.height(range[1]);
        double low = scale.height(range[0]);
        if (Double.isNaN(high)) {
            return; // nothing above zero on a logarithmic axis
        }
        low = Double.isNaN(low) ? 0 : low;
        double yTop = (1 - high) * plotHeight - thickness / 2;
        double yBottom = (1 - low) * plotHeight + thickness / 2;
        if (yBottom <= 0 || yTop >= plotHeight) {
            return;
        }
        yTop = Math.max(0, yTop);
        yBottom = Math.min(plotHeight, yBottom);
        int firstRow = (int) Math.floor(yTop);
        int lastRow = (int) Math.ceil(yBottom) - 1;
        for (int row = firstRow; row <= lastRow; row++) {
            double coverage = Math.min(yBottom, row + 1.0) - Math.max(yTop, row);
            blend((top + row) * width + left + column, colour, opacity * coverage);
        }
    }

    private void blend(int at, int colour, double alpha) {
        int a = (int) (alpha * 256 + 0.5);
        int under = pixels[at];
        int r = ((colour >> 16 & 0xFF) * a + (under >> 16 & 0xFF) * (256 - a)) >> 8;
        int g = ((colour >> 8 & 0xFF) * a + (under >> 8 & 0xFF) * (256 - a)) >> 8;
        int b = ((colour & 0xFF) * a + (under & 0xFF) * (256 - a)) >> 8;
        pixels[at] = 0xFF000000 | r << 16 | g << 8 | b;
    }
}
