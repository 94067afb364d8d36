package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.train.FeedbackScene;
import decaylab.train.RunState;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weights beside the matrices that carry the error, with keys, decay's own controls and pixels. */
class FeedbackWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private String text(String label) {
        return OpenLab.onFx(() -> lab.<Label>as(label).getText());
    }

    private boolean hasTab() {
        return OpenLab.onFx(() -> lab.find("#view-feedback").getParent().isVisible());
    }

    private FeedbackScene.Pair pair() {
        return OpenLab.onFx(() -> lab.window().feedback().pair().get());
    }

    private MiddleView view() {
        return OpenLab.onFx(() -> lab.window().look().middle().get());
    }

    private void altNine() {
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT9).release(KeyCode.ALT);
    }

    private void prepare(String preset) {
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset(preset);
            lab.window().actions().startExperiment();
        });
    }

    @Test
    void theTabIsThereForRunsWithMatricesOfTheirOwnAlone() throws Exception {
        assertThat(hasTab()).isFalse();
        altNine();
        assertThat(view()).isNotEqualTo(MiddleView.FEEDBACK);
        prepare("weight-mirror");
        OpenLab.waitUntil(this::hasTab);
        altNine();
        assertThat(view()).isEqualTo(MiddleView.FEEDBACK);
        OpenLab.waitUntil(() -> pair() != null);
        assertThat(text("#feedbackNote")).startsWith("B learns W from the answers to noise");
        assertThat(text("#feedbackWaiting")).isEmpty();
        prepare("always");
        OpenLab.waitUntil(() -> !hasTab());
        assertThat(view()).isEqualTo(MiddleView.CHARTS);
    }

    @Test
    void decayBringsBothTogetherAndItsSliderAtZeroStallsThem() throws Exception {
        OpenLab.onFx(() -> lab.window().session().limitSpeed(600));
        prepare("kolen-pollack");
        OpenLab.waitUntil(this::hasTab);
        altNine();
        OpenLab.waitUntil(() -> pair() != null && pair().figures().ratio() < 0.4);
        assertThat(pair().layer()).isEqualTo("dense2");
        OpenLab.onFx(() -> lab.window().session().change(new decaylab.experiment.Change.SetLambda(0)));
        OpenLab.waitUntil(
                () -> lab.window().session().current().get().interventions().size() == 1);
        long step = OpenLab.onFx(() ->
                lab.window().session().current().get().interventions().get(0).step());
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
        OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
        OpenLab.waitUntil(() -> text("#feedbackCaption").startsWith("Update 1,200: angle "));
        assertThat(pair().figures().ratio()).isCloseTo(Math.pow(0.997, step), within(1e-5));
        assertThat(text("#feedbackCaption")).contains("by decay alone ");
        double cosine = Math.cos(Math.toRadians(pair().figures().angle()));
        assertThat(correlationOfPictures()).isCloseTo(cosine, within(0.1)).isGreaterThan(0.6);
        OpenLab.onFx(() -> lab.<ComboBox<String>>as("#feedbackLayer").setValue("output"));
        OpenLab.waitUntil(() -> pair().layer().equals("output"));
        assertThat(pair().units()).isEqualTo(10);
    }

    /** Blue less red, cell by cell, of the left picture and of the right one. */
    private double correlationOfPictures() {
        WritableImage image = OpenLab.onFx(() -> {
            Node pane = lab.find("#feedbackPicture .world-pane");
            return pane.snapshot(new SnapshotParameters(), null);
        });
        PixelReader pixels = image.getPixelReader();
        int cells = 64;
        double side = Math.min((image.getWidth() - 48) / 2, image.getHeight() - 68);
        double left = (image.getWidth() - 2 * side - 24) / 2;
        double top = (image.getHeight() - side) / 2;
        double[] sums = new double[3];
        for (int row = 0; row < cells; row++) {
            for (int column = 0; column < cells; column++) {
                int y = (int) (top + (row + 0.5) * side / cells);
                double x = left + (column + 0.5) * side / cells;
                double one = hue(pixels.getArgb((int) x, y));
                double other = hue(pixels.getArgb((int) (x + side + 24), y));
                sums[0] += one * other;
                sums[1] += one * one;
                sums[2] += other * other;
            }
        }
        return sums[0] / Math.sqrt(sums[1] * sums[2]);
    }

    private static double hue(int argb) {
        return (argb & 0xFF) - (argb >> 16 & 0xFF);
    }
}
