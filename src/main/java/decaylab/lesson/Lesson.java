package decaylab.lesson;

import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.experiment.PlannedChange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A lesson, in one language.
 *
 * @param name of its file, without what it ends in
 * @param language tag of its texts, such as "es"
 * @param title what it is called
 * @param summary what one will see, a sentence
 * @param minutes how long it takes
 * @param experimentName what its experiment is called
 * @param experiment what is run
 * @param charts which charts are shown
 * @param locked what is locked while it is open
 * @param introduction what stands before its first step, Markdown; may be empty
 * @param steps at least one
 * @param runs what its expectations speak of, by name
 * @param seeds with how many seeds they are checked, from the experiment's on
 * @param expectations what is promised
 */
public record Lesson(
        String name,
        String language,
        String title,
        String summary,
        int minutes,
        String experimentName,
        Experiment experiment,
        List<ChartKind> charts,
        Set<LessonControl> locked,
        String introduction,
        List<LessonStep> steps,
        Map<String, LessonRun> runs,
        int seeds,
        List<Expectation> expectations) {
    public Lesson {
        charts = List.copyOf(charts);
        locked = Set.copyOf(locked);
        steps = List.copyOf(steps);
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
        expectations = List.copyOf(expectations);
    }

    /**
     * A run that expectations speak of.
     *
     * @param experiment what is run
     * @param changes what is changed while it goes
     */
    public record LessonRun(Experiment experiment, List<PlannedChange> changes) {
        public LessonRun {
            changes = List.copyOf(changes);
        }

        /** The same with another seed. */
        public LessonRun withSeed(long seed) {
            return new LessonRun(experiment.withSeed(seed), changes);
        }
    }
}
