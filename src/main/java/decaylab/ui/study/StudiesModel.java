package decaylab.ui.study;

import decaylab.experiment.Durations;
import decaylab.store.LabFolder;
import decaylab.study.CellResult;
import decaylab.study.Claim;
import decaylab.study.Findings;
import decaylab.study.Protocol;
import decaylab.study.Study;
import decaylab.study.StudyJob;
import decaylab.study.StudyReport;
import decaylab.study.StudyRun;
import decaylab.train.DataSource;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The studies, and the sweeps, as the window shows them; one at a time is done, on a thread of its own, and read once a frame. */
public final class StudiesModel {
    /** Seeds that a study is offered with. */
    private static final int SEEDS = 8;

    private final ObservableList<Study> all;
    private final DataSource source;
    private final BackgroundTasks doing;
    private final BackgroundTasks reading;
    private final Notices notices;
    private final Texts texts;
    private final LongSupplier nanos;

    private final BooleanProperty open = new SimpleBooleanProperty();
    private final ObjectProperty<Study> chosen = new SimpleObjectProperty<>();
    private final ObjectProperty<Integer> seeds = new SimpleObjectProperty<>(SEEDS);
    private final ObjectProperty<Integer> workers =
            new SimpleObjectProperty<>(Runtime.getRuntime().availableProcessors());
    private final StringProperty folder = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper stopping = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyStringWrapper progressWords = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper estimate = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable StudyRun> run = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Findings> findings = new ReadOnlyObjectWrapper<>();
    private final Map<Study, String> folders = new HashMap<>();
    private final Map<Study, Shown> shown = new HashMap<>();
    /** How many each sweep is done with; studies share one number. */
    private final Map<Study, Integer> seedsOfSweeps = new HashMap<>();

    private int seedsOfStudies = SEEDS;
    private volatile @Nullable Doing now;

    /** What is known of a study: its runs, and what they found where all are done. */
    private record Shown(StudyRun run, @Nullable Findings findings) {}

    /** A study under way. The run is there once its folder is open. */
    private static final class Doing {
        private final Study study;
        private volatile @Nullable StudyRun run;
        private volatile boolean wanted = true;
        private double doneAtStart = Double.NaN;
        private long start;

        Doing(Study study) {
            this.study = study;
        }

        void stop() {
            wanted = false;
            StudyRun begun = run;
            if (begun != null) {
                begun.stop();
            }
        }
    }

    /**
     * @param all studies, in the order of the list
     * @param lab where they are kept, unless another folder is chosen
     * @param doing runs a study, one after the other
     * @param reading reads what is on the disk
     * @param nanos a clock
     */
    public StudiesModel(
            List<Study> all,
            LabFolder lab,
            DataSource source,
            BackgroundTasks doing,
            BackgroundTasks reading,
            Notices notices,
            Texts texts,
            LongSupplier nanos) {
        this.all = FXCollections.observableArrayList(all);
        this.source = source;
        this.doing = doing;
        this.reading = reading;
        this.notices = notices;
        this.texts = texts;
        this.nanos = nanos;
        chosen.addListener((observable, before, study) -> {
            if (before != null) {
                folders.put(before, folder.get());
                keepSeeds(before);
            }
            seeds.set(seedsOfSweeps.getOrDefault(study, seedsOfStudies));
            folder.set(folders.getOrDefault(
                    study,
                    lab.root()
                            .resolve("studies")
                            .resolve(study.protocol().name())
                            .toString()));
            show(study);
            lookUp();
        });
        folder.addListener((observable, before, path) -> lookUp());
        seeds.addListener((observable, before, count) -> lookUp());
        workers.addListener((observable, before, count) -> describe());
        open.addListener((observable, before, opened) -> {
            if (opened && chosen.get() == null) {
                chosen.set(this.all.get(0));
            }
        });
    }

    private void keepSeeds(Study study) {
        if (seedsOfSweeps.containsKey(study)) {
            seedsOfSweeps.put(study, seeds.get());
        } else {
            seedsOfStudies = seeds.get();
        }
    }

    /** All studies and the sweeps that are known, the newest of those first. */
    public ObservableList<Study> all() {
        return FXCollections.unmodifiableObservableList(all);
    }

    /**
     * Adds a sweep to the list, above the studies, unless one of its folder is there.
     *
     * @param place where it is kept
     * @param count of seeds
     */
    public void add(Study sweep, Path place, int count) {
        if (ofFolder(place).isEmpty()) {
            enter(sweep, place, count);
        }
    }

    private void enter(Study sweep, Path place, int count) {
        seedsOfSweeps.put(sweep, count);
        folders.put(sweep, place.toString());
        all.add(0, sweep);
    }

    /** Shows a sweep, in the place of what the list had of its folder; one that is under way there stays. */
    public void show(Study sweep, Path place, int count) {
        Optional<Study> known = ofFolder(place);
        if (known.filter(this::isUnderWay).isPresent()) {
            chosen.set(known.get());
            return;
        }
        enter(sweep, place, count);
        chosen.set(sweep);
        known.ifPresent(this::forget);
    }

    private Optional<Study> ofFolder(Path place) {
        return seedsOfSweeps.keySet().stream()
                .filter(study -> place.toString().equals(folders.get(study)))
                .findFirst();
    }

    private void forget(Study sweep) {
        all.remove(sweep);
        seedsOfSweeps.remove(sweep);
        folders.remove(sweep);
        shown.remove(sweep);
    }

    /** Adds a sweep and does it. */
    public void start(Study sweep, Path place, int count) {
        if (running.get()) {
            return;
        }
        Doing begun = new Doing(sweep);
        now = begun; // so that nothing else looks into its folder
        show(sweep, place, count);
        begin(begun, place);
    }

    /** Whether the studies are on screen. */
    public BooleanProperty open() {
        return open;
    }

    /** The study that is shown. */
    public ObjectProperty<Study> chosen() {
        return chosen;
    }

    /** Runs of each arm. */
    public ObjectProperty<Integer> seeds() {
        return seeds;
    }

    /** Runs at the same time. */
    public ObjectProperty<Integer> workers() {
        return workers;
    }

    /** Where the study that is shown keeps what it finds. */
    public StringProperty folder() {
        return folder;
    }

    /** Whether some study is being done. */
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /** Whether it was told to stop and has not yet. */
    public ReadOnlyBooleanProperty stopping() {
        return stopping.getReadOnlyProperty();
    }

    /** The part of the study under way that is done, in [0, 1]. */
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /** Which study is under way, how far it is, and how long it takes still. */
    public ReadOnlyStringProperty progressWords() {
        return progressWords.getReadOnlyProperty();
    }

    /** How many runs the study that is shown has, how many of them are there, and how long the rest takes. */
    public ReadOnlyStringProperty estimate() {
        return estimate.getReadOnlyProperty();
    }

    /** How many of the claims are met; empty before. */
    public ReadOnlyStringProperty outcome() {
        return outcome.getReadOnlyProperty();
    }

    /** The runs of the study that is shown; null before the first. */
    public ReadOnlyObjectProperty<@Nullable StudyRun> run() {
        return run.getReadOnlyProperty();
    }

    /** What the study that is shown found; null before. */
    public ReadOnlyObjectProperty<@Nullable Findings> findings() {
        return findings.getReadOnlyProperty();
    }

    /** Does the study that is shown, or what is left of it. */
    public void start() {
        Study study = chosen.get();
        Optional<Path> place = place();
        if (running.get() || place.isEmpty()) {
            return;
        }
        Doing begun = new Doing(study);
        now = begun;
        begin(begun, place.get());
    }

    private void begin(Doing begun, Path place) {
        Study study = begun.study;
        int count = seeds.get();
        int atOnce = workers.get();
        running.set(true);
        progress.set(0);
        progressWords.set(texts.of("studies.starting", study.protocol().name()));
        doing.run(() -> work(begun, count, atOnce, place), this::ended, sentence -> {
            idle();
            notices.warn(sentence);
        });
    }

    /** On the thread of studies. Empty findings where it was stopped. */
    private Shown work(Doing begun, int count, int atOnce, Path place) {
        try (StudyJob job = StudyJob.open(begun.study, count, source, place)) {
            begun.run = job.run();
            if (!begun.wanted) {
                return new Shown(job.run(), null);
            }
            try {
                return new Shown(job.run(), job.go(atOnce));
            } catch (CancellationException e) {
                return new Shown(job.run(), null);
            }
        }
    }

    private void ended(Shown result) {
        Study study = result.run.study();
        String name = study.protocol().name();
        shown.put(study, result);
        idle();
        refresh(study);
        if (!study.divergenceCounts()) {
            for (var cell : result.run.cells()) {
                cell.result()
                        .map(CellResult::divergence)
                        .ifPresent(divergence -> notices.warn(texts.of(
                                "studies.diverged",
                                cell.key().arm(),
                                Long.toString(cell.key().seed()),
                                divergence)));
            }
        }
        notices.tell(texts.of(
                result.findings == null ? "studies.stopped" : "studies.done",
                name,
                Integer.toString(there(result.run)),
                Integer.toString(result.run.cells().size())));
    }

    private void idle() {
        now = null;
        running.set(false);
        stopping.set(false);
        progressWords.set("");
    }

    /** Gives up the runs under way; those that are done stay. */
    public void stop() {
        Doing begun = now;
        if (begun != null) {
            stopping.set(true);
            begun.stop();
        }
    }

    /** Once a frame: how far it is. */
    public void pulse() {
        Doing begun = now;
        StudyRun under = begun == null ? null : begun.run;
        if (begun == null || under == null) {
            return;
        }
        double done = under.done();
        if (Double.isNaN(begun.doneAtStart)) {
            begun.doneAtStart = done;
            begun.start = nanos.getAsLong();
            shown.put(begun.study, new Shown(under, null));
            refresh(begun.study);
        }
        progress.set(done);
        double seconds = (nanos.getAsLong() - begun.start) / 1e9;
        double share = done - begun.doneAtStart;
        String left = share > 0.002 && seconds > 1
                ? texts.of("studies.left", Durations.inWords(seconds * (1 - done) / share))
                : "";
        progressWords.set(texts.of(
                stopping.get() ? "studies.stopping" : "studies.running",
                begun.study.protocol().name(),
                Integer.toString(there(under)),
                Integer.toString(under.cells().size()),
                left));
        if (begun.study == chosen.get()) {
            describe();
        }
    }

    /** What is on the disk of the study that is shown, unless it is known or under way. */
    private void lookUp() {
        describe();
        Study study = chosen.get();
        if (study == null || isUnderWay(study)) {
            return;
        }
        int count = seeds.get();
        String path = folder.get();
        Optional<Path> place = place();
        if (place.isEmpty()) {
            return;
        }
        reading.run(
                () -> stored(study, count, place.get()),
                found -> {
                    boolean same =
                            study == chosen.get() && count == seeds.get().intValue() && path.equals(folder.get());
                    if (same && !isUnderWay(study)) {
                        found.ifPresentOrElse(known -> shown.put(study, known), () -> shown.remove(study));
                        show(study);
                    }
                },
                sentence -> {
                    if (study == chosen.get() && !isUnderWay(study)) {
                        shown.remove(study);
                        show(study);
                        estimate.set(sentence);
                    }
                });
    }

    private boolean isUnderWay(Study study) {
        Doing begun = now;
        return begun != null && begun.study == study;
    }

    private Optional<Shown> stored(Study study, int count, Path place) {
        if (isUnderWay(study)) { // begun since it was asked
            return Optional.empty();
        }
        try (StudyJob job = StudyJob.ifThere(study, count, source, place).orElse(null)) {
            if (job == null) {
                return Optional.empty();
            }
            boolean complete = there(job.run()) == job.run().cells().size();
            return Optional.of(new Shown(job.run(), complete ? job.run().findings() : null));
        }
    }

    private static int there(StudyRun run) {
        return (int)
                run.cells().stream().filter(cell -> cell.result().isPresent()).count();
    }

    private void refresh(Study study) {
        if (study == chosen.get()) {
            show(study);
        }
    }

    private void show(Study study) {
        Shown known = shown.get(study);
        run.set(known == null ? null : known.run);
        findings.set(known == null ? null : known.findings);
        outcome.set(known == null || known.findings == null ? "" : outcome(known.findings));
        describe();
    }

    private String outcome(Findings found) {
        int[] counts = new int[Claim.Verdict.values().length];
        found.claims().forEach(claim -> counts[claim.verdict().ordinal()]++);
        return texts.of(
                "studies.outcome",
                Integer.toString(counts[Claim.Verdict.MET.ordinal()]),
                Integer.toString(counts[Claim.Verdict.NOT_MET.ordinal()]),
                Integer.toString(counts[Claim.Verdict.REPORTED.ordinal()]));
    }

    private void describe() {
        Study study = chosen.get();
        if (study == null) {
            return;
        }
        Protocol protocol = study.protocol();
        StudyRun known = run.get();
        int runs = protocol.runs(seeds.get());
        int done = known == null || known.cells().size() != runs ? 0 : there(known);
        double all = protocol.seconds(seeds.get(), workers.get());
        String count = Integer.toString(runs);
        if (done == runs) {
            estimate.set(texts.of("studies.allThere", count));
        } else if (Double.isNaN(all)) {
            estimate.set(texts.of("studies.estimateUnknown", count, Integer.toString(done)));
        } else if (done == 0) {
            estimate.set(texts.of("studies.estimate", count, Durations.inWords(all)));
        } else {
            estimate.set(texts.of(
                    "studies.estimateRest",
                    count,
                    Integer.toString(done),
                    Durations.inWords(all * (runs - done) / runs)));
        }
    }

    private Optional<Path> place() {
        try {
            return folder.get().isBlank()
                    ? Optional.empty()
                    : Optional.of(Path.of(folder.get().strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The report of the study that is shown; empty where there is none yet. */
    public Optional<Path> report() {
        return place().map(path -> path.resolve(StudyReport.FILE)).filter(Files::isRegularFile);
    }
}
