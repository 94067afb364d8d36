package decaylab.experiment;

import decaylab.optim.DecayEntry;
import decaylab.problem.BadInputException;
import decaylab.schedule.Schedule;

/**
 * Feedback on lambda: while the gate is auto, the run chooses lambda_t so that a quantity stays at a target.
 *
 * @param quantity what is held
 * @param target its value, above 0 and finite; in the quantity's unit
 * @param schedule factor of the target
 * @param max the largest lambda_t, above 0
 */
public record ControlSpec(ControlQuantity quantity, double target, Schedule schedule, double max) {
    /** The largest lambda where none is given: 20 times what the presets have. */
    static final double MAX = 0.1;

    public ControlSpec {
        if (!(target > 0 && target < Double.POSITIVE_INFINITY)) {
            throw new BadInputException("control's target is " + target + "; it must be a number above 0.");
        }
        if (!(max > 0)) {
            throw new BadInputException("control's max is " + max + "; it must be a number above 0.");
        }
        Field.DECAY_LAMBDA.require(max);
    }

    /**
     * Refuses an experiment in which lambda would not steer the quantity.
     *
     * @throws BadInputException where no decay enters the update, where it is renormalised, or where the quantity is not taken
     */
    public void requireFor(Experiment experiment) {
        if (experiment.optimizer().curvature().isOn()) {
            throw new BadInputException(CurvatureSpec.NO_CONTROL);
        }
        if (experiment.synthetic().unlocked()) {
            throw new BadInputException("Control holds the " + quantity
                    + " by lambda, but synthetic.mode is unlocked, where the parts of the network are never at the same step;"
                    + " set synthetic.mode to synchronous.");
        }
        requireFor(
                experiment.decay().entry(),
                experiment.optimizer().kind(),
                experiment.network().normalization());
    }

    void requireFor(DecayEntry entry, OptimizerKind optimizer, Normalization normalization) {
        if (entry == DecayEntry.NONE) {
            throw new BadInputException("Control holds the " + quantity
                    + " by lambda, but decay.entry is none; set decay.entry to l2 or decoupled.");
        }
        if (optimizer == OptimizerKind.ADAM && !entry.atStep()) {
            throw new BadInputException("Control holds the " + quantity + " by lambda, but with decay.entry " + entry
                    + " adam divides the decay by the size of the gradient, so that lambda does not steer it; set "
                    + "decay.entry to decoupled.");
        }
        if (quantity != ControlQuantity.NORM && normalization == Normalization.NONE) {
            throw new BadInputException("Control of the " + quantity + " needs a normalisation, but "
                    + "network.normalization is none; hold the norm, or set network.normalization to batch.");
        }
    }
}
