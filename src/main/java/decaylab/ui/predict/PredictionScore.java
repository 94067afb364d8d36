package decaylab.ui.predict;

import java.util.List;
import java.util.Optional;

/**
 * How near a prediction came to what happened. All distances are taken as the axis shows them: differences on a linear axis,
 * differences of logarithms on a logarithmic one. R is the distance from the lowest to the highest of all values, predicted and
 * measured.
 * <ul>
 *   <li>Three quarters of the points are for closeness, 1 - D / R, where D is the mean distance between the two over the steps
 *       that were measured.
 *   <li>A quarter is for the direction: whether the two rise, fall or stay over the range, where a change of less than a tenth
 *       of R counts as staying. It is given whole or not at all.
 * </ul>
 * So the same curve has 100 points, also where it is flat; a line beside a flat one has 25, for the direction; a line that
 * rises as steeply as the measured one falls, from the same value, has 38 (three quarters of a half); one that does not move
 * while the measured one goes straight up has 38 too, and one that is half as steep 81.
 *
 * @param points from 0 to 100
 * @param predicted where the prediction went
 * @param measured where the run went
 * @param closeFrom first step of the longest stretch without a distance above R / 10; -1 where there is no such step
 * @param closeUntil its last step; -1 where there is none
 * @param largestAt the step of the largest distance, the first of them
 * @param largest the difference there, in the unit of the values
 * @param last the last step that was compared
 */
public record PredictionScore(
        int points,
        Direction predicted,
        Direction measured,
        long closeFrom,
        long closeUntil,
        long largestAt,
        double largest,
        long last) {
    private static final double FOR_CLOSENESS = 75;
    private static final double FOR_DIRECTION = 25;
    private static final double NEAR = 0.1;

    /** Where a curve goes over its whole range. */
    public enum Direction {
        RISES,
        FALLS,
        STAYS
    }

    /** A measured value. */
    public record Measured(long step, double value) {}

    /** Whether the direction was right. */
    public boolean directionRight() {
        return predicted == measured;
    }

    /**
     * Compares.
     *
     * @param curve what was predicted
     * @param outcome what was measured, in the order of the steps; what has no place on the axis is left out
     * @return empty where no step after the first has both
     */
    public static Optional<PredictionScore> of(PredictedCurve curve, List<Measured> outcome) {
        boolean logarithmic = curve.logarithmic();
        List<Measured> compared = outcome.stream()
                .filter(measured -> Double.isFinite(height(measured.value(), logarithmic))
                        && Double.isFinite(height(curve.at(measured.step()), logarithmic)))
                .toList();
        if (compared.isEmpty() || compared.get(compared.size() - 1).step() <= curve.from()) {
            return Optional.empty();
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double largest = -1;
        Measured worst = compared.get(0);
        for (Measured measured : compared) {
            double happened = height(measured.value(), logarithmic);
            double thought = height(curve.at(measured.step()), logarithmic);
            low = Math.min(low, Math.min(happened, thought));
            high = Math.max(high, Math.max(happened, thought));
            double distance = Math.abs(happened - thought);
            sum += distance;
            if (distance > largest) {
                largest = distance;
                worst = measured;
            }
        }
        double range = high - low;
        double closeness = range > 0 ? 1 - sum / compared.size() / range : 1;
        Measured first = compared.get(0);
        Measured last = compared.get(compared.size() - 1);
        Direction went = direction(height(first.value(), logarithmic), height(last.value(), logarithmic), range);
        Direction drawn = direction(
                height(curve.at(first.step()), logarithmic), height(curve.at(last.step()), logarithmic), range);
        long[] close = longestNear(curve, compared, NEAR * range);
        return Optional.of(new PredictionScore(
                (int) Math.round(FOR_CLOSENESS * closeness + (went == drawn ? FOR_DIRECTION : 0)),
                drawn,
                went,
                close[0],
                close[1],
                worst.step(),
                Math.abs(worst.value() - curve.at(worst.step())),
                last.step()));
    }

    private static long[] longestNear(PredictedCurve curve, List<Measured> compared, double most) {
        long[] longest = {-1, -1};
        long begin = -1;
        for (Measured measured : compared) {
            double distance = Math.abs(height(measured.value(), curve.logarithmic())
                    - height(curve.at(measured.step()), curve.logarithmic()));
            if (distance > most) {
                begin = -1;
                continue;
            }
            begin = begin < 0 ? measured.step() : begin;
            if (longest[0] < 0 || measured.step() - begin > longest[1] - longest[0]) {
                longest = new long[] {begin, measured.step()};
            }
        }
        return longest;
    }

    private static Direction direction(double first, double last, double range) {
        if (Math.abs(last - first) <= NEAR * range) {
            return Direction.STAYS;
        }
        return last > first ? Direction.RISES : Direction.FALLS;
    }

    private static double height(double value, boolean logarithmic) {
        return logarithmic ? value > 0 ? Math.log10(value) : Double.NaN : value;
    }
}
