package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Popover;
import decaylab.train.RunState;
import decaylab.ui.base.Language;
import decaylab.ui.base.Languages;
import decaylab.ui.run.MiddleView;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javafx.geometry.Bounds;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.text.Text;
import javax.imageio.ImageIO;
import org.controlsfx.control.NotificationPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real windows in every language, in the smallest size that the lab is made for: all words whole, all at their side. */
class LanguageWindowTest {
    /**
     * What may be shortened: names that users give, and lists and figures as long as their experiment makes them; all of these
     * are told whole somewhere else.
     */
    private static final Set<String> MAY_BE_CUT =
            Set.of("status-experiment", "chart-readout", "list-cell", "table-cell");

    /** With this property what is looked at is kept as pictures, too: target/screenshots. */
    private static final String PICTURES = "decaylab.pictures";

    @TempDir
    private Path folder;

    static List<Language> languages() {
        return new Languages().all();
    }

    @Test
    void aDefinitionOpensOnTheSideToWhichWordsRun() throws Exception {
        Language arabic =
                languages().stream().filter(Language::rightToLeft).findFirst().orElseThrow();
        try (OpenLab lab = new OpenLab(folder, 1280, 720, arabic)) {
            Node owner = lab.find("#switchHelp");
            OpenLab.onFx(() -> ((javafx.scene.control.Button) owner).fire());
            Popover shown = OpenLab.onFx(() -> javafx.stage.Window.getWindows().stream()
                    .filter(Popover.class::isInstance)
                    .map(Popover.class::cast)
                    .findFirst()
                    .orElseThrow());
            assertThat(shown.getArrowLocation()).isEqualTo(Popover.ArrowLocation.RIGHT_TOP);
            assertThat(OpenLab.onFx(() -> shown.getX() + shown.getWidth()))
                    .isLessThan(OpenLab.onFx(
                            () -> owner.localToScreen(owner.getLayoutBounds()).getMaxX() + 12));
            OpenLab.onFx(() -> shown.hide());
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void nothingIsCut(Language language) throws Exception {
        Set<String> cut = new TreeSet<>();
        try (OpenLab lab = new OpenLab(folder, 1280, 720, language)) {
            look(lab, language, "start", cut);
            OpenLab.onFx(() -> {
                lab.window().session().twinning().set(true);
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().session().play();
            });
            OpenLab.waitUntil(() -> lab.window().session().current().get().log().rows() > 300);
            OpenLab.onFx(() -> ((ToggleButton) lab.find("#gateOff")).fire());
            OpenLab.waitUntil(() -> lab.window().session().current().get().log().rows() > 700);
            OpenLab.onFx(() -> lab.window().session().pause());
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            for (MiddleView view : MiddleView.values()) {
                OpenLab.onFx(() -> lab.window().look().middle().set(view));
                if (view == MiddleView.INSIDE) {
                    OpenLab.waitUntil(() -> lab.window().inspect().looks().get() != null);
                }
                look(lab, language, view.name().toLowerCase(Locale.ROOT), cut);
            }
            for (Node section : OpenLab.onFx(() -> lab.find(".designer").lookupAll(".section"))) {
                OpenLab.onFx(() -> {
                    lab.find(".designer").lookupAll(".section").forEach(each -> ((TitledPane) each).setExpanded(false));
                    ((TitledPane) section).setAnimated(false);
                    ((TitledPane) section).setExpanded(true);
                });
                look(lab, language, ((TitledPane) section).getText().length() + "-form", cut);
            }
            OpenLab.onFx(() -> lab.window().library().open().set(true));
            look(lab, language, "library", cut);
            OpenLab.onFx(() -> lab.window().studies().open().set(true));
            for (int tab = 0; tab < 4; tab++) {
                int number = tab;
                OpenLab.onFx(() ->
                        lab.<TabPane>as(".studies #tabs").getSelectionModel().select(number));
                look(lab, language, "studies-" + tab, cut);
            }
            OpenLab.onFx(() -> lab.window().sweeps().begin());
            look(lab, language, "sweep", cut);
        }
        assertThat(cut).as("texts that are cut in %s", language.name()).isEmpty();
    }

    @Test
    void theMenuNamesEveryLanguageInItselfAndTheChoiceIsRemembered() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            Menu menu = OpenLab.onFx(() -> languageMenu(lab));
            assertThat(menu.getItems()).extracting(MenuItem::getText).contains("English", "Espa\u00f1ol");
            assertThat(menu.getItems())
                    .filteredOn(item -> ((RadioMenuItem) item).isSelected())
                    .extracting(MenuItem::getText)
                    .containsExactly("English");
            OpenLab.onFx(() -> menu.getItems().stream()
                    .filter(item -> "language-es".equals(item.getId()))
                    .forEach(MenuItem::fire));
            assertThat(lab.window().look().language().get()).isEqualTo("es");
            String told = OpenLab.onFx(() -> ((NotificationPane) lab.find(".notices")).getText());
            assertThat(told).contains("espa\u00f1ol");
        }
        String tag =
                WindowSettings.read(folder.resolve("lab/window.properties")).language();
        assertThat(new Languages().choose(tag, Locale.GERMANY).name()).isEqualTo("Espa\u00f1ol");
    }

    @Test
    void arabicRunsFromRightToLeftAndChartsDoNot() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720, new Languages().choose("ar", Locale.ROOT))) {
            assertThat(lab.find(".designer").getEffectiveNodeOrientation()).isEqualTo(NodeOrientation.RIGHT_TO_LEFT);
            double form =
                    OpenLab.onFx(() -> lab.find(".designer").localToScene(0, 0).getX());
            double runs =
                    OpenLab.onFx(() -> lab.find("#restart").localToScene(0, 0).getX());
            assertThat(form).as("the experiment is on the right").isGreaterThan(runs);
            for (String each : List.of(".chart-pane", "#timeline", "#lambdaText", "#lambdaSlider")) {
                assertThat(lab.find(each).getEffectiveNodeOrientation())
                        .as(each)
                        .isEqualTo(NodeOrientation.LEFT_TO_RIGHT);
            }
            OpenLab.onFx(() -> ((Button) lab.find(".designer .help")).fire());
            Node popover = lab.find(".definition-content");
            assertThat(popover.getEffectiveNodeOrientation()).isEqualTo(NodeOrientation.RIGHT_TO_LEFT);
            if (System.getProperty(PICTURES) != null) {
                write(OpenLab.onFx(() -> popover.getScene().snapshot(null)), "language-ar-definition");
            }
        }
    }

    private static Menu languageMenu(OpenLab lab) {
        return (Menu) ((MenuBar) lab.stage().getScene().lookup("#menus"))
                .getMenus().stream()
                        .flatMap(menu -> menu.getItems().stream())
                        .filter(item -> item instanceof Menu && item.getText().equals("Language"))
                        .findFirst()
                        .orElseThrow();
    }

    private static void look(OpenLab lab, Language language, String view, Set<String> cut) throws Exception {
        OpenLab.onFx(() -> {
            lab.stage().getScene().getRoot().applyCss();
            lab.stage().getScene().getRoot().layout();
            collect(lab.stage().getScene().getRoot(), view, cut);
        });
        if (System.getProperty(PICTURES) != null) {
            write(lab.picture(), "language-" + language.locale().getLanguage() + "-" + view);
        }
    }

    /** Texts that do not say all they should, or stand out of what they are in. */
    private static void collect(Node node, String view, Set<String> cut) {
        if (!node.isVisible() || node.getStyleClass().stream().anyMatch(MAY_BE_CUT::contains)) {
            return;
        }
        if (node instanceof Labeled labeled
                && labeled.getText() != null
                && !labeled.getText().isBlank()) {
            for (Node child : labeled.getChildrenUnmodifiable()) {
                boolean whole = !(child instanceof Text text)
                        || !child.getStyleClass().contains("text") // an icon
                        || text.getText().equals(labeled.getText())
                        || text.getText().equals(labeled.getText().replace("_", ""));
                if (!whole) {
                    cut.add(view + ": " + labeled.getText() + " -> " + ((Text) child).getText());
                }
            }
            Parent parent = labeled.getParent();
            Bounds bounds = labeled.getBoundsInParent(); // with all that is drawn
            if (parent != null && labeled.isManaged() && labeled.getWidth() > 0) {
                Bounds room = parent.getLayoutBounds();
                if (bounds.getMinX() < room.getMinX() - 2 || bounds.getMaxX() > room.getMaxX() + 2) {
                    cut.add(view + ": " + labeled.getText() + " stands out of its place");
                }
            }
        }
        if (node instanceof Parent parent) {
            List.copyOf(parent.getChildrenUnmodifiable()).forEach(child -> collect(child, view, cut));
        }
    }

    private static void write(WritableImage picture, String name) throws Exception {
        int width = (int) picture.getWidth();
        int height = (int) picture.getHeight();
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                copy.setRGB(x, y, picture.getPixelReader().getArgb(x, y));
            }
        }
        Path file = Path.of("target", "screenshots", name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(copy, "png", file.toFile());
    }
}
