package decaylab.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pure function from the step to a factor of at least 0 that multiplies a base. */
public sealed interface Schedule {
    /**
     * @param step from 0; total: any step gives a factor, also one beyond the end
     * @param horizon how long the run is
     */
    double factor(long step, Horizon horizon);

    /** Always 1. */
    record Constant() implements Schedule {
        @Override
        public double factor(long step, Horizon horizon) {
            return 1;
        }
    }

    /**
     * 1 for from <= step < to, else 0: early, late and sliding windows of Golatkar, Achille and Soatto (NeurIPS 2019).
     *
     * @param from first step inside
     * @param to first step after it; null: until the end
     */
    record Window(long from, @Nullable Long to) implements Schedule {
        public Window {
            if (from < 0 || to != null && to < from) {
                throw new IllegalArgumentException(
                        "from " + from + " to " + to + "; from must be at least 0 and to not before it");
            }
        }

        @Override
        public double factor(long step, Horizon horizon) {
            return step >= from && (to == null || step < to) ? 1 : 0;
        }
    }

    /**
     * A step's start and the factor from there on.
     *
     * @param from first step, at least 0
     * @param factor at least 0
     */
    record Knot(long from, double factor) {
        public Knot {
            requireFactor(factor);
            if (from < 0) {
                throw new IllegalArgumentException("a knot at step " + from + "; steps count from 0");
            }
        }
    }

    /**
     * A staircase: the factor of the last knot that is not after the step; 1 before the first.
     *
     * @param knots in the order of their steps
     */
    record Piecewise(List<Knot> knots) implements Schedule {
        public Piecewise {
            knots = List.copyOf(knots);
            for (int i = 1; i < knots.size(); i++) {
                if (knots.get(i).from() <= knots.get(i - 1).from()) {
                    throw new IllegalArgumentException(
                            "the knot at step " + knots.get(i).from()
                                    + " does not come after the one at step "
                                    + knots.get(i - 1).from());
                }
            }
        }

        @Override
        public double factor(long step, Horizon horizon) {
            double factor = 1;
            for (Knot knot : knots) {
                if (knot.from() > step) {
                    break;
                }
                factor = knot.factor();
            }
            return factor;
        }
    }

    /**
     * Half a cosine wave from 1 at step 0 to the floor at the last step.
     *
     * @param floor in [0, 1]
     */
    record Cosine(double floor) implements Schedule {
        public Cosine {
            if (!(floor >= 0 && floor <= 1)) {
                throw new IllegalArgumentException("floor " + floor + "; it must be between 0 and 1");
            }
        }

        @Override
        public double factor(long step, Horizon horizon) {
            double done = Math.min(1, (double) step / Math.max(1, horizon.steps() - 1));
            return floor + (1 - floor) * (1 + StrictMath.cos(StrictMath.PI * done)) / 2;
        }
    }

    /**
     * factor^n, n the whole epochs or steps done.
     *
     * @param factor greater than 0 and at most 1
     * @param every the clock
     */
    record Exponential(double factor, Every every) implements Schedule {
        public Exponential {
            if (!(factor > 0 && factor <= 1)) {
                throw new IllegalArgumentException("factor " + factor + "; it must be above 0 and at most 1");
            }
        }

        @Override
        public double factor(long step, Horizon horizon) {
            return StrictMath.pow(factor, every == Every.STEP ? step : step / horizon.stepsPerEpoch());
        }
    }

    /**
     * A point of a drawn curve.
     *
     * @param at place in the run, 0 its start and 1 its end
     * @param factor at least 0
     */
    record Point(double at, double factor) {
        public Point {
            requireFactor(factor);
            if (!(at >= 0 && at <= 1)) {
                throw new IllegalArgumentException("a point at " + at + "; it must lie between 0 and 1 of the run");
            }
        }
    }

    /**
     * A curve drawn over the whole run: straight between its points, level before the first and after the last.
     *
     * @param points at least one, in order
     */
    record Drawn(List<Point> points) implements Schedule {
        public Drawn {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("a drawn schedule without points; give at least one");
            }
            for (int i = 1; i < points.size(); i++) {
                if (!(points.get(i).at() > points.get(i - 1).at())) {
                    throw new IllegalArgumentException(
                            "the point at " + points.get(i).at() + " does not come after the one at "
                                    + points.get(i - 1).at());
                }
            }
        }

        @Override
        public double factor(long step, Horizon horizon) {
            double at = (double) step / Math.max(1, horizon.steps() - 1);
            Point before = points.get(0);
            for (Point point : points) {
                if (point.at() >= at) {
                    double width = point.at() - before.at();
                    if (point.at() == at || width == 0) { // exactly the point's, without rounding
                        return point.factor();
                    }
                    return before.factor() + (at - before.at()) / width * (point.factor() - before.factor());
                }
                before = point;
            }
            return before.factor();
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor " + factor + "; it must be a number of at least 0");
        }
    }
}
