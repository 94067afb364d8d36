package decaylab.study;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One quantity of one run, thinned for a chart.
 *
 * @param steps rising
 * @param values one for each step
 */
@SuppressWarnings("ArrayRecordComponent") // read only; nobody compares two curves
public record Curve(long[] steps, double[] values) {
    private static final int POINTS = 150;

    public Curve {
        if (steps.length != values.length) {
            throw new IllegalArgumentException(steps.length + " steps of " + values.length + " values");
        }
    }

    /**
     * 150 to 300 values at even distances, or all where there are fewer. Runs of equal length are thinned to the
     * same steps, also while one of them is under way.
     *
     * @param length of the whole run, in steps
     */
    public static Curve of(SampleLog log, Quantity quantity, long length) {
        SampleLog holding = log.holding(Metric.of(quantity));
        OptionalInt place = holding.place(Metric.of(quantity));
        boolean ofInstrument = holding != log; // with the step in its first column
        long rows = holding.rows();
        long stride = Math.max(1, length / POINTS);
        List<Long> steps = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        long next = 0;
        // What is taken at evaluations is between the strides, what is taken at every step on them.
        boolean everywhere = ofInstrument || quantity.cadence() == Quantity.Cadence.EVALUATION;
        for (long row = 0; row < rows && place.isPresent(); row += everywhere ? 1 : stride) {
            double value = holding.value(place.getAsInt(), row);
            long step = ofInstrument ? (long) holding.value(0, row) : row;
            if (step >= next && !SampleLog.isEmpty(value)) {
                steps.add(step);
                values.add(value);
                next = step + stride;
            }
        }
        return new Curve(
                steps.stream().mapToLong(Long::longValue).toArray(),
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
