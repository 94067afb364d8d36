package decaylab.chart;

/**
 * Values over steps, in the order of the steps, made for painting: a column of pixels asks for the smallest and largest
 * value that fall into it. One thread appends, others read.
 */
public final class Series {
    private final boolean everyStep;
    private final MinMaxPyramid values = new MinMaxPyramid();
    private final MinMaxPyramid steps = new MinMaxPyramid();

    private Series(boolean everyStep) {
        this.everyStep = everyStep;
    }

    /** A series with a value at each step from 0; NaN leaves a gap. */
    public static Series ofEveryStep() {
        return new Series(true);
    }

    /** A series with a value now and then; the line connects them. */
    public static Series ofSomeSteps() {
        return new Series(false);
    }

    /** Appends the value of a step; the steps come in order. A series of every step is given each. */
    public void append(long step, double value) {
        if (everyStep) {
            if (step != values.count()) {
                throw new IllegalArgumentException("step " + step + " after " + values.count());
            }
            values.append(value);
        } else {
            steps.append(step);
            values.append(value);
        }
    }

    /** How many points there are. */
    public long count() {
        return values.count();
    }

    /** The step of a point. */
    public double step(long index) {
        return everyStep ? index : steps.value(index);
    }

    /** The value of a point. */
    public double value(long index) {
        return values.value(index);
    }

    /** The first point at or after a step; the number of points where there is none. */
    public long indexAt(double step) {
        long n = count();
        if (everyStep) {
            return (long) Math.min(n, Math.max(0, Math.ceil(step)));
        }
        long low = 0;
        long high = n;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (steps.value(middle) < step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The smallest and largest value between two steps, infinities included.
     *
     * @param into receives them
     * @return whether there is a value
     */
    public boolean range(double fromStep, double toStep, double[] into) {
        return values.range(indexAt(fromStep), indexAt(Math.nextUp(toStep)), into);
    }

    /**
     * The smallest and largest finite value between two steps.
     *
     * @param positive whether only values above zero count, as on a logarithmic axis
     * @param into receives them
     * @return whether there is such a value
     */
    public boolean finiteRange(double fromStep, double toStep, boolean positive, double[] into) {
        return values.rangeWithin(
                indexAt(fromStep),
                indexAt(Math.nextUp(toStep)),
                positive ? 0 : Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                into);
    }

    /**
     * The smallest or largest value of a range of steps; where it holds no point, what the line between its neighbours has in
     * the middle; NaN where there is no line.
     *
     * @param which 0 for the smallest, 1 for the largest
     */
    double extreme(double fromStep, double toStep, int which) {
        double[] range = new double[2];
        long first = indexAt(fromStep);
        long last = indexAt(toStep);
        if (last > first) {
            return values.range(first, last, range) ? range[which] : Double.NaN;
        }
        return at((fromStep + toStep) / 2);
    }

    /**
     * The edges of what is between two series in a range of steps.
     *
     * @param lower the smallest value of the series that is lower there; NaN where it has none
     * @param upper the largest value of the other
     */
    record Edges(double lower, double upper) {
        /** Whether one of the two has no value there. */
        boolean missing() {
            return Double.isNaN(lower) || Double.isNaN(upper);
        }
    }

    /** What is between two series from one step to another, whichever of the two is the lower. */
    static Edges between(Series a, Series b, double fromStep, double toStep) {
        double leastA = a.extreme(fromStep, toStep, 0);
        double leastB = b.extreme(fromStep, toStep, 0);
        double mostA = a.extreme(fromStep, toStep, 1);
        double mostB = b.extreme(fromStep, toStep, 1);
        return leastB + mostB < leastA + mostA ? new Edges(leastB, mostA) : new Edges(leastA, mostB);
    }

    /** What the line has at a step, between its points; NaN where there is no line. */
    double at(double step) {
        long next = indexAt(step);
        if (next >= count()) {
            return Double.NaN;
        }
        if (step(next) == step) {
            return value(next);
        }
        if (next == 0) {
            return Double.NaN;
        }
        double before = step(next - 1);
        double share = (step - before) / (step(next) - before);
        return value(next - 1) + share * (value(next) - value(next - 1));
    }

    /** The smallest and largest of some points. */
    boolean rangeOfPoints(long from, long to, double[] into) {
        return values.range(from, to, into);
    }
}
