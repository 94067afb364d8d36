package decaylab.study;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a study does, before it is done.
 *
 * @param name the word on the command line and in files
 * @param title what it tests, in one sentence
 * @param source the paper, and which of its parts
 * @param words the protocol for a reader, one sentence or a few each: data, network, arms, what is measured
 * @param reconstruction what of it is the lab's own and not the paper's
 * @param arms what is run, each with every seed
 * @param panels what is drawn of the runs
 * @param secondsPerRun of one worker, about, on the two cores of a laptop; what a waiting reader is told; NaN where nobody
 *     knows
 * @param measuring the part of a run's time, about, that is measuring after the training, in [0, 1)
 */
public record Protocol(
        String name,
        String title,
        String source,
        List<String> words,
        String reconstruction,
        List<Arm> arms,
        List<Panel> panels,
        double secondsPerRun,
        double measuring) {
    public Protocol {
        words = List.copyOf(words);
        arms = List.copyOf(arms);
        panels = List.copyOf(panels);
        Set<String> names = new LinkedHashSet<>();
        for (Arm arm : arms) {
            if (!names.add(arm.name())) {
                throw new IllegalArgumentException("two arms are called " + arm.name());
            }
        }
        for (Panel panel : panels) {
            if (!names.containsAll(panel.arms())) {
                throw new IllegalArgumentException(panel.title() + " shows arms that there are not: " + panel.arms());
            }
        }
        if (secondsPerRun <= 0 || !(measuring >= 0 && measuring < 1)) {
            throw new IllegalArgumentException(secondsPerRun + " s a run, " + measuring + " of it measuring");
        }
    }

    /** How many runs that is. */
    public int runs(int seeds) {
        return arms.size() * seeds;
    }

    /** About how long it takes, in seconds; NaN where nobody knows. */
    public double seconds(int seeds, int workers) {
        return runs(seeds) * secondsPerRun / Math.min(workers, runs(seeds));
    }
}
