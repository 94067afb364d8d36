package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.experiment.PlannedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** The same pair of runs, with and without an intervention, from other seeds. */
public final class PairedRuns {
    private final Experiment experiment;
    private final List<PlannedChange> with;
    private final List<PlannedChange> without;
    private final long fork;
    private final long steps;

    /**
     * @param with the changes of the run
     * @param without the changes of its twin
     * @param fork the first step at which they differ
     * @param steps how many both do, more than the fork
     */
    public PairedRuns(
            Experiment experiment, List<PlannedChange> with, List<PlannedChange> without, long fork, long steps) {
        this.experiment = experiment;
        this.with = List.copyOf(with);
        this.without = List.copyOf(without);
        this.fork = fork;
        this.steps = steps;
    }

    /**
     * Runs a pair for each seed on the calling thread; what both share is done once.
     *
     * @param seeds of the pairs
     * @param source where the data comes from
     * @param progress told the share that is done, in [0, 1]
     * @param cancelled asked between steps
     * @return an effect for each seed that was done when it was cancelled
     */
    public List<PairedEffect> run(
            List<Long> seeds, DataSource source, DoubleConsumer progress, BooleanSupplier cancelled) {
        List<PairedEffect> effects = new ArrayList<>();
        double all = seeds.size() * (fork + 2.0 * (steps - fork));
        double done = 0;
        for (long seed : seeds) {
            Experiment seeded = experiment.withSeed(seed);
            Task task = source.task(seeded);
            try (Trainer run = Trainer.create(seeded, task, null, with, 1)) {
                done = advance(run, fork, done, all, progress, cancelled);
                Origin origin = new Origin(run.step(), run.log(), run.interventions(), run.checkpoint());
                List<PlannedChange> later =
                        without.stream().filter(change -> change.step() >= fork).toList();
                try (Trainer twin = Trainer.create(seeded, task, origin, later, 1)) {
                    done = advance(run, steps, done, all, progress, cancelled);
                    done = advance(twin, steps, done, all, progress, cancelled);
                    if (cancelled.getAsBoolean()) {
                        return effects;
                    }
                    if (run.log().rows() > fork && twin.log().rows() > fork) { // neither diverged before
                        effects.add(PairedEffect.of(run.log(), twin.log(), fork));
                    }
                }
            }
        }
        return effects;
    }

    private static double advance(
            Trainer trainer, long until, double done, double all, DoubleConsumer progress, BooleanSupplier cancelled) {
        double now = done;
        while (trainer.step() < until && !trainer.finished() && !cancelled.getAsBoolean()) {
            trainer.advance();
            now++;
            progress.accept(now / all);
        }
        return now;
    }
}
