package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.train.RunState;
import decaylab.ui.run.RunEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.input.KeyCode;
import org.controlsfx.control.NotificationPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture is exported, dropped on the window and replayed. */
class PictureWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    private RunEntry current() {
        return Objects.requireNonNull(lab.window().session().current().get());
    }

    private NotificationPane notices() {
        return (NotificationPane) lab.find(".notices");
    }

    private String told() {
        return Objects.requireNonNullElse(notices().getText(), "");
    }

    /** A run whose decay was flipped in the middle, paused, and its charts as a picture. */
    private Path exported(String name) throws Exception {
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> current().log().rows() > 60);
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(() -> current().interventions().size() == 1
                && current().log().rows() > current().interventions().get(0).step() + 20);
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> current().state() == RunState.PAUSED);
        Path file = folder.resolve(name);
        OpenLab.onFx(() -> lab.window().write(file));
        OpenLab.waitUntil(() -> Files.exists(file));
        return file;
    }

    private void drop(Path file) throws Exception {
        OpenLab.onFx(() -> lab.window().actions().drop(List.of(file)));
        OpenLab.waitUntil(() -> told().startsWith(file.getFileName() + " was opened"));
    }

    private void pressReplay() throws Exception {
        OpenLab.onFx(() -> notices().getActions().get(0).handle(null));
    }

    private void replay() throws Exception {
        pressReplay();
        OpenLab.waitUntil(() -> told().contains("eplay") && !told().contains("was opened"));
    }

    @Test
    void aPictureComesBackToTheLastBit() throws Exception {
        Path picture = exported("charts.png");
        RunEntry first = current();
        lab.close();
        lab = new OpenLab(folder.resolve("another"), 1280, 720);
        drop(picture);
        assertThat(lab.window().designer().experiment().get())
                .isEqualTo(first.experiment()
                        .withInterventions(List.of(first.interventions().get(0).planned())));
        replay();
        assertThat(told())
                .isEqualTo("Replayed: first-look came out the same as in the picture to the last bit, "
                        + first.log().rows() + " steps.");
        for (int place = 0; place < first.log().metrics().size(); place++) {
            for (long row = 0; row < first.log().rows(); row++) {
                assertThat(Double.doubleToRawLongBits(current().log().value(place, row)))
                        .isEqualTo(Double.doubleToRawLongBits(first.log().value(place, row)));
            }
        }
    }

    @Test
    void allRunsOfADrawingAreReplayed() throws Exception {
        exported("one.svg");
        lab.robot().press(KeyCode.SHIFT).type(KeyCode.R).release(KeyCode.SHIFT);
        OpenLab.waitUntil(() -> current().experiment().seed() == 2);
        Path picture = exported("two.svg");
        drop(picture);
        assertThat(told()).contains("it shows 2 runs");
        replay();
        assertThat(told()).isEqualTo("Replayed: all 2 runs came out the same as in the picture to the last bit.");
        assertThat(current().experiment().seed()).isEqualTo(2);
    }

    @Test
    void aReplayThatIsChangedIsNotJudged() throws Exception {
        Path picture = exported("charts.png");
        OpenLab.onFx(() -> lab.window().session().limitSpeed(40));
        drop(picture);
        pressReplay();
        OpenLab.waitUntil(() -> current().log().rows() > 5);
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(() -> told().startsWith("The replay of"));
    }

    @Test
    void aPictureOfAnotherProgramIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("other.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        OpenLab.onFx(() -> lab.window().actions().drop(List.of(file)));
        OpenLab.waitUntil(() -> told().contains("other.svg carries no experiment"));
    }
}
