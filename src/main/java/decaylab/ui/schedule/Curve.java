package decaylab.ui.schedule;

import decaylab.schedule.Horizon;
import decaylab.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import java.util.function.Predicate;

/**
 * Values over the steps of a run: straight between knots, level before the first and after the last. Immutable.
 *
 * @param knots at least one, their steps rising
 */
record Curve(List<Knot> knots) {
    /** Samples that a shape is looked at in; between two of them it is taken to be straight. */
    private static final int SAMPLES = 2000;

    /** What thinning may take off or add, as a share of the largest value. */
    private static final double THINNING = 0.003;

    Curve {
        knots = List.copyOf(knots);
        if (knots.isEmpty()) {
            throw new IllegalArgumentException("a curve without knots");
        }
        for (int i = 1; i < knots.size(); i++) {
            if (knots.get(i).step() <= knots.get(i - 1).step()) {
                throw new IllegalArgumentException("knots out of order: " + knots);
            }
        }
    }

    /** The same value throughout. */
    static Curve level(double value) {
        return new Curve(List.of(new Knot(0, value)));
    }

    /**
     * The curve of a function, with the knots that it needs.
     *
     * @param steps of the run
     */
    static Curve of(LongToDoubleFunction function, long steps) {
        long last = Math.max(1, steps - 1);
        long parts = Math.min(SAMPLES, last);
        List<Knot> samples = new ArrayList<>();
        double largest = 0;
        for (long i = 0; i <= parts; i++) {
            long step = Math.round((double) i / parts * last);
            double value = function.applyAsDouble(step);
            samples.add(new Knot(step, value));
            largest = Math.max(largest, value);
        }
        return new Curve(Thin.of(samples, THINNING * largest));
    }

    /** The values that a schedule gives a base. */
    static Curve of(Schedule schedule, double base, Horizon horizon) {
        long last = Math.max(1, horizon.steps() - 1);
        TreeMap<Long, Double> knots = new TreeMap<>();
        if (schedule instanceof Schedule.Drawn drawn) {
            drawn.points().forEach(point -> knots.put(Math.round(point.at() * last), base * point.factor()));
        } else if (schedule instanceof Schedule.Window window) {
            jump(knots, 0, 0);
            jump(knots, window.from(), base);
            if (window.to() != null) {
                jump(knots, window.to(), 0);
            }
        } else if (schedule instanceof Schedule.Piecewise piecewise) {
            jump(knots, 0, base);
            piecewise.knots().forEach(knot -> jump(knots, knot.from(), base * knot.factor()));
        } else {
            return of(step -> base * schedule.factor(step, horizon), horizon.steps());
        }
        return of(knots);
    }

    /** From a step on another value, where all before is there already. */
    private static void jump(TreeMap<Long, Double> knots, long step, double value) {
        if (step > 0) {
            knots.put(step - 1, knots.lastEntry().getValue());
        }
        knots.put(step, value);
    }

    private static Curve of(TreeMap<Long, Double> knots) {
        return new Curve(knots.entrySet().stream()
                .map(knot -> new Knot(knot.getKey(), knot.getValue()))
                .toList());
    }

    /** The value at a step. */
    double value(double step) {
        int low = 0;
        int high = knots.size() - 1;
        while (low < high) { // the last knot that is not after the step, or the first
            int middle = (low + high + 1) >>> 1;
            if (knots.get(middle).step() <= step) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Knot before = knots.get(low);
        if (low == knots.size() - 1 || before.step() >= step) {
            return before.value();
        }
        Knot after = knots.get(low + 1);
        double share = (step - before.step()) / (after.step() - before.step());
        return before.value() + share * (after.value() - before.value());
    }

    /** The largest value. */
    double largest() {
        return knots.stream().mapToDouble(Knot::value).max().orElse(0);
    }

    /** Whether it has the same value throughout. */
    boolean isLevel() {
        return knots.stream().allMatch(knot -> knot.value() == knots.get(0).value());
    }

    /** With a knot more, or with another value for the one at its step. */
    Curve with(Knot knot) {
        TreeMap<Long, Double> changed = map(other -> true);
        changed.put(knot.step(), knot.value());
        return of(changed);
    }

    /** Without the knot at a step; the only one stays. */
    Curve without(long step) {
        return knots.size() == 1 ? this : of(map(knot -> knot.step() != step));
    }

    /** With another piece from its first to its last knot; what lies outside keeps its values. */
    Curve replaced(List<Knot> piece) {
        long first = piece.get(0).step();
        long last = piece.get(piece.size() - 1).step();
        TreeMap<Long, Double> changed = map(knot -> knot.step() < first || knot.step() > last);
        if (first > 0) {
            changed.put(first - 1, value(first - 1));
        }
        changed.put(last + 1, value(last + 1));
        piece.forEach(knot -> changed.put(knot.step(), knot.value()));
        return new Curve(Thin.of(of(changed).knots(), 0));
    }

    /** This curve before a step, another one from it on. */
    Curve until(long step, Curve after) {
        if (step <= 0) {
            return after;
        }
        TreeMap<Long, Double> spliced = map(knot -> knot.step() < step);
        spliced.put(step - 1, value(step - 1));
        spliced.put(step, after.value(step));
        after.knots().stream()
                .filter(knot -> knot.step() > step)
                .forEach(knot -> spliced.put(knot.step(), knot.value()));
        return new Curve(Thin.of(of(spliced).knots(), 0));
    }

    /** All values times a factor. */
    Curve times(double factor) {
        return new Curve(knots.stream()
                .map(knot -> new Knot(knot.step(), factor * knot.value()))
                .toList());
    }

    /**
     * The schedule that gives these values.
     *
     * @param base that it multiplies, above 0
     * @param steps of the run; knots beyond its end are left out
     */
    Schedule schedule(double base, long steps) {
        if (isLevel() && knots.get(0).value() == base) {
            return new Schedule.Constant();
        }
        long last = Math.max(1, steps - 1);
        TreeMap<Long, Double> within = map(knot -> knot.step() < last);
        within.put(last, value(last));
        return new Schedule.Drawn(within.entrySet().stream()
                .map(knot -> new Schedule.Point((double) knot.getKey() / last, knot.getValue() / base))
                .toList());
    }

    private TreeMap<Long, Double> map(Predicate<Knot> kept) {
        TreeMap<Long, Double> map = new TreeMap<>();
        knots.stream().filter(kept).forEach(knot -> map.put(knot.step(), knot.value()));
        return map;
    }
}
