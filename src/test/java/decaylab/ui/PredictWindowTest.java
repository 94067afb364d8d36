package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.chart.ChartKind;
import decaylab.ui.chart.ChartOverlay;
import decaylab.ui.predict.PredictModel;
import decaylab.ui.predict.PredictedCurve;
import decaylab.ui.predict.PredictionOutcome;
import decaylab.ui.predict.PredictionScore;
import decaylab.ui.run.RunEntry;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.shape.Polyline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predict, then run: by mouse and by keyboard. */
class PredictWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> {
            lab.stage().requestFocus();
            lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
            lab.find("#play").requestFocus();
        });
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void drawsByMouseThenRunsAndCompares() throws Exception {
        lab.train(60);
        long present = lab.rows();
        OpenLab.onFx(() -> model().ask(ChartKind.NORM, 0, present + 300));
        OpenLab.waitUntil(() -> model().drawing().get());
        waitForFrame();
        assertThat(OpenLab.onFx(() -> lab.window().board().viewport().get().to()))
                .isGreaterThan(present + 300);

        drag(0.5, 0.6, 0.9, 0.3);
        OpenLab.waitUntil(() -> model().drawn().get());
        drag(0.5, 0.6, 0.95, 0.4); // once more over it
        Point2D end = OpenLab.onFx(() -> {
            Polyline line = (Polyline) lab.find(".prediction-line");
            List<Double> places = line.getPoints();
            return line.localToScreen(places.get(places.size() - 2), places.get(places.size() - 1));
        });
        Node chart = lab.find("#chart-norm");
        Bounds bounds = OpenLab.onFx(() -> chart.localToScreen(chart.getBoundsInLocal()));
        Point2D pointer = at(bounds, 0.95, 0.4);
        // The last place of a curve lies at the pointer or a few pixels before it; there it has the height that the
        // pointer had.
        assertThat(end.getX()).isBetween(pointer.getX() - 12, pointer.getX() + 3);
        Point2D begun = at(bounds, 0.5, 0.6);
        double share = (end.getX() - begun.getX()) / (pointer.getX() - begun.getX());
        assertThat(end.getY()).isCloseTo(begun.interpolate(pointer, share).getY(), within(3.0));
        assertThat(lab.rows()).isEqualTo(present); // nothing is shown before it is accepted
        OpenLab.waitUntil(() -> !lab.find("#predictDone").isDisabled());
        lab.robot().clickOn("#predictDone");
        OpenLab.waitUntil(() -> model().outcome().get() != null);

        PredictionOutcome outcome = OpenLab.onFx(() -> model().outcome().get());
        assertThat(outcome.kind()).isEqualTo(ChartKind.NORM);
        assertThat(outcome.curve().from()).isEqualTo(present - 1);
        PredictionScore score = outcome.score().orElseThrow();
        assertThat(score.points()).isBetween(0, 100);
        assertThat(score.last()).isEqualTo(outcome.curve().lastStep());
        assertThat(((Labeled) lab.find("#predictSentence")).getText()).isEqualTo(outcome.sentence());
        ChartOverlay shown = OpenLab.onFx(this::overlay);
        assertThat(shown.range()).isNull();
        assertThat(shown.spots()).hasSize(1);
        assertThat(shown.spots().get(0).step()).isEqualTo(score.largestAt());
        OpenLab.waitUntil(() -> line().getPoints().size() >= 4);

        lab.robot().clickOn("#predictDrop");
        OpenLab.waitUntil(() -> overlay() == null && !lab.find("#predictBar").isVisible());
    }

    @Test
    void drawsByKeyboardThenRunsAndCompares() throws Exception {
        lab.train(30);
        lab.robot().type(KeyCode.P);
        OpenLab.waitUntil(() -> model().drawing().get());
        RunEntry run = OpenLab.onFx(() -> lab.window().session().current().get());
        long present = lab.rows();
        lab.robot().type(KeyCode.ENTER); // nothing is drawn yet
        assertThat(OpenLab.onFx(() -> model().drawing().get())).isTrue();
        lab.robot().type(KeyCode.UP, KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.DOWN, KeyCode.DOWN, KeyCode.RIGHT);
        long three = OpenLab.onFx(() -> lastStep());
        lab.robot().type(KeyCode.LEFT);
        assertThat(OpenLab.onFx(() -> lastStep())).isLessThan(three);
        lab.robot().type(KeyCode.SPACE); // accepts, since somebody draws
        OpenLab.waitUntil(() -> model().outcome().get() != null);
        PredictedCurve curve = OpenLab.onFx(() -> model().outcome().get()).curve();
        assertThat(curve.from()).isEqualTo(present - 1);
        assertThat(curve.lastStep()).isLessThan(three);
        assertThat(run.log().rows()).isGreaterThan(curve.lastStep());
        lab.robot().type(KeyCode.ESCAPE, KeyCode.ESCAPE); // the notice, then the prediction
        OpenLab.waitUntil(() -> model().outcome().get() == null);
    }

    @Test
    void aRunAtItsStartDoesOneStepAndAPredictionThatIsOvertakenCounts() throws Exception {
        lab.robot().clickOn("#predict");
        OpenLab.waitUntil(() -> model().drawing().get());
        assertThat(lab.rows()).isEqualTo(1);
        lab.robot().type(KeyCode.ESCAPE);
        OpenLab.waitUntil(() -> !model().drawing().get() && overlay() == null);

        OpenLab.onFx(() -> model().ask(ChartKind.ACCURACY, 0, 150));
        OpenLab.waitUntil(() -> model().drawing().get());
        OpenLab.onFx(() -> {
            model().movePen(1, 0, true);
            model().movePen(1, 1, true);
            lab.window().session().play(); // by a button, or by a lesson
        });
        OpenLab.waitUntil(() -> !model().drawing().get());
        assertThat(OpenLab.onFx(() -> lab.window().board().pen().get())).isNull();
        OpenLab.onFx(() -> lab.window().session().stop());
        OpenLab.waitUntil(() -> model().outcome().get() != null);
        assertThat(OpenLab.onFx(() -> model().outcome().get()).sentence())
                .isEqualTo("Nothing was measured that the prediction could be compared with.");
        lab.robot().type(KeyCode.P); // the run is over
        OpenLab.onFx(() -> model().ask(ChartKind.BUDGET, 0, 100));
        assertThat(OpenLab.onFx(() -> model().drawing().get())).isFalse();
    }

    private PredictModel model() {
        return lab.window().predictions();
    }

    private ChartOverlay overlay() {
        return lab.window().board().overlays().get(ChartKind.NORM);
    }

    private long lastStep() {
        List<ChartOverlay.Point> points = overlay().sketches().get(0).points();
        return Math.round(points.get(points.size() - 1).step());
    }

    private Polyline line() {
        return lab.as("#chart-norm .prediction-line");
    }

    /** Waits for a frame that is asked for now, so that what was laid out before is on screen. */
    private void waitForFrame() throws Exception {
        for (double smoothing : new double[] {0.01, 0}) {
            long frames = OpenLab.onFx(() -> {
                long before = lab.window().board().frames();
                lab.window().board().smoothing().set(smoothing);
                return before;
            });
            OpenLab.waitUntil(() -> lab.window().board().frames() > frames);
        }
    }

    /** Draws on the norm's chart, in parts of its size. */
    private void drag(double x, double y, double toX, double toY) {
        Node chart = lab.find("#chart-norm");
        Bounds bounds = OpenLab.onFx(() -> chart.localToScreen(chart.getBoundsInLocal()));
        Point2D from = at(bounds, x, y);
        lab.robot().moveTo(from).press(MouseButton.PRIMARY);
        for (int i = 1; i <= 4; i++) {
            lab.robot().moveTo(at(bounds, x + (toX - x) * i / 4, y + (toY - y) * i / 4));
        }
        lab.robot().release(MouseButton.PRIMARY);
    }

    private static Point2D at(Bounds bounds, double x, double y) {
        return new Point2D(bounds.getMinX() + x * bounds.getWidth(), bounds.getMinY() + y * bounds.getHeight());
    }
}
