package decaylab.journal;

import java.util.List;
import java.util.Objects;

/**
 * What a student tried, predicted, measured and thought in one session of the lab.
 *
 * @param id of the session, which no other has; empty where that is not known
 * @param language tag of the language that the page is in, such as "es"; empty for English
 * @param author the student's name; may be empty
 * @param begun when, as a date and a time of day
 * @param version of the lab
 * @param runs in the order of their starts
 * @param predictions in the order of their ends
 * @param explanations in the order in which they were asked for
 * @param lessons in the order in which they were begun
 * @param notes the student's own words
 */
public record Journal(
        String id,
        String language,
        String author,
        String begun,
        String version,
        List<JournalRun> runs,
        List<JournalPrediction> predictions,
        List<Explained> explanations,
        List<LessonDone> lessons,
        String notes) {
    public Journal {
        id = Objects.requireNonNullElse(id, ""); // journals of former versions have none of the three
        language = Objects.requireNonNullElse(language, "");
        lessons = lessons == null ? List.of() : List.copyOf(lessons);
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

    /**
     * A lesson that was opened.
     *
     * @param name of its file
     * @param title what it is called
     * @param reached the farthest step that was shown, from 1
     * @param steps how many it has
     * @param answers to its questions, in the order in which they were given
     */
    public record LessonDone(String name, String title, int reached, int steps, List<Answer> answers) {
        public LessonDone {
            answers = List.copyOf(answers);
        }
    }

    /**
     * An answer to a question of a lesson.
     *
     * @param question heading of the step that asks
     * @param chosen words of the choice
     * @param right whether it is the right one
     */
    public record Answer(String question, String chosen, boolean right) {}

    /** Whether nothing was done. */
    public boolean isEmpty() {
        return runs.isEmpty()
                && predictions.isEmpty()
                && explanations.isEmpty()
                && lessons.isEmpty()
                && notes.isBlank();
    }

    /** How much was done; of two states of one session the later one has at least as much. */
    long size() {
        return runs.stream().mapToLong(JournalRun::steps).sum()
                + predictions.size()
                + explanations.size()
                + lessons.stream()
                        .mapToLong(lesson -> lesson.reached() + lesson.answers().size())
                        .sum();
    }
}
