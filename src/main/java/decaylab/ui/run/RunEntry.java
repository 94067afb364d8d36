package decaylab.ui.run;

import decaylab.experiment.Experiment;
import decaylab.instrument.SampleLog;
import decaylab.store.Fingerprint;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.Summary;
import decaylab.train.Checkpoint;
import decaylab.train.Intervention;
import decaylab.train.LiveRun;
import decaylab.train.Origin;
import decaylab.train.RunState;
import decaylab.ui.chart.ChartRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** A run that the window knows: the one that trains or trained here, or one that was opened from its folder. */
public final class RunEntry implements ChartRun {
    private final String id;
    private final int colour;
    private final StringProperty name = new SimpleStringProperty();
    private final BooleanProperty visible = new SimpleBooleanProperty(true);
    private final ObjectProperty<@Nullable RunEntry> rival = new SimpleObjectProperty<>();
    private final @Nullable LiveRun live;
    private final @Nullable StoredRun stored;
    private final @Nullable RunEntry parent;
    /** Steps of the checkpoints that were on the disk when it was read. */
    private final List<Long> storedCheckpoints;

    private final Experiment experiment;

    private RunEntry(
            String id,
            String name,
            int colour,
            Experiment experiment,
            @Nullable LiveRun live,
            @Nullable StoredRun stored,
            @Nullable RunEntry parent) {
        this.id = id;
        this.name.set(name);
        this.colour = colour;
        this.experiment = experiment;
        this.live = live;
        this.stored = stored;
        this.parent = parent;
        storedCheckpoints = stored == null ? List.of() : stored.checkpoints().steps();
    }

    /** A run that trains in this window; its parent is the run that it branched from. */
    static RunEntry live(String id, String name, int colour, LiveRun run, @Nullable RunEntry parent) {
        return new RunEntry(id, name, colour, run.experiment(), run, null, parent);
    }

    /** A run from its folder. */
    static RunEntry stored(String id, String name, int colour, StoredRun run) {
        return new RunEntry(id, name, colour, run.experiment(), null, run, null);
    }

    /** A run from its folder that goes on in this window. */
    static RunEntry resumed(String id, String name, int colour, LiveRun run, StoredRun before) {
        return new RunEntry(id, name, colour, run.experiment(), run, before, null);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name.get();
    }

    /** Its name, which the user may change. */
    public StringProperty nameProperty() {
        return name;
    }

    /** Whether the charts show it. */
    public BooleanProperty visibleProperty() {
        return visible;
    }

    @Override
    public int colour() {
        return colour;
    }

    @Override
    public Experiment experiment() {
        return experiment;
    }

    /** The run from its folder, where it comes from there. */
    public Optional<StoredRun> stored() {
        return Optional.ofNullable(stored);
    }

    /** Steps of the checkpoints that were on the disk when it was read; empty where it does not come from there. */
    List<Long> storedCheckpoints() {
        return storedCheckpoints;
    }

    /** The run that it branched from. */
    public Optional<RunEntry> parent() {
        return Optional.ofNullable(parent);
    }

    /** The run that it is compared with as its twin; null for none. */
    ObjectProperty<@Nullable RunEntry> rival() {
        return rival;
    }

    @Override
    public long fork() {
        return parent == null || live == null
                ? 0
                : live.origin().map(Origin::step).orElse(0L);
    }

    @Override
    public Optional<String> parentId() {
        return parent().map(RunEntry::id);
    }

    @Override
    public Optional<String> comparedWith() {
        return Optional.ofNullable(rival.get()).map(RunEntry::id);
    }

    /** Whether it has a step or an intervention that no other run has. */
    boolean hasOwnPast() {
        return log().rows() > fork() || interventions().stream().anyMatch(made -> made.step() >= fork());
    }

    /**
     * Its past, for a branch. What it shares with its parent comes from there, where the checkpoints are.
     *
     * @param step the branch's first own step, at most the number of rows
     * @param damaged receives a sentence for each checkpoint on the disk that cannot be used
     */
    public Origin pastUntil(long step, Consumer<String> damaged) {
        if (parent != null && step <= fork()) {
            return parent.pastUntil(step, damaged);
        }
        if (live != null
                && (stored == null || live.checkpoints().steps().stream().anyMatch(kept -> kept <= step))) {
            return live.pastUntil(step);
        }
        return requireStored().pastUntil(step, damaged);
    }

    /**
     * Its newest state: of a run that goes on as it is now, else its last checkpoint. Waits for a step that is under way.
     *
     * @throws InterruptedException where the waiting thread was asked to end
     */
    public Optional<Checkpoint> newest() throws InterruptedException {
        if (live != null && !live.status().state().ended()) {
            try {
                return Optional.of(live.checkpoint().get());
            } catch (ExecutionException e) {
                // It ended meanwhile.
            }
        }
        return Optional.ofNullable(pastUntil(log().rows(), damaged -> {}).checkpoint());
    }

    /** The run itself where it trains or trained in this window. */
    public Optional<LiveRun> live() {
        return Optional.ofNullable(live);
    }

    @Override
    public SampleLog log() {
        return live != null ? live.log() : requireStored().log();
    }

    /** Of a run that trained here this machine's, of one from its folder what its summary says. */
    @Override
    public Map<String, String> fingerprint() {
        Summary summary = stored == null ? null : stored.summary();
        if (summary != null) {
            return summary.fingerprint();
        }
        return live == null ? Map.of() : Fingerprint.here(experiment);
    }

    @Override
    public List<Intervention> interventions() {
        return live != null ? live.interventions() : requireStored().interventions();
    }

    /** A run from a folder is over; which end it had, only its summary would know. */
    @Override
    public RunState state() {
        if (live != null) {
            return live.status().state();
        }
        return log().rows() >= experiment.steps() ? RunState.FINISHED : RunState.STOPPED;
    }

    @Override
    public Optional<String> problem() {
        return live == null
                ? Optional.empty()
                : Optional.ofNullable(live.status().problem());
    }

    private StoredRun requireStored() {
        if (stored == null) {
            throw new IllegalStateException("neither live nor stored");
        }
        return stored;
    }
}
