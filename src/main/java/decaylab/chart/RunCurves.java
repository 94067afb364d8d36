package decaylab.chart;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One run's samples as series: each is made when it is first asked for, and then reads the log on from its own last row. */
public final class RunCurves implements Curves {
    private final SampleLog log;
    private final long first;
    private final Map<Metric, Curve> curves = new HashMap<>();
    private final Map<Smoothed, Curve> smoothed = new HashMap<>();

    private final Map<Piled, Stack> stacks = new HashMap<>();

    private record Smoothed(Metric metric, double factor) {}

    private record Piled(List<Metric> parts, double factor) {}

    /** A series and how far it has read. */
    private static final class Curve {
        private final Series series;
        private long read;
        private double average = Double.NaN;

        Curve(Series series) {
            this.series = series;
        }
    }

    /** @param log of the run, which may still be growing */
    public RunCurves(SampleLog log) {
        this(log, 0);
    }

    /**
     * The curves of a branch whose past another run draws.
     *
     * @param first row that is drawn
     */
    public RunCurves(SampleLog log, long first) {
        this.log = log;
        this.first = first;
    }

    @Override
    public List<String> layers() {
        return log.metrics().stream()
                .filter(metric -> metric.quantity() == Quantity.LAYER_NORM)
                .map(metric -> String.valueOf(metric.layer()))
                .toList();
    }

    @Override
    public long steps() {
        return log.rows();
    }

    @Override
    public Series of(Metric metric) {
        Curve curve = curves.computeIfAbsent(metric, RunCurves::empty);
        follow(curve, metric, 0);
        return curve.series;
    }

    @Override
    public Series smoothed(Metric metric, double factor) {
        Smoothed key = new Smoothed(metric, factor);
        if (!smoothed.containsKey(key)) {
            smoothed.keySet().removeIf(other -> other.metric.equals(metric)); // a slider leaves many behind
        }
        Curve curve = smoothed.computeIfAbsent(key, k -> empty(metric));
        follow(curve, metric, factor);
        return curve.series;
    }

    @Override
    public Stack stack(List<Metric> parts, double factor) {
        Piled key = new Piled(parts, factor);
        if (!stacks.containsKey(key)) {
            stacks.keySet().removeIf(other -> other.parts.equals(parts)); // a slider leaves many behind
        }
        Stack stack = stacks.computeIfAbsent(key, k -> new Stack(log.holding(parts.get(0)), parts, factor));
        stack.follow();
        return stack;
    }

    @Override
    public ChartSpec.@Nullable Band band(Metric metric) {
        return null; // one run has no spread
    }

    private static Curve empty(Metric metric) {
        return new Curve(seriesFor(metric));
    }

    /** An empty series for values of a metric. */
    static Series seriesFor(Metric metric) {
        return metric.quantity().cadence() == Quantity.Cadence.EVERY_STEP ? Series.ofEveryStep() : Series.ofSomeSteps();
    }

    /** The next value of a moving average; it begins anew at a gap, and with its first number. */
    static double average(double before, double value, double factor) {
        return Double.isFinite(before) && !Double.isNaN(value) ? factor * before + (1 - factor) * value : value;
    }

    private void follow(Curve curve, Metric metric, double factor) {
        SampleLog holding = log.holding(metric);
        OptionalInt place = holding.place(metric);
        long rows = holding.rows();
        if (place.isEmpty()) {
            return;
        }
        boolean everyStep = metric.quantity().cadence() == Quantity.Cadence.EVERY_STEP;
        boolean atInterval = metric.quantity().cadence() == Quantity.Cadence.INTERVAL;
        for (long row = curve.read; row < rows; row++) {
            long step = holding == log ? row : (long) holding.value(0, row);
            double value = step < first ? SampleLog.EMPTY : holding.value(place.getAsInt(), row);
            boolean empty = SampleLog.isEmpty(value);
            if (everyStep || atInterval || !empty) { // where an instrument finds nothing its line has a gap
                curve.average = average(curve.average, value, factor);
                curve.series.append(step, curve.average);
            }
        }
        curve.read = rows;
    }
}
