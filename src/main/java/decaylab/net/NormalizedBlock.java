package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import java.util.Objects;

/**
 * A linear map, batch normalisation and activation in one layer. A map that is normalised has no bias.
 *
 * <p>With setters and a constructor without arguments, as DL4J's JSON needs them.
 */
public abstract class NormalizedBlock extends Block {
    private static final long serialVersionUID = 1L;

    private Normalization normalization = Normalization.NONE;
    private Activation activation = Activation.RELU;
    private double epsilon = 1e-5;

    NormalizedBlock() {}

    NormalizedBlock(String name, int width, Normalization normalization, double epsilon, Activation activation) {
        setLayerName(name);
        setNOut(width);
        this.normalization = normalization;
        this.epsilon = epsilon;
        this.activation = activation;
    }

    public Normalization getNormalization() {
        return normalization;
    }

    public void setNormalization(Normalization normalization) {
        this.normalization = normalization;
    }

    public Activation getActivation() {
        return activation;
    }

    public void setActivation(Activation activation) {
        this.activation = activation;
    }

    public double getEpsilon() {
        return epsilon;
    }

    public void setEpsilon(double epsilon) {
        this.epsilon = epsilon;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NormalizedBlock block
                && super.equals(other)
                && normalization == block.normalization
                && activation == block.activation
                && epsilon == block.epsilon;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), normalization, activation, epsilon);
    }
}
