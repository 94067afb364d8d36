package decaylab.train;

import org.jspecify.annotations.Nullable;

/**
 * How near a layer's feedback is to its weights (Akrout et al. 2019); {@link decaylab.instrument.SampleLog#EMPTY} where there is
 * nothing to compare.
 *
 * @param layer its name; null for the network
 * @param angle between W and B^T, in degrees
 * @param ratio ||W - B^T|| by what it was at the start
 * @param line what that ratio must be where W and B take the same steps and the same decay: the product of (1 - eta_t lambda_t)
 *     for a decoupled decay, and what the update makes of a difference without gradient for any other
 * @param errorAngle between the errors at the layer as the feedback carries them and as the weights would, in degrees, mean over
 *     the examples of the mini-batch
 */
public record Alignment(@Nullable String layer, double angle, double ratio, double line, double errorAngle) {}
