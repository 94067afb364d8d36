package decaylab.ui.capacity;

import decaylab.experiment.BallSpec;
import decaylab.experiment.Constraint;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.NormBall;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the view shows of a moment: the newest row of the instrument, and the ball in force.
 *
 * @param step whose update was the last
 * @param layers from the input on, the output last
 * @param norms of each ball, of each layer
 * @param bounds by the norms of each ball; {@link SampleLog#EMPTY} where there is none
 * @param factors K_l of each hidden layer, c_o of the last; empty cells where there is no bound
 * @param depth what depth adds
 * @param input what the examples alone give
 * @param bound the product of all of them
 * @param ballBound of all networks in the ball; an empty cell without one
 * @param gap of the last evaluation; an empty cell before the first
 * @param ball in force
 */
record CapacityPicture(
        long step,
        List<String> layers,
        Map<NormBall, List<Double>> norms,
        Map<NormBall, Double> bounds,
        List<Double> factors,
        double depth,
        double input,
        double bound,
        double ballBound,
        double gap,
        BallSpec ball) {
    /** The ball whose norms make the terms: that in force, else L1-inf. */
    NormBall shown() {
        return ball.constraint().ball().orElse(NormBall.L1_INF);
    }

    /** Whether the weights are projected onto a ball. */
    boolean projected() {
        return ball.constraint() != Constraint.NONE;
    }

    /** Whether the norms give a bound. */
    boolean bounded() {
        return !SampleLog.isEmpty(bound);
    }

    /**
     * The newest row of an instrument's log that has one.
     *
     * @param sheet with at least one row
     * @param layers of the network
     */
    static CapacityPicture of(SampleLog sheet, List<String> layers, BallSpec ball) {
        long row = sheet.rows() - 1;
        Map<NormBall, List<Double>> norms = new EnumMap<>(NormBall.class);
        Map<NormBall, Double> bounds = new EnumMap<>(NormBall.class);
        for (NormBall each : NormBall.values()) {
            List<Double> ofLayers = new ArrayList<>();
            layers.forEach(layer -> ofLayers.add(value(sheet, new Metric(Quantity.ofNorm(each), layer), row)));
            norms.put(each, ofLayers);
            bounds.put(each, sheet.value(Quantity.ofBound(each), row));
        }
        List<Double> factors = new ArrayList<>();
        layers.forEach(layer -> factors.add(value(sheet, new Metric(Quantity.CAPACITY_FACTOR, layer), row)));
        double depth = sheet.value(Quantity.DEPTH_TERM, row);
        double input = sheet.value(Quantity.INPUT_TERM, row);
        double product = sheet.value(Quantity.CAPACITY_FACTOR, row);
        return new CapacityPicture(
                (long) sheet.value(Quantity.STEP, row),
                List.copyOf(layers),
                norms,
                bounds,
                factors,
                depth,
                input,
                SampleLog.isEmpty(product) ? SampleLog.EMPTY : product * (depth + input),
                sheet.value(Quantity.BALL_BOUND, row),
                lastGap(sheet),
                ball);
    }

    private static double value(SampleLog sheet, Metric metric, long row) {
        return sheet.value(sheet.place(metric).orElseThrow(), row);
    }

    private static double lastGap(SampleLog sheet) {
        for (long row = sheet.rows() - 1; row >= 0; row--) {
            double gap = sheet.value(Quantity.GAP, row);
            if (!SampleLog.isEmpty(gap)) {
                return gap;
            }
        }
        return SampleLog.EMPTY;
    }
}
