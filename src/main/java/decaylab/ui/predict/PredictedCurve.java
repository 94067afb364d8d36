package decaylab.ui.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A curve as it was drawn by hand: values at evenly spaced steps of a range. What was left out between two places is filled by
 * a straight line as it would be seen on the axis; what was left out at the end is not part of it. Immutable.
 */
public final class PredictedCurve {
    /** At how many steps a curve holds a value, at most. */
    static final int MOST_PLACES = 241;

    private final long from;
    private final long to;
    private final boolean logarithmic;
    /** NaN where nothing was drawn. */
    private final double[] values;

    private PredictedCurve(long from, long to, boolean logarithmic, double[] values) {
        this.from = from;
        this.to = to;
        this.logarithmic = logarithmic;
        this.values = values;
    }

    /**
     * A curve of which nothing is drawn.
     *
     * @param from first step
     * @param to last step, beyond the first
     * @param start value at the first step; NaN where there is none
     * @param logarithmic whether it is drawn on a logarithmic axis
     */
    public static PredictedCurve empty(long from, long to, double start, boolean logarithmic) {
        if (to <= from) {
            throw new IllegalArgumentException("steps " + from + " to " + to);
        }
        double[] values = new double[(int) Math.min(MOST_PLACES, to - from + 1)];
        Arrays.fill(values, Double.NaN);
        values[0] = usable(start, logarithmic) ? start : Double.NaN;
        return new PredictedCurve(from, to, logarithmic, values);
    }

    /** A value and its step. */
    public record Point(double step, double value) {}

    /** The same after a straight stroke, which replaces what was drawn at its steps. Steps outside the range are left out. */
    public PredictedCurve with(double fromStep, double fromValue, double toStep, double toValue) {
        if (fromStep > toStep) {
            return with(toStep, toValue, fromStep, fromValue);
        }
        if (!usable(fromValue, logarithmic) || !usable(toValue, logarithmic)) {
            return this;
        }
        double[] drawn = values.clone();
        int first = Math.max(1, place(fromStep)); // at the first place is what was measured
        int last = Math.min(drawn.length - 1, place(toStep));
        for (int i = first; i <= last; i++) {
            double share = toStep > fromStep ? (step(i) - fromStep) / (toStep - fromStep) : 1;
            drawn[i] = between(fromValue, toValue, Math.max(0, Math.min(1, share)));
        }
        return new PredictedCurve(from, to, logarithmic, drawn);
    }

    /** The same without what was drawn after a step. */
    public PredictedCurve until(double step) {
        double[] kept = values.clone();
        Arrays.fill(kept, Math.max(1, Math.min(kept.length, place(step) + 1)), kept.length, Double.NaN);
        return new PredictedCurve(from, to, logarithmic, kept);
    }

    /** The same on an axis of the other kind, where it keeps what has a place there. */
    public PredictedCurve on(boolean otherLogarithmic) {
        double[] kept = values.clone();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = usable(kept[i], otherLogarithmic) ? kept[i] : Double.NaN;
        }
        return new PredictedCurve(from, to, otherLogarithmic, kept);
    }

    /** First step. */
    public long from() {
        return from;
    }

    /** Last step that could be drawn. */
    public long to() {
        return to;
    }

    /** Whether its axis is logarithmic. */
    public boolean logarithmic() {
        return logarithmic;
    }

    /** Whether nothing was drawn after the first step. */
    public boolean isEmpty() {
        return lastPlace() < 1;
    }

    /** The last step that has a value; the first step where nothing was drawn. */
    public long lastStep() {
        return (long) Math.floor(step(Math.max(0, lastPlace())) + 1e-6); // places lie between steps too
    }

    /** Its value at a step; NaN before and after what was drawn. */
    public double at(double step) {
        int last = lastPlace();
        if (last < 0 || step > step(last)) {
            return Double.NaN;
        }
        int next = 0;
        while (step(next) < step || Double.isNaN(values[next])) {
            next++;
        }
        int before = Math.min(next, place(step));
        while (before >= 0 && (Double.isNaN(values[before]) || step(before) > step)) {
            before--;
        }
        if (before < 0) {
            return Double.NaN;
        }
        return before == next
                ? values[next]
                : between(values[before], values[next], (step - step(before)) / (step(next) - step(before)));
    }

    /** The places that were drawn, in the order of their steps. */
    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                points.add(new Point(step(i), values[i]));
            }
        }
        return points;
    }

    private int lastPlace() {
        int last = values.length - 1;
        while (last >= 0 && Double.isNaN(values[last])) {
            last--;
        }
        return last;
    }

    private double step(int place) {
        return from + place * (double) (to - from) / (values.length - 1);
    }

    private int place(double step) {
        return (int) Math.round((step - from) * (values.length - 1) / (to - from));
    }

    private double between(double a, double b, double share) {
        return logarithmic ? a * Math.pow(b / a, share) : a + share * (b - a);
    }

    private static boolean usable(double value, boolean logarithmic) {
        return Double.isFinite(value) && (!logarithmic || value > 0);
    }
}
