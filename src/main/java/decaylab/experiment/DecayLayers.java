package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import decaylab.problem.BadInputException;
import java.util.HashSet;
import java.util.List;

/** Which layers decay applies to: a group of them, or those of a list. */
public sealed interface DecayLayers {
    /** Every layer. */
    DecayLayers ALL = Group.ALL;

    /** Layers whose output is normalised. */
    DecayLayers NORMALIZED = Group.NORMALIZED;

    /** The last layer, the head. */
    DecayLayers LAST = Group.LAST;

    /**
     * The names of the layers that decay.
     *
     * @param network all of a network's layers, the head last
     */
    List<String> of(List<String> network);

    /** Layers that a word stands for. */
    enum Group implements DecayLayers {
        /** Every layer. */
        ALL("all"),
        /** Layers whose output is normalised. */
        NORMALIZED("normalized"),
        /** The last layer, the head. */
        LAST("last");

        private final String word;

        Group(String word) {
            this.word = word;
        }

        @Override
        public List<String> of(List<String> network) {
            int hidden = network.size() - 1;
            return switch (this) {
                case ALL -> List.copyOf(network);
                case NORMALIZED -> List.copyOf(network.subList(0, hidden));
                case LAST -> List.copyOf(network.subList(hidden, network.size()));
            };
        }

        /** The word that files, the command line and the screen use. */
        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * Layers by their names. Whether a network has them is known once there is one: a run refuses others at its start.
     *
     * @param names each once; none: nothing decays
     */
    record Named(List<String> names) implements DecayLayers {
        public Named {
            names = List.copyOf(names);
            if (new HashSet<>(names).size() < names.size()) {
                throw new BadInputException(
                        "decay.layers is " + text(names) + "; it must have each layer once, so take one of them out.");
            }
        }

        @Override
        public List<String> of(List<String> network) {
            return names;
        }

        /** The list, as files have it. */
        @Override
        @JsonValue
        public List<String> names() {
            return names;
        }

        /** As the command line writes it: {@code [dense1, output]}. */
        @Override
        public String toString() {
            return text(names);
        }

        private static String text(List<String> names) {
            return "[" + String.join(", ", names) + "]";
        }
    }
}
