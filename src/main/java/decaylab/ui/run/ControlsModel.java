package decaylab.ui.run;

import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.train.RunState;
import decaylab.train.RunStatus;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** What steers the current run: the decay switch, lambda, the learning rate, play and pause. */
public final class ControlsModel {
    private static final LogScale LAMBDA = new LogScale(-6, 0);
    private static final LogScale LEARNING_RATE = new LogScale(-5, 1);

    private final LabSession session;
    private final Texts texts;
    private final LiveValue lambda;
    private final LiveValue learningRate;
    private final ReadOnlyObjectWrapper<Gate> gate = new ReadOnlyObjectWrapper<>(Gate.AUTO);
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper decaying = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper changeable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper decayChangeable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper present = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper decayNote = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper learningRateNote = new ReadOnlyStringWrapper("");
    private @Nullable Gate asked;
    private boolean playAsked;

    /**
     * @param clock nanoseconds
     */
    public ControlsModel(LabSession session, Texts texts, LongSupplier clock) {
        this.session = session;
        this.texts = texts;
        lambda = new LiveValue("lambda", LAMBDA, session::change, clock);
        learningRate = new LiveValue("lr", LEARNING_RATE, session::change, clock);
        session.current().addListener((observable, before, now) -> another(now));
        another(session.current().get());
    }

    /** Position of the switch: what was asked for last. */
    public ReadOnlyObjectProperty<Gate> gate() {
        return gate.getReadOnlyProperty();
    }

    /** Whether it trains, or will as soon as it is ready. */
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /** Whether the next step decays. */
    public ReadOnlyBooleanProperty decaying() {
        return decaying.getReadOnlyProperty();
    }

    /** Whether there is a run at all. */
    public ReadOnlyBooleanProperty present() {
        return present.getReadOnlyProperty();
    }

    /** Whether the current run still takes changes. */
    public ReadOnlyBooleanProperty changeable() {
        return changeable.getReadOnlyProperty();
    }

    /** Whether changes to the decay can have an effect. */
    public ReadOnlyBooleanProperty decayChangeable() {
        return decayChangeable.getReadOnlyProperty();
    }

    /** The decay in force, or why there is none. */
    public ReadOnlyStringProperty decayNote() {
        return decayNote.getReadOnlyProperty();
    }

    /** The learning rate in force. */
    public ReadOnlyStringProperty learningRateNote() {
        return learningRateNote.getReadOnlyProperty();
    }

    public LiveValue lambda() {
        return lambda;
    }

    public LiveValue learningRate() {
        return learningRate;
    }

    /** Puts the switch. */
    public void switchTo(Gate position) {
        if (!decayChangeable.get() || position == gate.get()) {
            return;
        }
        asked = position;
        gate.set(position);
        session.change(new Change.SetGate(position));
    }

    /** What the key does: off where decay is in force, else on. */
    public void toggleDecay() {
        boolean on = asked == null ? decaying.get() : asked != Gate.OFF;
        switchTo(on ? Gate.OFF : Gate.ON);
    }

    /** Plays or pauses. */
    public void togglePlay() {
        if (running.get()) {
            playAsked = false;
            session.pause();
        } else {
            session.play(); // where the run is over, another becomes current, which forgets what was asked
            playAsked = true;
        }
        pulse();
    }

    /** Does one step. */
    public void step() {
        playAsked = false;
        session.step();
    }

    /** Shows where the run stands. */
    public void pulse() {
        RunEntry entry = session.current().get();
        RunStatus status = session.status().get();
        if (entry == null || status == null) {
            return;
        }
        Experiment experiment = entry.experiment();
        RunState state = status.state();
        if (state != RunState.PREPARING) {
            playAsked = false;
        }
        running.set(state == RunState.RUNNING || state == RunState.PREPARING && playAsked);
        changeable.set(!state.ended());
        boolean decays = experiment.decay().entry() != DecayEntry.NONE;
        decayChangeable.set(!state.ended() && decays);
        if (asked != null && (asked == status.gate() || state.ended())) {
            asked = null;
        }
        if (asked == null) {
            gate.set(status.gate());
        }
        decaying.set(decays && status.decay() > 0);
        lambda.pulse(status.lambdaBase());
        learningRate.pulse(status.learningRateBase());
        decayNote.set(decayNote(status, decays));
        learningRateNote.set(
                state == RunState.PREPARING
                        ? texts.of("controls.preparing")
                        : texts.of("controls.inForce", Numbers.rounded(status.learningRate(), 3)));
    }

    private String decayNote(RunStatus status, boolean decays) {
        if (!decays) {
            return texts.of("controls.noEntry");
        }
        if (status.state() == RunState.PREPARING) {
            return texts.of("controls.preparing");
        }
        if (status.decay() > 0) {
            return texts.of("controls.inForce", Numbers.rounded(status.decay(), 3));
        }
        if (status.gate() == Gate.OFF) {
            return texts.of("controls.switchedOff");
        }
        return texts.of(status.lambdaBase() == 0 ? "controls.lambdaZero" : "controls.scheduledOff");
    }

    private void another(@Nullable RunEntry entry) {
        asked = null;
        playAsked = false;
        present.set(entry != null);
        if (entry == null) {
            running.set(false);
            changeable.set(false);
            decayChangeable.set(false);
            decaying.set(false);
            decayNote.set(texts.of("controls.noRun"));
            learningRateNote.set("");
            return;
        }
        Experiment experiment = entry.experiment();
        gate.set(experiment.decay().gate());
        lambda.reset(experiment.decay().lambda());
        learningRate.reset(experiment.optimizer().learningRate());
    }
}
