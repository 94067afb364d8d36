package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.BallSpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.CapacityBound;
import decaylab.instrument.geometry.CapacityMeter;
import decaylab.optim.FlatArray;
import decaylab.optim.NormBall;
import decaylab.optim.ParameterLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Norms of all layers and the bounds that they give, a row of its sheet each time: after a step and the evaluation that belongs
 * to it, so that the gap stands beside the bound.
 */
final class CapacityInstrument {
    private final SampleLog sheet;
    private final CapacityMeter meter;
    private final List<String> layers;

    /** @param log whose sheet gets the rows */
    CapacityInstrument(Experiment experiment, Task task, ParameterLayout layout, SampleLog log) {
        sheet = log.sheet(Instrument.CAPACITY);
        DataSet data = task instanceof Task.Examples examples ? examples.data() : null;
        meter = new CapacityMeter(experiment.network(), layout, data);
        layers = meter.layers();
    }

    /**
     * Appends a row; none where the sheet knows of this step already.
     *
     * @param step that is over
     * @param ball in force in it
     * @param gap test minus training loss; empty where nothing was evaluated
     */
    void take(long step, FlatArray parameters, BallSpec ball, double gap) {
        if (sheet.rows() > sheet.rowsBefore(step)) {
            return;
        }
        double[] row = new double[sheet.metrics().size()];
        Arrays.fill(row, SampleLog.EMPTY);
        row[0] = step;
        CapacityMeter.Reading reading = meter.read(parameters);
        for (NormBall each : NormBall.values()) {
            Quantity norm = Quantity.ofNorm(each);
            for (int l = 0; l < layers.size(); l++) {
                put(row, Metric.of(norm, layers.get(l)), reading.norm(each, l));
            }
            put(row, Metric.of(norm), reading.product(each));
            meter.bound(each, reading).ifPresent(bound -> put(row, Metric.of(Quantity.ofBound(each)), bound.value()));
        }
        NormBall shown = ball.constraint().ball().orElse(NormBall.L1_INF);
        meter.bound(shown, reading).ifPresent(bound -> putTerms(row, bound));
        ball.constraint()
                .ball()
                .flatMap(each -> meter.bound(each, ball.radius(), ball.ofOutput()))
                .ifPresent(bound -> put(row, Metric.of(Quantity.BALL_BOUND), bound.value()));
        put(row, Metric.of(Quantity.GAP), gap);
        sheet.append(row);
    }

    private void putTerms(double[] row, CapacityBound bound) {
        double product = bound.head();
        for (int l = 0; l < bound.factors().size(); l++) {
            double factor = bound.factors().get(l);
            product *= factor;
            put(row, Metric.of(Quantity.CAPACITY_FACTOR, layers.get(l)), factor);
        }
        put(row, Metric.of(Quantity.CAPACITY_FACTOR, layers.get(layers.size() - 1)), bound.head());
        put(row, Metric.of(Quantity.CAPACITY_FACTOR), product);
        put(row, Metric.of(Quantity.DEPTH_TERM), bound.peeling());
        put(row, Metric.of(Quantity.INPUT_TERM), bound.input());
    }

    private void put(double[] row, Metric metric, double value) {
        row[sheet.place(metric).orElseThrow()] = value;
    }
}
