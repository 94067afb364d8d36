package decaylab.ui.run;

import decaylab.experiment.Change;
import decaylab.problem.BadInputException;
import decaylab.ui.base.Numbers;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * A number of the live run that a slider and a text field set. A slider passes through many values: the one it comes to rest
 * at is sent, so that a drag is one intervention. Text is sent when it is entered, exactly as it reads.
 */
public final class LiveValue {
    private static final long REST_NANOS = 200_000_000L;

    private final String what;
    private final LogScale scale;
    private final Consumer<Change> sender;
    private final LongSupplier clock;
    private final DoubleProperty position = new SimpleDoubleProperty();
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private boolean showing;
    private boolean held;
    private double shown = Double.NaN;
    private long movedAt;
    private @Nullable Double proposed;
    private @Nullable Double sent;

    /**
     * @param what as {@link Change#parse} names it: lambda or lr
     * @param scale of the slider
     * @param sender takes a change for the run
     * @param clock nanoseconds
     */
    public LiveValue(String what, LogScale scale, Consumer<Change> sender, LongSupplier clock) {
        this.what = what;
        this.scale = scale;
        this.sender = sender;
        this.clock = clock;
        position.set(scale.min());
        position.addListener((observable, before, now) -> moved(now.doubleValue()));
    }

    /** The slider's place on {@link #scale()}. */
    public DoubleProperty position() {
        return position;
    }

    /** What the text field holds. */
    public StringProperty text() {
        return text;
    }

    /** The sentence about a text that cannot be used; empty where all is well. */
    public ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    public LogScale scale() {
        return scale;
    }

    /** Whether the slider is in somebody's hand; while it is, nothing is sent. */
    public void hold(boolean inHand) {
        held = inHand;
        if (!inHand) {
            sendProposed();
        }
    }

    /** Takes the text as it stands. */
    public void enter() {
        Change change;
        try {
            change = Change.parse(what, text.get().strip());
        } catch (BadInputException e) {
            error.set(e.getMessage());
            return;
        }
        proposed = null;
        double value = Double.parseDouble(change.value());
        if (value != shown) {
            send(value);
        }
        show(value);
    }

    /** Puts the value that is in force back into the text field. */
    public void revert() {
        show(shown);
    }

    /** Shows what is in force, unless something else is on its way. */
    public void pulse(double inForce) {
        Double waiting = proposed;
        if (waiting != null) {
            if (!held && clock.getAsLong() - movedAt >= REST_NANOS) {
                sendProposed();
            }
            return;
        }
        if (sent != null && sent != inForce) {
            return;
        }
        sent = null;
        if (inForce != shown) {
            show(inForce);
        }
    }

    /** Forgets what is on its way: another run is there. */
    public void reset(double inForce) {
        proposed = null;
        sent = null;
        show(inForce);
    }

    private void moved(double to) {
        if (showing) {
            return;
        }
        double value = scale.value(to);
        proposed = value;
        movedAt = clock.getAsLong();
        error.set("");
        text.set(Numbers.exact(value));
    }

    private void sendProposed() {
        Double value = proposed;
        proposed = null;
        if (value != null && value != shown) {
            send(value);
            shown = value;
        }
    }

    private void send(double value) {
        sent = value;
        sender.accept(Change.parse(what, Double.toString(value)));
    }

    private void show(double value) {
        shown = value;
        showing = true;
        position.set(scale.position(value));
        showing = false;
        text.set(Numbers.exact(value));
        error.set("");
    }
}
