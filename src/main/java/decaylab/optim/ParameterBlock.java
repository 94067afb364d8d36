package decaylab.optim;

/**
 * A run of parameters of one kind within the flat vector of all parameters.
 *
 * @param layer the layer's name, for example {@code dense1}
 * @param role what the parameters are
 * @param offset first place in the flat vector
 * @param length number of parameters
 * @param fanIn inputs that one output of the layer sums over; 0 for anything but weights
 * @param normalized true where the layer's output goes straight into a normalisation, so that the function does not change
 *     with the size of these weights
 * @param last true for the last layer, the head
 */
public record ParameterBlock(
        String layer, Role role, int offset, int length, int fanIn, boolean normalized, boolean last) {
    /** What parameters are. */
    public enum Role {
        /** A weight matrix or a bank of kernels. */
        WEIGHT,
        BIAS,
        /** The factor of a normalisation, gamma. */
        SCALE,
        /** The summand of a normalisation, beta. */
        SHIFT,
        /**
         * Running mean or variance of a normalisation, which DL4J keeps among the parameters: its "gradient" is the change
         * itself, subtracted undivided and unscaled, and it is in no norm.
         */
        STATISTIC
    }

    public ParameterBlock {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(layer + " " + role + ": offset " + offset + ", length " + length);
        }
    }
}
