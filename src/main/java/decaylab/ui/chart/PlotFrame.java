package decaylab.ui.chart;

import decaylab.chart.ValueScale;
import java.util.List;

/**
 * A painted chart: its pixels, and where in them the data lies, so that cross-hair and markers can be laid over.
 *
 * @param pixelWidth in device pixels
 * @param pixelHeight in device pixels
 * @param pixels row after row, premultiplied ARGB; owned by the painter until its next frame
 * @param area where the data is drawn, in logical pixels
 * @param viewport the steps that it shows
 * @param values scale of the value axis
 * @param lineEnds labels for the ends of lines
 * @param empty true where there is nothing to draw yet
 */
@SuppressWarnings("ArrayRecordComponent")
record PlotFrame(
        int pixelWidth,
        int pixelHeight,
        int[] pixels,
        Area area,
        Viewport viewport,
        ValueScale values,
        List<LineEnd> lineEnds,
        boolean empty) {
    /** A rectangle in logical pixels. */
    record Area(double x, double y, double width, double height) {
        /** The place of a step. */
        double xOf(double step, Viewport viewport) {
            return x + (step - viewport.from()) / (viewport.to() - viewport.from()) * width;
        }

        /** The place of a value; NaN where the axis has none for it. */
        double yOf(double value, ValueScale values) {
            return y + (1 - values.height(value)) * height;
        }

        /** The value at a place. */
        double valueAt(double atY, ValueScale values) {
            return values.valueAt(1 - (atY - y) / height);
        }

        /** The step at a place. */
        double stepAt(double atX, Viewport viewport) {
            return viewport.from() + (atX - x) / width * (viewport.to() - viewport.from());
        }
    }

    /** A label for the end of a line, in logical pixels, with the line's colour as 0xRRGGBB. */
    record LineEnd(String text, double x, double y, int colour) {}
}
