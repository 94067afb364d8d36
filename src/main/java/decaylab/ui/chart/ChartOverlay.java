package decaylab.ui.chart;

import decaylab.chart.ChartSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is laid over a chart: lines drawn by hand, shaded steps, marked places. Immutable.
 *
 * @param sketches lines drawn by hand
 * @param shades ranges of steps
 * @param spots marked places
 * @param range the value axis is held at it; null where it fits the lines and the sketches
 */
public record ChartOverlay(
        List<Sketch> sketches, List<Shade> shades, List<Spot> spots, ChartSpec.@Nullable Range range) {
    /** Nothing. */
    public static final ChartOverlay NONE = new ChartOverlay(List.of(), List.of(), List.of(), null);

    public ChartOverlay {
        sketches = List.copyOf(sketches);
        shades = List.copyOf(shades);
        spots = List.copyOf(spots);
    }

    /** The same with these steps shaded instead. */
    public ChartOverlay with(List<Shade> others) {
        return new ChartOverlay(sketches, others, spots, range);
    }

    /** Whether nothing is laid over. */
    public boolean isEmpty() {
        return sketches.isEmpty() && shades.isEmpty() && spots.isEmpty() && range == null;
    }

    /** A place on a chart. */
    public record Point(double step, double value) {}

    /**
     * A line drawn by hand.
     *
     * @param label beside its end
     * @param points in the order of their steps
     */
    public record Sketch(String label, List<Point> points) {
        public Sketch {
            points = List.copyOf(points);
        }
    }

    /**
     * A range of steps.
     *
     * @param style class of the rectangle
     * @param from first step
     * @param to last step, at least from
     */
    public record Shade(String style, double from, double to) {}

    /**
     * A marked place.
     *
     * @param style class of the dot and, with "-label" after it, of the words
     * @param label beside it; may be empty
     */
    public record Spot(String style, String label, double step, double value) {}
}
