package decaylab.ui.run;

import decaylab.chart.Palette;
import decaylab.experiment.Experiment;
import decaylab.store.RunFolder.StoredRun;
import decaylab.train.Change;
import decaylab.train.Command;
import decaylab.train.DataSource;
import decaylab.train.LiveRun;
import decaylab.train.RunState;
import decaylab.train.RunStatus;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a window. At most one of them trains, the current one. The training thread is never reached into: commands are
 * posted, and {@link #pulse} reads where the run stands.
 */
public final class LabSession implements AutoCloseable {
    private static final Duration LONGEST_FAREWELL = Duration.ofMillis(900);

    private final DataSource data;
    private final Notices notices;
    private final Texts texts;
    private final int threads;
    private final ObservableList<RunEntry> runs = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable RunEntry> current = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RunStatus> status = new ReadOnlyObjectWrapper<>();
    private final List<LiveRun> notEnded = new ArrayList<>();
    private double speedLimit = Double.POSITIVE_INFINITY;
    private long lastId;
    private boolean endTold = true;

    /**
     * @param data where runs get their data
     * @param notices told how runs end, and what was deleted
     * @param threads how many do the arithmetic of a run, 1 or 2
     */
    public LabSession(DataSource data, Notices notices, Texts texts, int threads) {
        this.threads = threads;
        this.data = data;
        this.notices = notices;
        this.texts = texts;
    }

    /** All runs, the oldest first. */
    public ObservableList<RunEntry> runs() {
        return runs;
    }

    /** The run that the controls steer; null before the first and after it was deleted. */
    public ReadOnlyObjectProperty<@Nullable RunEntry> current() {
        return current.getReadOnlyProperty();
    }

    /** Where the current run stood at the last pulse. */
    public ReadOnlyObjectProperty<@Nullable RunStatus> status() {
        return status.getReadOnlyProperty();
    }

    /** Ends the current run and gets another one ready, which then waits for {@link #play}. */
    public void prepare(Experiment experiment, String name) {
        RunEntry before = current.get();
        if (before != null) {
            post(new Command.Stop());
            if (before.log().rows() == 0) {
                runs.remove(before);
            }
        }
        LiveRun run = new LiveRun(experiment, List.of(), data, threads);
        notEnded.removeIf(other -> other.status().state().ended());
        notEnded.add(run);
        if (speedLimit < Double.POSITIVE_INFINITY) {
            run.post(new Command.LimitSpeed(speedLimit));
        }
        RunEntry entry = RunEntry.live(nextId(), freeName(name), freeColour(), run);
        endTold = false;
        runs.add(entry);
        current.set(entry);
        status.set(run.status());
    }

    /** Goes on; where the current run is over, the same one starts anew. */
    public void play() {
        RunStatus now = status.get();
        if (now != null && now.state().ended()) {
            restart();
        }
        post(new Command.Play());
    }

    /** Waits after the step that is being done. */
    public void pause() {
        post(new Command.Pause());
    }

    /** Does one step, then waits. */
    public void step() {
        post(new Command.Advance(1));
    }

    /** Ends the current run for good. */
    public void stop() {
        post(new Command.Stop());
    }

    /** The same experiment from its start. */
    public void restart() {
        RunEntry entry = current.get();
        if (entry != null) {
            prepare(entry.experiment(), entry.name());
        }
    }

    /** The same experiment with the next seed that no run here has used. */
    public void restartWithNewSeed() {
        RunEntry entry = current.get();
        if (entry != null) {
            long largest = runs.stream()
                    .mapToLong(run -> run.experiment().seed())
                    .max()
                    .orElse(entry.experiment().seed());
            prepare(entry.experiment().withSeed(largest == Long.MAX_VALUE ? 0 : largest + 1), entry.name());
        }
    }

    /** Makes a change in the current run, in force on its next mini-batch. */
    public void change(Change change) {
        post(new Command.Intervene(change));
    }

    /**
     * Bounds the speed of this run and of those that follow.
     *
     * @param stepsPerSecond positive; infinite for no bound
     */
    public void limitSpeed(double stepsPerSecond) {
        speedLimit = stepsPerSecond;
        post(new Command.LimitSpeed(stepsPerSecond));
    }

    /** Lays a run from a folder over the others. */
    public void open(StoredRun stored) {
        java.nio.file.Path name = stored.folder().getFileName();
        runs.add(RunEntry.stored(
                nextId(), freeName(name == null ? stored.folder().toString() : name.toString()), freeColour(), stored));
    }

    /** Takes a run off the list; one that trains is stopped. The notice offers to bring it back. */
    public void remove(RunEntry entry) {
        int place = runs.indexOf(entry);
        if (place < 0) {
            return;
        }
        boolean wasCurrent = entry == current.get();
        if (wasCurrent) {
            post(new Command.Stop());
            endTold = true;
            current.set(null);
            status.set(null);
        }
        runs.remove(entry);
        notices.tellWithUndo(texts.of("runs.deleted", entry.name()), () -> {
            if (!runs.contains(entry)) {
                runs.add(Math.min(place, runs.size()), entry);
                if (wasCurrent && current.get() == null) {
                    current.set(entry);
                    pulse();
                }
            }
        });
    }

    /** Reads where the current run stands. */
    public void pulse() {
        RunEntry entry = current.get();
        if (entry == null) {
            return;
        }
        RunStatus now = entry.live().map(LiveRun::status).orElse(null);
        status.set(now);
        if (now != null && now.state().ended() && !endTold) {
            endTold = true;
            if (now.state() == RunState.DIVERGED || now.state() == RunState.FAILED) {
                notices.warn(String.valueOf(now.problem()));
            }
        }
    }

    /** How many steps an epoch of the current run has, once its data is there. */
    public Optional<Long> stepsPerEpoch() {
        RunEntry entry = current.get();
        return entry == null
                ? Optional.empty()
                : entry.live().flatMap(LiveRun::data).map(set -> {
                    long batch = entry.experiment().batchSize();
                    return (set.trainSize() + batch - 1) / batch;
                });
    }

    /** Ends whatever trains; its threads are done within a second. */
    @Override
    public void close() {
        notEnded.forEach(run -> run.post(new Command.Stop()));
        long until = System.nanoTime() + LONGEST_FAREWELL.toNanos();
        for (LiveRun run : notEnded) {
            try {
                run.awaitEnd(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        notEnded.clear();
    }

    private void post(Command command) {
        RunEntry entry = current.get();
        if (entry != null) {
            entry.live().ifPresent(run -> run.post(command));
        }
    }

    private String nextId() {
        lastId++;
        return "run" + lastId;
    }

    /** The colour that the fewest runs have. */
    private int freeColour() {
        return IntStream.range(0, Palette.size())
                .boxed()
                .min((a, b) -> Long.compare(uses(a), uses(b)))
                .orElse(0);
    }

    private long uses(int colour) {
        return runs.stream().filter(run -> run.colour() == colour).count();
    }

    private String freeName(String wanted) {
        String base = wanted.replaceFirst(" \\(\\d+\\)$", "");
        String name = base;
        for (int i = 2; isTaken(name); i++) {
            name = base + " (" + i + ")";
        }
        return name;
    }

    private boolean isTaken(String name) {
        return runs.stream().anyMatch(run -> run.name().equals(name));
    }
}
