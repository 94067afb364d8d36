package decaylab.ui.lesson;

import decaylab.lesson.Assignment;
import decaylab.lesson.Lesson;
import decaylab.lesson.LessonControl;
import decaylab.lesson.LessonStep;
import decaylab.lesson.LessonStep.Goal;
import decaylab.lesson.LessonStep.Racer;
import decaylab.lesson.Lessons;
import decaylab.lesson.Question;
import decaylab.optim.Gate;
import decaylab.train.RunStatus;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** The lesson that is open: at which step it is, whether that is done, and what was answered. */
public final class LessonModel {
    /** No choice made yet. */
    public static final int UNANSWERED = -1;

    private final Lessons lessons;
    private final String language;
    private final LabSession session;
    private final LessonActions actions;
    private final BackgroundTasks tasks;
    private final Notices notices;
    private final Texts texts;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<@Nullable Lesson> lesson = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper step = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper done = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper answer = new ReadOnlyIntegerWrapper(UNANSWERED);
    private final ReadOnlyStringWrapper notes = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper goal = new ReadOnlyStringWrapper("");
    private String student = "";
    private int furthest;
    private long seed;
    private @Nullable RunEntry overBefore;

    /**
     * @param lessons those of the lab
     * @param language tag of the language that they are wanted in
     * @param actions what a lesson has the window do
     */
    public LessonModel(
            Lessons lessons,
            String language,
            LabSession session,
            LessonActions actions,
            BackgroundTasks tasks,
            Notices notices,
            Texts texts) {
        this.lessons = lessons;
        this.language = language;
        this.session = session;
        this.actions = actions;
        this.tasks = tasks;
        this.notices = notices;
        this.texts = texts;
        session.waitAt(this::nextStop);
    }

    /**
     * Where a run waits by itself: at each step that the text comes to, whichever step of the lesson is shown, for what the student
     * does next is to be done there.
     *
     * @param from where it is
     * @return the next of them; {@link Long#MAX_VALUE} for none
     */
    private long nextStop(long from) {
        Lesson now = lesson.get();
        return now == null
                ? Long.MAX_VALUE
                : now.steps().stream()
                        .flatMap(LessonModel::stops)
                        .mapToLong(Long::longValue)
                        .filter(stop -> stop > from)
                        .min()
                        .orElse(Long.MAX_VALUE);
    }

    private static Stream<Long> stops(LessonStep of) {
        Stream<Long> reached = of.goal() instanceof Goal.Reached goal ? Stream.of(goal.steps()) : Stream.of();
        LessonStep.Prediction drawn = of.prediction();
        return drawn == null ? reached : Stream.concat(reached, Stream.of(drawn.from(), drawn.to()));
    }

    /** Whether the pane is shown, with a lesson or with the list to choose from. */
    public BooleanProperty open() {
        return open;
    }

    /** The lesson; null where there is one to be chosen. */
    public ReadOnlyObjectProperty<@Nullable Lesson> lesson() {
        return lesson.getReadOnlyProperty();
    }

    /** The step that is shown, from 0. */
    public ReadOnlyIntegerProperty step() {
        return step.getReadOnlyProperty();
    }

    /** Whether the goal of the step is reached. */
    public ReadOnlyBooleanProperty done() {
        return done.getReadOnlyProperty();
    }

    /** Which choice was made, from 0; {@link #UNANSWERED} before. */
    public ReadOnlyIntegerProperty answer() {
        return answer.getReadOnlyProperty();
    }

    /** What the teacher alone is told of this step. */
    public ReadOnlyStringProperty notes() {
        return notes.getReadOnlyProperty();
    }

    /** A sentence: what is to be done here, or that it is done; empty where there is nothing. */
    public ReadOnlyStringProperty goal() {
        return goal.getReadOnlyProperty();
    }

    /** Who works on it; empty where that is not known. */
    public String student() {
        return student;
    }

    /** The lessons to choose from. */
    public List<Lesson> choices() {
        return lessons.all(language);
    }

    /** Whether the lesson that is open locks something. */
    public BooleanBinding locks(LessonControl control) {
        return Bindings.createBooleanBinding(() -> isLocked(control), lesson);
    }

    /** The same at this moment. */
    public boolean isLocked(LessonControl control) {
        Lesson now = lesson.get();
        return now != null && now.locked().contains(control);
    }

    /** Opens a lesson; one that cannot be used gets a notice and changes nothing. */
    public void open(Assignment assignment) {
        tasks.run(() -> lessons.get(assignment.lesson(), language), read -> begin(read, assignment), notices::warn);
    }

    private void begin(Lesson read, Assignment assignment) {
        student = assignment.student();
        seed = Objects.requireNonNullElse(assignment.seed(), read.experiment().seed());
        answer.set(UNANSWERED);
        step.set(0); // first: a shorter lesson has no step of that number
        lesson.set(read);
        open.set(true);
        furthest = 0;
        actions.prepare(read.experiment().withSeed(seed), read.experimentName());
        goTo(0);
    }

    /** The step that is shown; null where no lesson is open. */
    public @Nullable LessonStep current() {
        Lesson now = lesson.get();
        return now == null ? null : now.steps().get(step.get());
    }

    /** The next step; after the last the list of lessons. */
    public void next() {
        Lesson now = lesson.get();
        if (now != null) {
            if (step.get() + 1 < now.steps().size()) {
                goTo(step.get() + 1);
            } else {
                leave();
            }
        }
    }

    /** The step before. */
    public void previous() {
        if (lesson.get() != null && step.get() > 0) {
            goTo(step.get() - 1);
        }
    }

    /** Back to the list of lessons; what was locked is free again. */
    public void leave() {
        lesson.set(null);
        notes.set("");
        goal.set("");
        done.set(false);
    }

    private void goTo(int place) {
        Lesson now = Objects.requireNonNull(lesson.get());
        LessonStep shown = now.steps().get(place);
        answer.set(UNANSWERED);
        step.set(place);
        RunEntry run = session.current().get();
        overBefore = run != null && run.state().ended() ? run : null;
        done.set(place < furthest || shown.goal() instanceof Goal.Read);
        furthest = Math.max(furthest, place);
        notes.set(shown.notes());
        actions.show(shown.view());
        actions.show(now.charts()); // one that was drawn on had all of the room
        judge();
    }

    /**
     * Answers the question.
     *
     * @param choice from 0
     * @return false where there is no such choice
     */
    public boolean answer(int choice) {
        LessonStep now = open.get() ? current() : null;
        Question question = now == null ? null : now.question();
        if (question == null || choice >= question.choices().size()) {
            return false;
        }
        answer.set(choice);
        judge();
        return true;
    }

    /** Begins to draw what this step asks for; false where it asks for nothing. */
    public boolean predict() {
        LessonStep now = open.get() ? current() : null;
        LessonStep.Prediction asked = now == null ? null : now.prediction();
        if (asked != null) {
            actions.predict(asked.chart(), asked.from(), asked.to());
        }
        return asked != null;
    }

    /** Begins the race of this step, with the seed of the current run; false where there is none. */
    public boolean race() {
        LessonStep now = open.get() ? current() : null;
        if (now == null || now.race().isEmpty()) {
            return false;
        }
        RunEntry run = session.current().get();
        long raced = run == null ? seed : run.experiment().seed();
        actions.race(
                now.race().stream()
                        .map(racer -> racer.experiment().withSeed(raced))
                        .toList(),
                now.race().stream().map(Racer::name).toList());
        return true;
    }

    /** Looks whether the step is done. */
    public void pulse() {
        if (lesson.get() != null) {
            judge();
        }
    }

    private void judge() {
        LessonStep now = Objects.requireNonNull(current());
        if (!done.get() && isReached(now.goal())) {
            done.set(true);
        }
        goal.set(words(now.goal()));
    }

    private boolean isReached(Goal wanted) {
        RunStatus status = session.status().get();
        if (wanted instanceof Goal.Reached reached) {
            return status != null && status.step() >= reached.steps(); // it waits there, see nextStop
        }
        if (wanted instanceof Goal.Switched switched) {
            return status != null && status.gate() == switched.gate();
        }
        if (wanted instanceof Goal.Ended) {
            // one that was over when the step began is that of an earlier step
            return status != null && status.state().ended() && session.current().get() != overBefore;
        }
        return wanted instanceof Goal.Read
                || wanted instanceof Goal.Predicted && actions.predicted()
                || wanted instanceof Goal.Answered && answer.get() != UNANSWERED;
    }

    private String words(Goal wanted) {
        if (done.get()) {
            return wanted instanceof Goal.Read ? "" : texts.of("lesson.done");
        }
        RunStatus status = session.status().get();
        if (wanted instanceof Goal.Reached reached) {
            return texts.of(
                    "lesson.goal.step",
                    Numbers.count(reached.steps()),
                    Numbers.count(status == null ? 0 : status.step()));
        }
        if (wanted instanceof Goal.Switched switched) {
            Gate gate = switched.gate();
            return texts.of(
                    "lesson.goal.switched", texts.of("gate." + gate.name().toLowerCase(Locale.ROOT)));
        }
        if (wanted instanceof Goal.Predicted) {
            return texts.of("lesson.goal.predicted");
        }
        return texts.of(wanted instanceof Goal.Answered ? "lesson.goal.answered" : "lesson.goal.ended");
    }
}
