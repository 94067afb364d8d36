package decaylab.train;

import decaylab.experiment.Change;
import decaylab.experiment.DecayLayers;
import decaylab.experiment.DecaySpec;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.problem.BadInputException;
import java.util.List;

/** Which parameters decay applies to. */
final class DecayMask {
    private DecayMask() {}

    /** For each block of the layout, whether it decays. */
    static boolean[] of(ParameterLayout layout, DecaySpec decay) {
        boolean[] result = new boolean[layout.blocks().size()];
        for (int i = 0; i < result.length; i++) {
            ParameterBlock block = layout.blocks().get(i);
            result[i] = isChosen(decay.layers(), block)
                    && switch (block.role()) {
                        case WEIGHT -> true;
                        case BIAS -> decay.biases();
                        case SCALE, SHIFT -> decay.normParameters();
                        case STATISTIC -> false;
                    };
        }
        return result;
    }

    /** A recurrent layer's matrices have names of their own; its bias goes with either of them. */
    private static boolean isChosen(DecayLayers layers, ParameterBlock block) {
        if (layers instanceof DecayLayers.Named named) {
            return named.names().stream()
                    .anyMatch(name -> name.equals(block.layer())
                            || block.role() != ParameterBlock.Role.WEIGHT && name.startsWith(block.layer() + "-"));
        }
        return switch ((DecayLayers.Group) layers) {
            case ALL -> true;
            case NORMALIZED -> !block.last();
            case LAST -> block.last();
        };
    }

    /**
     * Refuses names that the network does not have.
     *
     * @throws BadInputException which names it has
     */
    static void requireKnown(ParameterLayout layout, DecayLayers layers) {
        if (layers instanceof DecayLayers.Named named) {
            List<String> known = layout.blocks().stream()
                    .filter(block -> block.role() == ParameterBlock.Role.WEIGHT)
                    .map(ParameterBlock::layer)
                    .toList();
            for (String name : named.names()) {
                if (!known.contains(name)) {
                    throw new BadInputException("There is no layer " + name
                            + " that could decay; the network's layers are " + String.join(", ", known) + ".");
                }
            }
        }
    }

    /** Likewise for a change of the layers. */
    static void requireKnown(ParameterLayout layout, Change change) {
        if (change instanceof Change.SetLayers set) {
            requireKnown(layout, set.layers());
        }
    }
}
