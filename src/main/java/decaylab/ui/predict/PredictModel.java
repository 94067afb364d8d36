package decaylab.ui.predict;

import decaylab.chart.ChartKind;
import decaylab.chart.ChartSpec;
import decaylab.experiment.Experiment;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.SampleLog;
import decaylab.train.RunState;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.chart.ChartOverlay;
import decaylab.ui.chart.ChartPen;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Predict, then run: the run waits while somebody draws how a quantity will go on; then it goes on, and when it has reached
 * the end of what was drawn the two are compared. One prediction at a time; the one that waits for its outcome stays on its
 * chart, which has all of the room, until it is dismissed or another one is asked for.
 */
public final class PredictModel {
    private static final double ROOM = 1.6;
    private static final double LOG_ROOM = 5;
    /** Presses of a key from one end of the range to the other, and from the bottom of the axis to its top. */
    private static final int PRESSES = 40;

    private static final double LARGE = 4;

    private final LabSession session;
    private final ChartBoard board;
    private final QuantityTexts quantities;
    private final Notices notices;
    private final Texts texts;
    private final PredictionWords words;
    private final Consumer<PredictionOutcome> journal;
    private final ReadOnlyBooleanWrapper drawing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper drawn = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable PredictionOutcome> outcome = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");
    private @Nullable Wanted wanted;
    private @Nullable Prediction now;

    private int taken;
    private boolean runsOn;

    /** What was asked for, until the run waits. */
    private record Wanted(RunEntry run, ChartKind kind, long from, long to) {}

    /** A prediction that is drawn, or waits for its outcome. */
    private static final class Prediction {
        private final RunEntry run;
        private final ChartKind kind;
        private final Metric metric;
        private final long rows;
        private PredictedCurve curve;
        private ChartSpec.Range range;
        private double penStep;
        private double penHeight;
        private boolean penShown;

        Prediction(
                RunEntry run, ChartKind kind, Metric metric, long rows, PredictedCurve curve, ChartSpec.Range range) {
            this.run = run;
            this.kind = kind;
            this.metric = metric;
            this.rows = rows;
            this.curve = curve;
            this.range = range;
            penStep = curve.from();
        }
    }

    /** @param journal keeps what was predicted */
    public PredictModel(
            LabSession session,
            ChartBoard board,
            QuantityTexts quantities,
            Consumer<PredictionOutcome> journal,
            Notices notices,
            Texts texts) {
        this.session = session;
        this.board = board;
        this.quantities = quantities;
        this.journal = journal;
        this.notices = notices;
        this.texts = texts;
        words = new PredictionWords(texts);
    }

    /** Whether somebody draws; the run waits meanwhile. */
    public ReadOnlyBooleanProperty drawing() {
        return drawing.getReadOnlyProperty();
    }

    /** Whether something is drawn that could be accepted. */
    public ReadOnlyBooleanProperty drawn() {
        return drawn.getReadOnlyProperty();
    }

    /** How many predictions were taken so far. */
    public int taken() {
        return taken;
    }

    /** The last prediction with what happened; null while there is none, or another one is under way. */
    public ReadOnlyObjectProperty<@Nullable PredictionOutcome> outcome() {
        return outcome.getReadOnlyProperty();
    }

    /** What to do, or how near it came; empty where nothing is predicted. */
    public ReadOnlyStringProperty sentence() {
        return sentence.getReadOnlyProperty();
    }

    /** Asks for a prediction of the chart that has the focus, or of the first that can be drawn, for the rest of the run. */
    public void ask() {
        ChartKind kind = board.focused()
                .or(() -> board.kinds().stream().filter(PredictModel::drawable).findFirst())
                .orElse(ChartKind.NORM);
        ask(kind, 0, Long.MAX_VALUE);
    }

    /** The same for a part of the run, which goes on as soon as the prediction is taken. */
    public void ask(ChartKind kind, long from, long to) {
        ask(kind, from, to, true);
    }

    /**
     * Asks for a prediction. It begins at the present step, or later where that is asked for.
     *
     * @param kind the chart, which is shown
     * @param from first step
     * @param to last step; where the run ends before, its end
     * @param goesOn whether the run goes on once the prediction is taken; it waits where something is to be done first
     */
    public void ask(ChartKind kind, long from, long to, boolean goesOn) {
        RunEntry run = session.current().get();
        if (run == null || run.state().ended()) {
            notices.warn(texts.of(run == null ? "predict.noRun" : "predict.over"));
            return;
        }
        long end = Math.min(to, run.experiment().steps() - 1);
        long begin = beginning(from, run.log().rows());
        if (!drawable(kind)) {
            notices.warn(texts.of("predict.notDrawable", kind.title(quantities)));
            return;
        }
        if (end < begin + 2) {
            notices.warn(texts.of("predict.noSteps", Numbers.count(Math.max(0, end))));
            return;
        }
        drop();
        runsOn = goesOn;
        if (run.log().rows() == 0) {
            session.step(); // there has to be a value to begin from
        } else {
            session.pause();
        }
        wanted = new Wanted(run, kind, from, to);
        sentence.set(texts.of("predict.wait"));
    }

    /** A curve from where the run is begins at the last step that was measured. */
    private static long beginning(long from, long rows) {
        return from <= rows ? rows - 1 : from;
    }

    private static boolean drawable(ChartKind kind) {
        return kind != ChartKind.BUDGET
                && kind != ChartKind.HEAT
                && kind.instrument().isEmpty();
    }

    /** Looks where the run stands. */
    public void pulse() {
        Wanted asked = wanted;
        if (asked != null
                && (asked.run != session.current().get() || asked.run.state().ended())) {
            drop();
        } else if (asked != null && asked.run.log().rows() > 0 && asked.run.state() != RunState.RUNNING) {
            wanted = null;
            begin(asked);
        }
        Prediction prediction = now;
        if (prediction == null || outcome.get() != null) {
            return;
        }
        boolean logarithmic = board.logarithmic(prediction.kind).get();
        if (prediction.curve.logarithmic() != logarithmic) {
            prediction.curve = prediction.curve.on(logarithmic);
            prediction.range = range(prediction.run, prediction.metric, logarithmic);
            show();
        }
        if (drawing.get()) {
            if (prediction.run != session.current().get()) {
                drop();
            } else if (prediction.run.log().rows() > prediction.rows) { // somebody let it go on: what was drawn counts
                if (prediction.curve.isEmpty()) {
                    drop();
                } else {
                    accept();
                }
            }
        } else if (isThere(prediction)
                || prediction.run.state().ended()
                || prediction.run != session.current().get()) {
            compare(prediction);
        }
    }

    /** Whether the run is past what was drawn, or waits at its end since a lesson has it wait there. */
    private boolean isThere(Prediction prediction) {
        long rows = prediction.run.log().rows();
        long last = prediction.curve.lastStep();
        return rows > last || rows == last && session.waitsAt(last) && prediction.run.state() == RunState.PAUSED;
    }

    private void begin(Wanted asked) {
        RunEntry run = asked.run;
        Experiment experiment = run.experiment();
        long rows = run.log().rows();
        long from = beginning(asked.from, rows);
        long to = Math.min(asked.to, experiment.steps() - 1);
        if (to < from + 2) {
            sentence.set("");
            notices.warn(texts.of("predict.noSteps", Numbers.count(to)));
            return;
        }
        List<Metric> metrics =
                asked.kind.metrics(layers(run.log()), board.layer().get());
        Metric metric = metrics.get(0);
        boolean logarithmic = board.logarithmic(asked.kind).get();
        ChartSpec.Range range = range(run, metric, logarithmic);
        double start = from < rows ? lastValue(run.log(), metric) : Double.NaN;
        now = new Prediction(run, asked.kind, metric, rows, PredictedCurve.empty(from, to, start, logarithmic), range);
        now.penHeight = Double.isNaN(start) ? 0.5 : height(range, start, logarithmic);
        outcome.set(null);
        drawing.set(true);
        drawn.set(false);
        board.enlarged().set(asked.kind);
        board.reach().set(to + 1);
        board.resetZoom();
        board.pen().set(new Pen(asked.kind));
        sentence.set(texts.of("predict.draw", asked.kind.title(quantities), Numbers.count(from), Numbers.count(to)));
        show();
    }

    /** What the mouse draws. */
    private final class Pen implements ChartPen {
        private final ChartKind kind;
        private double lastStep;
        private double lastValue;

        Pen(ChartKind kind) {
            this.kind = kind;
        }

        @Override
        public ChartKind kind() {
            return kind;
        }

        @Override
        public void press(double step, double value) {
            stroke(step, value, step, value);
        }

        @Override
        public void draw(double step, double value) {
            stroke(lastStep, lastValue, step, value);
        }

        private void stroke(double fromStep, double fromValue, double step, double value) {
            lastStep = step;
            lastValue = value;
            Prediction prediction = now;
            if (prediction != null && drawing.get()) {
                prediction.curve = prediction.curve.with(fromStep, fromValue, step, value);
                prediction.penStep = Math.max(prediction.curve.from(), Math.min(prediction.curve.to(), step));
                prediction.penHeight = height(prediction.range, value, prediction.curve.logarithmic());
                prediction.penShown = false;
                show();
            }
        }
    }

    /**
     * Moves the pen by keyboard. To the right it draws; to the left it takes back what it passes; up and down it changes the
     * value where it is.
     *
     * @param right presses to the right; negative to the left
     * @param up presses upwards; negative downwards
     * @param large whether a press goes farther
     */
    public void movePen(int right, int up, boolean large) {
        Prediction prediction = now;
        if (prediction == null || !drawing.get()) {
            return;
        }
        PredictedCurve curve = prediction.curve;
        double share = (large ? LARGE : 1) / PRESSES;
        double stepBefore = prediction.penStep;
        double across = Math.max(1, (curve.to() - curve.from()) * share);
        double step = Math.max(curve.from(), Math.min(curve.to(), stepBefore + right * across));
        double height = Math.max(0, Math.min(1, prediction.penHeight + up * share));
        double before = valueAt(prediction.range, prediction.penHeight, curve.logarithmic());
        double value = valueAt(prediction.range, height, curve.logarithmic());
        if (right < 0) {
            prediction.curve = curve.until(step);
        } else {
            double from = up != 0 ? step : stepBefore;
            prediction.curve = curve.with(from, up != 0 ? value : before, step, value);
        }
        prediction.penStep = step;
        prediction.penHeight = height;
        prediction.penShown = true;
        show();
    }

    /** Takes what is drawn, and lets the run go on. */
    public void done() {
        Prediction prediction = now;
        if (prediction == null || !drawing.get()) {
            return;
        }
        if (prediction.curve.isEmpty()) {
            notices.warn(texts.of("predict.nothingDrawn"));
            return;
        }
        accept();
        if (runsOn) {
            session.play();
        }
    }

    private void accept() {
        Prediction prediction = Objects.requireNonNull(now);
        taken++;
        drawing.set(false);
        drawn.set(false);
        board.pen().set(null);
        prediction.penShown = false;
        sentence.set(texts.of("predict.running", Numbers.count(prediction.curve.lastStep())));
        show();
    }

    /** Takes away what is drawn, to draw again. */
    public void again() {
        Prediction prediction = now;
        if (prediction != null && drawing.get()) {
            prediction.curve = prediction.curve.until(prediction.curve.from());
            prediction.penStep = prediction.curve.from();
            show();
        }
    }

    /** Takes the prediction off its chart, in whatever state it is. True where there was one. */
    public boolean drop() {
        Prediction prediction = now;
        boolean there = prediction != null || wanted != null;
        wanted = null;
        now = null;
        drawing.set(false);
        drawn.set(false);
        outcome.set(null);
        sentence.set("");
        board.pen().set(null);
        if (prediction != null) {
            board.enlarged().set(null);
            board.reach().set(0);
            ChartOverlay before = board.overlays().get(prediction.kind);
            if (before == null || before.shades().isEmpty()) {
                board.overlays().remove(prediction.kind);
            } else {
                board.overlays().put(prediction.kind, ChartOverlay.NONE.with(before.shades()));
            }
        }
        return there;
    }

    private void compare(Prediction prediction) {
        List<PredictionScore.Measured> measured =
                measured(prediction.run.log(), prediction.metric, prediction.curve.from(), prediction.curve.lastStep());
        Optional<PredictionScore> score = PredictionScore.of(prediction.curve, measured);
        String said =
                score.map(it -> words.of(it, prediction.curve.from())).orElseGet(() -> texts.of("predict.nothing"));
        if (prediction.run.state() == RunState.DIVERGED) {
            said += " "
                    + texts.of(
                            "predict.diverged",
                            Numbers.count(prediction.run.log().rows() - 1));
        } else if (score.isPresent() && !isThere(prediction)) {
            said += " " + texts.of("predict.ended", Numbers.count(score.get().last()));
        }
        PredictionOutcome result = new PredictionOutcome(
                prediction.run,
                prediction.kind,
                prediction.kind.title(quantities),
                prediction.curve,
                measured,
                score.orElse(null),
                said);
        sentence.set(said);
        outcome.set(result);
        show();
        journal.accept(result);
    }

    private void show() {
        Prediction prediction = now;
        if (prediction == null) {
            return;
        }
        PredictedCurve curve = prediction.curve;
        drawn.set(drawing.get() && !curve.isEmpty());
        List<ChartOverlay.Point> points = curve.points().stream()
                .map(point -> new ChartOverlay.Point(point.step(), point.value()))
                .toList();
        List<ChartOverlay.Spot> spots = new ArrayList<>();
        if (prediction.penShown || drawing.get() && curve.isEmpty()) {
            double value = valueAt(prediction.range, prediction.penHeight, curve.logarithmic());
            spots.add(new ChartOverlay.Spot("prediction-pen", "", prediction.penStep, value));
        }
        PredictionOutcome result = outcome.get();
        if (result != null) {
            result.score()
                    .filter(score -> score.largest() > 0)
                    .ifPresent(score -> spots.add(new ChartOverlay.Spot(
                            "prediction-largest",
                            texts.of("predict.largestMark", Numbers.rounded(score.largest(), 2)),
                            score.largestAt(),
                            curve.at(score.largestAt()))));
        }
        ChartOverlay before = board.overlays().get(prediction.kind);
        board.overlays()
                .put(
                        prediction.kind,
                        new ChartOverlay(
                                List.of(new ChartOverlay.Sketch(texts.of("predict.label"), points)),
                                before == null ? List.of() : before.shades(),
                                spots,
                                drawing.get() ? prediction.range : null));
    }

    /** The axis while somebody draws: what was measured, and room for what may come. */
    private static ChartSpec.Range range(RunEntry run, Metric metric, boolean logarithmic) {
        Quantity quantity = metric.quantity();
        if (quantity == Quantity.TRAIN_ACCURACY && !logarithmic) {
            return new ChartSpec.Range(0, 1);
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (PredictionScore.Measured value : measured(run.log(), metric, 0, Long.MAX_VALUE)) {
            if (Double.isFinite(value.value()) && (!logarithmic || value.value() > 0)) {
                low = Math.min(low, value.value());
                high = Math.max(high, value.value());
            }
        }
        if (quantity == Quantity.TRAIN_LOSS && !(high >= low)) {
            return range(run, Metric.of(Quantity.LOSS), logarithmic); // no evaluation yet
        }
        if (logarithmic) {
            return high >= low ? new ChartSpec.Range(low / LOG_ROOM, high * LOG_ROOM) : new ChartSpec.Range(1e-3, 10);
        }
        if (!(high >= low)) {
            return new ChartSpec.Range(0, 1);
        }
        if (low >= 0) {
            double top = high > 0
                    ? high
                    : quantity == Quantity.DECAY ? run.experiment().decay().lambda() : 1;
            return new ChartSpec.Range(0, top > 0 ? ROOM * top : 1);
        }
        double room = Math.max(high - low, Math.abs(low));
        return new ChartSpec.Range(low - room, high + room);
    }

    private static double height(ChartSpec.Range range, double value, boolean logarithmic) {
        return logarithmic
                ? Math.log(value / range.min()) / Math.log(range.max() / range.min())
                : (value - range.min()) / (range.max() - range.min());
    }

    private static double valueAt(ChartSpec.Range range, double height, boolean logarithmic) {
        return logarithmic
                ? range.min() * Math.pow(range.max() / range.min(), height)
                : range.min() + height * (range.max() - range.min());
    }

    private static List<String> layers(SampleLog log) {
        return log.metrics().stream()
                .filter(metric -> metric.quantity() == Quantity.LAYER_NORM)
                .map(metric -> String.valueOf(metric.layer()))
                .toList();
    }

    private static double lastValue(SampleLog log, Metric metric) {
        List<PredictionScore.Measured> all = measured(log, metric, 0, Long.MAX_VALUE);
        return all.isEmpty() ? Double.NaN : all.get(all.size() - 1).value();
    }

    /** What a log has of a metric from one step to another. */
    static List<PredictionScore.Measured> measured(SampleLog log, Metric metric, long from, long to) {
        List<PredictionScore.Measured> measured = new ArrayList<>();
        OptionalInt place = log.place(metric);
        if (place.isEmpty()) {
            return measured;
        }
        for (long row = from; row < log.rows() && row <= to; row++) {
            double value = log.value(place.getAsInt(), row);
            if (!SampleLog.isEmpty(value)) {
                measured.add(new PredictionScore.Measured(row, value));
            }
        }
        return measured;
    }
}
