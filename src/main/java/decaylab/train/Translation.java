package decaylab.train;

import java.util.List;

/**
 * What a network made of a text.
 *
 * @param source the text's tokens
 * @param target those of its translation, the end left out
 * @param ended whether the network said that it is over; else it was cut off at the longest length that it can write
 * @param text the translation
 * @param attention for each token of the target, the end included where it was said, how much of each token of the source went into it;
 *     rows sum to 1
 */
@SuppressWarnings("ArrayRecordComponent") // read only; nobody compares two
public record Translation(List<String> source, List<String> target, boolean ended, String text, double[][] attention) {
    public Translation {
        source = List.copyOf(source);
        target = List.copyOf(target);
    }
}
