package decaylab.ui.inspect;

import decaylab.data.DataSet;
import decaylab.experiment.Durations;
import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.GeneralizationMeter;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.instrument.geometry.GeneralizationMetrics;
import decaylab.instrument.geometry.Invariance;
import decaylab.instrument.geometry.MeterSettings;
import decaylab.net.LayerNames;
import decaylab.store.WholeFile;
import decaylab.train.Checkpoint;
import decaylab.train.DataSource;
import decaylab.train.Inspection;
import decaylab.train.LayerLook;
import decaylab.train.LiveRun;
import decaylab.train.RunState;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The inside of the current run's network. The training thread only copies its state; everything else is done on workers, one
 * look at a time, and only while somebody looks.
 */
public final class InspectModel {
    private static final long LEAST_NANOS = 500_000_000L;
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    private final LabSession session;
    private final DataSource data;
    private final BackgroundTasks looking;
    private final BackgroundTasks measuringTasks;
    private final Notices notices;
    private final Texts texts;
    private final ObservableList<String> layers = FXCollections.observableArrayList();
    private final StringProperty layer = new SimpleStringProperty("");
    private final StringProperty compareStep = new SimpleStringProperty("");
    private final StringProperty factor = new SimpleStringProperty("3");
    private final ReadOnlyObjectWrapper<@Nullable Looks> looks = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper invariance = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper refusal = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper measuring = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyStringWrapper remaining = new ReadOnlyStringWrapper("");
    private final ObservableList<Measurement> measurements = FXCollections.observableArrayList();
    private volatile double share;
    private volatile boolean cancelled;
    private volatile boolean closed;
    private long measureStart;
    private boolean busy;
    private boolean dirty = true;
    private long lastLook;
    private long lookedAtRows = -1;
    private @Nullable RunEntry shown;

    // Of the looking thread alone.
    private @Nullable Inspection inspection;
    private @Nullable RunEntry inspected;
    private @Nullable DataSet loaded;

    /**
     * @param data where stored runs get their data
     * @param looking one thread, for what takes a moment
     * @param measuring another, for what takes long
     */
    public InspectModel(
            LabSession session,
            DataSource data,
            BackgroundTasks looking,
            BackgroundTasks measuring,
            Notices notices,
            Texts texts) {
        this.session = session;
        this.data = data;
        this.looking = looking;
        measuringTasks = measuring;
        this.notices = notices;
        this.texts = texts;
        layer.addListener((observable, before, now) -> {
            dirty = true;
            invariance.set("");
        });
        compareStep.addListener((observable, before, now) -> dirty = true);
    }

    /** Names of the layers with weights. */
    public ObservableList<String> layers() {
        return layers;
    }

    /** The layer that is looked into. */
    public StringProperty layer() {
        return layer;
    }

    /** The earlier step to compare with, as text; empty for none. */
    public StringProperty compareStep() {
        return compareStep;
    }

    /** What is known of the layer; null before the first look. */
    public ReadOnlyObjectProperty<@Nullable Looks> looks() {
        return looks.getReadOnlyProperty();
    }

    /** Which steps are shown, or why nothing is. */
    public ReadOnlyStringProperty note() {
        return note.getReadOnlyProperty();
    }

    /** By what the layer is rescaled, as text. */
    public StringProperty factor() {
        return factor;
    }

    /** What the rescaling did, in words. */
    public ReadOnlyStringProperty invariance() {
        return invariance.getReadOnlyProperty();
    }

    /** Why the current run's network cannot be measured; empty where it can. */
    public ReadOnlyStringProperty refusal() {
        return refusal.getReadOnlyProperty();
    }

    /** Whether measures of generalisation are being taken. */
    public ReadOnlyBooleanProperty measuring() {
        return measuring.getReadOnlyProperty();
    }

    /** How much of that is done, in [0, 1]. */
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /** How long it will take, in words. */
    public ReadOnlyStringProperty remaining() {
        return remaining.getReadOnlyProperty();
    }

    /** What was measured in this window, the oldest first. */
    public ObservableList<Measurement> measurements() {
        return measurements;
    }

    /**
     * Looks again where there is something new.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        RunEntry entry = session.current().get();
        if (entry != shown) {
            show(entry);
        }
        progress.set(share);
        double passed = (now - measureStart) / 1e9;
        remaining.set(
                measuring.get() && share > 0.05
                        ? texts.of("inspect.left", Durations.inWords(passed * (1 - share) / share))
                        : "");
        long rows = entry == null ? 0 : entry.log().rows();
        if (entry == null || rows == 0) {
            note.set(texts.of("inspect.waiting"));
            return;
        }
        if (acts(entry)) {
            note.set(texts.of("inspect.environment"));
            return;
        }
        boolean due = dirty || rows != lookedAtRows && now - lastLook >= LEAST_NANOS;
        if (busy || !due || entry.state() == RunState.PREPARING || layer.get() == null) {
            return;
        }
        busy = true;
        dirty = false;
        lookedAtRows = rows;
        lastLook = now;
        String wanted = layer.get();
        String compared = compareStep.get().strip();
        looking.run(() -> look(entry, wanted, compared), this::take, problem -> {
            busy = false;
            note.set(problem);
        });
    }

    /** Whether it learns from no examples, on which all of this is taken. */
    private static boolean acts(RunEntry entry) {
        return entry.experiment().environment().isPresent();
    }

    private void show(@Nullable RunEntry entry) {
        shown = entry;
        dirty = true;
        looks.set(null);
        invariance.set("");
        List<String> names =
                entry == null ? List.of() : LayerNames.of(entry.experiment().network());
        if (!names.equals(layers)) {
            layers.setAll(names);
            layer.set(names.isEmpty() ? "" : names.get(0));
        }
        refusal.set(
                entry == null
                        ? texts.of("inspect.noRun")
                        : acts(entry)
                                ? texts.of("inspect.environment")
                                : entry.experiment().onGraph().isPresent()
                                        ? texts.of("inspect.graph")
                                        : AnalysisNetwork.refusal(
                                                        entry.experiment().network())
                                                .orElse(""));
    }

    private void take(Optional<Looks> taken) {
        busy = false;
        taken.ifPresent(some -> {
            looks.set(some);
            LayerLook then = some.then();
            String compared = compareStep.get().strip();
            note.set(
                    then != null
                            ? texts.of(
                                    "inspect.nowAndThen",
                                    Numbers.count(some.now().step()),
                                    Numbers.count(then.step()))
                            : compared.isEmpty()
                                    ? texts.of(
                                            "inspect.now",
                                            Numbers.count(some.now().step()))
                                    : texts.of("inspect.noThen", compared));
        });
    }

    // On the looking thread.

    private Optional<Looks> look(RunEntry entry, String wanted, String compared) {
        if (inspected != entry) {
            inspected = entry;
            loaded = dataOf(entry);
            inspection = new Inspection(entry.experiment(), loaded);
        }
        Checkpoint newest = newest(entry).orElse(null);
        if (newest == null) {
            return Optional.empty();
        }
        Checkpoint earlier = null;
        if (compared.matches("\\d{1,12}")) {
            long step = Math.min(Long.parseLong(compared), entry.log().rows());
            earlier = entry.pastUntil(step, damaged -> {}).checkpoint();
        }
        return Optional.of(
                new Looks(look(entry, newest, wanted), earlier == null ? null : look(entry, earlier, wanted)));
    }

    private LayerLook look(RunEntry entry, Checkpoint checkpoint, String wanted) {
        SampleLog log = entry.log();
        long row = Math.max(0, Math.min(checkpoint.step(), log.rows()) - 1);
        return Objects.requireNonNull(inspection)
                .look(
                        checkpoint,
                        wanted,
                        log.value(Quantity.LEARNING_RATE, row),
                        log.value(Quantity.DECAY, row),
                        () -> closed);
    }

    private DataSet dataOf(RunEntry entry) {
        return entry.live().flatMap(LiveRun::data).orElseGet(() -> data.load(entry.experiment()));
    }

    /** The state of a run that goes on, or its last checkpoint. */
    private static Optional<Checkpoint> newest(RunEntry entry) {
        try {
            return entry.newest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Rescales the layer on a copy, and says what became of outputs and gradient. */
    public void rescale() {
        RunEntry entry = session.current().get();
        if (entry == null || entry.log().rows() == 0) {
            invariance.set(texts.of("inspect.waiting"));
            return;
        }
        if (acts(entry)) {
            invariance.set(texts.of("inspect.environment"));
            return;
        }
        double by;
        try {
            by = Double.parseDouble(factor.get().strip());
        } catch (NumberFormatException e) {
            by = Double.NaN;
        }
        if (!(by > 0 && by <= 1e6)) {
            invariance.set(texts.of("inspect.badFactor", factor.get()));
            return;
        }
        double chosen = by;
        String wanted = layer.get();
        invariance.set(texts.of("inspect.rescaling"));
        looking.run(
                () -> {
                    Checkpoint newest = newest(entry).orElse(null);
                    return newest == null
                            ? Optional.<Invariance.Effect>empty()
                            : Optional.of(Invariance.of(
                                    entry.experiment(), dataOf(entry), newest.parameters(), wanted, chosen));
                },
                effect -> invariance.set(effect.map(this::words).orElse("")),
                invariance::set);
    }

    private String words(Invariance.Effect effect) {
        return texts.of(
                effect.normalized() ? "inspect.invariant" : "inspect.notInvariant",
                effect.layer(),
                Numbers.exact(effect.factor()),
                Numbers.rounded(effect.outputChange(), 2),
                Numbers.rounded(effect.lossBefore(), 5),
                Numbers.rounded(effect.lossAfter(), 5),
                Numbers.rounded(effect.gradientBefore(), 3),
                Numbers.rounded(effect.gradientAfter(), 3),
                Numbers.rounded(effect.shrunkBy(), 4));
    }

    /** Takes all measures of generalisation of the current run as it is now. */
    public void measure() {
        RunEntry entry = session.current().get();
        if (entry == null || entry.log().rows() == 0 || measuring.get()) {
            return;
        }
        measuring.set(true);
        cancelled = false;
        share = 0;
        measureStart = System.nanoTime();
        String name = entry.name();
        Experiment experiment = entry.experiment();
        measuringTasks.run(
                () -> {
                    Checkpoint newest = newest(entry).orElseThrow(CancellationException::new);
                    MeterSettings settings =
                            MeterSettings.fitting(experiment.network().kind());
                    Optional<GeneralizationMetrics> taken = new GeneralizationMeter(experiment, dataOf(entry), settings)
                            .measure(newest.parameters(), done -> share = done, () -> cancelled || closed);
                    return taken.map(metrics -> new Measurement(name, newest.step(), metrics));
                },
                taken -> {
                    measuring.set(false);
                    taken.ifPresent(measurements::add);
                },
                problem -> {
                    measuring.set(false);
                    notices.warn(problem);
                });
    }

    /** Gives up what is being measured. */
    public void cancel() {
        cancelled = true;
    }

    /** Gives up everything. */
    public void close() {
        closed = true;
    }

    /** The measures that have a column, with their words. */
    static List<Column> columns(QuantityTexts quantities) {
        List<Column> columns = new ArrayList<>();
        for (GeneralizationMetric metric : GeneralizationMetric.values()) {
            Optional<Quantity> quantity =
                    metric == GeneralizationMetric.NORM ? Optional.of(Quantity.NORM) : Quantity.ofMetric(metric.key());
            quantity.ifPresent(of -> columns.add(new Column(metric, quantities.of(of))));
        }
        columns.sort(
                (a, b) -> Boolean.compare(b.metric().invariant(), a.metric().invariant()));
        return columns;
    }

    /** A column of the table of measurements. */
    record Column(GeneralizationMetric metric, QuantityTexts.Text text) {}

    /** Writes the table of measurements. */
    void export(Path file) {
        StringBuilder out = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(out, CSV)) {
            printer.print("run");
            printer.print("step");
            printer.print("trainLoss");
            for (GeneralizationMetric metric : GeneralizationMetric.values()) {
                printer.print(metric.key());
            }
            printer.println();
            for (Measurement each : measurements) {
                printer.print(each.run());
                printer.print(each.step());
                printer.print(each.metrics().trainLoss());
                for (GeneralizationMetric metric : GeneralizationMetric.values()) {
                    OptionalDouble value = each.metrics().value(metric);
                    printer.print(value.isPresent() ? Double.toString(value.getAsDouble()) : "");
                }
                printer.println();
            }
            WholeFile.write(file, out.toString());
            notices.tell(texts.of("inspect.exported", file.toString()));
        } catch (IOException e) {
            notices.warn(texts.of("inspect.notExported", file.toString(), String.valueOf(e.getMessage())));
        }
    }
}
