package decaylab.ui.race;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Field;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.train.RunState;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;

/** A race: what takes part, how it stands, and who is first in what. */
public final class RaceModel {
    private final LabSession session;
    private final DesignerModel designer;
    private final ExperimentYaml yaml;
    private final Presets presets;
    private final Notices notices;
    private final Texts texts;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.TIMING);
    private final ObservableSet<RaceField.Timing> timings =
            FXCollections.observableSet(EnumSet.allOf(RaceField.Timing.class));
    private final ObjectProperty<Field> field = new SimpleObjectProperty<>(Field.DECAY_LAMBDA);
    private final StringProperty values = new SimpleStringProperty("0, 1e-3, 1e-2");
    private final ObservableList<String> chosen = FXCollections.observableArrayList("always", "never");
    private final ObservableList<Lane> lanes = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper verdict = new ReadOnlyStringWrapper("");
    private List<RunEntry> runs = List.of();
    private boolean over = true;

    /** What differs between those of a race. */
    public enum Kind {
        /** When decay acts. */
        TIMING,
        /** The values of a field. */
        VALUES,
        /** Everything that presets differ in. */
        PRESETS
    }

    public RaceModel(
            LabSession session,
            DesignerModel designer,
            ExperimentYaml yaml,
            Presets presets,
            Notices notices,
            Texts texts) {
        this.session = session;
        this.designer = designer;
        this.yaml = yaml;
        this.presets = presets;
        this.notices = notices;
        this.texts = texts;
    }

    /** Whether the form and the lanes are on screen. */
    public BooleanProperty open() {
        return open;
    }

    /** What differs. */
    public ObjectProperty<Kind> kind() {
        return kind;
    }

    /** When decay acts in those that take part. */
    public ObservableSet<RaceField.Timing> timings() {
        return timings;
    }

    /** The field that differs. */
    public ObjectProperty<Field> field() {
        return field;
    }

    /** The fields that can differ. */
    public List<Field> fields() {
        Set<Field> shared = EnumSet.of(Field.BATCH_SIZE, Field.SEED, Field.INSTRUMENTS);
        return designer.fields().stream()
                .filter(each -> !shared.contains(each) && !each.path().startsWith("data."))
                .toList();
    }

    /** Its values, with commas between them. */
    public StringProperty values() {
        return values;
    }

    /** The presets that take part. */
    public ObservableList<String> chosen() {
        return chosen;
    }

    /** The presets that could. */
    public List<String> presets() {
        return presets.names();
    }

    /** How the race stands, in the order of the start. */
    public ObservableList<Lane> lanes() {
        return lanes;
    }

    /** Who was first in what; empty before the end. */
    public ReadOnlyStringProperty verdict() {
        return verdict.getReadOnlyProperty();
    }

    /** Starts what the form describes. */
    public void start() {
        Experiment described = designer.experiment().get();
        if (described == null) {
            notices.warn(texts.of("designer.cannotStart", designer.problem().get()));
            return;
        }
        Experiment base = seeded(described);
        try {
            start(
                    switch (kind.get()) {
                        case TIMING -> RaceField.ofTimings(base, List.copyOf(new TreeSet<>(timings)), yaml, texts);
                        case VALUES ->
                            RaceField.ofValues(
                                    base, field.get().path(), field.get().label(), values.get(), yaml);
                        case PRESETS -> RaceField.ofPresets(chosen, presets);
                    });
        } catch (BadInputException e) {
            notices.warn(String.valueOf(e.getMessage()));
        }
    }

    /** With the seed of the current run, where that is a run of the experiment: a new seed is drawn for the run alone. */
    private Experiment seeded(Experiment described) {
        RunEntry run = session.current().get();
        if (run == null) {
            return described;
        }
        Experiment same = described.withSeed(run.experiment().seed());
        return same.withInterventions(List.of()).equals(run.experiment().withInterventions(List.of()))
                ? same
                : described;
    }

    /**
     * Starts a race; where it cannot be, a notice says why and nothing changes.
     *
     * @param experiments two to four that share data, seed and batch size
     * @param names one each
     */
    public void start(List<Experiment> experiments, List<String> names) {
        try {
            start(new RaceField(experiments, names));
        } catch (BadInputException e) {
            notices.warn(String.valueOf(e.getMessage()));
        }
    }

    private void start(RaceField field) {
        session.runs().forEach(run -> run.visibleProperty().set(false)); // the race is what is looked at
        runs = session.race(field.experiments(), field.names());
        over = false;
        verdict.set("");
        open.set(true);
        pulse();
        session.play();
    }

    /** Looks how it stands. */
    public void pulse() {
        if (over) {
            return;
        }
        over = runs.stream().allMatch(run -> run.state().ended());
        List<Lane> now = lanes(runs);
        if (!now.equals(lanes)) {
            lanes.setAll(now);
        }
        if (over) {
            verdict.set(verdict(now));
        }
    }

    /** Takes form and lanes off the screen; what trains goes on. */
    public void close() {
        open.set(false);
    }

    private static List<Lane> lanes(List<RunEntry> runs) {
        List<Lane> lanes = new ArrayList<>();
        for (RunEntry run : runs) {
            SampleLog log = run.log();
            lanes.add(new Lane(
                    run,
                    log.rows(),
                    last(log, Quantity.NORM, 1),
                    last(log, Quantity.EFFECTIVE_LEARNING_RATE, 1),
                    last(log, Quantity.TEST_ACCURACY, Long.MAX_VALUE),
                    List.of()));
        }
        List<Lane> withLeads = new ArrayList<>();
        for (Lane lane : lanes) {
            List<Lane.Lead> leads = new ArrayList<>();
            if (isFirst(lane, lanes, each -> each.accuracy().orElse(Double.NaN))) {
                leads.add(Lane.Lead.ACCURACY);
            }
            if (isFirst(lane, lanes, each -> -each.norm().orElse(Double.NaN))) {
                leads.add(Lane.Lead.SMALLEST_NORM);
            }
            if (isFirst(lane, lanes, each -> each.elr().orElse(Double.NaN))) {
                leads.add(Lane.Lead.LARGEST_ELR);
            }
            withLeads.add(new Lane(lane.run(), lane.rows(), lane.norm(), lane.elr(), lane.accuracy(), leads));
        }
        return withLeads;
    }

    /** Whether it is better than all others; one that diverged leads in nothing. */
    private static boolean isFirst(Lane lane, List<Lane> all, ToDoubleFunction<Lane> value) {
        double own = value.applyAsDouble(lane);
        return Double.isFinite(own)
                && lane.run().state() != RunState.DIVERGED
                && all.stream()
                        .filter(other ->
                                !other.run().equals(lane.run()) && other.run().state() != RunState.DIVERGED)
                        .noneMatch(other -> value.applyAsDouble(other) >= own);
    }

    private static OptionalDouble last(SampleLog log, Quantity quantity, long rowsBack) {
        int place = log.place(Metric.of(quantity)).orElseThrow();
        long rows = log.rows();
        for (long row = rows - 1; row >= Math.max(0, rows - rowsBack); row--) {
            double value = log.value(place, row);
            if (!SampleLog.isEmpty(value)) {
                return OptionalDouble.of(value);
            }
        }
        return OptionalDouble.empty();
    }

    private String verdict(List<Lane> now) {
        List<String> said = new ArrayList<>();
        for (Lane.Lead lead : Lane.Lead.values()) {
            for (Lane lane : now) {
                if (lane.leads().contains(lead)) {
                    double value =
                            switch (lead) {
                                case ACCURACY -> lane.accuracy().orElseThrow();
                                case SMALLEST_NORM -> lane.norm().orElseThrow();
                                case LARGEST_ELR -> lane.elr().orElseThrow();
                            };
                    String key = "race.first." + lead.name().toLowerCase(Locale.ROOT);
                    said.add(texts.of(key, lane.run().name(), Numbers.rounded(value, 3)));
                }
            }
        }
        return said.isEmpty() ? texts.of("race.noFirst") : texts.of("race.verdict", String.join("; ", said));
    }
}
