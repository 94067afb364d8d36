package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.experiment.Field;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.train.LayerLook;
import decaylab.ui.inspect.Looks;
import decaylab.ui.inspect.Measurement;
import decaylab.ui.run.MiddleView;
import java.nio.file.Files;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inside of a network, with clicks and keys. */
class InspectWindowTest {
    @TempDir
    private java.nio.file.Path folder;

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

    private void lookInside() {
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT3).release(KeyCode.ALT);
        assertThat(OpenLab.onFx(() -> lab.window().look().middle().get())).isEqualTo(MiddleView.INSIDE);
    }

    private Looks looks() {
        return OpenLab.onFx(() -> lab.window().inspect().looks().get());
    }

    @Test
    void aLayerIsShownNowAndAtAnEarlierStep() throws Exception {
        lab.train(300);
        lookInside();
        long rows = lab.rows();
        OpenLab.waitUntil(() -> looks() != null && looks().now().step() == rows);
        assertThat(looks().now().layer()).isEqualTo("dense1");
        assertThat(looks().now().histograms())
                .containsKeys(
                        LayerLook.Part.WEIGHTS,
                        LayerLook.Part.ACTIVATIONS,
                        LayerLook.Part.MOMENTUM,
                        LayerLook.Part.EFFECTIVE_DECAY);
        assertThat(looks().then()).isNull();
        Path outline = (Path) lab.find(".bars-then");
        assertThat(OpenLab.onFx(() -> outline.getElements().size())).isZero();
        lab.robot().clickOn("#inspectStep").write("50");
        OpenLab.waitUntil(() -> looks().then() != null);
        assertThat(looks().then().step()).isBetween(0L, 50L);
        OpenLab.waitUntil(() -> outline.getElements().size() > 20);
        assertThat(((Labeled) lab.find("#inspectNote")).getText()).startsWith("Filled: now, after " + rows);
        OpenLab.onFx(() -> lab.window().inspect().layer().set("output"));
        OpenLab.waitUntil(() -> looks().now().layer().equals("output"));
        assertThat(looks().now().histograms()).doesNotContainKey(LayerLook.Part.ACTIVATIONS);
    }

    @Test
    void theInvariancePressSaysWhatStaysAndWhatShrinks() throws Exception {
        lab.train(200);
        lookInside();
        OpenLab.waitUntil(() -> looks() != null);
        Labeled sentence = (Labeled) lab.find("#inspectInvariance");
        lab.robot().clickOn("#inspectRescale");
        OpenLab.waitUntil(() -> sentence.getText().startsWith("dense1 times 3: outputs do not move"));
        assertThat(sentence.getText()).containsPattern("by (3|3\\.0\\d*|2\\.99\\d*)\\. Normalisation");
        OpenLab.onFx(() -> lab.window().inspect().layer().set("output"));
        lab.robot().clickOn("#inspectRescale");
        OpenLab.waitUntil(() -> sentence.getText().startsWith("output times 3: outputs do move"));
        TextField factor = (TextField) lab.find("#inspectFactor");
        OpenLab.onFx(() -> factor.setText("-1"));
        lab.robot().clickOn("#inspectRescale");
        OpenLab.waitUntil(() -> sentence.getText().startsWith("-1 is no factor"));
        assertThat(lab.rows()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void measuresAreTakenOnDemandComparedAndExported() throws Exception {
        lab.train(100);
        lookInside();
        Button measure = (Button) lab.find("#inspectMeasure");
        OpenLab.onFx(measure::fire);
        OpenLab.waitUntil(() -> lab.window().inspect().measurements().size() == 1);
        lab.train(2_000);
        OpenLab.onFx(measure::fire);
        OpenLab.waitUntil(() -> lab.window().inspect().measurements().size() == 2);
        List<Measurement> rows =
                OpenLab.onFx(() -> List.copyOf(lab.window().inspect().measurements()));
        assertThat(rows.get(1).step()).isGreaterThan(rows.get(0).step() + 1_999);
        assertThat(rows.get(1).value(GeneralizationMetric.K_FISHER)).isPositive();
        boolean fair = rows.get(1).comparedWith(rows.get(0)).fair();
        TableView<?> table = (TableView<?>) lab.find("#inspectTable");
        OpenLab.onFx(() -> table.getSelectionModel().select(0));
        OpenLab.waitUntil(() -> table.lookupAll(".table-cell").stream()
                .anyMatch(cell -> cell instanceof Labeled text
                        && String.valueOf(text.getText()).contains("\u00d7")
                        && text.getStyleClass().contains("unfair") == !fair));
        java.nio.file.Path file = folder.resolve("measures.csv");
        lab.files().answer(file);
        OpenLab.onFx(() -> ((Button) lab.find("#inspectExport")).fire());
        assertThat(Files.readAllLines(file)).hasSize(3).first().asString().startsWith("run,step,trainLoss,norm,");
    }

    @Test
    void aMeasurementCanBeStopped() throws Exception {
        lab.train(50);
        lookInside();
        Button measure = (Button) lab.find("#inspectMeasure");
        OpenLab.onFx(measure::fire);
        assertThat(OpenLab.onFx(() -> lab.window().inspect().measuring().get())).isTrue();
        assertThat(OpenLab.onFx(measure::getText)).isEqualTo("Stop");
        OpenLab.onFx(measure::fire);
        OpenLab.waitUntil(() -> !lab.window().inspect().measuring().get());
        assertThat(lab.window().inspect().measurements()).isEmpty();
    }

    @Test
    void aRecurrentNetworkIsRefusedWithItsReason() throws Exception {
        Files.writeString(folder.resolve("rhyme.txt"), "one potato, two potato, three potato, four. ".repeat(200));
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset("characters");
            lab.window().designer().text(Field.DATA_FOLDER).set(folder.toString());
            lab.window().actions().startExperiment();
        });
        lookInside();
        Labeled refusal = (Labeled) lab.find("#inspectRefusal");
        OpenLab.waitUntil(() -> refusal.getText().contains("lstm"));
        assertThat(OpenLab.onFx(() -> lab.find("#inspectMeasure").isDisabled())).isTrue();
        OpenLab.waitUntil(() -> looks() != null && looks().now().layer().equals("embedding"));
        assertThat(looks().now().singularValues()).hasSize(14); // tokens; fewer than units
        assertThat(looks().now().histograms())
                .containsKey(LayerLook.Part.FIRST_MOMENT)
                .doesNotContainKey(LayerLook.Part.ACTIVATIONS);
        lab.robot().clickOn("#inspectRescale");
        OpenLab.waitUntil(
                () -> lab.window().inspect().invariance().get().startsWith("embedding times 3: outputs do move"));
    }
}
