package decaylab.journal;

import decaylab.chart.Series;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Values over steps, few enough for a page: of a long run every so manieth step and the last.
 *
 * @param steps rising
 * @param values one for each; may be NaN or infinite
 */
public record Curve(List<Long> steps, List<Double> values) {
    /** How many points a curve has, about. */
    static final int MOST_POINTS = 240;

    public Curve {
        steps = List.copyOf(steps);
        values = List.copyOf(values);
        if (steps.size() != values.size()) {
            throw new IllegalArgumentException(steps.size() + " steps for " + values.size() + " values");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i) <= steps.get(i - 1)) {
                throw new IllegalArgumentException("step " + steps.get(i) + " after " + steps.get(i - 1));
            }
        }
    }

    /** The network's curve of a quantity; empty where the run does not have it. */
    public static Curve of(SampleLog log, Quantity quantity) {
        OptionalInt place = log.place(Metric.of(quantity));
        List<Long> steps = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        long rows = place.isEmpty() ? 0 : log.rows();
        long every = Math.max(1, (rows + MOST_POINTS - 1) / MOST_POINTS);
        for (long row = 0; row < rows; row++) {
            if (row % every == 0 || row == rows - 1) {
                double value = log.value(place.getAsInt(), row);
                if (!SampleLog.isEmpty(value)) {
                    steps.add(row);
                    values.add(value);
                }
            }
        }
        return new Curve(steps, values);
    }

    /** Every so manieth point and the last, so that about so many are left as a page shows. */
    public static Curve thinned(List<Long> steps, List<Double> values) {
        int every = Math.max(1, (steps.size() + MOST_POINTS - 1) / MOST_POINTS);
        List<Long> keptSteps = new ArrayList<>();
        List<Double> keptValues = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (i % every == 0 || i == steps.size() - 1) {
                keptSteps.add(steps.get(i));
                keptValues.add(values.get(i));
            }
        }
        return new Curve(keptSteps, keptValues);
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The last step; -1 where there is none. */
    long lastStep() {
        return steps.isEmpty() ? -1 : steps.get(steps.size() - 1);
    }

    /** The value at a step, on a straight line between two points; NaN before the first and after the last. */
    double at(long step) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) >= step) {
                if (steps.get(i) == step) {
                    return values.get(i);
                }
                if (i == 0) {
                    return Double.NaN;
                }
                double share = (double) (step - steps.get(i - 1)) / (steps.get(i) - steps.get(i - 1));
                return values.get(i - 1) + share * (values.get(i) - values.get(i - 1));
            }
        }
        return Double.NaN;
    }

    /** For painting. */
    Series series() {
        Series series = Series.ofSomeSteps();
        for (int i = 0; i < steps.size(); i++) {
            series.append(steps.get(i), values.get(i));
        }
        return series;
    }
}
