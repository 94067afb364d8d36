package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.net.TaskShape;
import decaylab.optim.FlatArray;

/**
 * The parameters of a run between two steps.
 *
 * @param experiment what was running
 * @param task what the network reads and tells
 * @param step how many steps were done
 * @param parameters a copy, running statistics included
 */
public record Snapshot(Experiment experiment, TaskShape task, long step, FlatArray parameters) {}
