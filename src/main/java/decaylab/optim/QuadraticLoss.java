package decaylab.optim;

/**
 * L(w) = 1/2 (w - c)^T H (w - c): a parabola of one weight, or an ellipse of two. H has the given curvatures along two
 * directions at a right angle to each other, its eigen directions.
 *
 * @param steep curvature h along the first direction, at least 0
 * @param flat curvature h along the second direction, at least 0; of one weight, 0
 * @param angle of the first direction to the first axis, in radians
 * @param minimum c
 */
public record QuadraticLoss(double steep, double flat, double angle, WeightPair minimum) implements SmallLoss {
    /** @throws IllegalArgumentException where a curvature is below 0 or no number */
    public QuadraticLoss {
        if (!(steep >= 0 && flat >= 0)) {
            throw new IllegalArgumentException("curvatures " + steep + " and " + flat);
        }
    }

    /** The loss a/2 (w - c)^2 of one weight. */
    public static QuadraticLoss ofOne(double a, double c) {
        return new QuadraticLoss(a, 0, 0, new WeightPair(c, 0));
    }

    @Override
    public double at(WeightPair w) {
        WeightPair off = along(w.minus(minimum));
        return 0.5 * (steep * off.x() * off.x() + flat * off.y() * off.y());
    }

    /** H (w - c), the same at every step. */
    @Override
    public WeightPair gradient(WeightPair w, long step) {
        WeightPair off = along(w.minus(minimum));
        return across(new WeightPair(steep * off.x(), flat * off.y()));
    }

    /** Coordinates along the eigen directions, the steep one first. */
    public WeightPair along(WeightPair w) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return new WeightPair(cos * w.x() + sin * w.y(), cos * w.y() - sin * w.x());
    }

    /** The way back from {@link #along}. */
    public WeightPair across(WeightPair coordinates) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return new WeightPair(
                cos * coordinates.x() - sin * coordinates.y(), sin * coordinates.x() + cos * coordinates.y());
    }
}
