package decaylab.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * YAML as a tree whose values are words as they were written, or null. What a word means is decided by the field that it
 * stands at, not by YAML's guess: the gate {@code off} is no boolean, and a folder {@code 0123} no number.
 */
final class YamlTree {
    private static final int LONGEST_SHOWN = 80;
    private static final Pattern PLACE = Pattern.compile("in 'reader', line (\\d+),");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final YAMLFactory factory;

    YamlTree(YAMLFactory factory) {
        this.factory = factory;
    }

    /**
     * The fields of a document.
     *
     * @param source what the text is called in messages
     * @throws BadInputException where it is not one YAML document of fields
     */
    ObjectNode document(String text, String source) {
        JsonNode tree = read(text, source);
        if (tree.isNull()) {
            throw new BadInputException(source + " is empty; write at least one field, for example seed: 1.");
        }
        if (tree instanceof ObjectNode fields) {
            return fields;
        }
        throw new BadInputException(
                source + " is not an experiment; it must hold fields such as data, network and optimizer.");
    }

    /**
     * A value by itself.
     *
     * @throws BadInputException where it is not one YAML value
     */
    JsonNode value(String text, String path) {
        return read(text, path + "=" + text);
    }

    private JsonNode read(String text, String source) {
        try (YAMLParser parser = factory.createParser(text)) {
            JsonNode tree = parser.nextToken() == null ? NODES.nullNode() : node(parser, source);
            if (parser.nextToken() != null) {
                throw new BadInputException(
                        source + " holds more than one YAML document; keep one and take out the lines of ---.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new BadInputException(
                    source + " is not YAML" + place(e) + " (" + problem(e) + "); mend that line.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory has no input and output that could fail
        }
    }

    /** Where it found it: the message knows better than the location, which is that of the last good token. */
    private static String place(JsonProcessingException e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getOriginalMessage()));
        String line =
                e.getLocation() == null ? "" : Integer.toString(e.getLocation().getLineNr());
        while (place.find()) {
            line = place.group(1);
        }
        return line.isEmpty() ? "" : " at line " + line;
    }

    /** What the parser found, without the pages of context around it: the last line that is not indented. */
    private static String problem(JsonProcessingException e) {
        String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        return message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .reduce((earlier, later) -> later)
                .orElse("unreadable")
                .strip();
    }

    private JsonNode node(YAMLParser parser, String source) throws IOException {
        if (parser.isCurrentAlias()) {
            throw new BadInputException(source + " uses the alias *" + parser.getText() + " at line " + line(parser)
                    + ", which an experiment cannot have; write the value out.");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser, source);
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode array = NODES.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(node(parser, source));
            }
            return array;
        }
        return token == JsonToken.VALUE_NULL ? NODES.nullNode() : word(parser.getText());
    }

    /** A word; nothing at all is null, quotes or not. */
    static JsonNode word(String word) {
        return word.isEmpty() ? NODES.nullNode() : NODES.textNode(word);
    }

    private ObjectNode object(YAMLParser parser, String source) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (object.has(name)) {
                throw new BadInputException(source + " has the field " + name + " twice, again at line " + line(parser)
                        + "; keep one of them.");
            }
            parser.nextToken();
            object.set(name, node(parser, source));
        }
        return object;
    }

    private static int line(YAMLParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    /** A value as messages show it: numbers bare, words in quotes, long ones cut. */
    static String shown(JsonNode value) {
        String text =
                value.isValueNode() && !value.isNull() && !isBare(value) ? "'" + plain(value) + "'" : plain(value);
        String line = text.replaceAll("\\s", " ");
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
    }

    private static boolean isBare(JsonNode value) {
        String word = value.asText();
        return Words.isNumber(word) || Words.isTruth(word);
    }

    /** A value on one line, in YAML's flow style; words as they are. */
    static String plain(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(YamlTree::plain)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(field -> field.getKey() + ": " + plain(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.asText();
    }

    /** Puts a value at a path of names with points between them. */
    static void put(ObjectNode root, String path, JsonNode value) {
        ObjectNode at = root;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode next = at.get(names[i]);
            if (next == null) {
                at = at.putObject(names[i]);
            } else if (next instanceof ObjectNode inner) {
                at = inner;
            } else {
                throw new BadInputException(path + " is set, and so is what holds it; set one of the two.");
            }
        }
        String last = names[names.length - 1];
        JsonNode before = at.get(last);
        if (before != null && before.isObject()) {
            throw new BadInputException(path + " is set, and so is a field in it; set one of the two.");
        }
        at.set(last, value);
    }

    /** The names of an object's fields. */
    static List<String> names(ObjectNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
