package decaylab.experiment;

import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.schedule.Schedule;

/**
 * Weight decay. The decay in force is lambda times the schedule's factor times the gate.
 *
 * @param entry where it enters the update
 * @param lambda the base
 * @param gate the switch's position at the start
 * @param schedule factor of the base
 * @param layers which layers decay
 * @param biases whether the biases of those layers decay too
 * @param normParameters whether gamma and beta decay too
 * @param coupling eta's part, for entries at the step
 */
public record DecaySpec(
        DecayEntry entry,
        double lambda,
        Gate gate,
        Schedule schedule,
        DecayLayers layers,
        boolean biases,
        boolean normParameters,
        Coupling coupling) {
    public DecaySpec {
        lambda = Field.DECAY_LAMBDA.require(lambda);
        if (coupling != Coupling.LEARNING_RATE && !entry.atStep()) {
            throw new BadInputException("decay.coupling is " + coupling + ", which only decay.entry decoupled and "
                    + "decoupled-v-mixed have; with decay.entry " + entry + " it must be learning-rate.");
        }
    }
}
