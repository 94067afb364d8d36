package decaylab.train;

/**
 * What the nodes by which training is stopped say at an evaluation. Training goes on all the same: what it would have been stopped
 * at is remembered.
 *
 * @param accuracy fraction of them that is classified as labelled
 * @param loss mean cross-entropy over them
 * @param stoppedAccuracy test accuracy at the best evaluation so far: that of the largest accuracy, and among those of the least loss
 * @param stoppedStep steps done at that one
 */
public record Validation(double accuracy, double loss, double stoppedAccuracy, long stoppedStep) {}
