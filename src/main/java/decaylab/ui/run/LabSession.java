package decaylab.ui.run;

import decaylab.chart.Palette;
import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.PlannedChange;
import decaylab.store.RunFolder.StoredRun;
import decaylab.train.Command;
import decaylab.train.DataSource;
import decaylab.train.Intervention;
import decaylab.train.LiveRun;
import decaylab.train.Origin;
import decaylab.train.RunState;
import decaylab.train.RunStatus;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a window. At most one of them trains, the current one, and those that do the same steps beside it. A training
 * thread is never reached into: commands are posted, and {@link #pulse} reads where the run stands.
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
    private final BooleanProperty twinning = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<@Nullable TwinPair> pair = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RunEntry> beside = new ReadOnlyObjectWrapper<>();
    private final List<RunEntry> companions = new ArrayList<>();
    private LongUnaryOperator stops = from -> Long.MAX_VALUE;
    private int interventionsSeen;
    private double speedLimit = Double.POSITIVE_INFINITY;
    private final Map<Instrument, Integer> watched = new EnumMap<>(Instrument.class);
    private double overheadLimit = Double.POSITIVE_INFINITY;
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

    /** Whether an intervention has a twin go on without it. */
    public BooleanProperty twinning() {
        return twinning;
    }

    /** The current run and its twin; null where none is compared. */
    public ReadOnlyObjectProperty<@Nullable TwinPair> pair() {
        return pair.getReadOnlyProperty();
    }

    /** The run that does the current one's steps with another experiment; null where there is none. */
    public ReadOnlyObjectProperty<@Nullable RunEntry> beside() {
        return beside.getReadOnlyProperty();
    }

    /**
     * Has another experiment do the steps of the current run, from the first one on and with the changes made so far; both are
     * drawn. Changes that follow are the current run's alone.
     *
     * @param other what differs may not be data, seed or batch size, or the batches differ
     */
    public void runBeside(Experiment other, String name) {
        RunEntry entry = current.get();
        LiveRun run = entry == null ? null : entry.live().orElse(null);
        if (entry == null || run == null) {
            return;
        }
        endPair();
        beside.set(accompany(run, other, changes(entry), name));
    }

    private RunEntry accompany(LiveRun run, Experiment other, List<PlannedChange> planned, String name) {
        LiveRun made = run.beside(other.withInterventions(List.of()), planned);
        equip(made);
        notEnded.add(made);
        RunEntry added = RunEntry.live(nextId(), freeName(name), freeColour(), made, null);
        runs.add(added);
        companions.add(added);
        return added;
    }

    /**
     * Ends the current run and gets several ready that do the same steps side by side: the first is the current one, the others
     * wait where it does, and it for them. All wait for {@link #play}.
     *
     * @param experiments two or more; what differs may not be data, seed or batch size, or the batches differ
     * @param names one each
     * @return the runs, in their order
     */
    public List<RunEntry> race(List<Experiment> experiments, List<String> names) {
        prepare(experiments.get(0), names.get(0));
        RunEntry first = Objects.requireNonNull(current.get());
        LiveRun leader = first.live().orElseThrow();
        List<RunEntry> all = new ArrayList<>(List.of(first));
        for (int i = 1; i < experiments.size(); i++) {
            Experiment other = experiments.get(i);
            all.add(accompany(leader, other, other.interventions(), names.get(i)));
        }
        return all;
    }

    /** Ends the current run and gets another one ready, which then waits for {@link #play}. */
    public void prepare(Experiment experiment, String name) {
        leave();
        LiveRun run = new LiveRun(experiment, experiment.interventions(), data, threads);
        enter(run, RunEntry.live(nextId(), freeName(name), freeColour(), run, null));
    }

    /**
     * Ends the current run and gets a branch of some run ready, which then waits for {@link #play}. What is replaced by it keeps
     * its samples; a branch that did nothing of its own makes room.
     *
     * @param from whose past it shares
     * @param step its first own step, at most the rows of that run
     * @param planned changes that are due at their steps, at that step or later
     */
    public void branch(RunEntry from, long step, List<PlannedChange> planned) {
        RunEntry root = from;
        while (root.parent().isPresent() && step <= root.fork()) {
            root = root.parent().get();
        }
        Origin origin = root.pastUntil(step, notices::warn);
        leave();
        Experiment experiment = from.experiment().withInterventions(List.of()); // they are those of the past
        LiveRun run = LiveRun.branch(experiment, origin, planned, data, threads);
        enter(run, RunEntry.live(nextId(), freeName(from.name()), freeColour(), run, root));
    }

    /** Has the current run's past end at a step, which is then its next; the run itself keeps its samples. */
    public void rewind(long step) {
        RunEntry entry = current.get();
        if (entry != null && entry.log().rows() > 0) {
            long to = Math.max(0, Math.min(step, entry.log().rows()));
            if (to < entry.log().rows()) {
                branch(entry, to, List.of());
            }
        }
    }

    /** One step backwards. */
    public void stepBack() {
        RunEntry entry = current.get();
        if (entry != null) {
            rewind(entry.log().rows() - 1);
        }
    }

    /** Takes back the newest intervention of the current run: goes back to its step and on without it. */
    public void undo() {
        RunEntry entry = current.get();
        if (entry != null && !entry.interventions().isEmpty()) {
            List<PlannedChange> changes = changes(entry);
            rerun(changes.subList(0, changes.size() - 1));
        }
    }

    /** The changes of a run that were made. */
    public static List<PlannedChange> changes(RunEntry entry) {
        return entry.interventions().stream().map(Intervention::planned).toList();
    }

    /**
     * Does the current run again with other changes, from the first step where they differ, and goes on from there.
     *
     * @param wanted all changes, in the order in which they are to be made
     */
    public void rerun(List<PlannedChange> wanted) {
        RunEntry entry = current.get();
        if (entry == null) {
            return;
        }
        List<PlannedChange> made = changes(entry);
        List<PlannedChange> sorted = wanted.stream()
                .sorted(Comparator.comparingLong(PlannedChange::step))
                .toList();
        int same = 0;
        while (same < made.size() && same < sorted.size() && made.get(same).equals(sorted.get(same))) {
            same++;
        }
        long from = Math.min(
                same < made.size() ? made.get(same).step() : Long.MAX_VALUE,
                same < sorted.size() ? sorted.get(same).step() : Long.MAX_VALUE);
        if (from < Long.MAX_VALUE) {
            branch(
                    entry,
                    Math.min(from, entry.log().rows()),
                    sorted.stream().filter(change -> change.step() >= from).toList());
            play();
        }
    }

    /** Makes a branch at the end of a run current, so that it goes on, or can be rewound. */
    public void goBackTo(RunEntry entry) {
        if (entry != current.get() && entry.log().rows() > 0) {
            branch(entry, entry.log().rows(), List.of());
        }
    }

    /** Goes on with a run from its folder that was interrupted; it then waits for {@link #play}. */
    public void resume(StoredRun before) {
        leave();
        long rows = before.log().rows();
        LiveRun run = LiveRun.branch(
                before.experiment(), before.pastUntil(rows, notices::warn), before.changesFrom(rows), data, threads);
        enter(run, RunEntry.resumed(nextId(), freeName(before.facts().name()), freeColour(), run, before));
    }

    /** Ends what trains. */
    private void leave() {
        RunEntry before = current.get();
        endPair();
        if (before != null) {
            post(new Command.Stop());
            if (!before.hasOwnPast()) {
                runs.remove(before);
            }
        }
    }

    private void enter(LiveRun run, RunEntry entry) {
        notEnded.removeIf(other -> other.status().state().ended());
        notEnded.add(run);
        if (speedLimit < Double.POSITIVE_INFINITY) {
            run.post(new Command.LimitSpeed(speedLimit));
        }
        equip(run);
        endTold = false;
        interventionsSeen = entry.interventions().size();
        runs.add(entry);
        current.set(entry);
        status.set(run.status());
    }

    /** Turns on what the window watches; what the experiment itself asks for stays on. */
    private void equip(LiveRun run) {
        watched.forEach((instrument, interval) -> {
            if (interval > 0) {
                run.post(new Command.Watch(instrument, interval));
            }
        });
        run.post(new Command.LimitOverhead(overheadLimit));
    }

    /** Stops the twin, or the runs beside, which stay in the list. */
    private void endPair() {
        TwinPair ended = pair.get();
        if (ended != null) {
            ended.twin().live().ifPresent(twin -> twin.post(new Command.Stop()));
            ended.twin().rival().set(null);
            pair.set(null);
        }
        toCompanions(new Command.Stop());
        companions.clear();
        beside.set(null);
    }

    private void toCompanions(Command command) {
        companions.forEach(other -> other.live().ifPresent(run -> run.post(command)));
    }

    /** Has a twin go on without what was just changed. */
    private void twin(RunEntry entry, LiveRun run) {
        List<Intervention> made = run.interventions();
        int before = interventionsSeen;
        interventionsSeen = made.size();
        if (!twinning.get() || made.size() <= before) {
            return;
        }
        Intervention cause = made.get(made.size() - 1);
        TwinPair now = pair.get();
        if (now != null && now.fork() == cause.step()) {
            return; // changed again before it went on: the twin is still the one without any of it
        }
        endPair();
        LiveRun twin = run.twin(entry.pastUntil(cause.step(), notices::warn), List.of());
        equip(twin);
        notEnded.add(twin);
        String name = texts.name("runs.twinName", entry.name(), cause.brief());
        RunEntry other = RunEntry.live(nextId(), freeName(name), freeColour(), twin, entry);
        other.rival().set(entry);
        runs.add(other);
        pair.set(new TwinPair(entry, other, cause));
    }

    /** Goes on; where the current run is over, the same one starts anew. */
    public void play() {
        RunStatus now = status.get();
        if (now != null && now.state().ended()) {
            restart();
        }
        RunEntry entry = current.get();
        LiveRun run = entry == null ? null : entry.live().orElse(null);
        boolean racing = !companions.isEmpty() && beside.get() == null; // a race goes to its end
        long stop = run == null || racing
                ? Long.MAX_VALUE
                : stops.applyAsLong(run.status().step());
        post(stop == Long.MAX_VALUE ? new Command.Play() : new Command.PlayTo(stop));
    }

    /**
     * Has the current run wait by itself at some steps.
     *
     * @param nextStop given the step where it goes on, the next one to wait at; {@link Long#MAX_VALUE} for none
     */
    public void waitAt(LongUnaryOperator nextStop) {
        stops = nextStop;
    }

    /** Whether the current run waits by itself once so many steps are done. */
    public boolean waitsAt(long step) {
        return stops.applyAsLong(step - 1) == step;
    }

    /** Waits after the step that is being done. */
    public void pause() {
        post(new Command.Pause());
    }

    /** Does one step, then waits. */
    public void step() {
        post(new Command.Advance(1));
    }

    /** Ends the current run for good, and those that race with it. */
    public void stop() {
        if (beside.get() == null) {
            toCompanions(new Command.Stop()); // first: once the run that they follow has ended, nothing holds them back
        }
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

    /**
     * Turns an instrument on or off, in this run and in those that follow.
     *
     * @param interval every how many steps it is taken; 0 turns it off
     */
    public void watch(Instrument instrument, int interval) {
        watched.put(instrument, interval);
        Command watch = new Command.Watch(instrument, interval);
        post(watch);
        toCompanions(watch);
    }

    /**
     * Bounds what measuring may cost, in this run and in those that follow.
     *
     * @param most fraction of the time that steps take without it; infinite for no bound
     */
    public void limitOverhead(double most) {
        overheadLimit = most;
        post(new Command.LimitOverhead(most));
    }

    /** Lays a run from a folder over the others. */
    public void open(StoredRun stored) {
        runs.add(RunEntry.stored(nextId(), freeName(stored.facts().name()), freeColour(), stored));
    }

    /** Shows a run that is in the list already; false where none of that folder is. */
    public boolean showStored(Path folder) {
        for (RunEntry entry : runs) {
            if (entry.stored().filter(run -> run.folder().equals(folder)).isPresent()) {
                entry.visibleProperty().set(true);
                return true;
            }
        }
        return false;
    }

    /** Takes a run off the list; one that trains is stopped. The notice offers to bring it back. */
    public void remove(RunEntry entry) {
        int place = runs.indexOf(entry);
        if (place < 0) {
            return;
        }
        boolean wasCurrent = entry == current.get();
        TwinPair compared = pair.get();
        if (wasCurrent || compared != null && compared.twin() == entry || beside.get() == entry) {
            endPair();
        } else if (companions.remove(entry)) {
            entry.live().ifPresent(run -> run.post(new Command.Stop()));
        }
        if (wasCurrent) {
            post(new Command.Stop());
            endTold = true;
            current.set(null);
            status.set(null);
        }
        runs.remove(entry);
        notices.tellWithUndo(texts.of("runs.takenOff", entry.name()), () -> {
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
        entry.live().ifPresent(run -> twin(entry, run));
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
