package decaylab.chart;

import decaylab.instrument.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a chart can draw of one run, or of several as one: series that follow what is logged. For one thread at a time. */
public sealed interface Curves permits RunCurves, MeanCurves, GapCurves {
    /** The names of the layers. */
    List<String> layers();

    /** How many steps there are. */
    long steps();

    /** The series of a metric, up to the newest row. */
    Series of(Metric metric);

    /**
     * The exponential moving average of a metric, up to the newest row.
     *
     * @param factor how much of the average stays at each value, in (0, 1)
     */
    Series smoothed(Metric metric, double factor);

    /**
     * Metrics that sum to another, piled up, up to the newest row; null where there is no single run to show them of.
     *
     * @param parts of one instrument, from zero outwards
     * @param factor how much of the average stays at each value, in [0, 1)
     */
    @Nullable
    Stack stack(List<Metric> parts, double factor);

    /** The shade around a metric; null where there is none. */
    ChartSpec.@Nullable Band band(Metric metric);
}
