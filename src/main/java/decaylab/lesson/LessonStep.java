package decaylab.lesson;

import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.optim.Gate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a lesson.
 *
 * @param title its heading
 * @param text what is said to the student, Markdown
 * @param notes what is said to the teacher alone; empty for nothing
 * @param view what the middle of the window shows
 * @param prediction a curve to draw before the run goes on; null for none
 * @param race settings to be run side by side, in their order; empty for none
 * @param question a question to answer; null for none
 * @param goal when the step counts as done
 */
public record LessonStep(
        String title,
        String text,
        String notes,
        LessonView view,
        @Nullable Prediction prediction,
        List<Racer> race,
        @Nullable Question question,
        Goal goal) {
    public LessonStep {
        race = List.copyOf(race);
    }

    /**
     * A curve to draw.
     *
     * @param chart on which chart
     * @param from first step
     * @param to last step, after the first
     */
    public record Prediction(ChartKind chart, long from, long to) {}

    /**
     * One of a race.
     *
     * @param name what it is called
     * @param experiment what it runs
     */
    public record Racer(String name, Experiment experiment) {}

    /** When a step is done. */
    public sealed interface Goal {
        /** Whenever the student goes on. */
        record Read() implements Goal {}

        /** When the current run has done so many steps. */
        record Reached(long steps) implements Goal {}

        /** When the decay switch was put there while the lesson showed this step. */
        record Switched(Gate gate) implements Goal {}

        /** When the prediction is drawn. */
        record Predicted() implements Goal {}

        /** When the question is answered, rightly or not. */
        record Answered() implements Goal {}

        /** When the current run is over, or the race is. */
        record Ended() implements Goal {}
    }
}
