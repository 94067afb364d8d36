package decaylab.study;

import java.util.List;

/**
 * A chart of a study's figures over the step at which something is done.
 *
 * @param title above it
 * @param unit of the values, for the axis
 * @param lines what is drawn
 */
public record Graph(String title, String unit, List<Line> lines) {
    public Graph {
        lines = List.copyOf(lines);
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
     * @param step where
     * @param value the mean over the seeds
     * @param error its standard error; NaN where there is none
     */
    public record Point(long step, double value, double error) {}
}
