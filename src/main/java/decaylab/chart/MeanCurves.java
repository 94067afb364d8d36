package decaylab.chart;

import decaylab.instrument.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several runs as one: at each step that all of them have, the mean, with a band of one standard deviation to either side
 * (that of a sample, with n - 1 below the fraction). A value that one of them does not have is missing.
 */
public final class MeanCurves implements Curves {
    private final List<RunCurves> runs;
    private final Map<Metric, Spread> spreads = new HashMap<>();
    private final Map<Smoothed, Average> averages = new HashMap<>();

    private record Smoothed(Metric metric, double factor) {}

    /** Mean and band of a metric, as far as they were computed. */
    private record Spread(Series mean, ChartSpec.Band band) {}

    /** A moving average of a series, and how far it has read it. */
    private static final class Average {
        private final Series series;
        private double value = Double.NaN;

        Average(Series series) {
            this.series = series;
        }
    }

    /** @param runs two or more, with the same metrics taken at the same steps */
    public MeanCurves(List<RunCurves> runs) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException(runs.size() + " runs have no spread");
        }
        this.runs = List.copyOf(runs);
    }

    /** The runs. */
    public List<RunCurves> runs() {
        return runs;
    }

    @Override
    public List<String> layers() {
        return runs.get(0).layers();
    }

    @Override
    public long steps() {
        return runs.stream().mapToLong(RunCurves::steps).min().orElse(0);
    }

    @Override
    public Series of(Metric metric) {
        return spread(metric).mean();
    }

    @Override
    public ChartSpec.Band band(Metric metric) {
        return spread(metric).band();
    }

    @Override
    public @Nullable Stack stack(List<Metric> parts, double factor) {
        return null; // the mean of several budgets is none of them
    }

    @Override
    public Series smoothed(Metric metric, double factor) {
        Series mean = of(metric);
        Smoothed key = new Smoothed(metric, factor);
        if (!averages.containsKey(key)) {
            averages.keySet().removeIf(other -> other.metric().equals(metric)); // a slider leaves many behind
        }
        Average average = averages.computeIfAbsent(key, k -> new Average(RunCurves.seriesFor(metric)));
        for (long i = average.series.count(); i < mean.count(); i++) {
            average.value = RunCurves.average(average.value, mean.value(i), factor);
            average.series.append((long) mean.step(i), average.value);
        }
        return average.series;
    }

    private Spread spread(Metric metric) {
        Spread spread = spreads.computeIfAbsent(
                metric,
                m -> new Spread(
                        RunCurves.seriesFor(m), new ChartSpec.Band(RunCurves.seriesFor(m), RunCurves.seriesFor(m))));
        List<Series> all = runs.stream().map(run -> run.of(metric)).toList();
        long count = all.stream().mapToLong(Series::count).min().orElse(0);
        for (long i = spread.mean().count(); i < count; i++) {
            append(spread, all, i);
        }
        return spread;
    }

    private static void append(Spread spread, List<Series> all, long index) {
        double step = all.get(0).step(index);
        double mean = 0;
        for (Series series : all) {
            // Runs that were stopped at different steps have their last evaluation at different ones.
            mean += series.step(index) == step ? series.value(index) : Double.NaN;
        }
        mean /= all.size();
        double squares = 0;
        for (Series series : all) {
            double distance = series.value(index) - mean;
            squares += distance * distance;
        }
        double deviation = Math.sqrt(squares / (all.size() - 1));
        spread.mean().append((long) step, mean);
        spread.band().low().append((long) step, mean - deviation);
        spread.band().high().append((long) step, mean + deviation);
    }
}
