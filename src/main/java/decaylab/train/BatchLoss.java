package decaylab.train;

/**
 * What a mini-batch gave.
 *
 * @param loss mean loss of the batch, without penalty
 * @param examples its size, by which the summed gradient is divided
 */
public record BatchLoss(double loss, int examples) {}
