package decaylab.study;

import decaylab.experiment.Experiment;

/**
 * One of the experiments that a study compares.
 *
 * @param name by which the study's claims know it
 * @param experiment run once for each seed, which takes the place of its own
 */
public record Arm(String name, Experiment experiment) {}
