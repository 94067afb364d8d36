package decaylab.chart;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One run's samples as series: each is made when it is first asked for, and then reads the log on from its own last row. */
public final class RunCurves {
    private final SampleLog log;
    private final Map<Metric, Curve> curves = new HashMap<>();
    private final Map<Smoothed, Curve> smoothed = new HashMap<>();

    private record Smoothed(Metric metric, double factor) {}

    /** A series and how far it has read. */
    private static final class Curve {
        private final Series series;
        private long read;
        private double average = Double.NaN;

        Curve(boolean everyStep) {
            series = everyStep ? Series.ofEveryStep() : Series.ofSomeSteps();
        }
    }

    /** @param log of the run, which may still be growing */
    public RunCurves(SampleLog log) {
        this.log = log;
    }

    /** The names of the run's layers. */
    public List<String> layers() {
        return log.metrics().stream()
                .filter(metric -> metric.quantity() == Quantity.LAYER_NORM)
                .map(metric -> String.valueOf(metric.layer()))
                .toList();
    }

    /** How many steps were logged. */
    public long steps() {
        return log.rows();
    }

    /** The series of a metric, up to the newest row. */
    public Series of(Metric metric) {
        Curve curve = curves.computeIfAbsent(metric, RunCurves::empty);
        follow(curve, metric, 0);
        return curve.series;
    }

    /**
     * The exponential moving average of a metric, up to the newest row.
     *
     * @param factor how much of the average stays at each value, in (0, 1)
     */
    public Series smoothed(Metric metric, double factor) {
        Smoothed key = new Smoothed(metric, factor);
        if (!smoothed.containsKey(key)) {
            smoothed.keySet().removeIf(other -> other.metric.equals(metric)); // a slider leaves many behind
        }
        Curve curve = smoothed.computeIfAbsent(key, k -> empty(metric));
        follow(curve, metric, factor);
        return curve.series;
    }

    private static Curve empty(Metric metric) {
        return new Curve(metric.quantity().cadence() == Quantity.Cadence.EVERY_STEP);
    }

    private void follow(Curve curve, Metric metric, double factor) {
        OptionalInt place = log.place(metric);
        long rows = log.rows();
        if (place.isEmpty()) {
            return;
        }
        boolean everyStep = metric.quantity().cadence() == Quantity.Cadence.EVERY_STEP;
        for (long row = curve.read; row < rows; row++) {
            double value = log.value(place.getAsInt(), row);
            boolean empty = SampleLog.isEmpty(value);
            if (everyStep || !empty) {
                boolean start = Double.isNaN(curve.average) || Double.isNaN(value);
                curve.average = start ? value : factor * curve.average + (1 - factor) * value;
                curve.series.append(row, curve.average);
            }
        }
        curve.read = rows;
    }
}
