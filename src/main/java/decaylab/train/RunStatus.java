package decaylab.train;

import decaylab.experiment.Tunable;
import decaylab.optim.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A run's state at a moment; immutable, published by the training thread.
 *
 * @param state where the run stands
 * @param step how many steps are done
 * @param inForce what can be changed, as it is at the next step
 * @param decay the decay of the next step: base times factor times gate
 * @param learningRate the learning rate of the next step
 * @param stepsPerSecond measured over about the last second; 0 while not running
 * @param secondsLeft at that speed; NaN where unknown
 * @param speedLimit steps per second at most; infinite where unlimited
 * @param problem one sentence where the run diverged or failed
 */
public record RunStatus(
        RunState state,
        long step,
        Tunable inForce,
        double decay,
        double learningRate,
        double stepsPerSecond,
        double secondsLeft,
        double speedLimit,
        @Nullable String problem) {
    /** Position of the decay's gate. */
    public Gate gate() {
        return inForce.decay().gate();
    }

    /** Base of the decay, before schedule and gate. */
    public double lambdaBase() {
        return inForce.decay().lambda();
    }

    /** Base of the learning rate, before its schedule. */
    public double learningRateBase() {
        return inForce.optimizer().learningRate();
    }
}
