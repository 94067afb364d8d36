package decaylab.ui.run;

import decaylab.experiment.PlannedChange;
import decaylab.problem.BadInputException;
import decaylab.train.Intervention;
import decaylab.train.LiveRun;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.MarkWords;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The past of the current run: what was changed when, where its state is kept, and the ways back. */
public final class TimelineModel {
    private final LabSession session;
    private final MarkWords words;
    private final Texts texts;
    private final ReadOnlyLongWrapper steps = new ReadOnlyLongWrapper();
    private final ObservableList<Intervention> interventions = FXCollections.observableArrayList();
    private final ObservableList<Long> checkpoints = FXCollections.observableArrayList();

    // Kept, since a view that nobody holds takes its listeners with it.
    private final ObservableList<Intervention> interventionsView =
            FXCollections.unmodifiableObservableList(interventions);
    private final ObservableList<Long> checkpointsView = FXCollections.unmodifiableObservableList(checkpoints);

    public TimelineModel(LabSession session, MarkWords words, Texts texts) {
        this.session = session;
        this.words = words;
        this.texts = texts;
    }

    /** How many steps the current run has done; 0 without one. */
    public ReadOnlyLongProperty steps() {
        return steps.getReadOnlyProperty();
    }

    /** Its interventions, the oldest first. */
    public ObservableList<Intervention> interventions() {
        return interventionsView;
    }

    /** The steps whose state is kept, rising. */
    public ObservableList<Long> checkpoints() {
        return checkpointsView;
    }

    /** Reads where the current run stands. */
    public void pulse() {
        RunEntry entry = session.current().get();
        steps.set(entry == null ? 0 : entry.log().rows());
        List<Intervention> made = entry == null ? List.of() : entry.interventions();
        if (!interventions.equals(made)) {
            interventions.setAll(made);
        }
        List<Long> kept = entry == null
                ? List.of()
                : List.copyOf(keptUntil(entry, entry.log().rows()));
        if (!checkpoints.equals(kept)) {
            checkpoints.setAll(kept);
        }
    }

    private static NavigableSet<Long> keptUntil(RunEntry entry, long end) {
        NavigableSet<Long> kept = entry.parent()
                .map(parent -> keptUntil(parent, Math.min(end, entry.fork())))
                .orElseGet(TreeSet::new);
        entry.live().map(LiveRun::checkpoints).ifPresent(ring -> ring.steps().stream()
                .filter(step -> step <= end)
                .forEach(kept::add));
        entry.storedCheckpoints().stream().filter(step -> step <= end).forEach(kept::add);
        return kept;
    }

    /** Goes back to a step of the current run. */
    public void rewind(long step) {
        session.rewind(step);
    }

    /** What an intervention is called, as in "decay off at step 412". */
    public String nameOf(Intervention intervention) {
        return texts.of("timeline.intervention", words.of(intervention), Numbers.count(intervention.step()));
    }

    /** Takes an intervention back: the run goes on from its step without it, and with those that came later. */
    public void takeBack(Intervention intervention) {
        List<PlannedChange> changes = new ArrayList<>(LabSession.changes(currentEntry()));
        changes.remove(indexOf(intervention));
        session.rerun(changes);
    }

    /**
     * Makes an intervention another one: the run is done again from the earlier of the two steps.
     *
     * @param step when, as the user wrote it
     * @param value to what, as the user wrote it
     * @throws BadInputException where that cannot be; the sentence says why
     */
    public void edit(Intervention intervention, String step, String value) {
        PlannedChange edited = PlannedChange.parse(step.strip() + ":" + intervention.what() + "=" + value.strip());
        edited.requireBefore(currentEntry().experiment().steps());
        List<PlannedChange> changes = new ArrayList<>(LabSession.changes(currentEntry()));
        changes.set(indexOf(intervention), edited);
        session.rerun(changes);
    }

    private int indexOf(Intervention intervention) {
        int index = currentEntry().interventions().indexOf(intervention);
        if (index < 0) {
            throw new BadInputException(texts.of("timeline.gone"));
        }
        return index;
    }

    private RunEntry currentEntry() {
        RunEntry entry = session.current().get();
        if (entry == null) {
            throw new BadInputException(texts.of("timeline.gone"));
        }
        return entry;
    }
}
