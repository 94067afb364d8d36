package decaylab.instrument.geometry;

import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.optim.ParameterLayout;

/**
 * Another size of a layer's weights. Where the layer goes straight into a normalisation it changes nothing that the network
 * computes: the running mean grows with the weights, the running variance with their square. Exact but for batch
 * normalisation's epsilon.
 */
public final class Rescaling {
    private Rescaling() {}

    /**
     * All parameters with one layer scaled.
     *
     * @param layer its name
     * @param factor above 0
     * @return a copy
     */
    public static FlatArray of(ParameterLayout layout, FlatArray parameters, String layer, double factor) {
        FlatArray scaled = parameters.copy();
        apply(layout, scaled, layer, factor);
        return scaled;
    }

    /** The same in place. */
    public static void apply(ParameterLayout layout, FlatArray scaled, String layer, double factor) {
        boolean found = false;
        double power = factor;
        for (ParameterBlock block : layout.blocks()) {
            if (!block.layer().equals(layer)) {
                continue;
            }
            if (block.role() == Role.WEIGHT) {
                found = true;
                multiply(scaled, block, factor);
            } else if (block.role() == Role.STATISTIC) { // the mean, then the variance
                multiply(scaled, block, power);
                power *= factor;
            }
        }
        if (!found || !(factor > 0)) {
            throw new IllegalArgumentException(layer + " cannot be scaled by " + factor);
        }
    }

    private static void multiply(FlatArray values, ParameterBlock block, double factor) {
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            values.set(i, values.get(i) * factor);
        }
    }
}
