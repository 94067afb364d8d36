package decaylab.experiment;

import java.util.List;

/**
 * The network: hidden layers of the given widths (channels, for a convolutional network) and a linear head with bias.
 *
 * @param kind its family
 * @param widths of the hidden layers or stages, from the input on
 * @param blocks residual blocks a stage, or convolutions of stride 1 a stage of {@code all-cnn}; other kinds have no stages
 * @param activation after each hidden layer
 * @param normalization of each hidden layer, before its activation
 * @param bnEpsilon what batch normalisation adds to the variance
 */
public record NetworkSpec(
        NetworkKind kind,
        List<Integer> widths,
        int blocks,
        Activation activation,
        Normalization normalization,
        double bnEpsilon) {
    private static final int MOST_LAYERS = 32;
    static final int WIDEST = 1_000_000;

    public NetworkSpec {
        widths = List.copyOf(widths);
        if (widths.isEmpty()
                || widths.size() > MOST_LAYERS
                || widths.stream().anyMatch(width -> width < 1 || width > WIDEST)) {
            throw Field.NETWORK_WIDTHS.refuse(widths);
        }
        Field.NETWORK_BLOCKS.require(blocks);
        bnEpsilon = Field.NETWORK_BN_EPSILON.require(bnEpsilon);
    }

    /** The same with another epsilon of the normalisation. */
    public NetworkSpec withBnEpsilon(double epsilon) {
        return new NetworkSpec(kind, widths, blocks, activation, normalization, epsilon);
    }

    /** With one block a stage. */
    public NetworkSpec(
            NetworkKind kind,
            List<Integer> widths,
            Activation activation,
            Normalization normalization,
            double bnEpsilon) {
        this(kind, widths, 1, activation, normalization, bnEpsilon);
    }
}
