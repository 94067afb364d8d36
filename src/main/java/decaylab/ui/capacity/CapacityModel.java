package decaylab.ui.capacity;

import decaylab.experiment.BallSpec;
import decaylab.experiment.Change;
import decaylab.experiment.Constraint;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.CapacityMeter;
import decaylab.net.LayerNames;
import decaylab.train.RunStatus;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.InstrumentsModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.LiveValue;
import decaylab.ui.run.LogScale;
import decaylab.ui.run.RunEntry;
import java.util.function.LongSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** The current run's norms and its bound, pulled a few times a second, and the ball that it can be put into while it trains. */
public final class CapacityModel {
    private static final long LEAST_NANOS = 100_000_000L;
    private static final LogScale RADIUS = new LogScale(-1, 2);

    private final LabSession session;
    private final InstrumentsModel instruments;
    private final Texts texts;
    private final LiveValue radius;
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown");
    private final ReadOnlyBooleanWrapper possible = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper changeable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Constraint> constraint = new ReadOnlyObjectWrapper<>(Constraint.NONE);
    private final ReadOnlyObjectWrapper<@Nullable CapacityPicture> picture = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private @Nullable RunEntry current;
    private @Nullable Constraint asked;
    private long lastLook;
    private long rowsSeen = -1;
    private BallSpec ballSeen = BallSpec.defaults();

    /** @param clock nanoseconds */
    public CapacityModel(LabSession session, InstrumentsModel instruments, Texts texts, LongSupplier clock) {
        this.session = session;
        this.instruments = instruments;
        this.texts = texts;
        radius = new LiveValue("radius", RADIUS, session::change, clock);
        shown.addListener((observable, before, now) -> {
            if (now) {
                instruments.needs().add(Instrument.CAPACITY);
            } else {
                instruments.needs().remove(Instrument.CAPACITY);
            }
        });
        note.set(texts.of("capacity.none"));
    }

    /** Whether the view is on screen; then the instrument is on. */
    public BooleanProperty shown() {
        return shown;
    }

    /** Whether the current run is one whose norms give a bound: dense rectified units on examples, without normalisation. */
    public ReadOnlyBooleanProperty possible() {
        return possible.getReadOnlyProperty();
    }

    /** Whether the ball can be changed. */
    public ReadOnlyBooleanProperty changeable() {
        return changeable.getReadOnlyProperty();
    }

    /** The ball: what was asked for last. */
    public ReadOnlyObjectProperty<Constraint> constraint() {
        return constraint.getReadOnlyProperty();
    }

    /** Its radius c. */
    public LiveValue radius() {
        return radius;
    }

    /** What is there to be drawn; null where there is nothing. */
    ReadOnlyObjectProperty<@Nullable CapacityPicture> picture() {
        return picture.getReadOnlyProperty();
    }

    /** What the numbers are, or why there are none. */
    public ReadOnlyStringProperty note() {
        return note.getReadOnlyProperty();
    }

    /** Puts the current run into another ball, or lets its weights go. */
    public void choose(Constraint wanted) {
        if (changeable.get() && wanted != constraint.get()) {
            asked = wanted;
            constraint.set(wanted);
            session.change(new Change.SetConstraint(wanted));
        }
    }

    /**
     * Reads the current run.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        RunEntry entry = session.current().get();
        if (entry != current) {
            begin(entry);
        }
        if (entry == null || !shown.get()) {
            return;
        }
        RunStatus status = session.status().get();
        BallSpec ball = status == null
                ? entry.experiment().decay().ball()
                : status.inForce().decay().ball();
        boolean dense = CapacityMeter.refusal(entry.experiment().network()).isEmpty();
        boolean over = status == null || status.state().ended();
        changeable.set(dense && !over);
        if (asked != null && (asked == ball.constraint() || over)) {
            asked = null;
        }
        if (asked == null) {
            constraint.set(ball.constraint());
        }
        radius.pulse(ball.radius());
        SampleLog sheet = entry.log().sheet(Instrument.CAPACITY);
        boolean fresh = sheet.rows() != rowsSeen || !ball.equals(ballSeen);
        if (fresh && now - lastLook >= LEAST_NANOS) {
            lastLook = now;
            rowsSeen = sheet.rows();
            ballSeen = ball;
            show(entry.experiment(), sheet, ball);
        }
    }

    private void begin(@Nullable RunEntry entry) {
        current = entry;
        asked = null;
        rowsSeen = -1;
        lastLook = 0;
        picture.set(null);
        possible.set(entry != null && isBounded(entry.experiment()));
        changeable.set(false);
        BallSpec ball =
                entry == null ? BallSpec.defaults() : entry.experiment().decay().ball();
        constraint.set(ball.constraint());
        radius.reset(ball.radius());
        note.set(texts.of("capacity.none"));
    }

    private static boolean isBounded(Experiment experiment) {
        return experiment.environment().isEmpty()
                && CapacityMeter.refusal(experiment.network()).isEmpty()
                && CapacityMeter.unbounded(experiment.network()).isEmpty();
    }

    private void show(Experiment experiment, SampleLog sheet, BallSpec ball) {
        if (CapacityMeter.refusal(experiment.network()).isPresent()) {
            note.set(texts.of("capacity.notDense", experiment.network().kind().toString()));
            return;
        }
        if (sheet.rows() == 0) {
            note.set(texts.of(instruments.isOn(Instrument.CAPACITY) ? "capacity.waiting" : "capacity.none"));
            return;
        }
        CapacityPicture now = CapacityPicture.of(sheet, LayerNames.of(experiment.network()), ball);
        picture.set(now);
        String step = Numbers.count(now.step());
        note.set(now.bounded() ? texts.of("capacity.note", step) : texts.of("capacity.unbounded", step));
    }
}
