package decaylab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads typed values out of a tree of words; whatever is not of the type is refused with its path and what is allowed. */
final class FieldReader {
    private final JsonNode tree;
    private final String path;

    /**
     * @param tree that has a value for every name that will be asked for
     * @param path of the tree; empty for the whole experiment
     */
    FieldReader(JsonNode tree, String path) {
        this.tree = tree;
        this.path = path;
    }

    /** Its place in the experiment. */
    String path() {
        return path;
    }

    /** The reader of what stands at a name. */
    FieldReader at(String name) {
        JsonNode child = tree.get(name);
        if (child == null) {
            throw new IllegalArgumentException("no " + name + " in " + path);
        }
        return new FieldReader(child, path.isEmpty() ? name : path + "." + name);
    }

    /** The readers of a list's items. */
    List<FieldReader> items(String allowed) {
        if (!tree.isArray()) {
            throw refuse(allowed);
        }
        List<FieldReader> items = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) {
            items.add(new FieldReader(tree.get(i), path + "[" + i + "]"));
        }
        return items;
    }

    /** This object, which must have these names and no others. */
    FieldReader having(List<String> names) {
        String like = "{" + String.join(": ..., ", names) + ": ...}";
        if (!(tree instanceof ObjectNode object)) {
            throw refuse("like " + like);
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!names.contains(field.getKey())) {
                throw new BadInputException(
                        "There is no field " + path + "." + field.getKey() + Nearest.hint(field.getKey(), names)
                                + "; the fields there are " + String.join(", ", names) + ".");
            }
        }
        for (String name : names) {
            if (!object.has(name)) {
                throw new BadInputException(path + " has no " + name + "; it must be like " + like + ".");
            }
        }
        return this;
    }

    /** The names of this object's fields, whatever they are. */
    List<String> names(String allowed) {
        if (!(tree instanceof ObjectNode object)) {
            throw refuse(allowed);
        }
        return YamlTree.names(object);
    }

    boolean isList() {
        return tree.isArray();
    }

    boolean isNull() {
        return tree.isNull();
    }

    /** The word itself. */
    String text(String allowed) {
        return word(allowed);
    }

    /** A number of any size. */
    double number(String allowed) {
        OptionalDouble value = Words.number(word(allowed));
        if (value.isEmpty() || Double.isInfinite(value.getAsDouble())) {
            throw refuse(allowed);
        }
        return value.getAsDouble();
    }

    /** A number in a range. */
    double number(double min, double max, String allowed) {
        double value = number(allowed);
        if (!(value >= min && value <= max)) {
            throw refuse(allowed);
        }
        return value;
    }

    /** A whole number of any size. */
    long whole(String allowed) {
        OptionalLong value = Words.whole(word(allowed));
        if (value.isEmpty()) {
            throw refuse(allowed);
        }
        return value.getAsLong();
    }

    /** A whole number in a range. */
    int between(int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        long value = whole(allowed);
        if (value < min || value > max) {
            throw refuse(allowed);
        }
        return (int) value;
    }

    /** A whole number of a field whose range lies within that of an int. */
    int count(Field field) {
        return (int) field.require(whole(field.allowed()));
    }

    boolean truth(String allowed) {
        return Words.truth(word(allowed)).orElseThrow(() -> refuse(allowed));
    }

    /** One of the words of an enum. */
    <E extends Enum<E>> E choice(E[] choices) {
        List<String> words = Arrays.stream(choices).map(Enum::toString).toList();
        return choices[words.indexOf(choice(words))];
    }

    /** One of some words. */
    String choice(List<String> words) {
        return choice(words, "one of " + String.join(", ", words));
    }

    /** One of some words, with other words for what is allowed. */
    String choice(List<String> words, String allowed) {
        String word = word(allowed);
        if (!words.contains(word)) {
            throw new BadInputException(
                    path + " is " + YamlTree.shown(tree) + Nearest.hint(word, words) + "; it must be " + allowed + ".");
        }
        return word;
    }

    /** Names, each with a whole number of at least 1. */
    Map<Instrument, Integer> intervals(String allowed) {
        if (!tree.isObject()) {
            throw refuse(allowed);
        }
        Map<Instrument, Integer> intervals = new EnumMap<>(Instrument.class);
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            String name = entry.getKey();
            Instrument instrument = Instrument.ofWord(name)
                    .orElseThrow(() -> new BadInputException("There is no instrument " + name
                            + Nearest.hint(name, Instrument.words()) + " to set in " + path
                            + "; those that have an interval are " + String.join(", ", Instrument.words()) + "."));
            intervals.put(instrument, at(name).between(1, Instrument.LONGEST_INTERVAL));
        }
        return intervals;
    }

    private String word(String allowed) {
        if (!tree.isValueNode() || tree.isNull()) {
            throw refuse(allowed);
        }
        return tree.asText();
    }

    /** The sentence about this value, which is not what is allowed. */
    BadInputException refuse(String allowed) {
        return new BadInputException(
                tree.isNull()
                        ? path + " has no value; it must be " + allowed + "."
                        : path + " is " + YamlTree.shown(tree) + "; it must be " + allowed + ".");
    }
}
