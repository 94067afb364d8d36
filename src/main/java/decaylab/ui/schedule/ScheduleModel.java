package decaylab.ui.schedule;

import decaylab.experiment.Change;
import decaylab.experiment.ControlQuantity;
import decaylab.experiment.ControlSpec;
import decaylab.experiment.DecaySpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.OptimizerSpec;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.train.Held;
import decaylab.train.RunStatus;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn, what of it can still be changed, and what becomes of it. Before a run begins, applying changes the experiment;
 * while it goes, it makes interventions, and the steps that are done keep the values that they had.
 */
public final class ScheduleModel {
    /** Of the preset networks at their start, about. */
    private static final double USUAL_NORM = 20;

    private final LabSession session;
    private final DesignerModel designer;
    private final ScheduleActions actions;
    private final Notices notices;
    private final ReadOnlyObjectWrapper<@Nullable Subject> subject = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyLongWrapper now = new ReadOnlyLongWrapper();
    private final History<Drawing> history = new History<>(new Drawing(Curve.level(0), Curve.level(0), Curve.level(1)));
    private final ReadOnlyObjectWrapper<Drawing> drawing = new ReadOnlyObjectWrapper<>(history.now());
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper redoable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
    private final ObjectProperty<Track> active = new SimpleObjectProperty<>(Track.DECAY);
    private final ReadOnlyLongWrapper selected = new ReadOnlyLongWrapper(-1);
    private final BooleanProperty snapping = new SimpleBooleanProperty();
    private final Map<Track, BooleanProperty> logarithmic = new EnumMap<>(Track.class);
    private final ObjectProperty<ControlQuantity> quantity = new SimpleObjectProperty<>(ControlQuantity.NORM);
    private final ReadOnlyObjectWrapper<Optional<NormForecast>> forecast =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    /** What is in force, drawn. */
    private Drawing loaded = history.now();

    /** @param actions does what concerns the experiment of the next run */
    public ScheduleModel(LabSession session, DesignerModel designer, ScheduleActions actions, Notices notices) {
        this.session = session;
        this.designer = designer;
        this.actions = actions;
        this.notices = notices;
        for (Track track : Track.values()) {
            logarithmic.put(track, new SimpleBooleanProperty());
        }
        quantity.addListener((observable, before, now) -> aimAtWhatIs());
        active.addListener((observable, before, track) -> selected.set(-1));
    }

    /** What the editor is about; null where there is nothing that could be changed. */
    ReadOnlyObjectProperty<@Nullable Subject> subject() {
        return subject.getReadOnlyProperty();
    }

    /** The first step that can still be changed. */
    ReadOnlyLongProperty now() {
        return now.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Drawing> drawing() {
        return drawing.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty undoable() {
        return undoable.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty redoable() {
        return redoable.getReadOnlyProperty();
    }

    /** Whether decay or learning rate are drawn otherwise than they are in force. */
    ReadOnlyBooleanProperty changed() {
        return changed.getReadOnlyProperty();
    }

    /** The track that the tools are for. */
    ObjectProperty<Track> active() {
        return active;
    }

    /** The step of the chosen knot of the active track; -1 for none. */
    ReadOnlyLongProperty selected() {
        return selected.getReadOnlyProperty();
    }

    /** Whether steps go to the start of an epoch, and values to 1, 2 or 5 times a power of ten. */
    BooleanProperty snapping() {
        return snapping;
    }

    /** Whether a track's upright axis is logarithmic. */
    BooleanProperty logarithmic(Track track) {
        return Objects.requireNonNull(logarithmic.get(track));
    }

    /** What control is to hold, which the target's track shows. */
    ObjectProperty<ControlQuantity> quantity() {
        return quantity;
    }

    /** Where the norm would go; empty before there is a run. */
    ReadOnlyObjectProperty<Optional<NormForecast>> forecast() {
        return forecast.getReadOnlyProperty();
    }

    /** Reads where the current run stands, and what is in force. */
    public void pulse() {
        Subject before = subject.get();
        Subject read = read();
        long stepBefore = now.get();
        now.set(read == null ? 0 : read.now());
        if (read == null) {
            subject.set(null);
            forecast.set(Optional.empty());
            return;
        }
        boolean same = read.isOfTheSame(before);
        boolean other = !same || before == null || !read.inForce().equals(before.inForce());
        if (other || before == null || !read.equals(before)) {
            subject.set(read);
        }
        if (other) {
            load(read, same);
        }
        if (other || now.get() != stepBefore) {
            foresee();
        }
    }

    private @Nullable Subject read() {
        RunEntry run = session.current().get();
        RunStatus status = session.status().get();
        if (run != null
                && status != null
                && !status.state().ended()
                && run.log().rows() > 0) {
            return Subject.of(run, status, session.stepsPerEpoch().orElse(1L));
        }
        Experiment described = designer.experiment().get();
        return described == null ? null : Subject.of(designer.name().get(), described);
    }

    /** Draws what is in force; what is drawn and not applied yet stays where it is about the same run. */
    private void load(Subject read, boolean same) {
        DecaySpec decay = read.inForce().decay();
        OptimizerSpec optimizer = read.inForce().optimizer();
        ControlSpec control = decay.control();
        Curve target = same ? history.now().target() : Curve.level(usual(read));
        if (control != null) {
            quantity.set(control.quantity());
            target = Curve.of(control.schedule(), control.target(), read.horizon());
        }
        loaded = new Drawing(
                Curve.of(decay.schedule(), decay.lambda(), read.horizon()),
                Curve.of(optimizer.schedule(), optimizer.learningRate(), read.horizon()),
                target);
        if (!same) {
            history.clear(loaded);
            selected.set(-1);
        } else if (!changed.get()) {
            history.replace(loaded);
        }
        show();
    }

    /** Another quantity has another target; where control is in force, it is known. */
    private void aimAtWhatIs() {
        Subject about = subject.get();
        ControlSpec control = about == null ? null : about.inForce().decay().control();
        if (about != null && (control == null || control.quantity() != quantity.get())) {
            history.replace(history.now().with(Track.TARGET, Curve.level(usual(about))));
            show();
        }
    }

    /** A target to begin with: what the quantity is now. */
    private double usual(Subject read) {
        SampleLog log = read.log();
        double latest =
                log == null ? Double.NaN : new Held(log, read.horizon()).measured(quantity.get(), log.rows() - 1);
        return latest > 0 ? Numbers.coarse(latest, 3) : USUAL_NORM;
    }

    private void show() {
        drawing.set(history.now());
        undoable.set(history.canUndo());
        redoable.set(history.canRedo());
        changed.set(!loaded.decay().equals(drawing.get().decay())
                || !loaded.rate().equals(drawing.get().rate()));
        if (chosen().isEmpty()) {
            selected.set(-1);
        }
    }

    private void foresee() {
        Subject about = subject.get();
        forecast.set(
                about == null || about.log() == null
                        ? Optional.empty()
                        : NormForecast.of(about.experiment(), about.inForce(), about.log(), drawing.get()));
    }

    /** The curve of the active track. */
    Curve curve() {
        return drawing.get().curve(active.get());
    }

    /** The chosen knot. */
    Optional<Knot> chosen() {
        return curve().knots().stream()
                .filter(knot -> knot.step() == selected.get())
                .findFirst();
    }

    /** The last step of the run. */
    long last() {
        Subject about = subject.get();
        return about == null ? 1 : Math.max(1, about.experiment().steps() - 1);
    }

    private void draw(Curve curve) {
        history.add(history.now().with(active.get(), curve));
        show();
        foresee();
    }

    /** Chooses a knot of the active track. */
    void select(long step) {
        selected.set(step);
    }

    /** Chooses the next knot that can be changed, or the one before. */
    void selectNext(boolean forward) {
        List<Long> open = curve().knots().stream()
                .map(Knot::step)
                .filter(step -> step >= now.get())
                .toList();
        OptionalLong next = forward
                ? open.stream()
                        .mapToLong(Long::longValue)
                        .filter(step -> step > selected.get())
                        .min()
                : open.stream()
                        .mapToLong(Long::longValue)
                        .filter(step -> step < selected.get())
                        .max();
        next.ifPresent(selected::set);
    }

    /** Adds a knot on the curve: where there is most room after the chosen one, or after now. */
    void addKnot() {
        long from = Math.max(now.get(), selected.get());
        long to = curve().knots().stream()
                .mapToLong(Knot::step)
                .filter(step -> step > from)
                .min()
                .orElse(last());
        addKnot((from + to) / 2, curve().value((from + to) / 2.0));
    }

    /** Adds a knot. */
    void addKnot(long step, double value) {
        Knot knot = snapped(step, value);
        draw(curve().with(knot));
        selected.set(knot.step());
    }

    /** Takes the chosen knot away. */
    void removeKnot() {
        if (selected.get() >= now.get()) {
            draw(curve().without(selected.get()));
        }
    }

    /**
     * Moves the chosen knot, but neither into the past nor past its neighbours.
     *
     * @param again whether this goes on with the move before it, and is taken back with it
     */
    void moveKnot(long step, double value, boolean again) {
        Optional<Knot> knot = chosen();
        if (knot.isEmpty() || knot.get().step() < now.get()) {
            return;
        }
        long from = knot.get().step();
        Knot wanted = snapped(step, value);
        long least = curve().knots().stream()
                .mapToLong(Knot::step)
                .filter(other -> other < from)
                .max()
                .orElse(-1);
        long most = curve().knots().stream()
                .mapToLong(Knot::step)
                .filter(other -> other > from)
                .min()
                .orElse(last() + 1);
        long to = Math.min(most - 1, Math.max(Math.max(least + 1, now.get()), wanted.step()));
        Knot moved = new Knot(to, wanted.value());
        Curve without = curve().knots().size() == 1
                ? new Curve(List.of(moved))
                : curve().without(from).with(moved);
        if (again) {
            history.replace(history.now().with(active.get(), without));
            show();
            foresee();
        } else {
            draw(without);
        }
        selected.set(to);
    }

    /**
     * Puts the chosen knot exactly there, or a new one where none is chosen.
     *
     * @throws BadInputException where the numbers cannot be used
     */
    void setKnot(String step, String value) {
        long at = wholeNumber(step);
        if (at < now.get() || at > last()) {
            throw new BadInputException("The step " + step.strip() + " cannot be drawn at; it must be from " + now.get()
                    + ", the next step, to " + last() + ".");
        }
        Knot knot = new Knot(at, number("value", value, 0));
        Curve without =
                chosen().filter(old -> old.step() >= now.get()).isPresent() ? curve().without(selected.get()) : curve();
        draw(without.with(knot));
        selected.set(at);
    }

    /** Draws freely: the piece between the stroke's ends follows it. */
    void stroke(List<Knot> stroke) {
        List<Knot> open = stroke.stream()
                .map(knot -> snapped(knot.step(), knot.value()))
                .filter(knot -> knot.step() >= now.get() && knot.step() <= last())
                .toList();
        List<Knot> rising = new ArrayList<>();
        for (Knot knot : open) {
            if (rising.isEmpty() || knot.step() > rising.get(rising.size() - 1).step()) {
                rising.add(knot);
            }
        }
        if (rising.size() > 1) {
            selected.set(-1);
            draw(curve().replaced(rising));
        }
    }

    /**
     * Puts a segment from one place to another.
     *
     * @throws BadInputException where that is no piece of the future
     */
    void segment(Segment segment, String from, String fromValue, String to, String toValue) {
        Knot first = new Knot(wholeNumber(from), number("first value", fromValue, 0));
        Knot last = new Knot(wholeNumber(to), number("last value", toValue, 0));
        boolean future = first.step() >= 0 && last.step() > now.get(); // what of it is past by now changes nothing
        if (!future || last.step() <= first.step() || last.step() > last()) {
            throw new BadInputException("A segment cannot go from step " + first.step() + " to " + last.step()
                    + "; it must end after its beginning and after step " + now.get() + ", at " + last()
                    + " at the latest.");
        }
        draw(segment.on(curve(), first, last));
    }

    /**
     * Draws a shape over the future.
     *
     * @param from a window's first step
     * @param width a window's steps
     */
    void shape(Shape shape, long from, long width) {
        Subject about = subject.get();
        if (about == null) {
            return;
        }
        double rateBase = about.inForce().optimizer().learningRate();
        Curve rate = drawing.get().rate().times(rateBase > 0 ? 1 / rateBase : 0);
        draw(shape.curve(new Shape.Setting(
                base(active.get(), about), rate, about.experiment().steps(), from, width)));
    }

    private double base(Track track, Subject about) {
        return switch (track) {
            case DECAY -> about.inForce().decay().lambda();
            case RATE -> about.inForce().optimizer().learningRate();
            case TARGET -> drawing.get().target().knots().get(0).value();
        };
    }

    /** Gives the active one of decay and learning rate the other's shape. */
    void copyFrom(Track other) {
        Subject about = subject.get();
        if (about != null && base(other, about) > 0) {
            draw(drawing.get().curve(other).times(base(active.get(), about) / base(other, about)));
        }
    }

    private Knot snapped(long step, double value) {
        Subject about = subject.get();
        if (!snapping.get() || about == null) {
            return new Knot(step, value);
        }
        long epoch = about.horizon().stepsPerEpoch();
        return new Knot(Math.round((double) step / epoch) * epoch, OneTwoFive.nearest(value));
    }

    void undo() {
        history.undo();
        show();
        foresee();
    }

    void redo() {
        history.redo();
        show();
        foresee();
    }

    /** Puts back what is in force. */
    void revert() {
        history.add(loaded);
        show();
        foresee();
    }

    /** Makes what is drawn the schedules of the experiment, or of the run from its next step on. */
    void apply() {
        Subject about = subject.get();
        if (about == null || !changed.get()) {
            return;
        }
        List<Change> changes = new ArrayList<>();
        Drawing drawn = drawing.get();
        long from = now.get();
        long steps = about.experiment().steps();
        if (!drawn.decay().equals(loaded.decay())) {
            Curve whole = loaded.decay().until(from, drawn.decay());
            double base = about.inForce().decay().lambda();
            if (base == 0 && whole.largest() > 0) { // nothing can be drawn as a multiple of 0
                base = whole.largest();
                changes.add(new Change.SetLambda(base));
            }
            changes.add(new Change.SetDecaySchedule(
                    base == 0 ? Curve.level(0).schedule(1, steps) : whole.schedule(base, steps)));
        }
        if (!drawn.rate().equals(loaded.rate())) {
            Curve whole = loaded.rate().until(from, drawn.rate());
            double base = about.inForce().optimizer().learningRate();
            if (base == 0 && whole.largest() > 0) {
                base = whole.largest();
                changes.add(new Change.SetLearningRate(base));
            }
            changes.add(new Change.SetLearningRateSchedule(
                    base == 0 ? Curve.level(0).schedule(1, steps) : whole.schedule(base, steps)));
        }
        loaded = drawn;
        send(changes);
        show();
    }

    /**
     * Has lambda hold the target that is drawn.
     *
     * @param max the largest lambda, as it was written
     * @throws BadInputException where that cannot be
     */
    void hold(String max) {
        Subject about = subject.get();
        if (about == null) {
            return;
        }
        Curve drawn = drawing.get().target();
        double base = drawn.largest();
        ControlSpec control = new ControlSpec(
                quantity.get(),
                base,
                drawn.schedule(base, about.experiment().steps()),
                number("largest lambda", max, Double.MIN_VALUE));
        control.requireFor(about.experiment());
        send(List.of(new Change.SetControl(control)));
    }

    /** Has lambda follow its schedule again. */
    void letGo() {
        send(List.of(new Change.SetControl(null)));
    }

    /** Draws one target for all of the future. */
    void setTarget(String value) {
        Track before = active.get();
        active.set(Track.TARGET);
        draw(Curve.level(number("target", value, Double.MIN_VALUE)));
        active.set(before);
    }

    /** Makes changes: of the experiment before the run begins, as interventions while it goes. */
    void send(List<Change> changes) {
        Subject about = subject.get();
        if (about == null) {
            return;
        }
        if (about.run() != null) {
            changes.forEach(session::change);
            return;
        }
        try {
            Experiment latest = designer.experiment().get();
            Experiment described = latest == null ? about.experiment() : latest;
            for (Change change : changes) {
                described = described.with(change);
            }
            actions.describe(described);
        } catch (BadInputException e) {
            notices.warn(String.valueOf(e.getMessage()));
        }
    }

    private static long wholeNumber(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new BadInputException("'" + text.strip() + "' is not a step; write a whole number.", e);
        }
    }

    private static double number(String name, String text, double least) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= least && value <= Double.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new BadInputException(
                    "The " + name + " '" + text.strip() + "' is not a number; write it like 0.005 or 5e-3.", e);
        }
        throw new BadInputException("The " + name + " " + text.strip() + " cannot be used; it must be a number "
                + (least > 0 ? "above 0." : "of at least 0."));
    }
}
