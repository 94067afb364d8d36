package decaylab.train;

import decaylab.optim.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A run's state at a moment; immutable, published by the training thread.
 *
 * @param state where the run stands
 * @param step how many steps are done
 * @param gate position of the decay's gate
 * @param lambdaBase base of the decay, before schedule and gate
 * @param learningRateBase base of the learning rate, before its schedule
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
        Gate gate,
        double lambdaBase,
        double learningRateBase,
        double decay,
        double learningRate,
        double stepsPerSecond,
        double secondsLeft,
        double speedLimit,
        @Nullable String problem) {}
