package decaylab.study;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.train.DataSource;
import decaylab.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Does the runs of a study, several at the same time, each on a thread of its own. Figures are kept by arm and seed and not in
 * the order in which they come, and a run's bits do not depend on what runs beside it: the findings are the same for any
 * number of workers.
 */
public final class StudyRunner {
    /** The part of a run's progress that is its training; the rest is the measuring after it. */
    private static final double TRAINING = 0.25;

    private final DataSource source;
    private final int workers;

    /**
     * @param source where the data comes from
     * @param workers runs at the same time, at least 1
     */
    public StudyRunner(DataSource source, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException(workers + " workers");
        }
        this.source = source;
        this.workers = workers;
    }

    /**
     * Runs every arm with the seeds from 1 on, and judges.
     *
     * @param seeds how many, at least 1
     * @param progress told the fraction that is done, in [0, 1], by one thread at a time
     * @throws decaylab.problem.BadInputException where an experiment cannot be run; the others are given up
     */
    public Findings run(Study study, int seeds, DoubleConsumer progress) {
        if (seeds < 1) {
            throw new IllegalArgumentException(seeds + " seeds");
        }
        AtomicBoolean abandoned = new AtomicBoolean();
        List<Arm> arms = study.arms();
        Sum sum = new Sum(arms.size() * seeds, progress);
        ExecutorService pool = Executors.newFixedThreadPool(workers, work -> {
            Thread thread = new Thread(work, "study");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<List<Future<Map<String, Double>>>> runs = new ArrayList<>();
            arms.forEach(arm -> runs.add(new ArrayList<>()));
            for (long seed = 1; seed <= seeds; seed++) { // arms of a seed together, since most have the same data
                for (int i = 0; i < arms.size(); i++) {
                    String arm = arms.get(i).name();
                    Experiment experiment = arms.get(i).experiment().withSeed(seed);
                    DoubleConsumer part = sum.part();
                    runs.get(i).add(pool.submit(() -> run(study, arm, experiment, part, abandoned::get)));
                }
            }
            Map<String, List<Map<String, Double>>> figures = new LinkedHashMap<>();
            for (int i = 0; i < arms.size(); i++) {
                figures.put(
                        arms.get(i).name(),
                        runs.get(i).stream().map(StudyRunner::get).toList());
            }
            return new Findings(study.name(), seeds, study.claims(new Figures(figures)));
        } finally {
            abandoned.set(true);
            pool.shutdownNow();
        }
    }

    private static Map<String, Double> get(Future<Map<String, Double>> run) {
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the study was given up");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) { // memory and native libraries fail with these
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Map<String, Double> run(
            Study study, String arm, Experiment experiment, DoubleConsumer progress, BooleanSupplier abandoned) {
        DataSet data = source.load(experiment);
        try (Trainer trainer = Trainer.create(experiment, data, experiment.interventions(), 1)) {
            while (!trainer.finished()) {
                if (abandoned.getAsBoolean()) {
                    throw new CancellationException("the study was given up");
                }
                trainer.advance();
                progress.accept(TRAINING * trainer.step() / experiment.steps());
            }
            TrainedRun run = new TrainedRun(
                    arm,
                    experiment,
                    data,
                    trainer.log(),
                    trainer.layout(),
                    trainer.snapshot().parameters());
            return study.measure(run, part -> progress.accept(TRAINING + (1 - TRAINING) * part), abandoned);
        }
    }

    /** How far all runs are together. */
    private static final class Sum {
        private final int parts;
        private final DoubleConsumer progress;
        private double sum;

        Sum(int parts, DoubleConsumer progress) {
            this.parts = parts;
            this.progress = progress;
        }

        /** Takes how far one run is. */
        DoubleConsumer part() {
            return new DoubleConsumer() {
                private double known;

                @Override
                public void accept(double now) {
                    synchronized (Sum.this) {
                        sum += now - known;
                        known = now;
                        progress.accept(
                                Math.min(1, sum / parts)); // sums of many small parts exceed 1 in the last digit
                    }
                }
            };
        }
    }
}
