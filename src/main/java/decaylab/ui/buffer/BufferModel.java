package decaylab.ui.buffer;

import decaylab.chart.ChartKind;
import decaylab.data.DataSet;
import decaylab.experiment.DecaySpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Instrument;
import decaylab.experiment.Shortest;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.net.LayerNames;
import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.StepRule;
import decaylab.problem.BadInputException;
import decaylab.train.BufferLook;
import decaylab.train.Checkpoint;
import decaylab.train.DataSource;
import decaylab.train.Inspection;
import decaylab.train.LiveRun;
import decaylab.train.RowLook;
import decaylab.train.RunState;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.InstrumentsModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.WeakHashMap;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
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

/**
 * The current run's update beside that of another decay entry, with what the buffers hold now. The values are those of the last
 * step whose shares were taken, and of the state after it.
 */
public final class BufferModel {
    private static final long LEAST_NANOS = 400_000_000L;
    private static final List<ChartKind> WHOLE =
            List.of(ChartKind.SHARES, ChartKind.ANGLE_OF_SHARES, ChartKind.DROWNED, ChartKind.NORM);
    private static final List<ChartKind> OF_TOKENS = List.of(
            ChartKind.TOKEN_OBJECTIVE_SHARES,
            ChartKind.TOKEN_PENALTY_SHARES,
            ChartKind.TOKEN_ANGLES,
            ChartKind.TOKEN_DROWNED,
            ChartKind.ROW_NORMS);

    private final LabSession session;
    private final DataSource data;
    private final BackgroundTasks looking;
    private final InstrumentsModel instruments;
    private final Notices notices;
    private final Texts texts;
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown");
    private final ObservableList<String> parts = FXCollections.observableArrayList();
    private final StringProperty part = new SimpleStringProperty(this, "part", "");
    private final ObservableList<DecayEntry> variants = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable DecayEntry> variant = new SimpleObjectProperty<>(this, "variant");
    private final ReadOnlyObjectWrapper<@Nullable UpdateCard> own = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable UpdateCard> other = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RowLook> rows = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper comparable = new ReadOnlyBooleanWrapper();
    private final ObservableList<ChartKind> charts = FXCollections.observableArrayList(WHOLE);
    private final ObservableList<RunEntry> runs = FXCollections.observableArrayList();
    private @Nullable RunEntry current;
    private Looks looks = Looks.NONE;
    private boolean busy;
    private boolean dirty = true;
    private long lastLook;
    private long lookedAtRows = -1;

    /** Of the looking thread alone: inspections are dear to make. */
    private final Map<RunEntry, Inspection> inspections = new WeakHashMap<>();

    /** What was seen of the run, and of the one beside it. */
    private record Looks(
            @Nullable BufferLook own,
            @Nullable BufferLook beside,
            @Nullable RowLook rows) {
        private static final Looks NONE = new Looks(null, null, null);
    }

    /**
     * @param data where runs from folders get their data
     * @param looking one thread, for what takes a moment
     */
    public BufferModel(
            LabSession session,
            DataSource data,
            BackgroundTasks looking,
            InstrumentsModel instruments,
            Notices notices,
            Texts texts) {
        this.session = session;
        this.data = data;
        this.looking = looking;
        this.instruments = instruments;
        this.notices = notices;
        this.texts = texts;
        part.addListener((observable, before, now) -> choosePart());
        variant.addListener((observable, before, now) -> dirty = true);
        shown.addListener((observable, before, now) -> need());
    }

    /** Whether the view is on screen; then the shares are taken. */
    public BooleanProperty shown() {
        return shown;
    }

    /** What can be looked at: the network, its layers, the classes of tokens where there are some. */
    public ObservableList<String> parts() {
        return parts;
    }

    /** Which of them is. */
    public StringProperty part() {
        return part;
    }

    /** The decay entries that the current run's optimiser can have. */
    public ObservableList<DecayEntry> variants() {
        return variants;
    }

    /** The one that is compared with; null before the first run. */
    public ObjectProperty<@Nullable DecayEntry> variant() {
        return variant;
    }

    /** The current run's update; null where there is no run. */
    public ReadOnlyObjectProperty<@Nullable UpdateCard> own() {
        return own.getReadOnlyProperty();
    }

    /** That of the other variant, with values where it runs. */
    public ReadOnlyObjectProperty<@Nullable UpdateCard> other() {
        return other.getReadOnlyProperty();
    }

    /** The rows of the embedding; null where they are not looked at. */
    public ReadOnlyObjectProperty<@Nullable RowLook> rows() {
        return rows.getReadOnlyProperty();
    }

    /** Which step the values are of. */
    public ReadOnlyStringProperty note() {
        return note.getReadOnlyProperty();
    }

    /** Whether the other variant can be run beside. */
    public ReadOnlyBooleanProperty comparable() {
        return comparable.getReadOnlyProperty();
    }

    /** The charts of what is looked at. */
    public ObservableList<ChartKind> charts() {
        return charts;
    }

    /** The runs that they draw, the current one last. */
    public ObservableList<RunEntry> runs() {
        return runs;
    }

    /** The layer that the charts show; null for the network, or where they show classes. */
    public @Nullable String layer() {
        return isWhole() || isOfTokens() ? null : chosen();
    }

    /** Whether the classes of tokens are looked at. */
    public boolean isOfTokens() {
        return chosen().equals(texts.of("buffer.tokens"));
    }

    private boolean isWhole() {
        return chosen().isEmpty() || chosen().equals(texts.of("buffer.network"));
    }

    /** A list that is filled anew has nothing chosen for a moment. */
    private String chosen() {
        return Objects.requireNonNullElse(part.get(), "");
    }

    private void choosePart() {
        dirty = true;
        List<ChartKind> wanted = isOfTokens() ? OF_TOKENS : WHOLE;
        if (!charts.equals(wanted)) {
            charts.setAll(wanted);
        }
        need();
    }

    private void need() {
        set(Instrument.SHARES, shown.get());
        set(Instrument.EMBEDDING, shown.get() && isOfTokens());
        dirty = true;
    }

    private void set(Instrument instrument, boolean needed) {
        if (needed) {
            instruments.needs().add(instrument);
        } else {
            instruments.needs().remove(instrument);
        }
    }

    /**
     * Looks again where there is something new.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        RunEntry entry = session.current().get();
        if (entry != current) {
            begin(entry);
        }
        RunEntry beside = session.beside().get();
        List<RunEntry> drawn = new ArrayList<>();
        if (beside != null) {
            drawn.add(beside);
        }
        if (entry != null) {
            drawn.add(entry);
        }
        if (!drawn.equals(runs)) {
            runs.setAll(drawn);
            dirty = true;
        }
        if (entry == null) {
            return;
        }
        comparable.set(isComparable(entry, beside));
        long done = entry.log().rows() + (beside == null ? 0 : beside.log().rows());
        boolean due = dirty || done != lookedAtRows && now - lastLook >= LEAST_NANOS;
        if (busy || !due || entry.state() == RunState.PREPARING) {
            return;
        }
        dirty = false;
        lookedAtRows = done;
        lastLook = now;
        show(entry, beside);
        if (entry.log().rows() == 0) {
            return;
        }
        busy = true;
        String layer = isOfTokens() ? tokenLayer(entry) : layer();
        boolean ofTokens = isOfTokens();
        looking.run(
                () -> new Looks(
                        look(entry, layer).orElse(null),
                        beside == null ? null : look(beside, layer).orElse(null),
                        ofTokens ? rowsOf(entry) : null),
                taken -> {
                    busy = false;
                    if (entry == current) {
                        looks = taken;
                        rows.set(taken.rows());
                        show(entry, session.beside().get());
                    }
                },
                problem -> {
                    busy = false;
                    note.set(problem);
                });
    }

    private static @Nullable String tokenLayer(RunEntry entry) {
        return LayerNames.embedding(LayerNames.of(entry.experiment().network())).orElse(null);
    }

    private boolean isComparable(RunEntry entry, @Nullable RunEntry beside) {
        DecayEntry wanted = variant.get();
        boolean running = beside != null && beside.experiment().decay().entry() == wanted;
        return wanted != null
                && wanted != entry.experiment().decay().entry()
                && !running
                && entry.live().isPresent();
    }

    private void begin(@Nullable RunEntry entry) {
        current = entry;
        looks = Looks.NONE;
        rows.set(null);
        dirty = true;
        if (entry == null) {
            own.set(null);
            other.set(null);
            note.set(texts.of("buffer.noRun"));
            return;
        }
        List<String> choices = new ArrayList<>(List.of(texts.of("buffer.network")));
        choices.addAll(LayerNames.of(entry.experiment().network()));
        if (tokenLayer(entry) != null) {
            choices.add(texts.of("buffer.tokens"));
        }
        if (!choices.equals(parts)) {
            String before = chosen();
            parts.setAll(choices);
            part.set(choices.contains(before) ? before : choices.get(0));
        }
        boolean adam = entry.experiment().optimizer().rule() instanceof StepRule.Adam;
        List<DecayEntry> possible = Arrays.stream(DecayEntry.values())
                .filter(each -> adam || !each.needsAdam())
                .toList();
        DecayEntry before = variant.get();
        if (!possible.equals(variants)) {
            variants.setAll(possible);
        }
        DecayEntry ownEntry = entry.experiment().decay().entry();
        if (before == null || before == ownEntry || !possible.contains(before)) {
            variant.set(ownEntry == DecayEntry.DECOUPLED ? DecayEntry.L2 : DecayEntry.DECOUPLED);
        }
    }

    private void show(RunEntry entry, @Nullable RunEntry beside) {
        Experiment experiment = entry.experiment();
        own.set(card(entry, experiment.decay().entry(), looks.own()));
        DecayEntry wanted = variant.get();
        if (wanted != null) {
            other.set(
                    beside != null && beside.experiment().decay().entry() == wanted
                            ? card(beside, wanted, looks.beside())
                            : new UpdateCard(
                                    texts.of("buffer.variant", wanted.toString()),
                                    lines(experiment, wanted).stream()
                                            .map(line -> new UpdateCard.Row(line, name(line), ""))
                                            .toList(),
                                    wanted == experiment.decay().entry()
                                            ? texts.of("buffer.same")
                                            : texts.of("buffer.notRun") + " " + unmoved(wanted, null)));
        }
        BufferLook look = looks.own();
        note.set(
                look == null
                        ? texts.of("buffer.waiting")
                        : texts.of("buffer.step", Numbers.count(look.step()), partWords()));
    }

    private String partWords() {
        return isWhole() ? texts.of("buffer.ofNetwork") : isOfTokens() ? texts.of("buffer.ofTokens") : chosen();
    }

    private static List<UpdateLine> lines(Experiment experiment, DecayEntry entry) {
        Coupling coupling = entry.atStep() && experiment.decay().entry().atStep()
                ? experiment.decay().coupling()
                : Coupling.LEARNING_RATE;
        return UpdateLine.of(experiment.optimizer().rule(), entry, coupling);
    }

    private String name(UpdateLine line) {
        return texts.of("buffer.part." + line.part());
    }

    private UpdateCard card(RunEntry run, DecayEntry entry, @Nullable BufferLook look) {
        List<UpdateCard.Row> all = new ArrayList<>();
        for (UpdateLine line : lines(run.experiment(), entry)) {
            all.add(new UpdateCard.Row(line, name(line), value(run, line.part(), look)));
        }
        return new UpdateCard(texts.of("buffer.ofRun", entry.toString(), run.name()), all, unmoved(entry, look));
    }

    /** What becomes of weights whose v is 0, where the division would be by epsilon alone. */
    private String unmoved(DecayEntry entry, @Nullable BufferLook look) {
        boolean clean = entry == DecayEntry.M_MIXED || entry == DecayEntry.SEPARATE;
        if (!clean) {
            return "";
        }
        return look == null || Double.isNaN(look.unmoved())
                ? texts.of("buffer.zeroV")
                : texts.of("buffer.zeroVNow", percent(look.unmoved()));
    }

    private String value(RunEntry run, UpdateLine.Part of, @Nullable BufferLook look) {
        if (look == null) {
            return "";
        }
        return switch (of) {
            case GRADIENT -> length(lastOf(run, Quantity.STEP_GRADIENT));
            case PENALTY -> length(lastDecay(run) * look.decayedNorm());
            case MOMENTUM, FIRST -> length(look.first());
            case SECOND -> texts.of("buffer.typical", rounded(look.typicalRoot()));
            case TWIN_FIRST -> length(look.twinFirst());
            case TWIN_SECOND -> texts.of("buffer.typical", rounded(look.twinTypicalRoot()));
            case DIVISION -> words("buffer.drowned", percent(lastOf(run, Quantity.DROWNED)));
            case STEP ->
                words(
                        "buffer.shares",
                        rounded(lastOf(run, Quantity.OBJECTIVE_SHARE)),
                        rounded(lastOf(run, Quantity.PENALTY_SHARE)));
        };
    }

    /** Empty where one of the values is not known. */
    private String words(String key, String... values) {
        return Arrays.asList(values).contains("") ? "" : texts.of(key, (Object[]) values);
    }

    private String length(double value) {
        return SampleLog.isEmpty(value) ? "" : texts.of("buffer.length", Shortest.rounded(value, 3));
    }

    private static String rounded(double value) {
        return SampleLog.isEmpty(value) ? "" : Shortest.rounded(value, 2);
    }

    private String percent(double part) {
        return SampleLog.isEmpty(part) ? "" : Shortest.rounded(100 * part, 3) + " %";
    }

    private static double lastDecay(RunEntry run) {
        long row = run.log().rows() - 1;
        return row < 0 ? SampleLog.EMPTY : run.log().value(Quantity.DECAY, row);
    }

    /** The newest value of what the instrument of the shares takes, of the layer that is looked at. */
    private double lastOf(RunEntry run, Quantity quantity) {
        SampleLog sheet = run.log().sheet(Instrument.SHARES);
        String layer = isOfTokens() ? tokenLayer(run) : layer();
        OptionalInt place = sheet.place(new Metric(quantity, layer));
        long row = sheet.rows() - 1;
        return place.isEmpty() || row < 0 ? SampleLog.EMPTY : sheet.value(place.getAsInt(), row);
    }

    // On the looking thread.

    private Inspection inspection(RunEntry entry) {
        return inspections.computeIfAbsent(entry, run -> {
            DataSet set = run.live().flatMap(LiveRun::data).orElseGet(() -> data.load(run.experiment()));
            return new Inspection(run.experiment(), set);
        });
    }

    private Optional<BufferLook> look(RunEntry entry, @Nullable String layer) throws InterruptedException {
        DecaySpec decay = entry.live()
                .map(run -> run.status().inForce().decay())
                .orElse(entry.experiment().decay());
        Optional<Checkpoint> newest = entry.state() == RunState.PREPARING ? Optional.empty() : entry.newest();
        return newest.map(checkpoint -> inspection(entry).buffers(checkpoint, decay, layer));
    }

    private @Nullable RowLook rowsOf(RunEntry entry) throws InterruptedException {
        return entry.newest()
                .flatMap(checkpoint -> inspection(entry).rows(checkpoint))
                .orElse(null);
    }

    // On the window's.

    /** Runs the other variant from its start on the same batches, beside the current run. */
    public void compare() {
        RunEntry entry = session.current().get();
        DecayEntry wanted = variant.get();
        if (entry == null || wanted == null || !comparable.get()) {
            return;
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("decay.entry", wanted.toString());
        if (!wanted.atStep()) {
            settings.put("decay.coupling", Coupling.LEARNING_RATE.toString());
        }
        try {
            Experiment other = yaml.with(entry.experiment(), settings);
            session.runBeside(other, texts.name("buffer.besideName", entry.name(), wanted.toString()));
            dirty = true;
        } catch (BadInputException e) {
            notices.warn(String.valueOf(e.getMessage()));
        }
    }
}
