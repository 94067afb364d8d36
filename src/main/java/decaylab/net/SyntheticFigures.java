package decaylab.net;

/**
 * How well a module of synthetic gradients predicted on a mini-batch; sums over the examples.
 *
 * @param error squared length of what it was off by, ||s - d||^2
 * @param predicted squared length of what it predicted, ||s||^2
 * @param target squared length of what arrived from above, ||d||^2
 * @param rows number of examples; 0 before the first
 */
public record SyntheticFigures(double error, double predicted, double target, int rows) {
    /** Before the first mini-batch. */
    public static final SyntheticFigures NONE = new SyntheticFigures(0, 0, 0, 0);

    /** ||s - d||^2 / ||d||^2; NaN before the first mini-batch. */
    public double relativeError() {
        return error / target;
    }

    /** Root of the mean squared length of an example's prediction. */
    public double predictedNorm() {
        return Math.sqrt(predicted / rows);
    }

    /** Root of the mean squared length of an example's gradient from above. */
    public double targetNorm() {
        return Math.sqrt(target / rows);
    }

    /** Those of several modules on the same examples together. */
    public SyntheticFigures plus(SyntheticFigures other) {
        return new SyntheticFigures(
                error + other.error, predicted + other.predicted, target + other.target, Math.max(rows, other.rows));
    }
}
