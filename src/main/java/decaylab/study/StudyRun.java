package decaylab.study;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.optim.FlatArray;
import decaylab.train.DataSource;
import decaylab.train.Trainer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * A study being done: several runs at the same time, each on a thread of its own. Results are kept by arm and seed and not in the
 * order in which they come, and a run's bits do not depend on what runs beside it: the findings are the same for any number
 * of workers, and whether it was done in one go or in several.
 */
public final class StudyRun {
    private final Study study;
    private final int seeds;
    private final DataSource source;
    private final CellStore store;
    private final List<CellRun> cells = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * @param seeds how many, from 1 on
     * @param source where the data comes from
     * @param store where results are kept; what is there is not run again
     */
    public StudyRun(Study study, int seeds, DataSource source, CellStore store) {
        if (seeds < 1) {
            throw new IllegalArgumentException(seeds + " seeds");
        }
        this.study = study;
        this.seeds = seeds;
        this.source = source;
        this.store = store;
        for (long seed = 1; seed <= seeds; seed++) { // arms of a seed together, since most have the same data
            for (Arm arm : study.protocol().arms()) {
                CellRun cell = new CellRun(arm, seed);
                store.find(cell.key()).ifPresent(cell::end);
                cells.add(cell);
            }
        }
    }

    /** What is studied. */
    public Study study() {
        return study;
    }

    /** How many seeds each arm is run with. */
    public int seeds() {
        return seeds;
    }

    /** Every run, in the order in which they are begun. */
    public List<CellRun> cells() {
        return List.copyOf(cells);
    }

    /** The part of all runs that is done, in [0, 1]. */
    public double done() {
        return cells.stream().mapToDouble(CellRun::done).sum() / cells.size();
    }

    /** Gives up the runs that are under way; those that are done stay. May be called by any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Does what is not done yet, and judges. For one call.
     *
     * @param workers runs at the same time, at least 1
     * @throws CancellationException where it was {@link #stop stopped}
     * @throws decaylab.problem.BadInputException where an experiment cannot be run; the others are given up
     */
    public Findings go(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException(workers + " workers");
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers, work -> {
            Thread thread = new Thread(work, "study");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> all = new ArrayList<>();
            for (CellRun cell : cells) {
                if (cell.result().isEmpty()) {
                    all.add(pool.submit(() -> run(cell)));
                }
            }
            for (Future<?> one : all) {
                await(one);
            }
            return findings();
        } finally {
            stopped = true;
            pool.shutdownNow();
        }
    }

    private static void await(Future<?> run) {
        try {
            run.get();
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

    private void run(CellRun cell) {
        Experiment experiment = cell.experiment();
        requireWanted();
        DataSet data = source.load(experiment);
        double training = 1 - study.protocol().measuring();
        try (Trainer trainer = Trainer.create(experiment, data, experiment.interventions(), 1)) {
            FlatArray start = trainer.snapshot().parameters();
            cell.begin(trainer.log());
            while (!trainer.finished()) {
                requireWanted();
                trainer.advance();
                cell.at(training * trainer.step() / experiment.steps());
            }
            String divergence = trainer.divergence().orElse(null);
            Map<String, Double> figures = divergence != null
                    ? Map.of()
                    : study.measure(
                            new TrainedRun(
                                    cell.key().arm(),
                                    experiment,
                                    data,
                                    trainer.log(),
                                    trainer.layout(),
                                    start,
                                    trainer.snapshot().parameters()),
                            part -> cell.at(training + (1 - training) * part),
                            () -> stopped);
            Map<Quantity, Curve> curves = new EnumMap<>(Quantity.class);
            for (Panel panel : study.protocol().panels()) {
                if (panel.arms().contains(cell.key().arm())) {
                    curves.computeIfAbsent(
                            panel.quantity(), quantity -> Curve.of(trainer.log(), quantity, experiment.steps()));
                }
            }
            CellResult result = new CellResult(cell.key().arm(), cell.key().seed(), divergence, figures, curves);
            store.put(result);
            cell.end(result);
        }
    }

    private void requireWanted() {
        if (stopped) {
            throw new CancellationException("the study was given up");
        }
    }

    /** What is found so far. */
    public Findings findings() {
        List<CellResult> diverged = cells.stream()
                .flatMap(cell -> cell.result().stream())
                .filter(result -> result.divergence() != null)
                .toList();
        return new Findings(
                study.protocol().name(),
                seeds,
                diverged.stream()
                        .map(result -> new Findings.Diverged(result.arm(), result.seed()))
                        .toList(),
                study.claims(figures()));
    }

    /**
     * The figures of the seeds that every arm came to its end with; where {@link Study#divergenceCounts divergence counts}, of
     * all runs that are done.
     */
    public Figures figures() {
        return study.divergenceCounts() ? figuresOfAll() : figuresOfCompleteSeeds();
    }

    private Figures figuresOfAll() {
        Map<String, List<Map<String, Double>>> figures = new LinkedHashMap<>();
        for (CellRun cell : cells) { // in the order of their seeds
            List<Map<String, Double>> ofArm = figures.computeIfAbsent(cell.key().arm(), arm -> new ArrayList<>());
            cell.result().map(CellResult::figures).ifPresent(ofArm::add);
        }
        return new Figures(figures);
    }

    private Figures figuresOfCompleteSeeds() {
        Map<Long, List<CellResult>> bySeed = cells.stream()
                .flatMap(cell -> cell.result().stream())
                .filter(result -> result.divergence() == null)
                .collect(Collectors.groupingBy(CellResult::seed));
        Map<String, List<Map<String, Double>>> figures = new LinkedHashMap<>();
        study.protocol().arms().forEach(arm -> figures.put(arm.name(), new ArrayList<>()));
        for (long seed = 1; seed <= seeds; seed++) {
            List<CellResult> complete = bySeed.getOrDefault(seed, List.of());
            if (complete.size() == figures.size()) {
                complete.forEach(result -> {
                    List<Map<String, Double>> of = figures.get(result.arm());
                    if (of != null) {
                        of.add(result.figures());
                    }
                });
            }
        }
        return new Figures(figures);
    }
}
