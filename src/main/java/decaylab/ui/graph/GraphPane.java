package decaylab.ui.graph;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.graph.GraphLayout;
import decaylab.graph.NodeGraph;
import javafx.geometry.NodeOrientation;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/**
 * Draws a graph: edges faintly, on a canvas of their own that is painted once, and nodes over them in the colours of the classes told
 * of them; a ring around labelled ones, a cross on wrong ones.
 */
final class GraphPane extends Region {
    private static final double MARGIN = 14;

    private final Canvas edges = new Canvas();
    private final Canvas nodes = new Canvas();
    private @Nullable GraphPicture picture;
    private int[] told = new int[0];
    private Theme theme = Theme.LIGHT;
    private @Nullable GraphLayout painted;
    private @Nullable Theme paintedIn;

    GraphPane() {
        getChildren().addAll(edges, nodes);
        getStyleClass().add("graph-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, 0);
    }

    /**
     * Draws another picture, or the same in another theme; nothing for null.
     *
     * @param classes what is told of each node; -1 where nothing is
     */
    void show(@Nullable GraphPicture now, int[] classes, Theme in) {
        picture = now;
        told = classes;
        theme = in;
        draw();
    }

    @Override
    protected void layoutChildren() {
        if (nodes.getWidth() != getWidth() || nodes.getHeight() != getHeight()) {
            for (Canvas canvas : new Canvas[] {edges, nodes}) {
                canvas.setWidth(getWidth());
                canvas.setHeight(getHeight());
            }
            painted = null;
            draw();
        }
    }

    private double x(GraphLayout layout, int node) {
        return MARGIN + layout.across()[node] * (getWidth() - 2 * MARGIN);
    }

    private double y(GraphLayout layout, int node) {
        return MARGIN + layout.down()[node] * (getHeight() - 2 * MARGIN);
    }

    @SuppressWarnings("ReferenceEquality") // the very same layout
    private void draw() {
        GraphicsContext graphics = nodes.getGraphicsContext2D();
        graphics.clearRect(0, 0, nodes.getWidth(), nodes.getHeight());
        GraphPicture now = picture;
        if (now == null || getWidth() <= 2 * MARGIN || getHeight() <= 2 * MARGIN) {
            edges.getGraphicsContext2D().clearRect(0, 0, edges.getWidth(), edges.getHeight());
            painted = null;
            return;
        }
        if (painted != now.layout() || paintedIn != theme) {
            drawEdges(now);
            painted = now.layout();
            paintedIn = theme;
        }
        drawNodes(graphics, now);
    }

    private Color ink() {
        return theme.isDark() ? Color.gray(theme.isContrast() ? 1 : 0.92) : Color.gray(theme.isContrast() ? 0 : 0.1);
    }

    private void drawEdges(GraphPicture now) {
        GraphicsContext graphics = edges.getGraphicsContext2D();
        graphics.clearRect(0, 0, edges.getWidth(), edges.getHeight());
        int[] ends = now.graph().edges();
        double faint = Math.max(0.16, Math.min(0.35, 900.0 / ends.length));
        graphics.setStroke(ink().deriveColor(0, 1, 1, theme.isContrast() ? 1.5 * faint : faint));
        graphics.setLineWidth(0.7);
        for (int i = 0; i < ends.length; i += 2) {
            graphics.strokeLine(
                    x(now.layout(), ends[i]),
                    y(now.layout(), ends[i]),
                    x(now.layout(), ends[i + 1]),
                    y(now.layout(), ends[i + 1]));
        }
    }

    private void drawNodes(GraphicsContext graphics, GraphPicture now) {
        NodeGraph graph = now.graph();
        GraphLayout layout = now.layout();
        double room = Math.sqrt(getWidth() * getHeight() / graph.nodes());
        double radius = Math.max(1.6, Math.min(5.5, room / 6));
        Color[] colours = new Color[graph.classes()];
        for (int c = 0; c < colours.length; c++) {
            int rgb = Palette.colour(c, theme);
            colours[c] = Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
        }
        Color unknown = Color.gray(theme.isDark() ? 0.45 : 0.7);
        boolean[] labelled = graph.among(graph.train());
        for (int node = 0; node < graph.nodes(); node++) {
            graphics.setFill(told[node] < 0 ? unknown : colours[told[node]]);
            double x = x(layout, node);
            double y = y(layout, node);
            graphics.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
        }
        graphics.setStroke(ink());
        graphics.setLineWidth(Math.max(1, radius / 4));
        double arm = 1.4 * radius; // beyond the node, so that it is seen on every colour
        for (int node = 0; node < graph.nodes(); node++) {
            if (told[node] >= 0 && told[node] != graph.labels()[node]) {
                double x = x(layout, node);
                double y = y(layout, node);
                graphics.strokeLine(x - arm, y - arm, x + arm, y + arm);
                graphics.strokeLine(x - arm, y + arm, x + arm, y - arm);
            }
        }
        graphics.setLineWidth(2);
        double ring = radius + 2.5;
        for (int node = 0; node < graph.nodes(); node++) {
            if (labelled[node]) {
                graphics.strokeOval(x(layout, node) - ring, y(layout, node) - ring, 2 * ring, 2 * ring);
            }
        }
    }
}
