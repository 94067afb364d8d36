package decaylab.train;

import decaylab.optim.StepSettings;

/** The settings of steps ahead: a function of the step while nothing is changed. */
@FunctionalInterface
interface StepPlan {
    /**
     * @param step from 0
     * @param targets of the step's mini-batch
     */
    StepSettings at(long step, int targets);
}
