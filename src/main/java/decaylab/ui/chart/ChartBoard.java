package decaylab.ui.chart;

import decaylab.chart.ChartKind;
import decaylab.chart.Theme;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import javafx.geometry.Bounds;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * All charts of the window, linked by their step axis and cross-hair. Runs are pulled: once a frame the board looks whether
 * there is something new, has a thread of its own paint it, and shows what that has finished. A slow frame is skipped; no
 * sample ever is.
 */
public final class ChartBoard extends Region {
    /** Frames closer than this are not asked for: at most one for each pulse of the window, which comes 60 times a second. */
    private static final long FRAME_NANOS = 15_000_000L;

    private static final double GAP = 8;
    private static final double NARROWEST_CHART = 300;
    /** Narrower ones would lose their buttons. */
    private static final double NARROWEST_HEADER = 240;

    /** So high are the charts at least, in as many rows as these. */
    private static final double LEAST_CHART_HEIGHT = 110;

    private static final int MOST_LEAST_ROWS = 3;

    private final ObservableList<ChartRun> runs = FXCollections.observableArrayList();
    private final ObservableList<ChartKind> kinds;
    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(this, "theme", Theme.LIGHT);
    private final DoubleProperty smoothing = new SimpleDoubleProperty(this, "smoothing");
    private final BooleanProperty bands = new SimpleBooleanProperty(this, "bands");
    private final ObjectProperty<@Nullable String> layer = new SimpleObjectProperty<>(this, "layer");
    private final ReadOnlyObjectWrapper<Viewport> viewport =
            new ReadOnlyObjectWrapper<>(this, "viewport", Viewport.following(0));
    private final ObjectProperty<@Nullable Double> crossHair = new SimpleObjectProperty<>(this, "crossHair");
    private final Map<ChartKind, ChartPane> panes = new EnumMap<>(ChartKind.class);
    private final Map<ChartKind, BooleanProperty> logarithmic = new EnumMap<>(ChartKind.class);
    private final ObservableMap<ChartKind, ChartOverlay> overlays =
            FXCollections.observableMap(new EnumMap<>(ChartKind.class));
    private final ObjectProperty<@Nullable ChartPen> pen = new SimpleObjectProperty<>(this, "pen");
    private final ObjectProperty<@Nullable ChartKind> enlarged = new SimpleObjectProperty<>(this, "enlarged");
    private final LongProperty reach = new SimpleLongProperty(this, "reach");
    private final Consumer<Quantity> onDefinition;
    private final QuantityTexts texts;
    private final String prefix;
    private final BoardPainter painter;
    private final AtomicReference<@Nullable Map<ChartKind, PlotFrame>> painted = new AtomicReference<>();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            pulse(now);
        }
    };
    private @Nullable ExecutorService thread;
    private boolean painting;
    private boolean dirty = true;
    private long rowsPainted = -1;
    private long lastFrame;
    private long frames;

    /**
     * @param texts the words for quantities
     * @param onDefinition shows what a quantity is; called by the "?" of a chart
     */
    public ChartBoard(QuantityTexts texts, Consumer<Quantity> onDefinition) {
        this(texts, onDefinition, ChartKind.dashboard(), "");
    }

    /**
     * A further board of the same window.
     *
     * @param first the charts to begin with
     * @param prefix of the names of its charts, which tells them from another board's
     */
    public ChartBoard(QuantityTexts texts, Consumer<Quantity> onDefinition, List<ChartKind> first, String prefix) {
        this.texts = texts;
        this.prefix = prefix;
        kinds = FXCollections.observableArrayList(first);
        painter = new BoardPainter(texts);
        this.onDefinition = onDefinition;
        getStyleClass().add("chart-board");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        for (ChartKind kind : ChartKind.values()) {
            BooleanProperty log = new SimpleBooleanProperty(this, "logarithmic", kind.startsLogarithmic());
            log.addListener((property, before, now) -> dirty = true);
            logarithmic.put(kind, log);
        }
        runs.addListener((ListChangeListener<ChartRun>) change -> dirty = true);
        kinds.addListener((ListChangeListener<ChartKind>) change -> arrange());
        theme.addListener((property, before, now) -> dirty = true);
        enlarged.addListener((property, before, now) -> arrange());
        smoothing.addListener((property, before, now) -> dirty = true);
        layer.addListener((property, before, now) -> dirty = true);
        bands.addListener((property, before, now) -> dirty = true);
        overlays.addListener((MapChangeListener<ChartKind, ChartOverlay>) change -> dirty = true);
        reach.addListener((property, before, now) -> dirty = true);
        viewport.addListener((property, before, now) -> {
            dirty = true;
            ask(System.nanoTime()); // a zoom need not wait for the next pulse
        });
        arrange();
        widthProperty().addListener((property, before, now) -> {
            if (leastRows(before.doubleValue()) != leastRows(now.doubleValue())) {
                requestLayout(); // its least height is another one
            }
        });
        sceneProperty().addListener((property, before, now) -> {
            if (now == null) {
                stop();
            } else {
                start();
            }
        });
    }

    /** What the names of its charts begin with. */
    String prefix() {
        return prefix;
    }

    /** The runs to draw, the uppermost last. */
    public ObservableList<ChartRun> runs() {
        return runs;
    }

    /** The charts to show, in order. */
    public ObservableList<ChartKind> kinds() {
        return kinds;
    }

    /** Its colours. */
    public ObjectProperty<Theme> theme() {
        return theme;
    }

    /** 0 for none, towards 1 for more; the raw line stays visible. */
    public DoubleProperty smoothing() {
        return smoothing;
    }

    /** Whether runs that differ by their seed only are drawn as mean and band. */
    public BooleanProperty bands() {
        return bands;
    }

    /** What is laid over which chart. */
    public ObservableMap<ChartKind, ChartOverlay> overlays() {
        return overlays;
    }

    /** What draws on a chart instead of zooming there; null for nothing. */
    public ObjectProperty<@Nullable ChartPen> pen() {
        return pen;
    }

    /** The chart that has all of the room for a while; null for all of them. */
    public ObjectProperty<@Nullable ChartKind> enlarged() {
        return enlarged;
    }

    /** How many steps the view shows at least while it follows; 0 for those that there are. */
    public LongProperty reach() {
        return reach;
    }

    /** The chart that has the focus; empty where none has. */
    public Optional<ChartKind> focused() {
        return kinds.stream()
                .filter(kind -> {
                    ChartPane pane = panes.get(kind);
                    return pane != null && pane.isFocused();
                })
                .findFirst();
    }

    /** The layer that charts show which have layers; null for the network. */
    public ObjectProperty<@Nullable String> layer() {
        return layer;
    }

    /** Whether a chart's value axis is logarithmic. */
    public BooleanProperty logarithmic(ChartKind kind) {
        return Objects.requireNonNull(logarithmic.get(kind));
    }

    /** The steps that all charts show. */
    public ReadOnlyObjectProperty<Viewport> viewport() {
        return viewport.getReadOnlyProperty();
    }

    /** Shows everything again and follows the newest step. */
    public void resetZoom() {
        viewport.set(Viewport.following(steps()));
    }

    /** Zooms around the cross-hair, or the middle without one; below 1 shows less. */
    public void zoomBy(double factor) {
        Double at = crossHair.get();
        Viewport now = viewport.get();
        viewport.set(now.zoomed(at == null ? (now.from() + now.to()) / 2 : at, factor, steps()));
    }

    /** Moves by a part of what is shown; positive to the right. */
    public void panBy(double share) {
        viewport.set(viewport.get().panned(share, steps()));
    }

    /** Shows a range of steps. */
    void select(double from, double to) {
        viewport.set(viewport.get().selected(from, to, steps()));
    }

    /** The step under the mouse, on all charts; null without one. */
    ObjectProperty<@Nullable Double> crossHair() {
        return crossHair;
    }

    /** How many frames were shown so far. */
    public long frames() {
        return frames;
    }

    /** The same step, or the last one where it lies beyond. */
    double nearestStep(double step) {
        return Math.min(step, Math.max(0, taken() - 1));
    }

    private long steps() {
        return Math.max(reach.get(), taken());
    }

    private long taken() {
        return runs.stream().mapToLong(run -> run.log().rows()).max().orElse(0);
    }

    private long rows() {
        return runs.stream().mapToLong(run -> run.log().rows()).sum();
    }

    private void arrange() {
        List<ChartPane> shown = new ArrayList<>();
        ChartKind alone = enlarged.get();
        for (ChartKind kind : alone == null ? kinds : List.of(alone)) {
            shown.add(panes.computeIfAbsent(kind, k -> new ChartPane(this, k, texts, onDefinition)));
        }
        getChildren().setAll(shown);
        dirty = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        int count = getChildren().size();
        if (count == 0) {
            return;
        }
        double left = snappedLeftInset();
        double top = snappedTopInset();
        double width = getWidth() - left - snappedRightInset();
        double height = getHeight() - top - snappedBottomInset();
        int columns = columns(count, width, height);
        int rows = (count + columns - 1) / columns;
        double cellWidth = (width - GAP * (columns - 1)) / columns;
        double cellHeight = (height - GAP * (rows - 1)) / rows;
        for (int i = 0; i < count; i++) {
            int column = i % columns;
            int row = i / columns;
            double x = snapPositionX(left + column * (cellWidth + GAP));
            double y = snapPositionY(top + row * (cellHeight + GAP));
            Node pane = getChildren().get(i);
            double paneWidth = snapPositionX(left + column * (cellWidth + GAP) + cellWidth) - x;
            double paneHeight = snapPositionY(top + row * (cellHeight + GAP) + cellHeight) - y;
            Bounds before = pane.getLayoutBounds();
            // A new frame's marks ask for a layout too; only another size asks for another frame.
            dirty |= before.getWidth() != paneWidth || before.getHeight() != paneHeight;
            pane.resizeRelocate(x, y, paneWidth, paneHeight);
        }
    }

    @Override
    protected double computeMinHeight(double width) {
        return leastRows(getWidth()) * (LEAST_CHART_HEIGHT + GAP) - GAP;
    }

    /** The rows that charts of a readable width need, as far as room is kept for them. */
    private int leastRows(double width) {
        int columns = Math.max(1, (int) (width / NARROWEST_CHART));
        return Math.max(1, Math.min(MOST_LEAST_ROWS, (getChildren().size() + columns - 1) / columns));
    }

    /** As many columns as make the charts nearest to three by two in shape. */
    private static int columns(int count, double width, double height) {
        int best = 1;
        double bestError = Double.POSITIVE_INFINITY;
        for (int columns = 1; columns <= count; columns++) {
            int rows = (count + columns - 1) / columns;
            double cellWidth = width / columns;
            double shape = cellWidth / Math.max(1, height / rows);
            double error = Math.abs(Math.log(shape / 1.5))
                    + (cellWidth < NARROWEST_CHART ? 1 : 0)
                    + (cellWidth < NARROWEST_HEADER ? 2 : 0)
                    + 0.2 * (columns * rows - count);
            if (error < bestError) {
                bestError = error;
                best = columns;
            }
        }
        return best;
    }

    private void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread made = new Thread(task, "charts");
                made.setDaemon(true);
                return made;
            });
        }
        dirty = true;
        timer.start();
    }

    /** Paints no more, until it comes into a scene again: a timer that runs would hold a closed window in memory. */
    public void stop() {
        timer.stop();
        ExecutorService running = thread;
        if (running != null) {
            running.shutdown();
        }
        thread = null;
        painting = false;
    }

    private void pulse(long now) {
        Map<ChartKind, PlotFrame> finished = painted.getAndSet(null);
        if (finished != null) {
            painting = false;
            frames++;
            finished.forEach((kind, frame) -> {
                ChartPane pane = panes.get(kind);
                if (pane != null) {
                    pane.show(frame, List.copyOf(runs));
                }
            });
        }
        if (dirty || rows() != rowsPainted && now - lastFrame >= FRAME_NANOS) {
            viewport.set(viewport.get().grown(steps()));
            ask(now);
        }
    }

    /** Has a frame painted, unless one is being painted already. */
    private void ask(long now) {
        ExecutorService worker = thread;
        if (painting || worker == null) {
            return;
        }
        long rows = rows();
        List<ChartRun> shown = List.copyOf(runs);
        List<PlotRequest> requests = new ArrayList<>();
        for (ChartKind kind : kinds) {
            ChartPane pane = panes.get(kind);
            PlotRequest request = pane == null ? null : pane.request(shown, viewport.get());
            if (request != null) {
                requests.add(request);
            }
        }
        if (requests.isEmpty()) {
            return;
        }
        dirty = false;
        rowsPainted = rows;
        lastFrame = now;
        painting = true;
        worker.execute(() -> {
            Map<ChartKind, PlotFrame> frames = Map.of();
            try {
                frames = painter.paint(requests);
            } finally {
                painted.set(frames); // after a failure too, or no frame would ever be asked for again
            }
        });
    }
}
