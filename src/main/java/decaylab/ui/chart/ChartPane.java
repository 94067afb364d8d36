package decaylab.ui.chart;

import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.CapacityMeter;
import decaylab.net.LayerNames;
import decaylab.train.Intervention;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.WordRuns;
import decaylab.ui.look.Zoom;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Cursor;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** One chart: title, "?" and logarithm above; the painted plot; cross-hair, markers and labels over it. */
final class ChartPane extends Region {
    private static final double HEADER = 36;
    /** The plot begins below the header's words; its upper margin lies under the buttons, which are higher than they look. */
    private static final double PLOT_TOP = 28;
    /** Room for the pane's own border and its round corners. */
    private static final double EDGE = 4;

    private static final int MOST_MARKERS = 60;

    private final ChartBoard board;
    private final ChartKind kind;
    private final QuantityTexts texts;
    private final MarkWords markWords;
    private final HBox header = new HBox(4);
    private final Label readout = new Label();
    private final ToggleButton log = new ToggleButton();
    private final ImageView picture = new ImageView();
    private final Pane overlay = new Pane();
    private final Label emptyNotice = new Label();
    private final Line hair = new Line();
    private final Rectangle selection = new Rectangle();
    private final OverlayLayer laidOver = new OverlayLayer(overlay);
    private final MarkLayer marks = new MarkLayer(overlay);
    private @Nullable PixelBuffer<IntBuffer> pixels;
    private @Nullable PlotFrame frame;
    private List<ChartRun> runs = List.of();
    private double pressedAt = Double.NaN;
    private boolean drawing;

    ChartPane(ChartBoard board, ChartKind kind, QuantityTexts texts, Consumer<Quantity> onDefinition) {
        this.board = board;
        this.kind = kind;
        this.texts = texts;
        markWords = new MarkWords(texts);
        getStyleClass().add("chart-pane");
        setId(board.prefix() + "chart-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        setFocusTraversable(true);
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT); // steps go to the right in every language
        setAccessibleText(texts.onChart("accessible", title()));

        Label title = new Label(title());
        title.getStyleClass().add("chart-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Button question = new Button("?");
        question.getStyleClass().addAll("chart-button", "definition");
        question.setMinWidth(Region.USE_PREF_SIZE);
        question.setTooltip(new Tooltip(texts.onChart("definitionTip")));
        question.setAccessibleText(texts.onChart("definition", title()));
        question.setOnAction(event -> onDefinition.accept(kind.main()));
        log.setText(texts.onChart("log"));
        log.getStyleClass().add("chart-button");
        log.setMinWidth(Region.USE_PREF_SIZE);
        log.setTooltip(new Tooltip(texts.onChart("logTip")));
        log.selectedProperty().bindBidirectional(board.logarithmic(kind));
        readout.getStyleClass().add("chart-readout");
        HBox.setHgrow(readout, Priority.ALWAYS);
        readout.setMaxWidth(Double.MAX_VALUE);
        readout.setMinWidth(0);
        header.getStyleClass().add("chart-header");
        header.getChildren().addAll(title, readout, question, log);

        emptyNotice.getStyleClass().add("chart-empty");
        emptyNotice.setWrapText(true);
        if (texts.rightToLeft()) {
            emptyNotice.setNodeOrientation(NodeOrientation.RIGHT_TO_LEFT);
        }
        emptyNotice.setManaged(false); // placed by this pane, in lines as wide as the plot
        hair.getStyleClass().add("cross-hair");
        hair.setVisible(false);
        selection.getStyleClass().add("zoom-selection");
        selection.setVisible(false);
        overlay.getChildren().addAll(emptyNotice, selection, hair);
        overlay.setMouseTransparent(true);
        picture.setPreserveRatio(false);
        getChildren().addAll(picture, overlay, header);

        board.crossHair().addListener((property, before, now) -> placeHair());
        setOnMouseMoved(event -> point(event.getX() - EDGE));
        setOnMouseExited(event -> board.crossHair().set(null));
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
        setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                board.resetZoom();
            }
        });
        setOnZoom(event -> {
            point(event.getX() - EDGE);
            board.zoomBy(1 / event.getZoomFactor());
            event.consume();
        });
        board.pen().addListener((property, before, now) -> setCursor(pen() == null ? null : Cursor.CROSSHAIR));
        setOnScroll(event -> {
            if (pen() != null || event.isDirect()) { // a finger on the chart moves it, as a drag, or draws
                event.consume();
                return;
            }
            if (event.getDeltaY() != 0) {
                board.zoomBy(event.getDeltaY() > 0 ? 1 / 1.25 : 1.25);
            } else if (event.getDeltaX() != 0) {
                board.panBy(event.getDeltaX() > 0 ? -0.1 : 0.1);
            }
            event.consume();
        });
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.L) {
                log.fire();
                event.consume();
            }
        });
    }

    private String title() {
        return kind.title(texts);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        header.resizeRelocate(0, 0, width, HEADER);
        picture.relocate(EDGE, PLOT_TOP);
        overlay.resizeRelocate(EDGE, PLOT_TOP, width - 2 * EDGE, Math.max(0, getHeight() - PLOT_TOP - EDGE));
        double noticeWidth = Math.max(0, width - 80);
        emptyNotice.resizeRelocate(
                (width - noticeWidth) / 2,
                Math.max(0, (getHeight() - PLOT_TOP) / 2 - 24),
                noticeWidth,
                emptyNotice.prefHeight(noticeWidth));
    }

    /** What to paint, at the size that the pane has now; null while it has none. */
    @Nullable
    PlotRequest request(List<ChartRun> shown, Viewport viewport) {
        int width = (int) Math.floor(getWidth() - 2 * EDGE);
        int height = (int) Math.floor(getHeight() - PLOT_TOP - EDGE);
        if (width < 40 || height < 40 || getScene() == null || getScene().getWindow() == null) {
            return null;
        }
        return new PlotRequest(
                kind,
                width,
                height,
                scale(),
                shown,
                viewport,
                log.isSelected(),
                board.smoothing().get(),
                board.bands().get(),
                board.layer().get(),
                board.theme().get(),
                board.overlays().get(kind));
    }

    /** Device pixels a logical pixel of this pane. */
    private double scale() {
        return getScene() == null || getScene().getWindow() == null
                ? 1
                : getScene().getWindow().getOutputScaleX() * Zoom.of(this);
    }

    void show(PlotFrame finished, List<ChartRun> shown) {
        runs = shown;
        PixelBuffer<IntBuffer> buffer = pixels;
        if (buffer == null
                || buffer.getWidth() != finished.pixelWidth()
                || buffer.getHeight() != finished.pixelHeight()) {
            buffer = new PixelBuffer<>(
                    finished.pixelWidth(),
                    finished.pixelHeight(),
                    IntBuffer.allocate(finished.pixelWidth() * finished.pixelHeight()),
                    PixelFormat.getIntArgbPreInstance());
            pixels = buffer;
            picture.setImage(new WritableImage(buffer));
        }
        double scale = scale();
        picture.setFitWidth(finished.pixelWidth() / scale);
        picture.setFitHeight(finished.pixelHeight() / scale);
        buffer.updateBuffer(target -> {
            System.arraycopy(finished.pixels(), 0, target.getBuffer().array(), 0, finished.pixels().length);
            return null;
        });
        align();
        frame = finished;
        emptyNotice.setVisible(finished.empty());
        emptyNotice.setText(finished.empty() ? WordRuns.apart(emptyText()) : "");
        mark(finished);
        placeHair();
    }

    /** Made when a screen reader asks, which is seldomer than a frame. */
    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        PlotFrame shown = frame;
        return attribute == AccessibleAttribute.HELP && shown != null
                ? description(shown)
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    /** What the chart shows, for whoever does not see it: the steps, and each run with its last value. */
    private String description(PlotFrame finished) {
        if (finished.empty()) {
            return emptyText();
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s, steps %.0f to %.0f.",
                title(),
                Math.max(0, finished.viewport().from()),
                finished.viewport().to()));
        for (ChartRun run : runs) {
            long last = run.log().rows() - 1;
            List<Metric> metrics = kind.metrics(layers(run.log()), board.layer().get());
            double value = last < 0 || metrics.isEmpty() ? SampleLog.EMPTY : lastValue(run.log(), last, metrics.get(0));
            text.append(' ').append(run.name());
            text.append(
                    SampleLog.isEmpty(value)
                            ? ": no value."
                            : String.format(Locale.ROOT, ": %.4g at step %d.", value, last));
        }
        return text.toString();
    }

    /** Puts the picture on whole device pixels, where its pixels are shown as they are. */
    private void align() {
        if (getScene() == null || getScene().getWindow() == null) {
            return;
        }
        Point2D at = localToScene(EDGE, PLOT_TOP);
        double device = getScene().getWindow().getOutputScaleX();
        double zoom = Zoom.of(this);
        picture.setTranslateX((Math.round(at.getX() * device) / device - at.getX()) / zoom);
        picture.setTranslateY((Math.round(at.getY() * device) / device - at.getY()) / zoom);
    }

    private String noCapacity(ChartRun run) {
        NetworkSpec network = run.experiment().network();
        if (CapacityMeter.refusal(network).isPresent()) {
            return texts.onChart("notDense");
        }
        boolean ofBound = kind == ChartKind.CAPACITY_BOUNDS;
        return ofBound && CapacityMeter.unbounded(network).isPresent()
                ? texts.onChart("noBound")
                : texts.onChart("fromNowOn");
    }

    private String emptyDamping(Experiment experiment) {
        boolean ofCurvature = kind.main() == Quantity.EFFECTIVE_DAMPING || kind.main() == Quantity.DAMPING_RATIO;
        if (experiment.network().kind() != NetworkKind.MLP
                || experiment.environment().isPresent()) {
            return texts.onChart("notDense");
        }
        if (ofCurvature && !experiment.optimizer().curvature().isOn()) {
            return texts.onChart("noCurvature");
        }
        return ofCurvature && experiment.network().normalization() == Normalization.NONE
                ? texts.onChart("notNormalised")
                : texts.onChart("firstMeasurement");
    }

    /** What an empty chart will show, or why it will show nothing. */
    private String emptyText() {
        if (runs.isEmpty() || runs.stream().allMatch(run -> run.log().rows() == 0)) {
            return texts.onChart("willAppear", texts.of(kind.main()).title());
        }
        if (kind.main().scope() == Quantity.Scope.TOKENS
                && runs.stream().noneMatch(run -> LayerNames.embedding(layers(run.log()))
                        .isPresent())) {
            return texts.onChart("noEmbedding");
        }
        if (kind.instrument().isPresent()) {
            ChartRun uppermost = runs.get(runs.size() - 1);
            if (kind.instrument().get() == Instrument.RETURNS) {
                return uppermost.experiment().environment().isEmpty()
                        ? texts.onChart("noEnvironment")
                        : texts.onChart("firstEpisodes");
            }
            if (kind.instrument().get() == Instrument.FEEDBACK
                    && !uppermost.experiment().feedback().ownMatrices()) {
                return texts.onChart("noFeedback");
            }
            if (kind.instrument().get() == Instrument.CAPACITY) {
                return noCapacity(uppermost);
            }
            if (kind.instrument().get() == Instrument.SYNTHETIC
                    && !uppermost.experiment().synthetic().present()) {
                return texts.onChart("noModules");
            }
            if (kind.instrument().get() == Instrument.VALIDATION) {
                return uppermost.experiment().onGraph().isEmpty()
                        ? texts.onChart("noGraph")
                        : texts.onChart(
                                "firstEvaluation", uppermost.experiment().evaluateEvery());
            }
            if (kind.instrument().get() == Instrument.DAMPING) {
                return emptyDamping(uppermost.experiment());
            }
            return kind.instrument().get().where() == Instrument.Where.ON_A_COPY
                    ? AnalysisNetwork.refusal(uppermost.experiment().network())
                            .orElse(texts.onChart("firstMeasurement"))
                    : texts.onChart("fromNowOn");
        }
        return switch (kind.main()) {
            case EFFECTIVE_LEARNING_RATE, LAYER_EFFECTIVE_LEARNING_RATE, ROTATION ->
                texts.onChart(
                        runs.get(runs.size() - 1)
                                        .experiment()
                                        .optimizer()
                                        .curvature()
                                        .isOn()
                                ? "preconditioned"
                                : "notNormalised");
            case TRAIN_LOSS, TRAIN_ACCURACY ->
                runs.get(runs.size() - 1).experiment().environment().isPresent()
                        ? texts.onChart("noExamples")
                        : texts.onChart(
                                "firstEvaluation",
                                runs.get(runs.size() - 1).experiment().evaluateEvery());
            default -> texts.onChart("nothing");
        };
    }

    private void mark(PlotFrame finished) {
        PlotFrame.Area area = finished.area();
        marks.begin();
        for (ChartRun run : runs) {
            List<Intervention> made = run.interventions();
            for (Intervention intervention : made.subList(Math.max(0, made.size() - MOST_MARKERS), made.size())) {
                double x = area.xOf(intervention.step(), finished.viewport());
                if (x >= area.x() && x <= area.x() + area.width()) {
                    marks.flagged("intervention", markWords.of(intervention), x, area);
                }
            }
            run.problem().filter(text -> run.log().rows() > 0).ifPresent(text -> {
                double x = Math.min(area.x() + area.width(), area.xOf(run.log().rows() - 1, finished.viewport()));
                if (x >= area.x()) {
                    String words = run.state() == decaylab.train.RunState.DIVERGED
                            ? texts.onChart("diverged", Long.toString(run.log().rows() - 1))
                            : texts.onChart("failed");
                    marks.flagged("divergence", words, x, area);
                }
            });
        }
        for (PlotFrame.LineEnd end : finished.lineEnds()) {
            marks.words("line-end", end.text(), end.x(), end.y() - 8, end.colour());
        }
        marks.end();
        laidOver.show(board.overlays().get(kind), finished);
    }

    private void point(double x) {
        PlotFrame shown = frame;
        if (shown == null) {
            return;
        }
        PlotFrame.Area area = shown.area();
        boolean inside = x >= area.x() && x <= area.x() + area.width();
        board.crossHair().set(inside ? (Double) board.nearestStep(area.stepAt(x, shown.viewport())) : null);
    }

    private void placeHair() {
        PlotFrame shown = frame;
        Double step = board.crossHair().get();
        if (shown == null || step == null) {
            hair.setVisible(false);
            readout.setText("");
            return;
        }
        PlotFrame.Area area = shown.area();
        double x = area.xOf(step, shown.viewport());
        hair.setVisible(x >= area.x() && x <= area.x() + area.width());
        hair.setStartX(x);
        hair.setEndX(x);
        hair.setStartY(area.y());
        hair.setEndY(area.y() + area.height());
        readout.setText(values(Math.round(step)));
    }

    /** The values under the cross-hair: of the uppermost runs, for a quantity taken now and then the last one before. */
    private String values(long step) {
        StringBuilder text = new StringBuilder(texts.onChart("readout", Long.toString(step)));
        int most = Math.min(3, runs.size());
        for (ChartRun run : runs.subList(runs.size() - most, runs.size())) {
            SampleLog samples = run.log();
            List<Metric> metrics = kind.metrics(layers(samples), board.layer().get());
            for (Metric metric : metrics.subList(0, Math.min(2, metrics.size()))) {
                double value = lastValue(samples, step, metric);
                if (!SampleLog.isEmpty(value)) {
                    text.append("  ").append(Numbers.brief(value));
                }
            }
        }
        return text.toString();
    }

    private static double lastValue(SampleLog samples, long step, Metric metric) {
        SampleLog holding = samples.holding(metric);
        OptionalInt place = holding.place(metric);
        if (place.isEmpty() || step >= samples.rows()) {
            return SampleLog.EMPTY;
        }
        long row = (holding == samples ? step + 1 : holding.rowsBefore(step + 1)) - 1;
        boolean everyStep = metric.quantity().cadence() == Quantity.Cadence.EVERY_STEP;
        while (row > 0 && !everyStep && SampleLog.isEmpty(holding.value(place.getAsInt(), row))) {
            row--;
        }
        return row < 0 ? SampleLog.EMPTY : holding.value(place.getAsInt(), row);
    }

    static List<String> layers(SampleLog samples) {
        return samples.metrics().stream()
                .filter(metric -> metric.quantity() == Quantity.LAYER_NORM)
                .map(metric -> String.valueOf(metric.layer()))
                .toList();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        ChartPen pen = pen();
        PlotFrame shown = frame;
        drawing = false;
        if (pen != null && shown != null && event.getButton() == MouseButton.PRIMARY && event.getY() > HEADER) {
            drawing = true;
            pen.press(stepAt(event, shown), valueAt(event, shown));
            pressedAt = Double.NaN;
            return;
        }
        pressedAt =
                event.getButton() == MouseButton.PRIMARY && event.getY() > HEADER ? event.getX() - EDGE : Double.NaN;
    }

    private void dragged(MouseEvent event) {
        PlotFrame shown = frame;
        ChartPen pen = pen();
        if (shown != null && pen != null && drawing) {
            pen.draw(stepAt(event, shown), valueAt(event, shown));
            return;
        }
        if (shown == null || Double.isNaN(pressedAt)) {
            return;
        }
        PlotFrame.Area area = shown.area();
        double x = event.getX() - EDGE;
        if (event.isShiftDown() || event.isSynthesized()) { // a finger moves the chart, and pinches to zoom
            board.panBy((pressedAt - x) / area.width());
            pressedAt = x;
            return;
        }
        double left = Math.max(area.x(), Math.min(pressedAt, x));
        double right = Math.min(area.x() + area.width(), Math.max(pressedAt, x));
        selection.setX(left);
        selection.setWidth(Math.max(0, right - left));
        selection.setY(area.y());
        selection.setHeight(area.height());
        selection.setVisible(right - left > 4);
        point(x);
    }

    /** The pen that draws on this chart; null for none. */
    private @Nullable ChartPen pen() {
        ChartPen pen = board.pen().get();
        return pen != null && pen.kind() == kind ? pen : null;
    }

    private static double stepAt(MouseEvent event, PlotFrame shown) {
        PlotFrame.Area area = shown.area();
        double x = Math.max(area.x(), Math.min(area.x() + area.width(), event.getX() - EDGE));
        return area.stepAt(x, shown.viewport());
    }

    private static double valueAt(MouseEvent event, PlotFrame shown) {
        PlotFrame.Area area = shown.area();
        double y = Math.max(area.y(), Math.min(area.y() + area.height(), event.getY() - PLOT_TOP));
        return area.valueAt(y, shown.values());
    }

    private void released(MouseEvent event) {
        drawing = false;
        PlotFrame shown = frame;
        if (shown != null && selection.isVisible()) {
            board.select(
                    shown.area().stepAt(selection.getX(), shown.viewport()),
                    shown.area().stepAt(selection.getX() + selection.getWidth(), shown.viewport()));
        }
        selection.setVisible(false);
        pressedAt = Double.NaN;
    }
}
