package decaylab.ui.tour;

import atlantafx.base.theme.Styles;
import decaylab.ui.base.Texts;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Polygon;
import org.jspecify.annotations.Nullable;

/**
 * Shows the tour: a ring around the real control, which stays free to be used, and a card beside it. Takes neither focus nor
 * keys; what is under it is only covered by the card itself.
 */
public final class TourCard {
    private static final double WIDTH = 300;
    private static final double GAP = 12;
    private static final double RING = 4;
    private static final double ARROW = 9;

    private final Parent root;
    private final Pane overlay;
    private final Texts texts;
    private final Region ring = new Region();
    private final Polygon arrow = new Polygon(0, ARROW, ARROW, 0, 2 * ARROW, ARROW);
    private final Label words = new Label();
    private final Label place = new Label();
    private final Button end = new Button();
    private final VBox card;
    private final Runnable follow = this::follow;
    private @Nullable Node target;
    private Tour.@Nullable Step step;

    /**
     * @param root the window's, in which the controls are looked for
     * @param overlay lies over the window, and lets the mouse through
     */
    public TourCard(Tour tour, Parent root, Pane overlay, Texts texts) {
        this.root = root;
        this.overlay = overlay;
        this.texts = texts;
        ring.getStyleClass().add("tour-ring");
        ring.setMouseTransparent(true);
        arrow.getStyleClass().add("tour-arrow");
        arrow.setMouseTransparent(true);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        place.getStyleClass().add("group-note");
        end.setId("tourEnd");
        end.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        end.setOnAction(event -> tour.end());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox foot = new HBox(8, place, gap, end);
        foot.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        card = new VBox(8, words, foot);
        card.getStyleClass().add("tour-card");
        card.setId("tour");
        card.setPrefWidth(WIDTH);
        for (Node node : List.of(ring, arrow, card)) {
            node.setManaged(false); // placed beside their control
        }
        overlay.getChildren().addAll(ring, arrow, card);
        tour.step().addListener((observable, before, now) -> show(now));
        root.sceneProperty().addListener((observable, before, now) -> {
            if (before != null) {
                before.removePostLayoutPulseListener(follow);
            }
            if (now != null) {
                now.addPostLayoutPulseListener(follow);
            }
        });
        show(tour.step().get());
    }

    /** After every layout, since the control may have moved with all around it, gone away, or been made anew. */
    private void follow() {
        Tour.Step now = step;
        if (now != null) {
            Node at = target;
            if (at == null || at.getScene() == null) {
                target = root.lookup(query(now));
            }
            place();
        }
    }

    private static String query(Tour.Step step) {
        return switch (step) {
            case PLAY -> "#play";
            case WATCH, OVER -> "#chart-norm";
            case FLIP -> "#decaySwitch";
        };
    }

    private void show(Tour.@Nullable Step step) {
        this.step = step;
        overlay.setVisible(step != null);
        target = step == null ? null : root.lookup(query(step));
        if (step == null) {
            return;
        }
        words.setText(texts.of(step.key()));
        boolean over = step == Tour.Step.OVER;
        int steps = Tour.Step.OVER.ordinal();
        place.setText(over ? "" : texts.of("tour.step", Integer.toString(step.ordinal() + 1), Integer.toString(steps)));
        end.setText(texts.of(over ? "tour.done" : "tour.skip"));
        place();
    }

    private static boolean isShown(Node node) {
        Node each = node;
        while (each != null && each.isVisible()) {
            each = each.getParent();
        }
        return each == null && node.getScene() != null;
    }

    /** The card below its control where there is room, above it otherwise; over a chart, in its upper right corner. */
    private void place() {
        Node at = target;
        double width = overlay.getWidth();
        double height = overlay.getHeight();
        double wide = Math.min(WIDTH, width - 2 * GAP);
        double high = card.prefHeight(wide);
        boolean found = at != null && isShown(at);
        ring.setVisible(found);
        arrow.setVisible(found);
        if (at == null || !found) {
            card.resizeRelocate((width - wide) / 2, (height - high) / 2, wide, high);
            return;
        }
        Bounds bounds = overlay.sceneToLocal(at.localToScene(at.getLayoutBounds()));
        ring.resizeRelocate(
                bounds.getMinX() - RING,
                bounds.getMinY() - RING,
                bounds.getWidth() + 2 * RING,
                bounds.getHeight() + 2 * RING);
        double middle = bounds.getMinX() + bounds.getWidth() / 2;
        double x = Math.max(GAP, Math.min(middle - wide / 2, width - wide - GAP));
        double below = bounds.getMaxY() + RING + ARROW;
        boolean fits = below + high + GAP <= height;
        double y = fits ? below : Math.max(GAP, bounds.getMinY() - RING - ARROW - high);
        card.resizeRelocate(x, y, wide, high);
        arrow.setRotate(fits ? 0 : 180);
        double tip = Math.max(x + ARROW, Math.min(middle - ARROW, x + wide - 3 * ARROW));
        arrow.relocate(tip, fits ? below - ARROW : y + high);
    }
}
