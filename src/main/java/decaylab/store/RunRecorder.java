package decaylab.store;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.PlannedChange;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import decaylab.train.Checkpoint;
import decaylab.train.Intervention;
import decaylab.train.RunView;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run's folder while the run goes on, on a thread of its own: it reads the log on from where it last stopped, so that
 * at most a fraction of a second is missing whenever the process ends. Every row on the disk has its intervention on the disk,
 * every checkpoint its rows.
 */
public final class RunRecorder implements AutoCloseable {
    private static final long LOOK_NANOS = 200_000_000L;
    private static final long CHECKPOINT_NANOS = 1_000_000_000L;

    /** A checkpoint may take a twentieth of the time. */
    private static final int TIMES_THE_COST = 20;

    private static final Set<String> OWN_FILES = Set.of(
            RunFolder.METRICS,
            RunFolder.SUMMARY,
            RunFolder.EVENTS,
            RunFolder.FACTS,
            RunFolder.CHARTS,
            RunFolder.INSTRUMENTS,
            RunFolder.CHECKPOINTS,
            FolderLock.FILE);

    private final Path folder;
    private final RunView run;
    private final CheckpointFolder checkpoints;
    private final FolderLock lock;
    private final Writer metrics;
    private final SheetFiles sheets;
    private final Thread thread;
    private final List<Intervention> atStart;
    private volatile boolean closing;
    private volatile @Nullable LabFailure failure;

    // Of the thread alone, and after its end of who closes.
    private long written;
    private List<Intervention> eventsWritten;
    private final TreeSet<Long> checkpointsWritten = new TreeSet<>();
    private long checkpointDue;

    /**
     * Makes the folder and starts its files. A folder that holds a run of the very same experiment is written anew, unless it
     * has interventions that this run would not repeat; any other that is not empty is refused.
     *
     * @param folder where
     * @param experiment what is run
     * @param facts what else is known of it
     * @param run the run to follow
     * @throws BadInputException where the folder cannot be used
     */
    public static RunRecorder create(Path folder, Experiment experiment, RunFacts facts, RunView run) {
        String yaml = new ExperimentYaml().write(experiment);
        if (folder.toString().isEmpty()) {
            throw new BadInputException("The name of the run's folder is empty; give another with --out.");
        }
        try {
            requireFree(folder, yaml, facts, run.interventions());
            Files.createDirectories(folder);
            return held(folder, lock -> {
                Files.createDirectories(folder.resolve(RunFolder.CHARTS));
                deleteOldCharts(folder);
                SheetFiles.clear(folder);
                RunFolder.checkpoints(folder, experiment).clear();
                Files.deleteIfExists(folder.resolve(RunFolder.SUMMARY));
                // Rows go before their interventions, and both before the experiment: at no moment is it another run.
                StringBuilder header = new StringBuilder();
                MetricsCsv.header(header, run.log());
                Path file = folder.resolve(RunFolder.METRICS);
                WholeFile.write(file, header.toString());
                WholeFile.write(folder.resolve(RunFolder.EVENTS), RunFolder.events(List.of()));
                keepWords(folder, facts).write(folder.resolve(RunFolder.FACTS));
                WholeFile.write(folder.resolve(RunFolder.EXPERIMENT), yaml);
                Writer metrics = Files.newBufferedWriter(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                return new RunRecorder(folder, experiment, run, lock, metrics, 0, List.of());
            });
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be written (" + IoReason.of(e) + "); choose another with --out.",
                    e);
        }
    }

    /**
     * Goes on with the folder of a run that was interrupted.
     *
     * @param stored the run as it was read
     * @param run its continuation, whose log begins with the rows that were read
     * @throws BadInputException where somebody else goes on with it, or it cannot be written
     */
    public static RunRecorder resume(RunFolder.StoredRun stored, RunView run) {
        Path folder = stored.folder();
        try {
            return held(folder, lock -> {
                Path file = folder.resolve(RunFolder.METRICS);
                boolean ended = Files.exists(folder.resolve(RunFolder.SUMMARY));
                if (MetricsCsv.wholeRows(file) != stored.log().rows() || ended != (stored.summary() != null)) {
                    throw new BadInputException(
                            "The run in " + folder + " went on while it was read; look at it again, then resume it.");
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(MetricsCsv.wholeLength(file));
                }
                Files.deleteIfExists(folder.resolve(RunFolder.SUMMARY));
                Writer metrics = Files.newBufferedWriter(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                return new RunRecorder(
                        folder,
                        stored.experiment(),
                        run,
                        lock,
                        metrics,
                        stored.log().rows(),
                        stored.interventions());
            });
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be written (" + IoReason.of(e)
                            + "); make it writable, or branch from the run with --out elsewhere.",
                    e);
        }
    }

    private RunRecorder(
            Path folder,
            Experiment experiment,
            RunView run,
            FolderLock lock,
            Writer metrics,
            long written,
            List<Intervention> eventsWritten) {
        this.folder = folder;
        this.run = run;
        this.lock = lock;
        this.metrics = metrics;
        this.written = written;
        this.eventsWritten = List.copyOf(eventsWritten);
        atStart = this.eventsWritten;
        checkpoints = RunFolder.checkpoints(folder, experiment);
        sheets = new SheetFiles(folder);
        checkpointsWritten.addAll(checkpoints.steps());
        checkpointDue = System.nanoTime() + CHECKPOINT_NANOS;
        thread = new Thread(this::work, "recorder");
        thread.setDaemon(true);
        thread.start();
    }

    /** Makes a recorder under the folder's lock, which is let go where that fails. */
    private static RunRecorder held(Path folder, Maker maker) throws IOException {
        FolderLock lock = FolderLock.take(folder)
                .orElseThrow(() -> new BadInputException("The run in " + folder
                        + " is being written by another lab; wait until it is done, or end that lab."));
        boolean made = false;
        try {
            RunRecorder recorder = maker.make(lock);
            made = true;
            return recorder;
        } finally {
            if (!made) {
                lock.close();
            }
        }
    }

    /** Makes a recorder. */
    private interface Maker {
        RunRecorder make(FolderLock lock) throws IOException;
    }

    private static void requireFree(Path folder, String yaml, RunFacts facts, List<Intervention> past)
            throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(folder + " is a file, not a folder; choose another with --out.");
        }
        Path before = folder.resolve(RunFolder.EXPERIMENT);
        if (!Files.exists(before)) {
            requireNoRows(folder);
            return;
        }
        if (facts.parent() != null) {
            throw new BadInputException(
                    "The folder " + folder + " already holds a run; choose another with --out, or delete it.");
        }
        if (!Files.readString(before).equals(yaml)) {
            throw new BadInputException("The folder " + folder
                    + " already holds a run of another experiment; choose another with --out, or delete it.");
        }
        List<PlannedChange> planned = facts.plannedChanges();
        Path events = folder.resolve(RunFolder.EVENTS);
        for (Intervention made : Files.exists(events) ? RunFolder.readEvents(events) : List.<Intervention>of()) {
            if (!past.contains(made) && planned.stream().noneMatch(made::isMadeBy)) {
                throw new BadInputException(
                        "The folder " + folder + " already holds a run of this experiment with the intervention "
                                + made.step() + ":" + made.what() + "=" + made.to()
                                + ", which this run does not make; choose another with --out, or delete it.");
            }
        }
        RunFacts known = RunFacts.read(folder);
        if (known.format() > 0 && !known.planned().equals(facts.planned())) {
            throw new BadInputException("The folder " + folder
                    + " already holds a run of this experiment with other interventions; choose another with --out, or"
                    + " delete it.");
        }
    }

    /** A run that was ended while its folder was made leaves the lab's own files without a row. */
    private static void requireNoRows(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.anyMatch(file -> !isOwn(file))) {
                throw new BadInputException(
                        "The folder " + folder + " is not empty and holds no run; choose another with --out.");
            }
        }
        Path metrics = folder.resolve(RunFolder.METRICS);
        if (Files.isRegularFile(metrics) && MetricsCsv.wholeRows(metrics) > 0) {
            throw new BadInputException("The folder " + folder
                    + " holds the samples of a run without its experiment.yaml; choose another with --out.");
        }
    }

    /** What the user said of the run that is done again stays. */
    private static RunFacts keepWords(Path folder, RunFacts facts) {
        if (!Files.exists(folder.resolve(RunFolder.FACTS))) {
            return facts;
        }
        try {
            RunFacts before = RunFacts.read(folder);
            return facts.with(before.name(), before.tags(), before.note());
        } catch (BadInputException e) {
            return facts; // damaged: nothing to keep
        }
    }

    private static boolean isOwn(Path file) {
        String name = String.valueOf(file.getFileName());
        return OWN_FILES.contains(name)
                || OWN_FILES.stream().anyMatch(own -> name.equals("." + own + ".writing"))
                || name.equals("." + RunFolder.EXPERIMENT + ".writing");
    }

    private static void deleteOldCharts(Path folder) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder.resolve(RunFolder.CHARTS), "*.png")) {
            for (Path chart : old) {
                Files.delete(chart);
            }
        }
    }

    /** Where the run is. */
    public Path folder() {
        return folder;
    }

    /** Where the charts go. */
    public Path charts() {
        return folder.resolve(RunFolder.CHARTS);
    }

    /** Why the files can no longer be written; empty as long as they can. */
    public Optional<LabFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Says so where the files can no longer be written.
     *
     * @throws LabFailure with the sentence
     */
    public void requireHealthy() {
        LabFailure failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void work() {
        try {
            while (!closing) {
                follow();
                if (System.nanoTime() - checkpointDue >= 0) {
                    long start = System.nanoTime();
                    newest();
                    long cost = System.nanoTime() - start;
                    checkpointDue = System.nanoTime() + Math.max(CHECKPOINT_NANOS, TIMES_THE_COST * cost);
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (IOException e) {
            failure = failed(e);
        } catch (RuntimeException e) {
            failure = new LabFailure("The run's files in " + folder + " could not be written (" + e + ").", e);
        }
    }

    /** Interventions before the rows in which they are in force; both before the checkpoints that follow on them. */
    private void follow() throws IOException {
        List<Long> taken = newBeforeChanges();
        SampleLog log = run.log();
        long until = log.rows();
        List<Intervention> interventions = withThoseAhead(run.interventions(), until);
        if (!interventions.equals(eventsWritten)) {
            WholeFile.write(folder.resolve(RunFolder.EVENTS), RunFolder.events(interventions));
            eventsWritten = interventions;
        }
        if (until > written) {
            MetricsCsv.rows(metrics, log, written, until);
            metrics.flush();
            written = until;
        }
        sheets.follow(log, written);
        for (long step : taken) {
            write(step);
        }
    }

    /** An intervention that was on the disk before its row was: it will be made again when its step comes. */
    private List<Intervention> withThoseAhead(List<Intervention> made, long rows) {
        List<Intervention> all = new ArrayList<>(made);
        for (Intervention before : atStart) {
            if (before.step() >= rows && !made.contains(before)) {
                all.add(before);
            }
        }
        return all;
    }

    private List<Long> newBeforeChanges() {
        return run.checkpoints().beforeChanges().stream().filter(this::isNew).toList();
    }

    private boolean isNew(long step) {
        return checkpointsWritten.isEmpty() || step > checkpointsWritten.last();
    }

    private void newest() throws IOException {
        // One whose rows are not written yet waits; where training is fast there is always such a one.
        OptionalLong newest = run.checkpoints().steps().stream()
                .mapToLong(Long::longValue)
                .filter(step -> step <= written)
                .max();
        if (newest.isPresent() && isNew(newest.getAsLong())) {
            write(newest.getAsLong());
        }
    }

    private void write(long step) throws IOException {
        Checkpoint checkpoint = run.checkpoints().upTo(step).orElse(null);
        if (checkpoint != null && checkpoint.step() == step) { // otherwise it was given up meanwhile
            checkpoints.write(checkpoint, new HashSet<>(run.checkpoints().beforeChanges()));
            checkpointsWritten.add(step);
        }
    }

    /**
     * Writes what is left, the last checkpoint and the summary; for a run that does no further step.
     *
     * @throws LabFailure where it cannot be written
     */
    public void finish(Summary summary) {
        end();
        requireHealthy();
        try {
            follow();
            newest();
            WholeFile.write(folder.resolve(RunFolder.SUMMARY), RunFolder.json(summary));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void end() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private LabFailure failed(IOException e) {
        return new LabFailure(
                "The run's files in " + folder + " could not be written (" + IoReason.of(e)
                        + "); make room there, what was written before is kept.",
                e);
    }

    /** Ends the writing; a run without a summary counts as interrupted. */
    @Override
    public void close() {
        end();
        try (lock;
                sheets) {
            metrics.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
