package decaylab.ui.run;

import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.PlannedChange;
import decaylab.train.DataSource;
import decaylab.train.Intervention;
import decaylab.train.PairedEffect;
import decaylab.train.PairedRuns;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** What a twin shows of an intervention, in a sentence; and the same with more seeds. */
public final class TwinModel {
    private static final int MORE_SEEDS = 4;

    private final LabSession session;
    private final DataSource data;
    private final BackgroundTasks tasks;
    private final Notices notices;
    private final Texts texts;
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper repeatable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper repeating = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private volatile double share;
    private volatile boolean cancelled;
    private List<PairedEffect> repeats = List.of();
    private @Nullable TwinPair shown;

    /** @param data where further seeds get their data */
    public TwinModel(LabSession session, DataSource data, BackgroundTasks tasks, Notices notices, Texts texts) {
        this.session = session;
        this.data = data;
        this.tasks = tasks;
        this.notices = notices;
        this.texts = texts;
    }

    /** What the intervention did so far; empty where there is no twin. */
    public ReadOnlyStringProperty caption() {
        return caption.getReadOnlyProperty();
    }

    /** Whether more seeds can be asked for. */
    public ReadOnlyBooleanProperty repeatable() {
        return repeatable.getReadOnlyProperty();
    }

    /** Whether more seeds are being run. */
    public ReadOnlyBooleanProperty repeating() {
        return repeating.getReadOnlyProperty();
    }

    /** How much of that is done, in [0, 1]. */
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /** Reads where the two runs stand. */
    public void pulse() {
        TwinPair pair = session.pair().get();
        if (!Objects.equals(pair, shown)) {
            shown = pair;
            repeats = List.of();
            cancelled = true;
        }
        progress.set(share);
        long common = pair == null
                ? 0
                : Math.min(pair.run().log().rows(), pair.twin().log().rows());
        if (pair == null || common <= pair.fork()) {
            caption.set(pair == null ? "" : texts.of("twin.waiting", words(pair.intervention())));
            repeatable.set(false);
            return;
        }
        caption.set(sentence(pair));
        repeatable.set(!repeating.get() && repeats.isEmpty());
    }

    private String sentence(TwinPair pair) {
        List<PairedEffect> effects = new ArrayList<>();
        effects.add(PairedEffect.of(pair.run().log(), pair.twin().log(), pair.fork()));
        boolean ended = pair.run().state().ended() && pair.twin().state().ended();
        String seeds = texts.of("twin.oneSeed");
        if (!repeats.isEmpty()) {
            // The further seeds stopped at a step; the pair itself may have gone on.
            effects.addAll(repeats);
            seeds = texts.of(
                    "twin.seeds",
                    Integer.toString(effects.size()),
                    Numbers.count(repeats.get(0).step()));
        }
        return texts.of(
                "twin.caption",
                words(pair.intervention()),
                Numbers.count(pair.fork()),
                parts(effects),
                ended ? "" : texts.of("twin.soFar"),
                seeds);
    }

    private String parts(List<PairedEffect> effects) {
        List<String> parts = new ArrayList<>();
        add(parts, "twin.norm", effects, PairedEffect::norm);
        add(parts, "twin.elr", effects, PairedEffect::effectiveLearningRate);
        add(parts, "twin.accuracy", effects, PairedEffect::testAccuracy);
        return String.join(", ", parts);
    }

    private void add(
            List<String> parts, String key, List<PairedEffect> effects, ToDoubleFunction<PairedEffect> quantity) {
        double[] values = effects.stream()
                .mapToDouble(quantity)
                .map(value -> 100 * value)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (values.length == effects.size()) {
            parts.add(texts.of(key, spread(values)));
        }
    }

    /** One value, or mean and standard deviation. */
    private static String spread(double[] values) {
        double mean = java.util.Arrays.stream(values).average().orElse(Double.NaN);
        if (values.length == 1) {
            return signed(mean);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (values.length - 1));
        return signed(mean) + " \u00b1 " + String.format(Locale.ROOT, deviation < 10 ? "%.1f" : "%.0f", deviation);
    }

    private static String signed(double percent) {
        String text = String.format(Locale.ROOT, Math.abs(percent) < 10 ? "%+.1f" : "%+.0f", percent);
        return text.replace('-', '\u2212');
    }

    /** What was done, as in "effect of ...". */
    private String words(Intervention intervention) {
        return switch (intervention.what()) {
            case "decay" -> texts.of("twin.decay." + intervention.to());
            case "lambda", "lr" -> texts.of("twin." + intervention.what(), shortened(intervention.to()));
            default -> texts.of("twin." + intervention.what(), Change.brief(intervention.to()));
        };
    }

    private static String shortened(String number) {
        return Numbers.rounded(Double.parseDouble(number), 3);
    }

    /** Runs the pair again with four more seeds, up to where it is now, in the background. */
    public void repeat() {
        TwinPair pair = session.pair().get();
        if (pair == null || !repeatable.get()) {
            return;
        }
        Experiment experiment = pair.run().experiment();
        long steps = Math.min(pair.run().log().rows(), pair.twin().log().rows());
        List<PlannedChange> with = LabSession.changes(pair.run());
        List<PlannedChange> without = LabSession.changes(pair.twin());
        PairedRuns runs = new PairedRuns(
                experiment,
                with.stream().filter(change -> change.step() < steps).toList(),
                without.stream().filter(change -> change.step() < steps).toList(),
                pair.fork(),
                steps);
        List<Long> seeds = LongStream.rangeClosed(1, MORE_SEEDS)
                .mapToObj(i -> experiment.seed() + i)
                .toList();
        cancelled = false;
        share = 0;
        repeating.set(true);
        repeatable.set(false);
        tasks.run(
                () -> runs.run(seeds, data, done -> share = done, () -> cancelled),
                effects -> {
                    repeating.set(false);
                    if (pair.equals(shown) && !cancelled) {
                        repeats = effects;
                        pulse();
                    }
                },
                sentence -> {
                    repeating.set(false);
                    notices.warn(sentence);
                });
    }

    /** Gives up the further seeds. */
    public void cancel() {
        cancelled = true;
    }
}
