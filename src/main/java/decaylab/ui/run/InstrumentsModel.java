package decaylab.ui.run;

import decaylab.chart.ChartKind;
import decaylab.experiment.Instrument;
import decaylab.experiment.Normalization;
import decaylab.instrument.Equilibrium;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.DecayEntry;
import decaylab.train.LiveRun;
import decaylab.train.Overhead;
import decaylab.train.RunStatus;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import org.jspecify.annotations.Nullable;

/**
 * Which instruments are on: those whose chart is shown, and those that somebody turned on. What they cost, and what the
 * equilibrium says in words.
 */
public final class InstrumentsModel {
    /** Of the time of a step; instruments that cost more are taken less often. */
    private static final double BUDGET = 0.05;

    /** Every how many steps, unless somebody says otherwise; the prediction changes slowly. */
    private static final Map<Instrument, Integer> USUAL = Map.ofEntries(
            Map.entry(Instrument.BUDGET, 1),
            Map.entry(Instrument.SHARES, 1),
            Map.entry(Instrument.EQUILIBRIUM, 5),
            Map.entry(Instrument.EMBEDDING, 5),
            Map.entry(Instrument.GENERALIZATION, 200),
            Map.entry(Instrument.RETURNS, 100),
            Map.entry(Instrument.FEEDBACK, 20),
            Map.entry(Instrument.SYNTHETIC, 10),
            Map.entry(Instrument.CAPACITY, 5),
            Map.entry(Instrument.VALIDATION, 1),
            Map.entry(Instrument.JACOBIAN, 50),
            Map.entry(Instrument.DAMPING, 50));

    private final LabSession session;
    private final ChartBoard board;
    private final Texts texts;
    private final Map<Instrument, Integer> intervals = new EnumMap<>(USUAL);
    private final Map<Instrument, BooleanProperty> chosen = new EnumMap<>(Instrument.class);
    private final Set<Instrument> on = EnumSet.noneOf(Instrument.class);
    private final ObservableSet<Instrument> needs = FXCollections.observableSet(EnumSet.noneOf(Instrument.class));
    private final DoubleProperty budget = new SimpleDoubleProperty(BUDGET);
    private final ReadOnlyObjectWrapper<Overhead> overhead = new ReadOnlyObjectWrapper<>(Overhead.UNKNOWN);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");

    public InstrumentsModel(LabSession session, ChartBoard board, Texts texts) {
        this.session = session;
        this.board = board;
        this.texts = texts;
        for (Instrument instrument : Instrument.values()) {
            BooleanProperty property = new SimpleBooleanProperty(this, instrument.toString());
            property.addListener((observable, before, now) -> apply());
            chosen.put(instrument, property);
        }
        board.kinds().addListener((ListChangeListener<ChartKind>) change -> apply());
        needs.addListener((SetChangeListener<Instrument>) change -> apply());
        budget.addListener((observable, before, now) -> session.limitOverhead(now.doubleValue()));
        session.limitOverhead(budget.get());
        apply();
    }

    /** Whether somebody turned an instrument on; it may be on for a chart's sake too. */
    public BooleanProperty chosen(Instrument instrument) {
        return Objects.requireNonNull(chosen.get(instrument));
    }

    /** Instruments that a view needs as long as it is shown. */
    public ObservableSet<Instrument> needs() {
        return needs;
    }

    /** Whether it is taken. */
    public boolean isOn(Instrument instrument) {
        return on.contains(instrument);
    }

    /** Every how many steps it is taken, as asked for. */
    public int interval(Instrument instrument) {
        return Objects.requireNonNull(intervals.get(instrument));
    }

    /**
     * Says every how many steps an instrument is to be taken.
     *
     * @param text a whole number from 1
     * @return a sentence where it is not; empty where it was taken over
     */
    public String setInterval(Instrument instrument, String text) {
        try {
            int interval = Integer.parseInt(text.strip());
            if (interval >= 1 && interval <= Instrument.LONGEST_INTERVAL) {
                intervals.put(instrument, interval);
                if (isOn(instrument)) {
                    session.watch(instrument, interval);
                }
                return "";
            }
        } catch (NumberFormatException e) {
            // said below
        }
        return texts.of("instruments.badInterval", text, Numbers.count(Instrument.LONGEST_INTERVAL));
    }

    /** What instruments may cost, as a fraction of the time of a step; infinite for whatever they need. */
    public DoubleProperty budget() {
        return budget;
    }

    /** What measuring costs in the current run. */
    public ReadOnlyObjectProperty<Overhead> overhead() {
        return overhead.getReadOnlyProperty();
    }

    /** The same in a few words; empty before it is known. */
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /** Where the norm would settle; empty where nobody asked. */
    public ReadOnlyStringProperty sentence() {
        return sentence.getReadOnlyProperty();
    }

    /** What one instrument costs, and whether that is why it is taken less often. */
    public String cost(Instrument instrument) {
        Overhead.Part part = overhead.get().instruments().get(instrument);
        if (part == null || Double.isNaN(part.share())) {
            return isOn(instrument) ? texts.of("instruments.unknown") : "";
        }
        String share = percent(part.share());
        return part.stretched() ? texts.of("instruments.stretched", share, Numbers.count(part.present())) : share;
    }

    /** A share of the time of a step. */
    public static String percent(double share) {
        double percent = 100 * share;
        return percent < 0.1 ? "< 0.1 %" : Numbers.rounded(percent, percent < 10 ? 2 : 3) + " %";
    }

    private void apply() {
        for (Instrument instrument : Instrument.values()) {
            boolean wanted = chosen(instrument).get() || isNeeded(instrument);
            if (wanted != on.contains(instrument)) {
                if (wanted) {
                    on.add(instrument);
                } else {
                    on.remove(instrument);
                }
                session.watch(instrument, wanted ? interval(instrument) : 0);
            }
        }
    }

    /** Whether a chart or a view that is shown needs it. */
    public boolean isNeeded(Instrument instrument) {
        return needs.contains(instrument) || isCharted(instrument);
    }

    private boolean isCharted(Instrument instrument) {
        return board.kinds().stream()
                .anyMatch(kind ->
                        kind.instrument().filter(needed -> needed == instrument).isPresent());
    }

    /** Reads the current run. */
    public void pulse() {
        RunEntry entry = session.current().get();
        Overhead now = entry == null
                ? Overhead.UNKNOWN
                : entry.live().map(LiveRun::overhead).orElse(Overhead.UNKNOWN);
        if (!now.equals(overhead.get())) {
            overhead.set(now);
            boolean stretched = now.instruments().values().stream().anyMatch(Overhead.Part::stretched);
            summary.set(
                    Double.isNaN(now.samples())
                            ? ""
                            : texts.of(
                                    stretched ? "instruments.totalStretched" : "instruments.total",
                                    percent(now.total())));
        }
        sentence.set(isOn(Instrument.EQUILIBRIUM) && entry != null ? equilibrium(entry) : "");
    }

    private String equilibrium(RunEntry entry) {
        RunStatus status = session.status().get();
        SampleLog log = entry.log();
        long rows = log.rows();
        if (status == null || rows == 0) {
            return texts.of("equilibrium.waiting");
        }
        if (entry.experiment().network().normalization() == Normalization.NONE) {
            return texts.of("equilibrium.notNormalised");
        }
        if (status.decay() == 0) {
            return texts.of("equilibrium.noDecay");
        }
        DecayEntry where = entry.experiment().decay().entry();
        Equilibrium equilibrium = new Equilibrium(entry.experiment().optimizer().rule(), where);
        if (!equilibrium.isKnown()) {
            return texts.of("equilibrium.unknown", where.toString());
        }
        Double settles = latest(log, Quantity.PREDICTED_NORM);
        if (settles == null) {
            return texts.of("equilibrium.waiting");
        }
        Double half = latest(log, Quantity.HALF_WAY);
        String words = half == null
                ? texts.of("equilibrium.there", Numbers.rounded(settles, 3))
                : texts.of("equilibrium.settles", Numbers.rounded(settles, 3), Numbers.count(Math.round(nice(half))));
        return equilibrium.isGuideLine() ? words + texts.of("equilibrium.guide") : words;
    }

    /** Two digits: no more are known. */
    private static double nice(double steps) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(steps)) - 1));
        return Math.round(steps / unit) * unit;
    }

    /** The last value of the network, where the newest row has one. */
    private static @Nullable Double latest(SampleLog log, Quantity quantity) {
        SampleLog sheet = log.sheet(Instrument.EQUILIBRIUM);
        long last = sheet.rows() - 1;
        if (last < 0) {
            return null;
        }
        double value = sheet.value(quantity, last);
        return SampleLog.isEmpty(value) ? null : (Double) value;
    }
}
