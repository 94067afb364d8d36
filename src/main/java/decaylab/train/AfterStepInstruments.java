package decaylab.train;

import decaylab.experiment.BallSpec;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.net.SyntheticFigures;
import decaylab.net.SyntheticGradients;
import decaylab.optim.FlatArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The instruments that are taken when a step is over: what the objective tells of itself, and the weights' capacity. */
final class AfterStepInstruments {
    private final SampleLog log;
    private final InstrumentPanel panel;
    private final Objective objective;
    private final @Nullable CapacityInstrument capacity;
    private final FlatArray parameters;

    /**
     * @param log of the run
     * @param panel says when each is due
     * @param objective the run's
     * @param capacity null where the weights have none
     * @param parameters the run's, live
     */
    AfterStepInstruments(
            SampleLog log,
            InstrumentPanel panel,
            Objective objective,
            @Nullable CapacityInstrument capacity,
            FlatArray parameters) {
        this.log = log;
        this.panel = panel;
        this.objective = objective;
        this.capacity = capacity;
        this.parameters = parameters;
    }

    /**
     * Takes those that are due.
     *
     * @param step that is over
     * @param evaluated whether an evaluation belonged to it
     * @param finite whether the parameters still are
     * @param gap test minus training loss of that evaluation; {@link SampleLog#EMPTY} without one
     * @param ball in force
     */
    void take(long step, boolean evaluated, boolean finite, double gap, BallSpec ball) {
        takeReturns(step, evaluated);
        takeAlignment(step, evaluated);
        takeSynthetic(step);
        if (capacity != null && panel.takes(Instrument.CAPACITY, evaluated)) {
            capacity.take(step, parameters, ball, gap);
        }
        if (evaluated && finite) {
            takeValidation(step);
        }
    }

    /** Whether a row of a sheet is to be written, which a step that is repeated already has. */
    private boolean isDue(SampleLog sheet, Instrument instrument, long step, boolean evaluated) {
        return panel.takes(instrument, evaluated) && sheet.rows() <= sheet.rowsBefore(step);
    }

    private static double[] row(SampleLog sheet, long step) {
        double[] values = new double[sheet.metrics().size()];
        Arrays.fill(values, SampleLog.EMPTY);
        values[0] = step;
        return values;
    }

    private static void put(SampleLog sheet, double[] values, Quantity quantity, @Nullable String layer, double value) {
        values[sheet.place(new Metric(quantity, layer)).orElseThrow()] = value;
    }

    private void takeReturns(long step, boolean evaluated) {
        SampleLog sheet = log.sheet(Instrument.RETURNS);
        Acting acting = objective.acting().orElse(null);
        if (acting == null || !isDue(sheet, Instrument.RETURNS, step, evaluated)) {
            return;
        }
        Returns now = acting.returns();
        double[] values = row(sheet, step);
        put(sheet, values, Quantity.RETURN, null, now.recent());
        put(sheet, values, Quantity.GREEDY_RETURN, null, now.greedy());
        put(sheet, values, Quantity.EPISODE_LENGTH, null, now.length());
        put(sheet, values, Quantity.EPISODES, null, now.episodes());
        put(sheet, values, Quantity.EXPLORATION, null, now.exploration());
        put(sheet, values, Quantity.LARGEST_VALUE, null, now.largestValue());
        sheet.append(values);
    }

    private void takeAlignment(long step, boolean evaluated) {
        SampleLog sheet = log.sheet(Instrument.FEEDBACK);
        if (!isDue(sheet, Instrument.FEEDBACK, step, evaluated)) {
            return;
        }
        long start = System.nanoTime();
        double[] values = row(sheet, step);
        for (Alignment each : objective.alignment(parameters, evaluated)) {
            put(sheet, values, Quantity.FEEDBACK_ANGLE, each.layer(), each.angle());
            put(sheet, values, Quantity.ERROR_ANGLE, each.layer(), each.errorAngle());
            put(sheet, values, Quantity.FEEDBACK_DIFFERENCE, each.layer(), each.ratio());
            put(sheet, values, Quantity.FEEDBACK_LINE, each.layer(), each.line());
        }
        sheet.append(values);
        if (!evaluated) { // what is compared at evaluations alone is part of their cost
            panel.took(Instrument.FEEDBACK, System.nanoTime() - start);
        }
    }

    private void takeSynthetic(long step) {
        SampleLog sheet = log.sheet(Instrument.SYNTHETIC);
        SyntheticGradients modules = objective.synthetic().orElse(null);
        if (modules == null || !isDue(sheet, Instrument.SYNTHETIC, step, false)) {
            return;
        }
        double[] values = row(sheet, step);
        SyntheticFigures all = SyntheticFigures.NONE;
        for (int i = 0; i < modules.layers().size(); i++) {
            SyntheticFigures one = modules.figures(i);
            all = all.plus(one);
            put(sheet, values, one, modules.layers().get(i));
        }
        put(sheet, values, all, null);
        sheet.append(values);
    }

    private static void put(SampleLog sheet, double[] values, SyntheticFigures figures, @Nullable String layer) {
        put(sheet, values, Quantity.SYNTHETIC_ERROR, layer, figures.relativeError());
        put(sheet, values, Quantity.SYNTHETIC_NORM, layer, figures.predictedNorm());
        put(sheet, values, Quantity.SYNTHETIC_TARGET, layer, figures.targetNorm());
    }

    private void takeValidation(long step) {
        SampleLog sheet = log.sheet(Instrument.VALIDATION);
        Validation now = objective.validation().orElse(null);
        if (now == null || !isDue(sheet, Instrument.VALIDATION, step, true)) {
            return;
        }
        double[] values = row(sheet, step);
        put(sheet, values, Quantity.VALIDATION_ACCURACY, null, now.accuracy());
        put(sheet, values, Quantity.VALIDATION_LOSS, null, now.loss());
        put(sheet, values, Quantity.STOPPED_ACCURACY, null, now.stoppedAccuracy());
        put(sheet, values, Quantity.STOPPED_STEP, null, now.stoppedStep());
        sheet.append(values);
    }
}
