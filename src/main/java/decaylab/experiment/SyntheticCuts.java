package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Behind which layers of a dense network a module of synthetic gradients stands. */
public sealed interface SyntheticCuts {
    /** Behind none. */
    SyntheticCuts NONE = Group.NONE;

    /**
     * The layers with a module behind them, in the network's order.
     *
     * @param hidden the network's hidden layers, at least one
     * @throws BadInputException where a name is none of them
     */
    List<String> of(List<String> hidden);

    /** Layers that a word stands for. */
    enum Group implements SyntheticCuts {
        /** No layer: classic back-propagation. */
        NONE("none"),
        /** The middle one of the hidden layers, the lower of two. */
        MIDDLE("middle"),
        /** Every hidden layer. */
        EVERY("every");

        private final String word;

        Group(String word) {
            this.word = word;
        }

        @Override
        public List<String> of(List<String> hidden) {
            return switch (this) {
                case NONE -> List.of();
                case MIDDLE -> List.of(hidden.get((hidden.size() - 1) / 2));
                case EVERY -> List.copyOf(hidden);
            };
        }

        /** The word that files, the command line and the screen use. */
        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * Layers by their names.
     *
     * @param names each once, at least one
     */
    record Named(List<String> names) implements SyntheticCuts {
        public Named {
            names = List.copyOf(names);
            if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
                throw new BadInputException("synthetic.at is " + text(names)
                        + "; it must have at least one layer and each once, or be none.");
            }
        }

        @Override
        public List<String> of(List<String> hidden) {
            for (String name : names) {
                if (!hidden.contains(name)) {
                    throw new BadInputException("synthetic.at has " + name + Nearest.hint(name, hidden)
                            + ", which is no hidden layer of this network; they are " + String.join(", ", hidden)
                            + ".");
                }
            }
            return hidden.stream().filter(names::contains).toList();
        }

        /** The list, as files have it. */
        @Override
        @JsonValue
        public List<String> names() {
            return names;
        }

        /** As the command line writes it: {@code [dense1, dense3]}. */
        @Override
        public String toString() {
            return text(names);
        }

        private static String text(List<String> names) {
            return "[" + String.join(", ", names) + "]";
        }
    }

    /** Reads a group's word or a list of names. */
    static SyntheticCuts read(FieldReader reader) {
        String allowed = Field.SYNTHETIC_AT.allowed();
        if (reader.isList()) {
            return new Named(reader.items(allowed).stream()
                    .map(item -> item.text(allowed))
                    .toList());
        }
        List<String> words = Arrays.stream(Group.values()).map(Group::toString).toList();
        return Group.values()[words.indexOf(reader.choice(words, allowed))];
    }
}
