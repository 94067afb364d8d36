package decaylab.ui.run;

import decaylab.experiment.PlannedChange;
import decaylab.instrument.SampleLog;
import decaylab.store.Provenance;
import decaylab.store.Provenance.Outcome;
import decaylab.store.Provenance.RunOrigin;
import decaylab.store.Provenance.Sameness;
import decaylab.store.ReplayCheck;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does the runs of a picture again, one after the other and the uppermost last, and tells whether they came out the same. It
 * ends where the user turns to another run or changes one of these.
 */
public final class PictureReplay {
    private final LabSession session;
    private final BackgroundTasks tasks;
    private final Notices notices;
    private final Texts texts;
    private final Deque<RunOrigin> ahead = new ArrayDeque<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private @Nullable RunOrigin origin;
    private @Nullable RunEntry again;

    /**
     * @param tasks compares behind the window
     * @param notices told what came of it
     */
    public PictureReplay(LabSession session, BackgroundTasks tasks, Notices notices, Texts texts) {
        this.session = session;
        this.tasks = tasks;
        this.notices = notices;
        this.texts = texts;
    }

    /** Begins. */
    public void start(Provenance picture) {
        for (RunOrigin run : picture.runs()) {
            if (run.read().synthetic().unlocked()) {
                notices.warn(texts.of("picture.unlocked", run.name()));
                return;
            }
        }
        ahead.clear();
        ahead.addAll(picture.runs());
        outcomes.clear();
        next();
    }

    private void next() {
        RunOrigin run = ahead.removeFirst();
        session.prepare(run.read(), run.name());
        session.play();
        origin = run;
        again = session.current().get();
    }

    /** Looks how far it is. */
    public void pulse() {
        RunOrigin first = origin;
        RunEntry run = again;
        if (first == null || run == null) {
            return;
        }
        if (session.current().get() != run || isChanged(run)) {
            end();
            notices.tell(texts.of("picture.left", run.name()));
            return;
        }
        if (run.log().rows() < first.trace().rows() && !run.state().ended()) {
            return;
        }
        end();
        if (ahead.isEmpty()) {
            session.pause();
        }
        compare(first, run);
    }

    private void end() {
        origin = null;
        again = null;
    }

    private static boolean isChanged(RunEntry run) {
        List<PlannedChange> made = LabSession.changes(run);
        return !run.experiment().interventions().containsAll(made);
    }

    private void compare(RunOrigin first, RunEntry run) {
        SampleLog log = run.log();
        Map<String, String> machine = run.fingerprint();
        tasks.run(
                () -> first.compare(log, machine),
                outcome -> {
                    outcomes.add(outcome);
                    if (outcome.sameness() != Sameness.SAME) {
                        tellDifference(run.name(), first, outcome);
                        ahead.clear();
                    } else if (ahead.isEmpty()) {
                        notices.tell(texts.of(
                                outcomes.size() == 1 ? "picture.same" : "picture.allSame",
                                run.name(),
                                Numbers.count(first.trace().rows()),
                                Integer.toString(outcomes.size())));
                    } else {
                        next();
                    }
                },
                notices::warn);
    }

    private void tellDifference(String name, RunOrigin first, Outcome outcome) {
        String from = Numbers.count(outcome.step());
        if (outcome.sameness() == Sameness.WITHIN_TOLERANCE) {
            notices.tell(texts.of(
                    "picture.near",
                    name,
                    from,
                    Integer.toString(ReplayCheck.WINDOW),
                    Numbers.rounded(100 * outcome.distance(), 2),
                    Numbers.rounded(100 * ReplayCheck.TOLERANCE, 2)));
        } else {
            String to = Numbers.count(Math.min(
                            first.trace().rows(), outcome.step() + first.trace().block())
                    - 1);
            notices.warn(texts.of("picture.different", name, from, to));
        }
    }
}
