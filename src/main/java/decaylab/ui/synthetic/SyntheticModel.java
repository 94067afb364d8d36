package decaylab.ui.synthetic;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.SyntheticSpec;
import decaylab.instrument.geometry.Examples;
import decaylab.instrument.geometry.Representation;
import decaylab.net.LayerNames;
import decaylab.parallel.WorkLog;
import decaylab.parallel.WorkLog.Span;
import decaylab.parallel.WorkLog.Work;
import decaylab.train.Checkpoint;
import decaylab.train.DataSource;
import decaylab.train.Inspection;
import decaylab.train.LiveRun;
import decaylab.train.RunState;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** What there is to see of the modules of the current run, pulled: spans of work once a frame, the layers' dissimilarities now and then. */
public final class SyntheticModel {
    /** Points of the matrices: as many as pixels show. */
    private static final int POINTS = 200;

    private static final long LEAST_NANOS = 1_500_000_000L;

    /** Steps of the timeline. */
    private static final int STEPS = 4;

    /** Between two pictures of the timeline: what changes faster cannot be read. */
    private static final long TIMELINE_NANOS = 400_000_000L;

    private final LabSession session;
    private final DataSource data;
    private final BackgroundTasks looking;
    private final Texts texts;
    private final ReadOnlyBooleanWrapper present = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper mode = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper waiting = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper timelineCaption = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper picturesCaption = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper referenceNote = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<Span>> spans = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<String>> workers = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable Pictures> pictures = new ReadOnlyObjectWrapper<>();
    private @Nullable RunEntry shown;
    private boolean busy;
    private long lastLook;
    private long lastTimeline;
    private long lookedAtRows = -1;
    private int lookedAtRuns;
    private volatile boolean closed;

    /**
     * @param data where stored runs get their data
     * @param looking one thread, for what takes a moment
     */
    public SyntheticModel(LabSession session, DataSource data, BackgroundTasks looking, Texts texts) {
        this.session = session;
        this.data = data;
        this.looking = looking;
        this.texts = texts;
        session.current().addListener((observable, before, now) -> show(now));
        show(session.current().get());
    }

    private void show(@Nullable RunEntry entry) {
        shown = entry;
        SyntheticSpec spec =
                entry == null ? SyntheticSpec.defaults() : entry.experiment().synthetic();
        present.set(spec.present());
        mode.set(spec.present() ? texts.of("synthetic." + spec.mode()) : "");
        waiting.set(texts.of(spec.present() ? "synthetic.waiting" : "synthetic.none"));
        workers.set(entry == null || !spec.present() ? List.of() : parts(entry.experiment()));
        spans.set(List.of());
        timelineCaption.set("");
        pictures.set(null);
        picturesCaption.set(spec.present() ? texts.of("synthetic.rdmNone") : "");
        referenceNote.set("");
        lookedAtRows = -1;
        lastLook = 0;
    }

    /** What the layers of each part are called. */
    private List<String> parts(Experiment experiment) {
        List<String> layers = LayerNames.of(experiment.network());
        List<String> cuts = experiment.synthetic().at().of(layers.subList(0, layers.size() - 1));
        List<String> parts = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < layers.size(); i++) {
            if (cuts.contains(layers.get(i)) || i == layers.size() - 1) {
                String own = first == i ? layers.get(i) : layers.get(first) + " - " + layers.get(i);
                parts.add(texts.of("synthetic.worker", Integer.toString(parts.size() + 1), own));
                first = i + 1;
            }
        }
        return parts;
    }

    /** Whether the current run has modules. */
    public ReadOnlyBooleanProperty present() {
        return present.getReadOnlyProperty();
    }

    /** What waits for what, in a sentence. */
    public ReadOnlyStringProperty mode() {
        return mode.getReadOnlyProperty();
    }

    /** Why nothing is drawn; empty where something is. */
    public ReadOnlyStringProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    /** What the spans are of. */
    public ReadOnlyStringProperty timelineCaption() {
        return timelineCaption.getReadOnlyProperty();
    }

    /** What the matrices are of. */
    public ReadOnlyStringProperty picturesCaption() {
        return picturesCaption.getReadOnlyProperty();
    }

    /** How to get another run's matrices beside; empty where they are. */
    public ReadOnlyStringProperty referenceNote() {
        return referenceNote.getReadOnlyProperty();
    }

    /** The last spans of work. */
    public ReadOnlyObjectProperty<List<Span>> spans() {
        return spans.getReadOnlyProperty();
    }

    /** Names of the parts, the lowest first. */
    public ReadOnlyObjectProperty<List<String>> workers() {
        return workers.getReadOnlyProperty();
    }

    /** The layers' dissimilarities; null where there are none yet. */
    ReadOnlyObjectProperty<@Nullable Pictures> pictures() {
        return pictures.getReadOnlyProperty();
    }

    /** Whether there are matrices to see. */
    public boolean hasPictures() {
        return pictures.get() != null;
    }

    /**
     * Reads the current run.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        RunEntry entry = shown;
        if (entry == null || !present.get()) {
            return;
        }
        WorkLog work = entry.live().flatMap(LiveRun::workLog).orElse(null);
        if (work == null) {
            waiting.set(texts.of(entry.live().isPresent() ? "synthetic.waiting" : "synthetic.stored"));
        } else if (now - lastTimeline >= TIMELINE_NANOS) {
            lastTimeline = now;
            take(work);
        }
        long rows = entry.log().rows();
        int runs = session.runs().size();
        boolean due = rows != lookedAtRows || runs != lookedAtRuns;
        if (!busy && due && rows > 0 && now - lastLook >= LEAST_NANOS && entry.state() != RunState.PREPARING) {
            busy = true;
            lastLook = now;
            lookedAtRows = rows;
            lookedAtRuns = runs;
            RunEntry other = reference(entry).orElse(null);
            looking.run(() -> look(entry, other), found -> show(entry, other, found), problem -> {
                busy = false;
                picturesCaption.set(problem);
            });
        }
    }

    /** The quickest steps in a row of those that are known: on a machine that has other work too, the others tell of that. */
    private void take(WorkLog work) {
        List<Span> all = new ArrayList<>();
        long first = 0;
        long last = Long.MAX_VALUE;
        for (int i = 0; i < work.workers(); i++) {
            List<Span> own = work.of(i);
            all.addAll(own);
            first = Math.max(first, own.isEmpty() ? 0 : own.get(0).step() + 1);
            last = Math.min(last, own.isEmpty() ? -1 : own.get(own.size() - 1).step() - 1); // it may be under way
        }
        long bestFrom = 0;
        long bestTo = Long.MAX_VALUE;
        for (long step = first; step + STEPS - 1 <= last; step++) {
            long from = Long.MAX_VALUE;
            long to = Long.MIN_VALUE;
            for (Span span : all) {
                if (span.step() >= step && span.step() < step + STEPS && span.work() != Work.WAIT) {
                    from = Math.min(from, span.start());
                    to = Math.max(to, span.end());
                }
            }
            if (from < to && to - from < bestTo - bestFrom) {
                bestFrom = from;
                bestTo = to;
            }
        }
        if (bestTo == Long.MAX_VALUE) {
            return;
        }
        long left = bestFrom;
        long right = bestTo;
        waiting.set("");
        spans.set(all.stream()
                .filter(span -> span.end() > left && span.start() < right)
                .map(span -> new Span(
                        span.worker(),
                        span.work(),
                        span.step(),
                        Math.max(left, span.start()),
                        Math.min(right, span.end())))
                .toList());
        timelineCaption.set(texts.of(
                "synthetic.timeline",
                Integer.toString(STEPS),
                Numbers.count(last - first + 1),
                Numbers.rounded((right - left) / 1e6, 2)));
    }

    /** A shown run of back-propagation from the same start on the same data. */
    private Optional<RunEntry> reference(RunEntry of) {
        Experiment own = of.experiment();
        return session.runs().stream()
                .filter(other -> other != of && other.log().rows() > 0)
                .filter(other -> {
                    Experiment its = other.experiment();
                    return !its.synthetic().present()
                            && its.network().equals(own.network())
                            && its.data().equals(own.data())
                            && its.seed() == own.seed()
                            && its.precision() == own.precision();
                })
                .reduce((earlier, later) -> later);
    }

    private void show(RunEntry of, @Nullable RunEntry other, Optional<Pictures> found) {
        busy = false;
        if (of != shown || found.isEmpty()) {
            return;
        }
        Pictures now = found.get();
        pictures.set(now);
        picturesCaption.set(texts.of("synthetic.rdm", Numbers.count(now.points()), Numbers.count(now.step())));
        referenceNote.set(other == null ? texts.of("synthetic.noReference") : "");
    }

    // On the looking thread.

    private Optional<Pictures> look(RunEntry entry, @Nullable RunEntry other) throws InterruptedException {
        DataSet set = entry.live().flatMap(LiveRun::data).orElseGet(() -> data.load(entry.experiment()));
        Examples points = Representation.sorted(set.testInputs(), set.testLabels(), POINTS);
        Checkpoint newest = entry.newest().orElse(null);
        if (newest == null) {
            return Optional.empty();
        }
        List<Representation> own =
                new Inspection(entry.experiment(), set).representations(newest, points, () -> closed);
        Checkpoint otherNewest = other == null ? null : other.newest().orElse(null);
        List<Representation> others = other == null || otherNewest == null
                ? List.of()
                : new Inspection(other.experiment(), set).representations(otherNewest, points, () -> closed);
        List<Pictures.Picture> pictured = new ArrayList<>();
        List<Pictures.Picture> beside = new ArrayList<>();
        for (int l = 0; l < own.size(); l++) {
            double[] values = own.get(l).dissimilarities();
            double alike = Double.NaN;
            if (!others.isEmpty()) {
                double[] otherValues = others.get(l).dissimilarities();
                alike = Representation.similarity(values, otherValues);
                beside.add(new Pictures.Picture(others.get(l).layer(), otherValues, alike));
            }
            pictured.add(new Pictures.Picture(own.get(l).layer(), values, alike));
        }
        return Optional.of(new Pictures(newest.step(), points.count(), pictured, beside));
    }

    /** Gives up what is being looked at. */
    public void close() {
        closed = true;
    }
}
