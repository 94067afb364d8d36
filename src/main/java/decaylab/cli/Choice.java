package decaylab.cli;

import decaylab.experiment.Nearest;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.List;

/** A word of the command line that stands for one of a few things. */
final class Choice {
    private Choice() {}

    /**
     * @param what is chosen, as the sentence about a wrong word begins
     * @param values to choose from; {@code toString} gives the word of each
     * @param word as given
     * @throws BadInputException where the word stands for none of them
     */
    static <T> T of(String what, T[] values, String word) {
        for (T value : values) {
            if (value.toString().equalsIgnoreCase(word)) {
                return value;
            }
        }
        List<String> words = Arrays.stream(values).map(String::valueOf).toList();
        throw new BadInputException(what + " is '" + word + "'" + Nearest.hint(word, words) + "; it must be one of "
                + String.join(", ", words) + ".");
    }
}
