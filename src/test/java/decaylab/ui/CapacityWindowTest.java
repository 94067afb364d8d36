package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Constraint;
import decaylab.experiment.Field;
import decaylab.experiment.Instrument;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of the capacity in the window, with keys. */
class CapacityWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private String text(String label) {
        return OpenLab.onFx(() -> lab.<Label>as(label).getText());
    }

    private void start(String preset) throws Exception {
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset(preset);
            lab.window().designer().text(Field.STEPS).set("100000");
            lab.window().session().prepare(lab.window().designer().experiment().get(), preset);
            lab.find("#play").requestFocus();
        });
        OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
    }

    private void show() {
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT8).release(KeyCode.ALT);
        assertThat(OpenLab.onFx(() -> lab.window().look().middle().get())).isEqualTo(MiddleView.CAPACITY);
    }

    private double top(String node) {
        return lab.find(node).localToScene(0, 0).getY();
    }

    private double newest(Quantity quantity) {
        return OpenLab.onFx(() -> {
            SampleLog sheet = lab.window().session().current().get().log().sheet(Instrument.CAPACITY);
            return sheet.rows() == 0 ? Double.NaN : sheet.value(quantity, sheet.rows() - 1);
        });
    }

    private List<Intervention> made() {
        return OpenLab.onFx(() ->
                lab.window().session().current().get().live().orElseThrow().interventions());
    }

    /** A network with normalisation has no bound: its button is not in the row, and the view says so. */
    @Test
    void theButtonIsThereWhereThereIsABound() throws Exception {
        assertThat(OpenLab.onFx(() -> lab.find("#view-capacity").getParent().isVisible()))
                .isFalse();
        show();
        assertThat(text("#capacityNote")).startsWith("The norms appear with the next steps");
        lab.train(20);
        OpenLab.waitUntil(() -> text("#capacityNote").contains("No bound: it needs rectified units"));
        start("capacity");
        OpenLab.onFx(() -> lab.window().look().middle().set(MiddleView.CHARTS));
        OpenLab.waitUntil(() -> lab.find("#view-capacity").getParent().isVisible());
        // In one row with the others.
        OpenLab.waitUntil(() -> top("#view-capacity") == top("#view-charts"));
        assertThat(OpenLab.onFx(() -> top("#view-studies")))
                .isCloseTo(OpenLab.onFx(() -> top("#view-charts")), within(8.0));
        assertThat(OpenLab.onFx(() -> lab.find("#view-environment").getParent().isVisible()))
                .isFalse();
        lab.robot().clickOn("#view-capacity");
        assertThat(OpenLab.onFx(() -> lab.window().look().middle().get())).isEqualTo(MiddleView.CAPACITY);
    }

    @Test
    void theRadiusIsPulledWhileItTrains() throws Exception {
        start("capacity");
        show();
        lab.train(40);
        OpenLab.waitUntil(() -> text("#capacityNote").startsWith("Step "));
        assertThat(newest(Quantity.L1_INF_BOUND)).isLessThanOrEqualTo(26.7503);
        OpenLab.waitUntil(() -> lab.<FlowPane>as("#capacityTerms").getChildren().size() >= 11);
        TextField radius = lab.as("#capacityRadius");
        assertThat(OpenLab.onFx(() -> radius.getText())).isEqualTo("5");
        OpenLab.onFx(() -> {
            radius.requestFocus();
            radius.selectAll();
        });
        lab.robot().write("2").type(KeyCode.ENTER);
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
        lab.train(10);
        assertThat(made()).extracting(Intervention::what).containsExactly("radius");
        assertThat(made().get(0).to()).isEqualTo("2.0");
        OpenLab.waitUntil(() -> newest(Quantity.L1_INF_BOUND) < 1.72); // 8 of 125
        assertThat(OpenLab.onFx(() -> lab.<Slider>as("#capacitySlider").getValue()))
                .isCloseTo(Math.log10(2), within(1e-9));
        OpenLab.onFx(radius::requestFocus);
        OpenLab.onFx(radius::selectAll);
        lab.robot().write("0").type(KeyCode.ENTER);
        assertThat(text("#capacityError")).contains("radius=0.0 cannot be used");
        lab.robot().type(KeyCode.ESCAPE);
        assertThat(text("#capacityError")).isEmpty();
        assertThat(made()).hasSize(1);
    }

    @Test
    void theBallIsChosenAndLetGo() throws Exception {
        start("capacity");
        show();
        lab.train(40);
        OpenLab.onFx(() -> lab.<ComboBox<Constraint>>as("#capacityConstraint").setValue(Constraint.NONE));
        assertThat(OpenLab.onFx(() -> lab.find("#capacitySlider").getParent().isVisible()))
                .isFalse();
        lab.train(60);
        OpenLab.waitUntil(() -> newest(Quantity.L1_INF_BOUND) > 27);
        OpenLab.onFx(() -> lab.<ComboBox<Constraint>>as("#capacityConstraint").setValue(Constraint.L2_2));
        lab.train(20);
        assertThat(made()).extracting(Intervention::to).containsExactly("none", "L2-2");
        assertThat(newest(Quantity.L2_2_NORM)).isLessThanOrEqualTo(125.0001);
    }
}
