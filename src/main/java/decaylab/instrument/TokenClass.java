package decaylab.instrument;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How often a token comes in the training data, by its rank among those that come at all. Zipf's law makes the first class
 * small and most of the text; where a token is rare, its row of the embedding has a gradient now and then only, and what an
 * optimiser does to it in between is the penalty's work alone.
 */
public enum TokenClass {
    /** The first twentieth. */
    MOST_FREQUENT(0.05),
    /** From there to the first fifth. */
    FREQUENT(0.2),
    /** From there to the first half. */
    MEDIUM(0.5),
    /** From there to four fifths. */
    RARE(0.8),
    /** The last fifth. */
    RAREST(1),
    /** In the vocabulary, but not in the training data. */
    NEVER(Double.NaN);

    private final double end;

    TokenClass(double end) {
        this.end = end;
    }

    /** The word that files and the screen use, for example {@code most-frequent}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words of all, the most frequent first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(TokenClass::toString).toList();
    }

    /**
     * The class of each token.
     *
     * @param counts how often each comes; those that come equally often are ranked by their numbers
     */
    public static TokenClass[] of(long[] counts) {
        Integer[] ranked = ranked(counts);
        int seen = (int) Arrays.stream(counts).filter(count -> count > 0).count();
        TokenClass[] classes = new TokenClass[counts.length];
        Arrays.fill(classes, NEVER);
        int rank = 0;
        for (TokenClass each : List.of(MOST_FREQUENT, FREQUENT, MEDIUM, RARE, RAREST)) {
            for (int last = (int) Math.ceil(each.end * seen); rank < last; rank++) {
                classes[ranked[rank]] = each;
            }
        }
        return classes;
    }

    /** The tokens, the most frequent first. */
    public static Integer[] ranked(long[] counts) {
        Integer[] ranked = new Integer[counts.length];
        Arrays.setAll(ranked, i -> i);
        Arrays.sort(
                ranked,
                Comparator.comparingLong((Integer token) -> -counts[token]).thenComparingInt(token -> token));
        return ranked;
    }
}
