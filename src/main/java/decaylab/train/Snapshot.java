package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.optim.FlatArray;

/**
 * The parameters of a run between two steps.
 *
 * @param experiment what was running
 * @param inputShape {features} or {channels, height, width} of one example
 * @param classes number of classes
 * @param step how many steps were done
 * @param parameters a copy, running statistics included
 */
public record Snapshot(Experiment experiment, int[] inputShape, int classes, long step, FlatArray parameters) {}
