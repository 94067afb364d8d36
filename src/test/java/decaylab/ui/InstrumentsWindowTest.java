package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.ChartKind;
import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.experiment.Instrument;
import decaylab.instrument.SampleLog;
import java.nio.file.Path;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why the norm moves, on screen: with clicks, keys and pixels. */
class InstrumentsWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
        OpenLab.onFx(
                () -> lab.window().instruments().budget().set(Double.POSITIVE_INFINITY)); // whatever this machine takes
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private SampleLog log() {
        return OpenLab.onFx(() -> lab.window().session().current().get().log());
    }

    private void show(ChartKind... kinds) {
        OpenLab.onFx(() -> lab.window().board().kinds().setAll(kinds));
    }

    /** How many pixels of a chart have about this colour. */
    private long pixels(String chart, int rgb) {
        Node node = lab.find(chart);
        Bounds bounds = OpenLab.onFx(() -> node.localToScene(node.getLayoutBounds()));
        WritableImage picture = lab.picture();
        PixelReader reader = picture.getPixelReader();
        long found = 0;
        for (int y = (int) bounds.getMinY() + 30; y < bounds.getMaxY(); y++) {
            for (int x = (int) bounds.getMinX(); x < bounds.getMaxX(); x++) {
                int argb = reader.getArgb(x, y);
                int distance = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    distance += Math.abs((argb >> shift & 0xFF) - (rgb >> shift & 0xFF));
                }
                found += distance < 24 ? 1 : 0;
            }
        }
        return found;
    }

    /** A colour as it looks half-way on white. */
    private static int filled(int place) {
        int rgb = Palette.colour(place, Theme.LIGHT);
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            mixed |= (int) Math.round(0.55 * (rgb >> shift & 0xFF) + 0.45 * 255) << shift;
        }
        return mixed;
    }

    @Test
    void theBudgetIsTakenAsLongAsItsChartIsShown() throws Exception {
        lab.train(50);
        assertThat(log().sheet(Instrument.BUDGET).rows()).isZero();
        show(ChartKind.NORM, ChartKind.BUDGET);
        lab.train(300);
        SampleLog sheet = log().sheet(Instrument.BUDGET);
        assertThat(sheet.rows()).isGreaterThan(100);
        assertThat(sheet.value(0, 0)).isGreaterThanOrEqualTo(50);
        OpenLab.waitUntil(() -> pixels("#chart-budget", filled(0)) > 500); // decay, downwards
        assertThat(pixels("#chart-budget", filled(3))).isGreaterThan(200); // earlier gradients, upwards
        show(ChartKind.NORM);
        long rows = sheet.rows();
        lab.train(100);
        assertThat(sheet.rows()).isEqualTo(rows);
    }

    @Test
    void aLayersBudgetIsAnother() throws Exception {
        show(ChartKind.BUDGET);
        lab.train(300);
        OpenLab.waitUntil(() -> pixels("#chart-budget", filled(0)) > 500);
        ComboBox<?> layer = (ComboBox<?>) lab.find("#layer");
        assertThat(OpenLab.onFx(() -> layer.getItems().toString())).isEqualTo("[Network, dense1, dense2, output]");
        OpenLab.onFx(() -> layer.getSelectionModel().select(3));
        assertThat(OpenLab.onFx(() -> lab.window().board().layer().get())).isEqualTo("output");
        OpenLab.onFx(() -> layer.getSelectionModel().select(0));
        assertThat(OpenLab.onFx(() -> lab.window().board().layer().get())).isNull();
        show(ChartKind.NORM);
        assertThat(OpenLab.onFx(layer::isVisible)).isFalse();
    }

    @Test
    void theEquilibriumIsSaidInWordsAndFollowsTheSwitch() throws Exception {
        Label sentence = (Label) lab.find("#sentence");
        assertThat(OpenLab.onFx(sentence::isVisible)).isFalse();
        lab.robot().type(KeyCode.E);
        lab.train(200);
        OpenLab.waitUntil(() -> sentence.getText()
                .matches("If gradients stayed as now, the norm would (settle at|stay where it is, at) [\\d.]+.*"
                        + "published guide line.*"));
        lab.robot().type(KeyCode.D);
        lab.train(20);
        OpenLab.waitUntil(() -> sentence.getText().equals("Decay is off: nothing holds the norm, it can only grow."));
        lab.robot().type(KeyCode.E);
        OpenLab.waitUntil(() -> !sentence.isVisible());
    }

    @Test
    void theMeterSaysWhatEachInstrumentCostsAndTakesIntervals() throws Exception {
        show(ChartKind.NORM, ChartKind.SHARES);
        lab.robot().type(KeyCode.SPACE);
        Labeled meter = (Labeled) lab.find("#overhead");
        OpenLab.waitUntil(() -> meter.isVisible() && meter.getText().startsWith("measuring +"));
        OpenLab.waitUntil(
                () -> !lab.window().instruments().cost(Instrument.SHARES).isEmpty()
                        && lab.window().instruments().cost(Instrument.SHARES).contains("%"));
        lab.robot().clickOn(meter);
        OpenLab.waitUntil(() -> lab.robot().lookup("#instruments").tryQuery().isPresent());
        assertThat(((Labeled) lab.find("#cost-samples")).getText()).endsWith("%");
        assertThat(((Labeled) lab.find("#instrumentsTotal")).getText()).startsWith("Together ");
        CheckBox budget = (CheckBox) lab.find("#instrument-budget");
        assertThat(((CheckBox) lab.find("#instrument-shares")).getText()).endsWith(", for its chart");
        OpenLab.onFx(budget::fire);
        OpenLab.waitUntil(() -> log().sheet(Instrument.BUDGET).rows() > 0);
        TextField interval = (TextField) lab.find("#interval-budget");
        OpenLab.onFx(() -> interval.setText("none"));
        assertThat(((Labeled) lab.find("#instrumentsProblem")).getText()).startsWith("none is no interval");
        OpenLab.onFx(() -> interval.setText("64"));
        assertThat(((Labeled) lab.find("#instrumentsProblem")).getText()).isEmpty();
        assertThat(lab.window().instruments().interval(Instrument.BUDGET)).isEqualTo(64);
        SampleLog sheet = log().sheet(Instrument.BUDGET);
        long rows = sheet.rows();
        OpenLab.waitUntil(() -> sheet.rows() > rows + 3);
        assertThat(sheet.value(0, sheet.rows() - 1) - sheet.value(0, sheet.rows() - 2))
                .isGreaterThanOrEqualTo(64);
        OpenLab.onFx(budget::fire);
        OpenLab.onFx(() -> lab.window().session().pause());
    }

    @Test
    void aLayerThatIsNotNormalisedIsGreyedWithItsReason() throws Exception {
        show(ChartKind.HEAT);
        lab.train(100);
        OpenLab.waitUntil(() -> pixels("#chart-heat", 0xFFE945) > 100);
        WritableImage picture = lab.picture();
        assertThat(picture.getWidth()).isEqualTo(1280);
        assertThat(pixels("#chart-heat", Theme.LIGHT.grid())).isGreaterThan(500); // the hatched row of the head
    }
}
