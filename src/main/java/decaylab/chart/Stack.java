package decaylab.chart;

import decaylab.instrument.Metric;
import decaylab.instrument.SampleLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Quantities that sum to another, piled up: those above zero upwards from it, those below downwards. Averaged over time, which
 * leaves the sum what it was; one thread at a time.
 */
final class Stack {
    private final SampleLog log;
    private final List<Metric> parts;
    private final double factor;
    private final List<Series> low = new ArrayList<>();
    private final List<Series> high = new ArrayList<>();
    private final Series sum = Series.ofSomeSteps();
    private final double[] averages;
    private long read;

    /**
     * @param log that has the parts, with the step in its first column
     * @param parts from zero outwards
     * @param factor how much of the average stays at each value, in [0, 1)
     */
    Stack(SampleLog log, List<Metric> parts, double factor) {
        this.log = log;
        this.parts = List.copyOf(parts);
        this.factor = factor;
        averages = new double[parts.size()];
        for (int i = 0; i < averages.length; i++) {
            averages[i] = Double.NaN;
            low.add(Series.ofSomeSteps());
            high.add(Series.ofSomeSteps());
        }
    }

    /** Reads the log on from its own last row. */
    void follow() {
        int[] places =
                parts.stream().mapToInt(part -> log.place(part).orElseThrow()).toArray();
        for (long rows = log.rows(); read < rows; read++) {
            long step = (long) log.value(0, read);
            double up = 0;
            double down = 0;
            for (int i = 0; i < places.length; i++) {
                averages[i] = RunCurves.average(averages[i], log.value(places[i], read), factor);
                boolean above = averages[i] >= 0;
                double inner = above ? up : down;
                double outer = inner + averages[i];
                low.get(i).append(step, Math.min(inner, outer));
                high.get(i).append(step, Math.max(inner, outer));
                up = above ? outer : up;
                down = above ? down : outer;
            }
            sum.append(step, up + down);
        }
    }

    /** Where the inner and outer edge of a part are. */
    ChartSpec.Band band(int part) {
        return new ChartSpec.Band(low.get(part), high.get(part));
    }

    /** The sum of all. */
    Series sum() {
        return sum;
    }
}
