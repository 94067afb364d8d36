package decaylab.experiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant to write. */
public final class Nearest {
    private static final int SHORTEST_BEGINNING = 2;
    private static final int LONGEST = 60;

    private Nearest() {}

    /** " (did you mean first-look?)" where a candidate is near enough to be meant; otherwise nothing. */
    public static String hint(String word, Collection<String> candidates) {
        return to(word, candidates)
                .map(meant -> " (did you mean " + meant + "?)")
                .orElse("");
    }

    /** The nearest candidate; among equally near ones the one that begins most like the word. */
    private static Optional<String> to(String word, Collection<String> candidates) {
        String low = word.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate -> isNear(low, candidate.toLowerCase(Locale.ROOT)))
                .min(Comparator.<String>comparingInt(candidate -> distance(low, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparingInt(candidate -> -common(low, candidate.toLowerCase(Locale.ROOT))));
    }

    private static boolean isNear(String word, String candidate) {
        return word.length() <= LONGEST && distance(word, candidate) <= Math.max(1, word.length() / 3)
                || word.length() >= SHORTEST_BEGINNING && candidate.startsWith(word);
    }

    private static int common(String a, String b) {
        int n = 0;
        while (n < a.length() && n < b.length() && a.charAt(n) == b.charAt(n)) {
            n++;
        }
        return n;
    }

    /** How many letters were left out, added, mistaken or swapped with the next (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] least = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                int change = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                least[i][j] = Math.min(change, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    least[i][j] = Math.min(least[i][j], 1 + least[i - 2][j - 2]);
                }
            }
        }
        return least[a.length()][b.length()];
    }
}
