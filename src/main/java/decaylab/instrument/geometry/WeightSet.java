package decaylab.instrument.geometry;

import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import java.util.List;
import java.util.function.Predicate;

/**
 * Some of a network's weight matrices as one vector, one after the other.
 *
 * @param blocks of the weights, in the order of the network's layers; may be none
 */
public record WeightSet(List<ParameterBlock> blocks) {
    public WeightSet {
        blocks = List.copyOf(blocks);
    }

    /** All weight matrices that a condition holds for. */
    public static WeightSet of(ParameterLayout layout, Predicate<ParameterBlock> chosen) {
        return new WeightSet(layout.weights().stream().filter(chosen).toList());
    }

    /** The matrices whose size the function does not feel, N_set; none where nothing is normalised. */
    public static WeightSet normalized(ParameterLayout layout) {
        return of(layout, ParameterBlock::normalized);
    }

    /** All matrices but the head's. */
    public static WeightSet hidden(ParameterLayout layout) {
        return of(layout, block -> !block.last());
    }

    /** Length of the vector. */
    public int length() {
        return blocks.stream().mapToInt(ParameterBlock::length).sum();
    }

    /**
     * Where a matrix begins in the vector.
     *
     * @return -1 where it is not one of these
     */
    int offset(ParameterBlock block) {
        int offset = 0;
        for (ParameterBlock each : blocks) {
            if (each.equals(block)) {
                return offset;
            }
            offset += each.length();
        }
        return -1;
    }

    /** The vector, copied out of all parameters. */
    public double[] gather(FlatArray parameters) {
        double[] values = new double[length()];
        int at = 0;
        for (ParameterBlock block : blocks) {
            System.arraycopy(values(block, parameters), 0, values, at, block.length());
            at += block.length();
        }
        return values;
    }

    /** A block of any role, copied out of all parameters. */
    static double[] values(ParameterBlock block, FlatArray parameters) {
        double[] values = new double[block.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters.get(block.offset() + i);
        }
        return values;
    }

    /**
     * Adds a multiple of a vector of this set to all parameters.
     *
     * @param parameters changed in place
     */
    public void add(FlatArray parameters, double factor, double[] vector) {
        int at = 0;
        for (ParameterBlock block : blocks) {
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                parameters.set(i, parameters.get(i) + factor * vector[at++]);
            }
        }
    }
}
