package decaylab.data;

import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tokens of a translation are called: characters here, whole words of a corpus just as well.
 *
 * @param source by their numbers
 * @param target by their numbers; {@link #END} is what says that a translation is over
 * @param separator between two tokens of a text; empty where tokens are characters
 * @param longest tokens that a source can have
 */
public record Dictionary(List<String> source, List<String> target, String separator, int longest) {
    /** The target's token that ends it. */
    public static final int END = 0;

    public Dictionary {
        source = List.copyOf(source);
        target = List.copyOf(target);
        if (source.isEmpty() || target.size() < 2 || longest < 1) {
            throw new IllegalArgumentException("an empty dictionary");
        }
    }

    /** The tokens of a text, in order. */
    public List<String> pieces(String text) {
        return separator.isEmpty()
                ? text.codePoints().mapToObj(Character::toString).toList()
                : List.of(text.split(java.util.regex.Pattern.quote(separator), -1));
    }

    /**
     * The numbers of a source's tokens.
     *
     * @throws BadInputException where it is empty, too long, or has a token that no example has
     */
    public int[] encode(String text) {
        List<String> pieces = text.isEmpty() ? List.of() : pieces(text);
        if (pieces.isEmpty() || pieces.size() > longest) {
            throw new BadInputException((pieces.isEmpty() ? "There is nothing" : "\"" + text + "\" is too long")
                    + " to translate; give 1 to " + longest + (separator.isEmpty() ? " characters." : " words."));
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (String each : source) {
            numbers.put(each, numbers.size());
        }
        return pieces.stream()
                .mapToInt(piece -> {
                    Integer number = numbers.get(piece);
                    if (number == null) {
                        throw new BadInputException("\"" + piece + "\" in \"" + text
                                + "\" is in no example, so that it cannot be translated; use "
                                + String.join(separator.isEmpty() ? "" : " ", source) + ".");
                    }
                    return number;
                })
                .toArray();
    }

    /**
     * A target's tokens, up to its end.
     *
     * @param labels numbers, with {@link #END} or {@link DataSet#NO_LABEL} behind the last
     */
    public List<String> decode(int[] labels) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < labels.length && labels[i] > END; i++) {
            pieces.add(target.get(labels[i]));
        }
        return pieces;
    }
}
