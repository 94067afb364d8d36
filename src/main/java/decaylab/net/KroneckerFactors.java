package decaylab.net;

import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A Kronecker-factored curvature of a dense network, one block a layer (K-FAC; Martens and Grosse, ICML 2015): running factors,
 * their damped inverses, and the product of the inverse curvature with a gradient. Scales and shifts of a normalisation have no
 * factors; their gradient stays what it is. For one thread.
 */
public final class KroneckerFactors {
    private final List<String> names = new ArrayList<>();
    private final List<LayerFactors> layers = new ArrayList<>();
    private final FlatArray factors;
    private final FlatArray inverses;

    /** @param blocks of the network's parameters */
    KroneckerFactors(List<ParameterBlock> blocks, DataType type, FlatArray like) {
        int at = 0;
        for (ParameterBlock block : blocks) {
            if (block.role() != Role.WEIGHT) {
                continue;
            }
            Optional<ParameterBlock> bias = blocks.stream()
                    .filter(other -> other.role() == Role.BIAS && other.layer().equals(block.layer()))
                    .findFirst();
            LayerFactors layer = new LayerFactors(
                    type,
                    block.fanIn(),
                    block.length() / block.fanIn(),
                    block.offset(),
                    bias.map(ParameterBlock::offset).orElse(-1),
                    at);
            names.add(block.layer());
            layers.add(layer);
            at = Math.addExact(at, layer.length());
        }
        factors = like.zeros(at);
        inverses = like.zeros(at);
    }

    /** From the lowest to the head. */
    List<LayerFactors> layers() {
        return layers;
    }

    /** The running factors and their inverses, live: A then S of each layer, row after row. */
    public List<FlatArray> state() {
        return List.of(factors, inverses);
    }

    /** Takes over what {@link #state} told. */
    public void restore(List<FlatArray> state) {
        factors.assign(state.get(0));
        inverses.assign(state.get(1));
        layers.forEach(layer -> layer.use(inverses));
    }

    /**
     * The running factors = keep times what they were + feed times those of the batch whose {@link TrainableNetwork#tap errors}
     * were taken last.
     */
    public void blend(double keep, double feed) {
        layers.forEach(layer -> layer.blend(factors, keep, feed));
    }

    /**
     * Inverts the running factors with a damping, at least 0, which is shared between both. A factor that is singular then makes
     * the layer's inverse, and with it the next step, NaN.
     */
    public void invert(double damping) {
        layers.forEach(layer -> layer.invert(factors, inverses, damping));
    }

    /** A gradient becomes the inverse curvature times it, layer by layer. */
    public void precondition(FlatArray gradient) {
        layers.forEach(layer -> layer.precondition(gradient));
    }

    /** The mean eigenvalue of a layer's running A x S, that is tr A tr S / (dim A dim S). */
    public double meanEigenvalue(String layer) {
        return layers.get(names.indexOf(layer)).meanEigenvalue(factors);
    }

    /** theta^T C theta of a layer's weights and biases with the running factors. */
    public double squaredNorm(String layer, FlatArray parameters) {
        LayerFactors its = layers.get(names.indexOf(layer));
        double norm = its.squaredNorm(factors, parameters);
        its.use(inverses);
        return norm;
    }
}
