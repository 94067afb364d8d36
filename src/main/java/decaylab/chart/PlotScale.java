package decaylab.chart;

/**
 * From steps and values to places in a picture, in pixels from its upper left corner. The logarithms of the ends of the
 * axis are taken once, since a chart asks for many thousands of places.
 */
final class PlotScale {
    private final double fromStep;
    private final double stepsPerColumn;
    private final int height;
    private final boolean logarithmic;
    private final double bottom;
    private final double span;

    /**
     * @param fromStep step at the left edge
     * @param toStep step at the right edge
     * @param values scale of the value axis
     * @param width in pixels
     * @param height in pixels
     */
    PlotScale(double fromStep, double toStep, ValueScale values, int width, int height) {
        this.fromStep = fromStep;
        this.stepsPerColumn = (toStep - fromStep) / width;
        this.height = height;
        logarithmic = values.logarithmic();
        bottom = logarithmic ? Math.log(values.min()) : values.min();
        span = (logarithmic ? Math.log(values.max()) : values.max()) - bottom;
    }

    double stepsPerColumn() {
        return stepsPerColumn;
    }

    /** The step at a distance from the left edge. */
    double stepAt(double x) {
        return fromStep + x * stepsPerColumn;
    }

    /** The distance of a step from the left edge. */
    double x(double step) {
        return (step - fromStep) / stepsPerColumn;
    }

    /** The distance of a value from the upper edge; NaN for NaN, and on a logarithmic axis for what has no logarithm. */
    double y(double value) {
        if (logarithmic) {
            return value > 0 ? (1 - (Math.log(value) - bottom) / span) * height : Double.NaN;
        }
        return (1 - (value - bottom) / span) * height;
    }
}
