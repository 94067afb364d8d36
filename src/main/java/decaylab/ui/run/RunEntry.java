package decaylab.ui.run;

import decaylab.experiment.Experiment;
import decaylab.instrument.SampleLog;
import decaylab.store.RunFolder.StoredRun;
import decaylab.train.Intervention;
import decaylab.train.LiveRun;
import decaylab.train.RunState;
import decaylab.ui.chart.ChartRun;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** A run that the window knows: the one that trains or trained here, or one that was opened from its folder. */
public final class RunEntry implements ChartRun {
    private final String id;
    private final int colour;
    private final StringProperty name = new SimpleStringProperty();
    private final BooleanProperty visible = new SimpleBooleanProperty(true);
    private final @Nullable LiveRun live;
    private final @Nullable StoredRun stored;
    private final Experiment experiment;

    private RunEntry(
            String id,
            String name,
            int colour,
            Experiment experiment,
            @Nullable LiveRun live,
            @Nullable StoredRun stored) {
        this.id = id;
        this.name.set(name);
        this.colour = colour;
        this.experiment = experiment;
        this.live = live;
        this.stored = stored;
    }

    static RunEntry live(String id, String name, int colour, LiveRun run) {
        return new RunEntry(id, name, colour, run.experiment(), run, null);
    }

    static RunEntry stored(String id, String name, int colour, StoredRun run) {
        return new RunEntry(id, name, colour, run.experiment(), null, run);
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

    /** The run itself where it trains or trained in this window. */
    public Optional<LiveRun> live() {
        return Optional.ofNullable(live);
    }

    @Override
    public SampleLog log() {
        return live != null ? live.log() : requireStored().log();
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
