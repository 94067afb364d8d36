package decaylab.study;

import java.util.List;

/**
 * A chart of a study's figures over the step at which something is done, or over another whole number.
 *
 * @param title above it
 * @param unit of the values, for the axis
 * @param over what the values are, for the other axis
 * @param logarithmic whether the axis of the values is
 * @param lines what is drawn
 */
public record Graph(String title, String unit, String over, boolean logarithmic, List<Line> lines) {
    public Graph {
        lines = List.copyOf(lines);
    }

    /** One over steps. */
    public Graph(String title, String unit, List<Line> lines) {
        this(title, unit, "step", false, lines);
    }

    /**
     * One line.
     *
     * @param name in the legend
     * @param points in the order of their steps
     */
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /**
     * One value.
     *
     * @param step where, or the number that it is over
     * @param value the mean over the seeds
     * @param error its standard error; NaN where there is none
     */
    public record Point(long step, double value, double error) {}
}
