package decaylab.store;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stored run in one line of a list.
 *
 * @param folder name of its folder among the lab's runs
 * @param name as shown
 * @param created when it began, ISO-8601 in UTC
 * @param state how it stands
 * @param steps done
 * @param ofSteps of the experiment
 * @param seed of the experiment
 * @param summary the experiment in a line
 * @param norm at the end; NaN where it is not known
 * @param testLoss at the end; NaN where it is not known
 * @param testAccuracy at the end, in [0, 1]; NaN where it is not known
 * @param tags words to find it by
 * @param note the user's own words
 * @param parent folder of the run it branched from; null for a run from its start
 * @param problem a sentence where the folder is damaged, or the run diverged or failed; empty otherwise
 */
public record RunRow(
        String folder,
        String name,
        String created,
        State state,
        long steps,
        long ofSteps,
        long seed,
        String summary,
        double norm,
        double testLoss,
        double testAccuracy,
        List<String> tags,
        String note,
        @Nullable String parent,
        String problem) {
    /** How a stored run stands. */
    public enum State {
        FINISHED,
        STOPPED,
        DIVERGED,
        FAILED,
        /** Its process writes it now. */
        RUNNING,
        /** Its process ended before the run did; it can be resumed. */
        INTERRUPTED,
        /** A file of it cannot be read. */
        DAMAGED
    }

    public RunRow {
        tags = List.copyOf(tags);
    }

    /**
     * Whether every word is in the name, the tags, the note, the experiment's line, the state or the folder; upper and lower
     * case are the same.
     */
    public boolean matches(String words) {
        String all = String.join(
                        "\n",
                        name,
                        String.join(" ", tags),
                        note,
                        summary,
                        state.name(),
                        folder,
                        "seed " + seed,
                        created)
                .toLowerCase(Locale.ROOT);
        for (String word : words.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            if (!all.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
