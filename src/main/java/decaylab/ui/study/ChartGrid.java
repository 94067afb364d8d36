package decaylab.ui.study;

import decaylab.chart.ChartSpec;
import decaylab.chart.Theme;
import decaylab.study.Figures;
import decaylab.study.StudyCharts;
import decaylab.study.StudyRun;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.chart.ChartPictures;
import decaylab.ui.look.Zoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.NodeOrientation;
import javafx.scene.image.ImageView;
import javafx.scene.layout.TilePane;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The charts of a study side by side, painted anew where a run has gone on, at most twice a second. */
public final class ChartGrid extends TilePane {
    private static final long INTERVAL_NANOS = 500_000_000L;
    private static final double LEAST_WIDTH = 380;
    private static final double GAP = 8;
    private static final double HEIGHT_BY_WIDTH = 0.62;

    private final StudyCharts charts;
    private final BackgroundTasks painting;
    private final Consumer<String> warn;
    private final Supplier<Theme> theme;
    private final ChartPictures pictures = new ChartPictures();
    private @Nullable StudyRun run;
    private @Nullable Look shown;
    private boolean painted = true;
    private long last;

    /** What a painting depends on. */
    private record Look(StudyRun run, double done, Theme theme, int width, double scale) {}

    /**
     * @param painting paints away from the window's thread
     * @param warn tells why a chart cannot be painted
     * @param theme light or dark, asked at each painting
     */
    public ChartGrid(StudyCharts charts, BackgroundTasks painting, Consumer<String> warn, Supplier<Theme> theme) {
        this.charts = charts;
        this.painting = painting;
        this.warn = warn;
        this.theme = theme;
        getStyleClass().add("studies-charts");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setHgap(GAP);
        setVgap(GAP);
    }

    /** Shows these runs from now on; nothing for null. */
    void show(@Nullable StudyRun other) {
        run = other;
        last = 0;
        if (other == null) {
            shown = null;
            getChildren().clear();
        }
    }

    /** The charts as they are now. */
    static List<ChartSpec> specs(StudyCharts charts, StudyRun run, Theme theme) {
        List<ChartSpec> specs = new ArrayList<>();
        run.study().protocol().panels().forEach(panel -> specs.add(charts.panel(panel, run.cells(), theme)));
        Figures figures = run.figures();
        run.study().graphs(figures).forEach(graph -> specs.add(charts.graph(graph, theme)));
        return specs;
    }

    /** Once a frame while it is on screen. */
    public void pulse(long now) {
        StudyRun current = run;
        Window window = getScene() == null ? null : getScene().getWindow();
        if (current == null || window == null || !painted || now - last < INTERVAL_NANOS || getWidth() < 1) {
            return;
        }
        double room = getWidth() - getInsets().getLeft() - getInsets().getRight();
        int columns = (int) Math.max(1, Math.floor((room + GAP) / (LEAST_WIDTH + GAP)));
        int width = (int) Math.floor((room - (columns - 1) * GAP) / columns);
        Look look = new Look(current, current.done(), theme.get(), width, window.getRenderScaleX() * Zoom.of(this));
        if (width < 1 || Objects.equals(look, shown)) {
            return;
        }
        last = now;
        painted = false;
        int height = (int) Math.round(width * HEIGHT_BY_WIDTH);
        painting.run(
                () -> specs(charts, current, look.theme).stream()
                        .map(spec -> new Painted(spec.title(), pictures.paint(spec, width, height, look.scale)))
                        .toList(),
                images -> {
                    painted = true;
                    if (run == current) {
                        shown = look;
                        place(images, width, height);
                    }
                },
                sentence -> {
                    painted = true;
                    shown = look;
                    warn.accept(sentence);
                });
    }

    private record Painted(String title, ChartPictures.Picture picture) {}

    private void place(List<Painted> images, int width, int height) {
        while (getChildren().size() > images.size()) {
            getChildren().remove(getChildren().size() - 1);
        }
        for (int i = 0; i < images.size(); i++) {
            if (i == getChildren().size()) {
                getChildren().add(new ImageView());
            }
            ImageView view = (ImageView) getChildren().get(i);
            view.setImage(images.get(i).picture.image());
            view.setFitWidth(width);
            view.setFitHeight(height);
            view.setAccessibleText(images.get(i).title);
        }
    }
}
