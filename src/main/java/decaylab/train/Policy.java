package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.optim.FlatArray;

/**
 * Parameters that tell the values of actions, and so what to do: the action of the largest value.
 *
 * @param experiment that found them
 * @param step how many updates were done
 * @param meanReturn of the evaluation's episodes
 * @param parameters which nobody changes
 */
public record Policy(Experiment experiment, long step, double meanReturn, FlatArray parameters) {}
