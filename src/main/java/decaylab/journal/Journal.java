package decaylab.journal;

import java.util.List;
import java.util.Objects;

/**
 * What a student tried, predicted, measured and thought in one session of the lab.
 *
 * @param author the student's name; may be empty
 * @param begun when, as a date and a time of day
 * @param version of the lab
 * @param runs in the order of their starts
 * @param predictions in the order of their ends
 * @param explanations in the order in which they were asked for
 * @param notes the student's own words
 */
public record Journal(
        String author,
        String begun,
        String version,
        List<JournalRun> runs,
        List<JournalPrediction> predictions,
        List<Explained> explanations,
        String notes) {
    public Journal {
        Objects.requireNonNull(author);
        Objects.requireNonNull(begun);
        Objects.requireNonNull(version);
        Objects.requireNonNull(notes);
        runs = List.copyOf(runs);
        predictions = List.copyOf(predictions);
        explanations = List.copyOf(explanations);
    }

    /**
     * A moment that was explained.
     *
     * @param run the run's name
     * @param step how many steps it had done
     * @param text the explanation
     */
    public record Explained(String run, long step, String text) {}

    /** Whether nothing was done. */
    public boolean isEmpty() {
        return runs.isEmpty() && predictions.isEmpty() && explanations.isEmpty() && notes.isBlank();
    }
}
