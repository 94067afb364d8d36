package decaylab.ui.schedule;

import decaylab.experiment.ControlQuantity;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.train.Held;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongConsumer;
import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import org.jspecify.annotations.Nullable;

/**
 * One curve over the steps of the whole run. What is past is grey and shows the values that were used; what is to come can be
 * drawn freely, and its knots dragged. With the keyboard the arrows choose a knot and move it.
 */
final class TrackPane extends Region {
    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final double LEFT = 52;
    private static final double RIGHT = 12;
    private static final double TOP = 22;
    private static final double FOOT = 6;
    private static final double FOOT_WITH_STEPS = 18;
    private static final double TICK_ROOM = 24;
    private static final double RADIUS = 4.5;
    private static final double GRASP = 9;
    private static final double LEAST_STROKE = 4;
    private static final double THINNING = 0.008;
    private static final double NUDGE = 0.02;
    /** From one of 1, 2, 5, 10 nearer to the next than to itself. */
    private static final double NEXT_ROUND = 2.2;

    private static final double HEADROOM = 1.6;

    private final Track track;
    private final ScheduleModel model;
    private final Texts texts;
    private final LongConsumer pointed;
    private final boolean withSteps;
    private final Region plot = new Region();
    private final Region past = new Region();
    private final Region nowLine = new Region();
    private final Region pointer = new Region();
    private final Path grid = path("track-grid");
    private final Path used = path("track-used");
    private final Path foreseen = path("track-forecast");
    private final Path line = path("track-line");
    private final Path stroke = path("track-stroke");
    private final Label title = new Label();
    private final Label note = new Label();
    private final Label empty = new Label();
    private final List<Circle> knots = new ArrayList<>();
    private final List<Label> ticks = new ArrayList<>();
    private ValueAxis axis = new ValueAxis(false, 1e-9, 1);
    // Of the drag under way.
    private final List<Knot> drawn = new ArrayList<>();
    private boolean dragging;
    private boolean moved;
    private double pressedX;
    private double pressedY;

    /**
     * @param pointed is told the step under the pointer; -1 for none
     * @param withSteps whether the steps are written under it
     */
    TrackPane(Track track, ScheduleModel model, Texts texts, LongConsumer pointed, boolean withSteps) {
        this.track = track;
        this.model = model;
        this.texts = texts;
        this.pointed = pointed;
        this.withSteps = withSteps;
        setId("track-" + track.key());
        getStyleClass().addAll("schedule-track", "track-of-" + track.key());
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setMinHeight(72);
        plot.getStyleClass().add("track-plot");
        past.getStyleClass().add("track-past");
        nowLine.getStyleClass().add("track-now");
        pointer.getStyleClass().add("track-pointer");
        title.getStyleClass().add("chart-title");
        note.getStyleClass().add("track-note");
        empty.getStyleClass().add("chart-empty");
        empty.setWrapText(true);
        for (Label label : List.of(title, note, empty)) {
            label.setNodeOrientation(texts.orientation());
        }
        getChildren().setAll(plot, past, grid, used, foreseen, line, stroke, nowLine, pointer, title, note, empty);
        getChildren().forEach(node -> node.setMouseTransparent(true));
        pointer.setVisible(false);
        InvalidationListener changed = observable -> requestLayout();
        model.subject().addListener(changed);
        model.now().addListener(changed);
        model.drawing().addListener(changed);
        model.forecast().addListener(changed);
        model.selected().addListener(changed);
        model.logarithmic(track).addListener(changed);
        model.quantity().addListener(changed);
        model.active().addListener((observable, before, now) -> {
            pseudoClassStateChanged(ACTIVE, now == track);
            requestLayout();
        });
        pseudoClassStateChanged(ACTIVE, model.active().get() == track);
        focusedProperty().addListener((observable, before, focused) -> {
            if (focused) {
                model.active().set(track);
            }
        });
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
        setOnMouseClicked(this::clicked);
        setOnMouseMoved(event -> point(event.getX()));
        setOnMouseExited(event -> point(-1));
        setOnKeyPressed(this::typed);
    }

    private static Path path(String style) {
        Path path = new Path();
        path.getStyleClass().add(style);
        path.setManaged(false);
        return path;
    }

    private double width() {
        return Math.max(1, getWidth() - LEFT - RIGHT);
    }

    private double height() {
        return Math.max(1, getHeight() - TOP - (withSteps ? FOOT_WITH_STEPS : FOOT));
    }

    private double xOf(double step) {
        return LEFT + width() * step / model.last();
    }

    private double yOf(double value) {
        return TOP + height() * (1 - axis.fraction(value));
    }

    private long stepAt(double x) {
        double share = Math.max(0, Math.min(1, (x - LEFT) / width()));
        return Math.round(share * model.last());
    }

    private double valueAt(double y) {
        return axis.value(1 - (y - TOP) / height());
    }

    @Override
    protected double computePrefHeight(double width) {
        return 110;
    }

    @Override
    protected void layoutChildren() {
        Subject subject = model.subject().get();
        Curve curve = model.drawing().get().curve(track);
        boolean shown = subject != null;
        if (!dragging) {
            axis = axis(curve, subject);
        }
        plot.resizeRelocate(LEFT, TOP, width(), height());
        title.setText(titleText());
        title.autosize();
        title.relocate(LEFT, 2);
        note.setText(shown ? noteText() : "");
        note.resize(Math.min(note.prefWidth(-1), width() - title.getWidth() - 12), note.prefHeight(-1));
        note.relocate(LEFT + width() - note.getWidth(), 4);
        double now = Math.min(LEFT + width(), xOf(model.now().get()));
        past.resizeRelocate(LEFT, TOP, Math.max(0, now - LEFT), height());
        nowLine.resizeRelocate(now - 1, TOP, 2, height());
        nowLine.setVisible(shown && model.now().get() > 0);
        empty.setVisible(!shown);
        empty.setText(shown ? "" : texts.of("schedules.none"));
        empty.resizeRelocate(LEFT, TOP, width(), height());
        layoutTicks();
        layoutLines(subject, curve, now);
        layoutKnots(shown ? curve : Curve.level(0), shown);
        setAccessibleText(accessible(curve));
    }

    private String titleText() {
        return track == Track.TARGET
                ? texts.of("schedules.track." + model.quantity().get())
                : texts.of("schedules.track." + track.key());
    }

    /** What the lines of the lowest track are. */
    private String noteText() {
        if (track != Track.TARGET) {
            return "";
        }
        if (model.quantity().get() != ControlQuantity.NORM) {
            return texts.of("schedules.target");
        }
        return model.forecast()
                .get()
                .map(forecast -> texts.of(forecast.guide() ? "schedules.forecastGuide" : "schedules.forecast"))
                .orElse(texts.of("schedules.noForecast"));
    }

    private String accessible(Curve curve) {
        String knot = model.active().get() == track
                ? model.chosen()
                        .map(chosen -> texts.of(
                                "schedules.knotAt", Numbers.count(chosen.step()), Numbers.rounded(chosen.value(), 4)))
                        .orElse("")
                : "";
        return texts.of(
                "schedules.trackAccessible",
                titleText(),
                Integer.toString(curve.knots().size()),
                knot);
    }

    private ValueAxis axis(Curve curve, @Nullable Subject subject) {
        double largest = curve.largest();
        if (subject != null) {
            largest = Math.max(largest, largestUsed(subject));
            if (track == Track.DECAY) {
                largest = Math.max(largest, subject.inForce().decay().lambda());
            } else if (track == Track.RATE) {
                largest = Math.max(largest, subject.inForce().optimizer().learningRate());
            }
        }
        if (track == Track.TARGET && model.quantity().get() == ControlQuantity.NORM) {
            largest = Math.max(
                    largest,
                    model.forecast()
                            .get()
                            .map(f -> new Curve(f.knots()).largest())
                            .orElse(0.0));
        }
        if (model.logarithmic(track).get()) {
            double high = Math.max(track.high(), Math.pow(10, Math.ceil(Math.log10(Math.max(largest, 1e-12)))));
            return new ValueAxis(true, track.low(), high);
        }
        double high = largest > 0 && Double.isFinite(largest) ? OneTwoFive.atLeast(largest * HEADROOM) : 1;
        return new ValueAxis(false, high / 1e6, high);
    }

    /** The column of the log that the past shows. */
    private Quantity column() {
        return switch (track) {
            case DECAY -> Quantity.DECAY;
            case RATE -> Quantity.LEARNING_RATE;
            case TARGET -> Held.column(model.quantity().get());
        };
    }

    private double largestUsed(Subject subject) {
        double largest = 0;
        SampleLog log = subject.log();
        if (log != null) {
            int place = log.place(Metric.of(column())).orElseThrow();
            long rows = log.rows();
            long stride = Math.max(1, rows / 500);
            for (long row = 0; row < rows; row += stride) {
                double value = log.value(place, row);
                largest = value > largest && Double.isFinite(value) ? value : largest;
            }
        }
        return largest;
    }

    private void layoutTicks() {
        List<PathElement> lines = new ArrayList<>();
        int count = 0;
        for (double value : axis.ticks((int) (height() / TICK_ROOM))) {
            double y = Math.rint(yOf(value)) + 0.5;
            lines.add(new MoveTo(LEFT, y));
            lines.add(new LineTo(LEFT + width(), y));
            Label label = tick(count++, Numbers.rounded(value, 3));
            label.relocate(LEFT - 6 - label.getWidth(), y - label.getHeight() / 2);
        }
        if (withSteps) {
            long last = model.last();
            double stride = OneTwoFive.atLeast(Math.max(1, last / 7.0));
            for (double step = 0; step <= last; step += stride) {
                double x = Math.rint(xOf(step)) + 0.5;
                lines.add(new MoveTo(x, TOP));
                lines.add(new LineTo(x, TOP + height()));
                Label label = tick(count++, Numbers.count((long) step));
                label.relocate(
                        Math.max(LEFT, Math.min(x - label.getWidth() / 2, getWidth() - label.getWidth())),
                        TOP + height() + 2);
            }
        }
        grid.getElements().setAll(lines);
        for (int i = count; i < ticks.size(); i++) {
            ticks.get(i).setVisible(false);
        }
    }

    private Label tick(int index, String text) {
        if (index == ticks.size()) {
            Label label = new Label();
            label.getStyleClass().add("track-tick");
            label.setMouseTransparent(true);
            ticks.add(label);
            getChildren().add(label);
        }
        Label label = ticks.get(index);
        label.setText(text);
        label.setVisible(true);
        label.autosize();
        return label;
    }

    private void layoutLines(@Nullable Subject subject, Curve curve, double now) {
        line.getElements().clear();
        used.getElements().clear();
        foreseen.getElements().clear();
        if (subject == null) {
            return;
        }
        SampleLog log = subject.log();
        if (log != null) {
            OptionalInt place = log.place(Metric.of(column()));
            long rows = log.rows();
            place.ifPresent(at -> trace(
                    used, LEFT, now, step -> rows == 0 ? Double.NaN : log.value(at, Math.min(rows - 1, (long) step))));
        }
        if (track == Track.TARGET && model.quantity().get() == ControlQuantity.NORM) {
            model.forecast()
                    .get()
                    .map(NormForecast::knots)
                    .map(Curve::new)
                    .ifPresent(forecast -> trace(foreseen, now, LEFT + width(), forecast::value));
        }
        traceKnots(curve, now);
        traceStroke();
    }

    /** A value at each pixel column. */
    private void trace(Path path, double from, double to, DoubleUnaryOperator value) {
        boolean open = false;
        List<PathElement> elements = new ArrayList<>();
        for (double x = from; x <= to; x++) {
            double at = value.applyAsDouble((x - LEFT) / width() * model.last());
            if (Double.isNaN(at)) {
                open = false;
                continue;
            }
            elements.add(open ? new LineTo(x, yOf(at)) : new MoveTo(x, yOf(at)));
            open = true;
        }
        path.getElements().setAll(elements);
    }

    /** The curve from now on: at each pixel column, for straight lines bend on a logarithmic axis, and at each knot. */
    private void traceKnots(Curve curve, double now) {
        List<PathElement> elements = new ArrayList<>();
        double last = LEFT + width();
        int next = 0;
        List<Knot> all = curve.knots();
        for (double x = now; x <= last; x = Math.min(x + 1, x < last ? last : x + 1)) {
            double step = (x - LEFT) / width() * model.last();
            for (; next < all.size() && all.get(next).step() <= step; next++) {
                if (all.get(next).step() >= model.now().get()) {
                    add(elements, xOf(all.get(next).step()), yOf(all.get(next).value()));
                }
            }
            add(elements, x, yOf(curve.value(step)));
        }
        line.getElements().setAll(elements);
    }

    private static void add(List<PathElement> elements, double x, double y) {
        elements.add(elements.isEmpty() ? new MoveTo(x, y) : new LineTo(x, y));
    }

    private void traceStroke() {
        List<PathElement> elements = new ArrayList<>();
        if (moved) {
            drawn.forEach(knot -> add(elements, xOf(knot.step()), TOP + height() * (1 - knot.value())));
        }
        stroke.getElements().setAll(elements);
    }

    private void layoutKnots(Curve curve, boolean shown) {
        int count = 0;
        boolean active = model.active().get() == track;
        for (Knot knot : curve.knots()) {
            if (!shown || knot.step() < model.now().get() || knot.step() > model.last()) {
                continue;
            }
            if (count == knots.size()) {
                Circle circle = new Circle(RADIUS);
                circle.getStyleClass().add("track-knot");
                circle.setMouseTransparent(true);
                circle.setManaged(false);
                knots.add(circle);
                getChildren().add(circle);
            }
            Circle circle = knots.get(count++);
            circle.setVisible(true);
            circle.setCenterX(xOf(knot.step()));
            circle.setCenterY(yOf(knot.value()));
            circle.pseudoClassStateChanged(
                    CHOSEN, active && knot.step() == model.selected().get());
        }
        for (Node unused : knots.subList(count, knots.size())) {
            unused.setVisible(false);
        }
    }

    private void point(double x) {
        boolean within = x >= LEFT && x <= LEFT + width();
        pointed.accept(within ? stepAt(x) : -1);
    }

    /** Shows a step on this track too. */
    void showPointer(long step) {
        pointer.setVisible(step >= 0);
        if (step >= 0) {
            pointer.resizeRelocate(xOf(step), TOP, 1, height());
        }
    }

    private Optional<Knot> knotAt(double x, double y) {
        return model.drawing().get().curve(track).knots().stream()
                .filter(knot -> knot.step() >= model.now().get())
                .filter(knot -> Math.hypot(xOf(knot.step()) - x, yOf(knot.value()) - y) <= GRASP)
                .min((a, b) -> Double.compare(
                        Math.hypot(xOf(a.step()) - x, yOf(a.value()) - y),
                        Math.hypot(xOf(b.step()) - x, yOf(b.value()) - y)));
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        model.active().set(track);
        if (event.getButton() != MouseButton.PRIMARY || model.subject().get() == null) {
            return;
        }
        dragging = true;
        moved = false;
        pressedX = event.getX();
        pressedY = event.getY();
        drawn.clear();
        model.select(knotAt(pressedX, pressedY).map(Knot::step).orElse(-1L));
    }

    private void dragged(MouseEvent event) {
        point(event.getX());
        if (!dragging) {
            return;
        }
        boolean again = moved;
        moved |= Math.hypot(event.getX() - pressedX, event.getY() - pressedY) >= LEAST_STROKE;
        if (!moved) {
            return;
        }
        if (model.chosen().isPresent()) {
            model.moveKnot(stepAt(event.getX()), tidy(valueAt(event.getY())), again);
            return;
        }
        if (drawn.isEmpty()) {
            drawn.add(onPaper(pressedX, pressedY));
        }
        Knot next = onPaper(event.getX(), event.getY());
        if (drawn.get(drawn.size() - 1).step() != next.step()) {
            drawn.add(next);
        }
        requestLayout();
    }

    /** A point of a stroke: a step, and the height as a share of the plot's. */
    private Knot onPaper(double x, double y) {
        return new Knot(stepAt(x), Math.max(0, Math.min(1, 1 - (y - TOP) / height())));
    }

    private void released(MouseEvent event) {
        boolean stroked = dragging && moved && drawn.size() > 1;
        dragging = false;
        if (stroked) {
            List<Knot> rising = new ArrayList<>(drawn);
            if (rising.get(0).step() > rising.get(rising.size() - 1).step()) {
                Collections.reverse(rising);
            }
            long reached = -1;
            List<Knot> once = new ArrayList<>(); // where the hand went back, the first line counts
            for (Knot knot : rising) {
                if (knot.step() > reached) {
                    once.add(knot);
                    reached = knot.step();
                }
            }
            model.stroke(Thin.of(once, THINNING).stream()
                    .map(knot -> new Knot(knot.step(), tidy(axis.value(knot.value()))))
                    .toList());
        }
        moved = false;
        drawn.clear();
        requestLayout();
    }

    /** A hand is no finer than three digits. */
    private static double tidy(double value) {
        return Numbers.coarse(value, 3);
    }

    private void clicked(MouseEvent event) {
        if (event.getClickCount() != 2
                || !event.isStillSincePress()
                || model.subject().get() == null) {
            return;
        }
        if (model.chosen().isPresent()) {
            model.removeKnot();
        } else if (stepAt(event.getX()) >= model.now().get()) {
            model.addKnot(stepAt(event.getX()), tidy(valueAt(event.getY())));
        }
    }

    private void typed(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        switch (event.getCode()) {
            case LEFT -> horizontally(event, -1);
            case RIGHT -> horizontally(event, 1);
            case UP -> vertically(1);
            case DOWN -> vertically(-1);
            case INSERT -> model.addKnot();
            case DELETE, BACK_SPACE -> model.removeKnot();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void horizontally(KeyEvent event, int by) {
        if (event.isShiftDown()) {
            Subject subject = model.subject().get();
            long stride = subject == null || !model.snapping().get()
                    ? Math.max(1, model.last() / 100)
                    : subject.horizon().stepsPerEpoch();
            model.chosen().ifPresent(knot -> model.moveKnot(knot.step() + by * stride, knot.value(), false));
        } else {
            model.selectNext(by > 0);
        }
    }

    private void vertically(int by) {
        model.chosen().ifPresent(knot -> {
            boolean round = model.snapping().get() && knot.value() > 0;
            double value = round
                    ? knot.value() * (by > 0 ? NEXT_ROUND : 1 / NEXT_ROUND)
                    : axis.value(axis.fraction(knot.value()) + by * NUDGE);
            model.moveKnot(knot.step(), tidy(value), false);
        });
    }
}
