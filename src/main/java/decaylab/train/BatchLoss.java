package decaylab.train;

/**
 * What a mini-batch gave.
 *
 * @param loss mean loss of the batch, without penalty
 * @param targets how many labels it has, one an example or one a token, by which the summed gradient is divided
 */
public record BatchLoss(double loss, int targets) {}
