package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.optim.Descent;
import decaylab.optim.WeightPair;
import decaylab.ui.base.Numbers;
import decaylab.ui.run.MiddleView;
import decaylab.ui.weight.LossKind;
import decaylab.ui.weight.Walk;
import java.nio.file.Path;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One weight in the window, with mouse and keys. */
class WeightWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT7).release(KeyCode.ALT);
        assertThat(OpenLab.onFx(() -> lab.window().look().middle().get())).isEqualTo(MiddleView.WEIGHT);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Walk walk() {
        return OpenLab.onFx(() -> lab.window().weight().walk().get());
    }

    private String text(String label) {
        return OpenLab.onFx(() -> lab.<Label>as(label).getText());
    }

    private void enter(String field, String number) {
        OpenLab.onFx(() -> {
            lab.find(field).requestFocus();
            lab.<TextField>as(field).setText(number);
        });
        lab.robot().type(KeyCode.ENTER);
    }

    @Test
    void stepsAndAFlipOfDecayShowTheNumbersOfTheModel() {
        assertThat(text("#weight-row-weight")).isEqualTo("-1");
        lab.robot().clickOn("#weightStep");
        lab.robot().clickOn("#weightStep");
        assertThat(text("#weight-row-step")).isEqualTo("2");
        double settled = 2 / 1.5;
        double w = settled + 0.85 * 0.85 * (-1 - settled);
        assertThat(walk().now().x()).isCloseTo(w, within(1e-12));
        assertThat(text("#weight-row-weight")).isEqualTo(Numbers.rounded(w, 3));
        assertThat(text("#weight-row-gradient_part")).isEqualTo(Numbers.rounded(-0.1 * (w - 2), 3));
        assertThat(text("#weight-row-decay_part")).isEqualTo(Numbers.rounded(-0.1 * 0.5 * w, 3));
        assertThat(text("#weight-row-settles")).isEqualTo("1.33");
        assertThat(text("#weight-row-factor")).isEqualTo("0.85");
        assertThat(text("#weightSentence"))
                .isEqualTo("The gradient pulls by " + Numbers.rounded(0.1 * (2 - w), 3)
                        + " towards less loss, decay by " + Numbers.rounded(0.05 * Math.abs(w), 3)
                        + " towards 0: they pull the same way.");
        String spoken = OpenLab.onFx(() -> lab.find("#weightPicture").getAccessibleText());
        assertThat(spoken)
                .startsWith("One weight, step 2: weight " + Numbers.rounded(w, 3))
                .contains("settles at 1.33");
        lab.robot().clickOn("#weightAgain");
        assertThat(text("#weight-row-weight")).isEqualTo("-1");
        assertThat(walk().done()).isZero();
        lab.robot().clickOn("#weightDecay");
        assertThat(text("#weight-row-settles")).isEqualTo("2");
        assertThat(text("#weight-row-half_life")).isEqualTo("never");
        assertThat(text("#weight-row-decay_part")).isEqualTo("0");
        assertThat(text("#weightSentence")).isEqualTo("The gradient pulls by 0.3 towards less loss; decay is off.");
        lab.robot().clickOn("#weightDecay");
        assertThat(text("#weight-row-settles")).isEqualTo("1.33");
        assertThat(text("#weight-row-half_life")).isEqualTo("13.5 steps");
    }

    @Test
    void theStartIsDraggedAndMovedByKeys() {
        OpenLab.onFx(() -> lab.window().weight().kind().set(LossKind.TWO));
        lab.robot().clickOn("#weightStep");
        Bounds place = OpenLab.onFx(() -> {
            Node picture = lab.find("#weightPicture");
            return picture.localToScreen(picture.getBoundsInLocal());
        });
        lab.robot()
                .moveTo(place.getCenterX() - 60, place.getCenterY())
                .press(MouseButton.PRIMARY)
                .moveTo(place.getCenterX() + 80, place.getCenterY() - 40)
                .release(MouseButton.PRIMARY);
        Walk dragged = walk();
        assertThat(dragged.done()).isZero();
        double perPixel = 8 / (Math.min(place.getWidth(), place.getHeight()) - 28);
        assertThat(dragged.now().x()).isCloseTo(80 * perPixel, within(0.03));
        assertThat(dragged.now().y()).isCloseTo(40 * perPixel, within(0.03));
        lab.robot().type(KeyCode.RIGHT).type(KeyCode.DOWN);
        assertThat(walk().now().x()).isCloseTo(dragged.now().x() + 0.1, within(1e-9));
        assertThat(walk().now().y()).isCloseTo(dragged.now().y() - 0.1, within(1e-9));
        WeightPair now = walk().now();
        assertThat(text("#weight-row-weight"))
                .isEqualTo("(" + Numbers.rounded(now.x(), 3) + ", " + Numbers.rounded(now.y(), 3) + ")");
        lab.robot().clickOn("#weightStep");
        Descent descent = walk().descent();
        assertThat(walk().now()).isEqualTo(descent.step(now, 0).to());
    }

    @Test
    void tooLongStepsAreSaidAndBadNumbersRefused() {
        enter("#weight-rate-text", "1.5");
        assertThat(text("#weight-row-settles")).isEqualTo("nowhere");
        assertThat(text("#weightSentence")).startsWith("\u03b7(h + \u03bb) is 2.25, above 2: every step overshoots");
        enter("#weight-rate-text", "much");
        assertThat(text("#weight-rate-error"))
                .isEqualTo("Learning rate \u03b7 is 'much'; write a number from 0 to 1,000.");
        assertThat(walk().descent().rate()).isEqualTo(1.5);
        lab.robot().type(KeyCode.ESCAPE);
        assertThat(text("#weight-rate-error")).isEmpty();
        assertThat(OpenLab.onFx(() -> lab.<TextField>as("#weight-rate-text").getText()))
                .isEqualTo("1.5");
        enter("#weight-rate-text", "1000");
        OpenLab.onFx(() -> {
            for (int i = 0; i < 200; i++) {
                lab.window().weight().step();
            }
        });
        assertThat(text("#weightSentence")).startsWith("The weights are no longer finite.");
        assertThat(walk().done()).isLessThan(200);
    }

    @Test
    void playingStepsUntilPaused() throws Exception {
        lab.robot().clickOn("#weight-normalised");
        assertThat(text("#weight-row-factor")).endsWith("\u00b0");
        lab.robot().clickOn("#weightPlay");
        OpenLab.waitUntil(() -> lab.window().weight().walk().get().done() >= 3);
        lab.robot().clickOn("#weightPlay");
        long done = walk().done();
        lab.robot().clickOn("#weightStep");
        assertThat(walk().done()).isEqualTo(done + 1);
        OpenLab.onFx(() -> {
            for (int i = 0; i < 200; i++) {
                lab.window().weight().step();
            }
        });
        assertThat(text("#weightSentence")).endsWith("they nearly balance.");
        assertThat(text("#weight-row-settles")).isEqualTo("length " + text("#weight-row-norm"));
        lab.robot().clickOn("#weightDecay");
        assertThat(text("#weight-row-settles")).isEqualTo("grows for ever");
        assertThat(text("#weightSentence")).endsWith("their length can only grow.");
    }
}
