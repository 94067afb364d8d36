package decaylab.optim;

/**
 * Two weights, as a point or an arrow of the plane; one weight is a pair whose second is 0.
 *
 * @param x the first weight
 * @param y the second weight
 */
public record WeightPair(double x, double y) {
    /** A pair of a length and a direction, in radians from the first axis. */
    public static WeightPair polar(double length, double angle) {
        return new WeightPair(length * Math.cos(angle), length * Math.sin(angle));
    }

    /** The sum of the two. */
    public WeightPair plus(WeightPair other) {
        return new WeightPair(x + other.x, y + other.y);
    }

    /** This less the other. */
    public WeightPair minus(WeightPair other) {
        return new WeightPair(x - other.x, y - other.y);
    }

    /** Both weights times a factor. */
    public WeightPair times(double factor) {
        return new WeightPair(factor * x, factor * y);
    }

    /** The inner product. */
    public double dot(WeightPair other) {
        return x * other.x + y * other.y;
    }

    /** ||w||^2. */
    public double squared() {
        return dot(this);
    }

    /** ||w||. */
    public double norm() {
        return Math.hypot(x, y);
    }

    /** The direction in radians from the first axis. */
    public double angle() {
        return Math.atan2(y, x);
    }

    /** Whether both are numbers and neither is infinite. */
    public boolean isFinite() {
        return Double.isFinite(x) && Double.isFinite(y);
    }
}
