package decaylab.optim;

import java.util.List;

/**
 * How the flat vector of all parameters is divided: the blocks cover it without gap or overlap, in order.
 *
 * @param blocks at least one
 */
public record ParameterLayout(List<ParameterBlock> blocks) {
    public ParameterLayout {
        blocks = List.copyOf(blocks);
        int next = 0;
        for (ParameterBlock block : blocks) {
            if (block.offset() != next) {
                throw new IllegalArgumentException(block + " does not start at " + next);
            }
            next = Math.addExact(next, block.length());
        }
    }

    /** The number of parameters, running statistics included. */
    public int length() {
        ParameterBlock last = blocks.get(blocks.size() - 1);
        return last.offset() + last.length();
    }

    /** The weight blocks, one a layer, in order. */
    public List<ParameterBlock> weights() {
        return blocks.stream()
                .filter(b -> b.role() == ParameterBlock.Role.WEIGHT)
                .toList();
    }
}
