package decaylab.train;

/**
 * How a network does on both sets, with running statistics. Of a translation a loss is the mean over the tokens of the targets, and an
 * accuracy the fraction of examples that are translated without an error, see {@link TranslationObjective}.
 *
 * @param trainLoss mean cross-entropy over the training set and its (possibly noisy) labels, in nats
 * @param testLoss mean cross-entropy over the test set, in nats
 * @param trainAccuracy fraction of the training set classified as labelled, in [0, 1]
 * @param testAccuracy fraction of the test set classified as labelled, in [0, 1]
 */
public record Evaluation(double trainLoss, double testLoss, double trainAccuracy, double testAccuracy) {}
