package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import decaylab.optim.StepRule;
import decaylab.schedule.Schedule;

/**
 * How weights are updated.
 *
 * @param kind the step rule
 * @param learningRate eta_0, the base that the schedule multiplies
 * @param momentum mu of heavy-ball and Nesterov; not used by the others
 * @param beta1 of Adam's first moment
 * @param beta2 of Adam's second moment
 * @param epsilon of Adam, outside of the square root
 * @param lossScale what the loss is multiplied by before its gradient is taken; the loss that is logged is without it
 * @param schedule factor of the learning rate
 * @param curvature what the gradient is preconditioned with
 */
public record OptimizerSpec(
        OptimizerKind kind,
        double learningRate,
        double momentum,
        double beta1,
        double beta2,
        double epsilon,
        double lossScale,
        Schedule schedule,
        @JsonUnwrapped CurvatureSpec curvature) {
    public OptimizerSpec {
        learningRate = Field.OPTIMIZER_LEARNING_RATE.require(learningRate);
        momentum = Field.OPTIMIZER_MOMENTUM.require(momentum);
        beta1 = Field.OPTIMIZER_BETA1.require(beta1);
        beta2 = Field.OPTIMIZER_BETA2.require(beta2);
        epsilon = Field.OPTIMIZER_EPSILON.require(epsilon);
        lossScale = Field.OPTIMIZER_LOSS_SCALE.require(lossScale);
    }

    /** Without a preconditioner. */
    public OptimizerSpec(
            OptimizerKind kind,
            double learningRate,
            double momentum,
            double beta1,
            double beta2,
            double epsilon,
            double lossScale,
            Schedule schedule) {
        this(kind, learningRate, momentum, beta1, beta2, epsilon, lossScale, schedule, CurvatureSpec.defaults());
    }

    /** How a gradient becomes a step. */
    public StepRule rule() {
        return switch (kind) {
            case SGD -> new StepRule.Momentum(0, false);
            case HEAVY_BALL -> new StepRule.Momentum(momentum, false);
            case NESTEROV -> new StepRule.Momentum(momentum, true);
            case ADAM -> new StepRule.Adam(beta1, beta2, epsilon);
        };
    }

    OptimizerSpec withLearningRate(double other) {
        return new OptimizerSpec(kind, other, momentum, beta1, beta2, epsilon, lossScale, schedule, curvature);
    }

    OptimizerSpec withSchedule(Schedule other) {
        return new OptimizerSpec(kind, learningRate, momentum, beta1, beta2, epsilon, lossScale, other, curvature);
    }
}
