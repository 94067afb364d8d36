package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.Eyes;
import decaylab.ui.base.Texts;
import decaylab.ui.keys.Command;
import decaylab.ui.keys.KeyMap;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One table of commands: its menus, its keys, the map of its keys; and the colours of high contrast on all of it. */
class KeysWindowTest {
    private static final double WORDS = 7;

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
    void noTwoCommandsHaveTheSameKeyAndEveryMenuSaysIts() {
        Set<String> keys = new HashSet<>();
        for (Command command : lab.window().commands()) {
            for (String key : command.keys()) {
                assertThat(keys.add(key)).as(key + " of " + command.name()).isTrue();
            }
        }
        List<String> menus = OpenLab.onFx(() -> lab.<MenuBar>as("#menus").getMenus().stream()
                .flatMap(menu -> menu.getItems().stream())
                .filter(item -> !(item instanceof Menu))
                .map(MenuItem::getText)
                .filter(text -> text != null)
                .toList());
        assertThat(menus)
                .contains("Switch weight decay on or off  (D)", "Zoom in  (+)", "Restart with a new seed  (Shift+R)");
        assertThat(menus).hasSize((int) lab.window().commands().stream()
                .filter(command -> command.place().menu() != Command.Menu.KEYS)
                .count());
    }

    @Test
    void theMapShowsEveryKeyAndEscapeClosesIt() throws Exception {
        KeyMap map = new KeyMap(lab.window().commands(), new Texts());
        List<String> shown =
                map.rows().stream().map(row -> row.words() + " " + row.keys()).toList();
        assertThat(shown)
                .contains("Play or pause [Space]", "One step [S, .]", "Projector mode [F5]", "Larger words [Ctrl++]");
        assertThat(map.rows()).hasSizeGreaterThan((int) lab.window().commands().stream()
                .filter(command -> !command.keys().isEmpty())
                .count());

        lab.robot().push(KeyCode.SHIFT, KeyCode.SLASH);
        OpenLab.waitUntil(() -> lab.robot().lookup("#keyMap").tryQuery().isPresent());
        lab.robot().type(KeyCode.ESCAPE);
        OpenLab.waitUntil(() -> lab.robot().lookup("#keyMap").tryQuery().isEmpty());
    }

    @Test
    void inHighContrastEveryWordIsSevenToOne() {
        for (boolean dark : new boolean[] {false, true}) {
            OpenLab.onFx(() -> {
                lab.window().look().contrast().set(true);
                lab.window().look().dark().set(dark);
            });
            Set<String> faint = new TreeSet<>();
            for (MiddleView view : MiddleView.values()) {
                OpenLab.onFx(() -> lab.window().look().middle().set(view));
                faint.addAll(faintWords());
            }
            OpenLab.onFx(() -> lab.window().library().open().set(true));
            faint.addAll(faintWords());
            OpenLab.onFx(() -> lab.window().studies().open().set(true));
            faint.addAll(faintWords());
            OpenLab.onFx(() -> lab.window().studies().open().set(false));
            assertThat(faint).as(dark ? "dark" : "light").isEmpty();
        }
    }

    /** Words whose contrast with what is behind them is too low; what is disabled is exempt, as in WCAG 1.4.6. */
    private Set<String> faintWords() {
        return OpenLab.onFx(() -> {
            Parent root = lab.stage().getScene().getRoot();
            root.applyCss();
            root.layout();
            Set<String> faint = new TreeSet<>();
            int looked = 0;
            for (Node node : root.lookupAll("*")) {
                if (node instanceof Text text
                        && !text.getText().isBlank()
                        && shown(node)
                        && !node.isDisabled()
                        && text.getFill() instanceof Color ink) {
                    looked++;
                    double contrast = Eyes.contrast(rgb(ink), rgb(behind(node)));
                    if (contrast < WORDS) {
                        faint.add(String.format(
                                "%.1f %s on %s: %s %s",
                                contrast,
                                ink,
                                behind(node),
                                text.getText(),
                                node.getParent().getStyleClass()));
                    }
                }
            }
            assertThat(looked).isGreaterThan(20);
            return faint;
        });
    }

    private static int rgb(Color colour) {
        return (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
    }

    /** The uppermost opaque background below a node. */
    private static Color behind(Node node) {
        for (Node up = node.getParent(); up != null; up = up.getParent()) {
            if (up instanceof Region region && region.getBackground() != null) {
                List<BackgroundFill> fills = region.getBackground().getFills();
                for (int i = fills.size() - 1; i >= 0; i--) {
                    if (fills.get(i).getFill() instanceof Color colour && colour.getOpacity() == 1) {
                        return colour;
                    }
                }
            }
        }
        return Color.WHITE;
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
