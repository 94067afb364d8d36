package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Popover;
import decaylab.ui.chart.Viewport;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window for whoever has no mouse, does not see it, or touches it: every view by keyboard, with names, large enough. */
class AccessWindowTest {
    private static final double FINGER = 36;
    private static final double PROJECTED_FINGER = 44;
    private static final int MOST_TABS = 250;

    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.stage().requestFocus());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void everythingThatIsReachedHasAName() {
        Set<String> nameless = new TreeSet<>();
        everyView(view -> nodes().stream()
                .filter(AccessWindowTest::isReached)
                .filter(node -> nameOf(node).isEmpty())
                .forEach(node -> nameless.add(view + ": " + described(node))));
        assertThat(nameless).isEmpty();
    }

    @Test
    void everythingThatIsPressedIsLargeEnoughForAFinger() {
        Set<String> small = new TreeSet<>();
        everyView(view -> small.addAll(smaller(view, FINGER)));
        assertThat(small).isEmpty();
    }

    @Test
    void andLargerWhereAProjectorIs() {
        OpenLab.onFx(() -> lab.window().look().projector().set(true));
        settle();
        assertThat(smaller("projector", PROJECTED_FINGER)).isEmpty();
    }

    @Test
    void tabWalksThroughEveryViewAndComesBackToWhereItBegan() {
        everyView(view -> {
            OpenLab.onFx(() -> lab.find("#play").requestFocus());
            Set<Node> met = new LinkedHashSet<>();
            Node first = focused();
            for (int i = 0; i < MOST_TABS && met.add(focused()); i++) {
                lab.robot().type(KeyCode.TAB);
            }
            assertThat(focused()).as("%s: where %s leads to", view, met).isSameAs(first);
            assertThat(met).as(view).hasSizeGreaterThan(6);
            assertThat(met).as(view).allMatch(node -> OpenLab.onFx(() -> shown(node)));
        });
    }

    @Test
    void fingersMoveAndZoomChartsAndMeetMarkersThatLookSmall() throws Exception {
        lab.train(200);
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(
                () -> !lab.window().session().current().get().interventions().isEmpty());
        lab.train(100);
        Region chart = lab.as("#chart-norm");
        OpenLab.onFx(() -> lab.window().board().zoomBy(0.5));
        Viewport before = OpenLab.onFx(() -> lab.window().board().viewport().get());
        OpenLab.onFx(() -> {
            touch(chart, MouseEvent.MOUSE_PRESSED, chart.getWidth() / 2, 90);
            touch(chart, MouseEvent.MOUSE_DRAGGED, chart.getWidth() / 2 + 60, 90);
            touch(chart, MouseEvent.MOUSE_RELEASED, chart.getWidth() / 2 + 60, 90);
        });
        Viewport moved = OpenLab.onFx(() -> lab.window().board().viewport().get());
        assertThat(moved.from()).as("dragged to the right").isLessThan(before.from());
        assertThat(moved.to() - moved.from()).isEqualTo(before.to() - before.from());

        OpenLab.onFx(() -> {
            Point2D at = chart.localToScene(chart.getWidth() / 2, 90);
            chart.fireEvent(new ZoomEvent(
                    ZoomEvent.ZOOM,
                    at.getX(),
                    at.getY(),
                    at.getX(),
                    at.getY(),
                    false,
                    false,
                    false,
                    false,
                    true,
                    false,
                    2,
                    2,
                    null));
        });
        Viewport pinched = OpenLab.onFx(() -> lab.window().board().viewport().get());
        assertThat(pinched.to() - pinched.from()).isLessThan(0.6 * (moved.to() - moved.from()));

        OpenLab.onFx(() -> lab.window().board().resetZoom());
        settle();
        Region timeline = lab.as("#timeline");
        Node marker = lab.find(".timeline-marker");
        int runs = OpenLab.onFx(() -> lab.window().session().runs().size());
        OpenLab.onFx(() -> {
            double near = marker.getBoundsInParent().getCenterX() + 18;
            touch(timeline, MouseEvent.MOUSE_PRESSED, near, 30);
            touch(timeline, MouseEvent.MOUSE_RELEASED, near, 30);
        });
        OpenLab.waitUntil(() -> Window.getWindows().stream().anyMatch(Popover.class::isInstance));
        assertThat(OpenLab.onFx(() -> lab.window().session().runs().size()))
                .as("nothing was rewound")
                .isEqualTo(runs);
    }

    /** What the toolkit makes of a finger. */
    private static void touch(Node node, EventType<MouseEvent> type, double x, double y) {
        Point2D at = node.localToScene(x, y);
        node.fireEvent(new MouseEvent(
                type,
                at.getX(),
                at.getY(),
                at.getX(),
                at.getY(),
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                true,
                false,
                true,
                null));
    }

    private void everyView(java.util.function.Consumer<String> look) {
        for (MiddleView view : MiddleView.values()) {
            OpenLab.onFx(() -> lab.window().look().middle().set(view));
            settle();
            look.accept(view.name());
        }
        OpenLab.onFx(() -> lab.window().library().open().set(true));
        settle();
        look.accept("LIBRARY");
        OpenLab.onFx(() -> lab.window().studies().open().set(true));
        settle();
        look.accept("STUDIES");
        OpenLab.onFx(() -> lab.window().studies().open().set(false));
    }

    /** One layout pass, whatever the pulse does. */
    private void settle() {
        OpenLab.onFx(() -> {
            Parent root = lab.stage().getScene().getRoot();
            root.applyCss();
            root.layout();
        });
    }

    private Set<String> smaller(String view, double least) {
        Set<String> small = new TreeSet<>();
        for (Node node : nodes()) {
            if (isPressed(node)) {
                Bounds bounds = OpenLab.onFx(() -> node.localToScene(node.getLayoutBounds()));
                if (bounds.getWidth() < least - 0.5 || bounds.getHeight() < least - 0.5) {
                    small.add(String.format(
                            "%s: %s is %.0f x %.0f", view, described(node), bounds.getWidth(), bounds.getHeight()));
                }
            }
        }
        return small;
    }

    private List<Node> nodes() {
        return OpenLab.onFx(() -> lab.stage().getScene().getRoot().lookupAll("*").stream()
                .filter(this::shown)
                .toList());
    }

    private boolean shown(Node node) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    private Node focused() {
        Scene scene = lab.stage().getScene();
        return OpenLab.onFx(scene::getFocusOwner);
    }

    private static boolean isReached(Node node) {
        return node.isFocusTraversable() && !node.isDisabled();
    }

    /** Parts of other controls aside: the arrows of a scroll bar or a spinner, which the wheel and the keys do as well. */
    private static boolean isPressed(Node node) {
        boolean kind = node instanceof ButtonBase && !(node instanceof Hyperlink)
                || node instanceof ComboBoxBase
                || node.getStyleClass().contains("thumb") && node.getParent() instanceof Slider;
        return kind && within(node, ScrollBar.class).isEmpty() && !(node instanceof CheckBox && node.isDisabled());
    }

    private static <T> List<T> within(Node node, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Node up = node.getParent(); up != null; up = up.getParent()) {
            if (type.isInstance(up)) {
                found.add(type.cast(up));
            }
        }
        return found;
    }

    private static String nameOf(Node node) {
        if (node.getAccessibleText() != null && !node.getAccessibleText().isBlank()) {
            return node.getAccessibleText();
        }
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            return labeled.getText();
        }
        if (node instanceof ScrollPane || node instanceof SplitPane) {
            return "what it holds";
        }
        Object label = node.queryAccessibleAttribute(javafx.scene.AccessibleAttribute.LABELED_BY);
        return label instanceof Labeled by ? by.getText() : "";
    }

    private static String described(Node node) {
        String parent =
                node.getParent() == null ? "" : node.getParent().getStyleClass().toString();
        return node.getClass().getSimpleName() + " #" + node.getId() + " " + node.getStyleClass() + " in " + parent;
    }
}
