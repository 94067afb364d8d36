package decaylab.ui.run;

import decaylab.experiment.Durations;
import decaylab.train.RunState;
import decaylab.train.RunStatus;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.Locale;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** The line at the foot of the window: state, step, speed, time left and the experiment. */
public final class StatusModel {
    private final LabSession session;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<RunState> state = new ReadOnlyObjectWrapper<>(RunState.PREPARING);
    private final ReadOnlyStringWrapper stateText = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper speed = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper left = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper experiment = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();

    public StatusModel(LabSession session, Texts texts) {
        this.session = session;
        this.texts = texts;
    }

    public ReadOnlyObjectProperty<RunState> state() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty stateText() {
        return stateText.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty step() {
        return step.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty speed() {
        return speed.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty left() {
        return left.getReadOnlyProperty();
    }

    /** The experiment in one line. */
    public ReadOnlyStringProperty experiment() {
        return experiment.getReadOnlyProperty();
    }

    /** Share of the steps that are done, in [0, 1]. */
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /** Shows where the run stands. */
    public void pulse() {
        RunEntry entry = session.current().get();
        RunStatus status = session.status().get();
        if (entry == null || status == null) {
            stateText.set(texts.of("status.noRun"));
            step.set("");
            speed.set("");
            left.set("");
            experiment.set("");
            progress.set(0);
            return;
        }
        state.set(status.state());
        stateText.set(stateText(texts, status.state()));
        String steps = texts.of(
                "status.step",
                Numbers.count(status.step()),
                Numbers.count(entry.experiment().steps()));
        step.set(session.stepsPerEpoch()
                .map(perEpoch -> steps + texts.of("status.epoch", Numbers.count(status.step() / perEpoch)))
                .orElse(steps));
        boolean runs = status.state() == RunState.RUNNING;
        speed.set(runs ? texts.of("status.speed", Numbers.count(Math.round(status.stepsPerSecond()))) : "");
        left.set(
                runs && !Double.isNaN(status.secondsLeft())
                        ? texts.of(
                                "status.left",
                                Durations.inWords(
                                        status.secondsLeft(),
                                        texts.of("unit.second"),
                                        texts.of("unit.minute"),
                                        texts.of("unit.hour")))
                        : "");
        experiment.set(entry.experiment().summary());
        progress.set((double) status.step() / entry.experiment().steps());
    }

    /** A state in one word. */
    static String stateText(Texts texts, RunState state) {
        return texts.of("state." + state.name().toLowerCase(Locale.ROOT));
    }
}
