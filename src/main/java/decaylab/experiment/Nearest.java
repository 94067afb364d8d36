package decaylab.experiment;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody meant to write. */
public final class Nearest {
    private Nearest() {}

    /** The nearest candidate, where one is near enough to be meant. */
    private static Optional<String> to(String word, Collection<String> candidates) {
        int most = Math.max(2, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= most)
                .min((a, b) -> Integer.compare(distance(word, a), distance(word, b)));
    }

    /** " (did you mean first-look?)" where a candidate is near enough to be meant; otherwise nothing. */
    public static String hint(String word, Collection<String> candidates) {
        return to(word, candidates)
                .map(meant -> " (did you mean " + meant + "?)")
                .orElse("");
    }

    /** Levenshtein's distance, without regard to case. */
    static int distance(String a, String b) {
        String x = a.toLowerCase(java.util.Locale.ROOT);
        String y = b.toLowerCase(java.util.Locale.ROOT);
        int[] row = new int[y.length() + 1];
        for (int j = 0; j <= y.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= x.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= y.length(); j++) {
                int change = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[y.length()];
    }
}
