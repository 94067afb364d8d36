package decaylab.ui.explain;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A moment in words.
 *
 * @param parts one after the other, spaces included
 * @param from first step that it tells of
 * @param to last step; below from where there is none
 */
public record Explanation(List<Part> parts, long from, long to) {
    public Explanation {
        parts = List.copyOf(parts);
    }

    /**
     * A piece of the text.
     *
     * @param term what it is about; null for words between
     */
    public record Part(String text, @Nullable Term term) {}

    /** All of the words. */
    public String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining());
    }

    /** What it is about. */
    public Set<Term> terms() {
        Set<Term> terms = EnumSet.noneOf(Term.class);
        for (Part part : parts) {
            if (part.term() != null) {
                terms.add(part.term());
            }
        }
        return terms;
    }
}
