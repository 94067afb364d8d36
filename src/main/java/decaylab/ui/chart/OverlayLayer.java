package decaylab.ui.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import org.jspecify.annotations.Nullable;

/** Shows an overlay over a painted chart; its nodes are made when the overlay changes and only moved from frame to frame. */
final class OverlayLayer {
    private static final double RADIUS = 5;
    private static final double ABOVE = 18;
    /** Coordinates of the shortest line that has words beside it. */
    private static final int LEAST_LABELLED = 4;

    private final Group group = new Group();
    private final Rectangle clip = new Rectangle();
    private @Nullable ChartOverlay shown;

    /** @param pane that shows it, above what it shows already */
    OverlayLayer(Pane pane) {
        group.setManaged(false);
        group.setClip(clip);
        pane.getChildren().add(group);
    }

    void show(@Nullable ChartOverlay overlay, PlotFrame frame) {
        if (!Objects.equals(overlay, shown)) {
            shown = overlay;
            group.getChildren().setAll(overlay == null ? List.of() : nodes(overlay));
        }
        if (overlay == null) {
            return;
        }
        PlotFrame.Area area = frame.area();
        clip.setX(area.x());
        clip.setY(0); // words may stand above the data
        clip.setWidth(area.width());
        clip.setHeight(area.y() + area.height());
        int next = 0;
        for (ChartOverlay.Shade shade : overlay.shades()) {
            place((Rectangle) group.getChildren().get(next++), shade, frame);
        }
        for (ChartOverlay.Sketch sketch : overlay.sketches()) {
            Polyline line = (Polyline) group.getChildren().get(next++);
            place(line, (Label) group.getChildren().get(next++), sketch, frame);
        }
        for (ChartOverlay.Spot spot : overlay.spots()) {
            Circle dot = (Circle) group.getChildren().get(next++);
            place(dot, (Label) group.getChildren().get(next++), spot, frame);
        }
    }

    private static List<Node> nodes(ChartOverlay overlay) {
        List<Node> nodes = new ArrayList<>();
        overlay.shades().forEach(shade -> nodes.add(styled(new Rectangle(), shade.style())));
        for (ChartOverlay.Sketch sketch : overlay.sketches()) {
            Polyline line = styled(new Polyline(), "prediction-line");
            line.setStrokeLineCap(StrokeLineCap.BUTT);
            line.setStrokeLineJoin(StrokeLineJoin.ROUND);
            nodes.add(line);
            nodes.add(styled(new Label(sketch.label()), "prediction-label"));
        }
        for (ChartOverlay.Spot spot : overlay.spots()) {
            nodes.add(styled(new Circle(RADIUS), spot.style()));
            nodes.add(styled(new Label(spot.label()), spot.style() + "-label"));
        }
        return nodes;
    }

    private static <T extends Node> T styled(T node, String style) {
        node.getStyleClass().add(style);
        return node;
    }

    private static void place(Rectangle rectangle, ChartOverlay.Shade shade, PlotFrame frame) {
        double left = frame.area().xOf(shade.from(), frame.viewport());
        rectangle.setX(left);
        rectangle.setWidth(Math.max(2, frame.area().xOf(shade.to(), frame.viewport()) - left));
        rectangle.setY(frame.area().y());
        rectangle.setHeight(frame.area().height());
    }

    private static void place(Polyline line, Label label, ChartOverlay.Sketch sketch, PlotFrame frame) {
        PlotFrame.Area area = frame.area();
        List<Double> places = new ArrayList<>();
        for (ChartOverlay.Point point : sketch.points()) {
            double y = area.yOf(point.value(), frame.values());
            if (!Double.isNaN(y)) {
                places.add(area.xOf(point.step(), frame.viewport()));
                places.add(y);
            }
        }
        line.getPoints().setAll(places);
        label.setVisible(places.size() >= LEAST_LABELLED);
        if (label.isVisible()) {
            placeBeside(label, places, area);
        }
    }

    /** In the middle of a line, over what it covers there or under it where there is no room. */
    private static void placeBeside(Label label, List<Double> places, PlotFrame.Area area) {
        double middle = (places.get(0) + places.get(places.size() - 2)) / 2;
        double width = label.prefWidth(-1);
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < places.size(); i += 2) {
            if (Math.abs(places.get(i) - middle) <= width / 2 + RADIUS) {
                top = Math.min(top, places.get(i + 1));
                bottom = Math.max(bottom, places.get(i + 1));
            }
        }
        if (top > bottom) { // the line is straight there
            top = places.get(1);
            bottom = top;
        }
        double left = Math.max(area.x(), Math.min(middle - width / 2, area.x() + area.width() - width));
        label.relocate(left, top - ABOVE - RADIUS < area.y() ? bottom + RADIUS : top - ABOVE - RADIUS);
    }

    private static void place(Circle dot, Label label, ChartOverlay.Spot spot, PlotFrame frame) {
        PlotFrame.Area area = frame.area();
        double x = area.xOf(spot.step(), frame.viewport());
        double y = area.yOf(spot.value(), frame.values());
        boolean there = !Double.isNaN(y);
        dot.setVisible(there);
        label.setVisible(there && !spot.label().isEmpty());
        if (there) {
            dot.setCenterX(x);
            dot.setCenterY(y);
            double most = Math.max(area.x(), area.x() + area.width() - label.prefWidth(-1));
            label.relocate(Math.min(x + RADIUS + 2, most), above(y, area));
        }
    }

    /** Over a point, or under it where there is no room. */
    private static double above(double y, PlotFrame.Area area) {
        return y - ABOVE < area.y() ? y + RADIUS + 1 : y - ABOVE - RADIUS;
    }
}
