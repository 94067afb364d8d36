package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.chart.ChartKind;
import decaylab.lesson.Assignment;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.controlsfx.control.NotificationPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Size of words, projector mode, the presenter's window, and where notices appear. */
class ProjectorWindowTest {
    /** Room that other languages may need beyond English. */
    private static final double SLACK = 1.3;

    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.stage().requestFocus());
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void projectorModeShowsWhatIsNeededLargeAndLeavesEverythingAsItWas() {
        List<ChartKind> charts = List.copyOf(lab.window().board().kinds());
        double before = widthOf(".decay-switch");

        lab.robot().type(KeyCode.F5);
        settle();

        assertThat(lab.window().look().projector().get()).isTrue();
        assertThat(items()).isEqualTo(1);
        assertThat(lab.window().board().kinds()).hasSize(2);
        assertThat(widthOf(".decay-switch")).isGreaterThan(1.6 * before);
        assertThat(OpenLab.onFx(() -> lab.find(".status-experiment").isVisible()))
                .isFalse();
        assertThat(truncated(1)).isEmpty();
        assertThat(truncated(SLACK)).isEmpty();
        assertThat(beyondTheWindow()).isEmpty();

        lab.robot().type(KeyCode.ESCAPE);
        settle();
        assertThat(lab.window().look().projector().get()).isFalse();
        assertThat(items()).isEqualTo(3);
        assertThat(lab.window().board().kinds()).isEqualTo(charts);
        assertThat(widthOf(".decay-switch")).isEqualTo(before);
        assertThat(OpenLab.onFx(() -> lab.find(".status-experiment").isVisible()))
                .isTrue();
    }

    @Test
    void oneWeightHasTheRoomOnAProjectorAndColumnsComeBackAsTheyWere() throws Exception {
        OpenLab.onFx(() -> lab.<SplitPane>as("#columns").setDividerPositions(0.3, 0.75));
        settle();
        double[] columns = OpenLab.onFx(() -> lab.<SplitPane>as("#columns").getDividerPositions());
        lab.robot().type(KeyCode.F5);
        settle();
        lab.robot().type(KeyCode.ESCAPE);
        settle();
        double[] after = OpenLab.onFx(() -> lab.<SplitPane>as("#columns").getDividerPositions());
        assertThat(after).containsExactly(columns, within(0.01));

        OpenLab.onFx(() -> {
            lab.window().look().middle().set(MiddleView.WEIGHT);
            lab.window().lesson().open().set(true);
        });
        lab.robot().type(KeyCode.F5);
        settle();
        assertThat(OpenLab.onFx(() -> lab.find(".controls").isVisible())).isFalse();
        assertThat(OpenLab.onFx(
                        () -> lab.find("#weightPicture").getLayoutBounds().getHeight()))
                .isGreaterThan(180);
        assertThat(OpenLab.onFx(() -> lab.robot().lookup(".weight .slider").queryAll().stream()
                        .filter(Node::isVisible)
                        .mapToDouble(slider -> slider.getLayoutBounds().getWidth())
                        .min()
                        .orElse(0)))
                .isGreaterThanOrEqualTo(80);
        assertThat(truncated(1)).isEmpty();

        lab.robot().push(KeyCode.CONTROL, KeyCode.MINUS);
        assertThat(OpenLab.onFx(() -> lab.window().look().zoom().get())).isEqualTo(1.3);
        assertThat(lab.window().look().textScale().get()).isEqualTo(1);
        lab.robot().type(KeyCode.ESCAPE);
        settle();
        assertThat(OpenLab.onFx(() -> lab.find(".controls").isVisible())).isTrue();
    }

    @Test
    void theWayOnInALessonIsThereHoweverLargeWordsAre() throws Exception {
        OpenLab.onFx(() -> lab.window().openLesson(Assignment.of("switch-it-off")));
        OpenLab.waitUntil(() -> lab.window().lesson().lesson().get() != null);
        OpenLab.onFx(() -> lab.window().look().textScale().set(2));
        settle();
        Node next = lab.find(".lesson-foot");
        assertThat(OpenLab.onFx(() -> next.getLayoutBounds().getHeight())).isGreaterThan(30);
        assertThat(OpenLab.onFx(() -> {
                    Node pane = lab.find(".lesson");
                    return pane.localToScene(pane.getLayoutBounds())
                            .contains(next.localToScene(next.getLayoutBounds()));
                }))
                .isTrue();
        assertThat(truncated(1)).isEmpty();
    }

    @Test
    void wordsBecomeLargerByKeysAndColumnsGoWhenTheyNoLongerFit() throws Exception {
        double label = heightOf(".side-title");
        lab.robot().push(KeyCode.CONTROL, KeyCode.EQUALS);
        assertThat(lab.window().look().textScale().get()).isEqualTo(1.1);
        assertThat(heightOf(".side-title")).isBetween(1.09 * label, 1.11 * label);
        for (int i = 0; i < 12; i++) {
            lab.robot().push(KeyCode.CONTROL, KeyCode.EQUALS);
        }
        settle();
        assertThat(lab.window().look().textScale().get()).isEqualTo(2);
        assertThat(items()).isEqualTo(1);
        assertThat(truncated(1)).isEmpty();
        assertThat(OpenLab.onFx(() -> ((ScrollPane) lab.find(".page")).getHmax() > 0
                        && lab.find(".page > .scroll-bar:vertical").isVisible()))
                .isTrue();
        assertThat(menuLetters()).isGreaterThan(24);

        OpenLab.onFx(() -> lab.window().look().designerShown().set(true));
        settle();
        assertThat(items()).as("who asks for a column gets it").isEqualTo(2);

        lab.robot().push(KeyCode.CONTROL, KeyCode.DIGIT0);
        settle();
        assertThat(lab.window().look().textScale().get()).isEqualTo(1);
        assertThat(items()).isEqualTo(3);
        lab.robot().push(KeyCode.CONTROL, KeyCode.MINUS);
        assertThat(lab.window().look().textScale().get()).isEqualTo(0.9);
    }

    @Test
    void chartsArePaintedAtTheSizeOfWords() throws Exception {
        OpenLab.onFx(() -> lab.window().look().textScale().set(1.5));
        lab.train(50);
        long frames = lab.window().board().frames();
        OpenLab.onFx(() -> lab.window().board().zoomBy(0.9));
        OpenLab.waitUntil(() -> lab.window().board().frames() > frames);
        Region chart = lab.as("#chart-norm");
        double shown =
                OpenLab.onFx(() -> chart.localToScene(chart.getLayoutBounds()).getWidth());
        double pixels = OpenLab.onFx(() -> ((javafx.scene.image.ImageView) chart.lookup("ImageView"))
                .getImage()
                .getWidth());
        assertThat(pixels).as("no pixel is blown up").isBetween(shown - 16, shown);
        assertThat(OpenLab.onFx(() -> (String) chart.queryAccessibleAttribute(AccessibleAttribute.HELP)))
                .startsWith("Norm, steps ")
                .contains("first-look");
    }

    @Test
    void aNoticeCoversNeitherTheMenuNorTheSwitch() throws Exception {
        OpenLab.onFx(() -> lab.window().actions().openExperiment(folder.resolve("nowhere.yaml")));
        NotificationPane pane = lab.as(".notices");
        OpenLab.waitUntil(pane::isShowing);
        OpenLab.waitUntil(() -> lab.find(".notification-bar")
                                .getBoundsInParent()
                                .getHeight()
                        > 0
                && lab.robot().lookup(".notification-bar > .pane").tryQuery().isPresent());
        Bounds bar = OpenLab.onFx(() -> onScene(lab.find(".notification-bar > .pane")));
        Bounds menu = OpenLab.onFx(() -> onScene(lab.<MenuBar>as("#menus")));
        Bounds decay = OpenLab.onFx(() -> onScene(lab.find(".decay-switch")));
        assertThat(bar.getMinY()).isGreaterThan(Math.max(menu.getMaxY(), decay.getMaxY()));
    }

    @Test
    void thePresentersWindowShowsNotesTimeAndFigures() throws Exception {
        OpenLab.onFx(() -> lab.window().presenter());
        lab.train(20);
        Stage notes = (Stage) OpenLab.onFx(() -> Window.getWindows().stream()
                .filter(window -> window instanceof Stage stage && "Presenter's notes".equals(stage.getTitle()))
                .findFirst()
                .orElseThrow());
        Set<String> words = OpenLab.onFx(() -> notes.getScene().getRoot().lookupAll(".label").stream()
                .map(label -> ((Label) label).getText())
                .collect(Collectors.toSet()));
        assertThat(words).contains("Norm", "Step").anyMatch(text -> text.contains("has no notes"));
        String step = String.format("%,d", lab.rows() - 1);
        OpenLab.waitUntil(() -> notes.getScene().getRoot().lookupAll(".presenter-value").stream()
                .anyMatch(label -> ((Label) label).getText().equals(step)));
        OpenLab.onFx(notes::hide);
    }

    private int items() {
        return OpenLab.onFx(() -> lab.<SplitPane>as(".split-pane").getItems().size());
    }

    private double widthOf(String query) {
        return OpenLab.onFx(() -> onScene(lab.find(query)).getWidth());
    }

    private double heightOf(String query) {
        return OpenLab.onFx(() -> onScene(lab.find(query)).getHeight());
    }

    private static Bounds onScene(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    private double menuLetters() throws Exception {
        lab.robot().clickOn("#helpMenu");
        OpenLab.waitUntil(
                () -> lab.robot().lookup(".context-menu .label").tryQuery().isPresent());
        double size = OpenLab.onFx(
                () -> lab.<Label>as(".context-menu .label").getFont().getSize());
        lab.robot().type(KeyCode.ESCAPE);
        return size;
    }

    private void settle() {
        OpenLab.onFx(() -> {
            Parent root = lab.stage().getScene().getRoot();
            for (int i = 0; i < 3; i++) {
                root.applyCss();
                root.layout();
            }
        });
    }

    /** Words that end in dots, or would if they were that much longer; small print that may end so is not meant. */
    private Set<String> truncated(double longer) {
        return OpenLab.onFx(() -> {
            Set<String> cut = new TreeSet<>();
            for (Node node : lab.stage().getScene().getRoot().lookupAll("*")) {
                boolean small = node.getStyleClass().contains("status-experiment")
                        || node.getStyleClass().contains("chart-readout");
                if (node instanceof Labeled labeled && shown(node) && !small) {
                    String whole = labeled.getText() == null ? "" : labeled.getText();
                    Node text = labeled.lookup(".text");
                    boolean dots = text instanceof Text letters
                            && !whole.isEmpty()
                            && !letters.getText().equals(whole)
                            && !labeled.isMnemonicParsing();
                    boolean tight = longer > 1 && !labeled.isWrapText() && isTight(labeled, longer);
                    if (dots || tight) {
                        cut.add(node.getStyleClass() + " " + whole);
                    }
                }
            }
            return cut;
        });
    }

    /** Whether longer words would leave the row that they stand in. */
    private static boolean isTight(Labeled labeled, double longer) {
        Text text = new Text(labeled.getText());
        text.setFont(labeled.getFont());
        double more = text.getLayoutBounds().getWidth() * (longer - 1);
        Region row = (Region) labeled.getParent();
        double used = 0;
        double spacing = row instanceof javafx.scene.layout.HBox box ? box.getSpacing() : 0;
        for (Node each : row.getChildrenUnmodifiable()) {
            boolean gap = each.getClass() == Region.class;
            used += each.isManaged() && !gap ? each.prefWidth(-1) + spacing : 0;
        }
        Node graphic = labeled.getGraphic();
        double content = text.getLayoutBounds().getWidth()
                + (graphic == null ? 0 : graphic.getLayoutBounds().getWidth() + labeled.getGraphicTextGap())
                + labeled.getInsets().getLeft()
                + labeled.getInsets().getRight();
        double own = labeled.getWidth() - content;
        double free =
                row.getWidth() - row.getInsets().getLeft() - row.getInsets().getRight() - used;
        return row instanceof javafx.scene.layout.HBox && more > Math.max(free, own) + 0.5;
    }

    /** Nodes of the window that reach beyond it. */
    private Set<String> beyondTheWindow() {
        return OpenLab.onFx(() -> lab.stage().getScene().getRoot().lookupAll("*").stream()
                .filter(node -> shown(node) && node instanceof Region && node.isManaged())
                .filter(node -> onScene(node).getMaxY() > lab.stage().getScene().getHeight() + 1
                        || onScene(node).getMaxX() > lab.stage().getScene().getWidth() + 1)
                .map(node -> node.getClass().getSimpleName() + " " + node.getStyleClass() + " " + onScene(node))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static boolean shown(Node node) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
