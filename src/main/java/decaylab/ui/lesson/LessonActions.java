package decaylab.ui.lesson;

import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.lesson.LessonView;
import java.util.List;

/** What a lesson has the window do. */
public interface LessonActions {
    /** Gets an experiment ready, which then waits to be played. Nothing of what was done before is in the way. */
    void prepare(Experiment experiment, String name);

    /** Shows these charts, none of them in place of the others. */
    void show(List<ChartKind> charts);

    /** Shows a view in the middle of the window, for a step of the lesson that begins. */
    void show(LessonView view);

    /**
     * Has the student draw a curve.
     *
     * @param from first step, or where the run is if that is later
     * @param to last step
     */
    void predict(ChartKind chart, long from, long to);

    /** Whether a curve was drawn since the step of the lesson began. */
    boolean predicted();

    /**
     * Runs settings side by side.
     *
     * @param experiments two to four, of the same data, seed and size of a mini-batch
     * @param names of them, in the same order
     */
    void race(List<Experiment> experiments, List<String> names);
}
