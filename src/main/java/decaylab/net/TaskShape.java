package decaylab.net;

import java.util.Arrays;

/**
 * What a network reads of an example, and what it tells.
 *
 * @param input lengths of an example: {features}, {channels, height, width}, or {tokens}
 * @param vocabulary how many different tokens there are; 0 where an example is not tokens but measurements
 * @param targets classes that it tells of an example: 1, or one for each token, or as many as the longest translation has
 * @param classes number of classes, at least 2
 * @param translates whether the classes are a sequence of their own, a translation, whose end may be padded
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two shapes
public record TaskShape(int[] input, int vocabulary, int targets, int classes, boolean translates) {
    /** Where nothing is translated. */
    public TaskShape(int[] input, int vocabulary, int targets, int classes) {
        this(input, vocabulary, targets, classes, false);
    }

    /** An example of measurements that belongs to a class. */
    public static TaskShape classification(int[] input, int classes) {
        return new TaskShape(input, 0, 1, classes);
    }

    /** Whether an example is a sequence of tokens. */
    public boolean ofTokens() {
        return vocabulary > 0;
    }

    /** Numbers an example has. */
    public int features() {
        return Arrays.stream(input).reduce(1, Math::multiplyExact);
    }
}
