package decaylab.optim;

/**
 * The settings in force at one step.
 *
 * @param count number of this update, from 1, for Adam's bias correction
 * @param learningRate eta_t, schedule included
 * @param decay lambda_t: base times schedule factor times gate
 * @param decayStep what a decoupled entry takes off the weights, as a fraction of them: eta_t lambda_t, s_t lambda_t or
 *     lambda_t, as {@link Coupling} says
 * @param gradientScale what the summed gradient is multiplied by: 1 / batch size, times a factor of the loss
 */
public record StepSettings(long count, double learningRate, double decay, double decayStep, double gradientScale) {}
