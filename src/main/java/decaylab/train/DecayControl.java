package decaylab.train;

import decaylab.experiment.ControlQuantity;
import decaylab.experiment.ControlSpec;
import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.StepRule;
import decaylab.schedule.Horizon;

/**
 * Feedback on lambda. With y = ln ||w||^2 and e = y - y*, where y* is the target or what it means for the norm:
 *
 * <pre>
 *   lambda_t = clamp(lambda_(t-1) + Kp (e_t - e_(t-1)) + Ki e_t, 0, max)
 * </pre>
 *
 * Decay acts as dy/dt = -b lambda + growth with b = 2 eta / (1 - mu) where it passes through the momentum, and b twice what is
 * taken off the weights at the step where it does not. Kp = 2 zeta / (b tau) and Ki = 1 / (b tau^2) make of this, for a
 * constant growth, an oscillator of time constant tau and damping zeta. tau is above the momentum's own delay of 1 / (1 - mu)
 * steps, and zeta = 1.5 leaves room for what that delay takes of the damping; both chosen on the preset {@code always}.
 *
 * <p>The only state is the run's log: a branch, a resumed run and a replay choose the same lambda, bit for bit.
 */
final class DecayControl {
    private static final double SHORTEST_STEPS = 10;
    private static final double DELAYS = 1.5;
    private static final double DAMPING = 1.5;

    private final Held held;
    private final SampleLog log;
    private final boolean adam;
    private final boolean atStep;
    /** Of the buffer that the decay passes through; 0 for none. */
    private final double momentum;

    DecayControl(Experiment experiment, Horizon horizon, SampleLog log) {
        this.log = log;
        held = new Held(log, horizon);
        StepRule rule = experiment.optimizer().rule();
        adam = rule instanceof StepRule.Adam;
        atStep = experiment.decay().entry().atStep();
        momentum = !atStep && rule instanceof StepRule.Momentum with ? with.momentum() : 0;
    }

    /**
     * Lambda of a step.
     *
     * @param step whose predecessors' rows are in the log
     * @param scheduled lambda where there is no row to go by
     * @param learningRate of the step
     * @param takenOff what lambda = 1 takes off the weights at the step, for entries there
     */
    double next(ControlSpec control, long step, double scheduled, double learningRate, double takenOff) {
        long row = step - 1;
        if (row < 0 || row >= log.rows()) {
            return Math.min(scheduled, control.max());
        }
        double before = Math.min(held.value(Quantity.DECAY, row), control.max());
        double gain = atStep ? 2 * takenOff : 2 * learningRate / (1 - momentum);
        double error = error(control, row, learningRate);
        double change = row == 0 ? 0 : error - error(control, row - 1, held.value(Quantity.LEARNING_RATE, row));
        double time = Math.max(SHORTEST_STEPS, DELAYS / (1 - momentum))
                + (control.quantity() == ControlQuantity.ROTATION ? Held.SMOOTHING / 2.0 : 0);
        double lambda = before + (2 * DAMPING * change + error / time) / (gain * time);
        return Double.isNaN(lambda) ? before : Math.max(0, Math.min(control.max(), lambda));
    }

    /** How far ln ||w||^2 is above its target for the step after a row. */
    private double error(ControlSpec control, long row, double learningRate) {
        double measured = held.measured(control.quantity(), row);
        double target = held.target(control, row + 1);
        double norm = 2 * StrictMath.log(held.value(Quantity.NORM, row));
        int power = adam ? 2 : 1; // elr and rotation go as 1 / ||w|| under Adam, as 1 / ||w||^2 elsewhere
        return switch (control.quantity()) {
            case NORM -> norm - 2 * StrictMath.log(target);
            case ELR -> norm - power * StrictMath.log(learningRate / target);
            case ROTATION -> power * StrictMath.log(target / measured);
        };
    }
}
