package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.experiment.Field;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.optim.DecayEntry;
import decaylab.train.RunState;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.run.RunEntry;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K-FAC in the window: its fields, the charts of the mechanisms, and a run again with another one's norms. */
class MechanismsWindowTest {
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

    private RunEntry current() {
        return OpenLab.onFx(() -> lab.window().session().current().get());
    }

    private void start(String preset, String steps) throws Exception {
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset(preset);
            lab.window().designer().text(Field.STEPS).set(steps);
            lab.window().actions().startExperiment();
        });
        OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
    }

    @Test
    void theChartsOfTheMechanismsAreShownWhereARunIsPreconditionedAndGoAgain() throws Exception {
        ToggleButton mechanisms = lab.as("#mechanisms");
        assertThat(OpenLab.onFx(mechanisms::isVisible)).isFalse();
        start("kfac", "120");
        assertThat(OpenLab.onFx(mechanisms::isVisible)).isTrue();
        List<ChartKind> before =
                OpenLab.onFx(() -> List.copyOf(lab.window().board().kinds()));
        OpenLab.onFx(mechanisms::fire);
        assertThat(OpenLab.onFx(() -> List.copyOf(lab.window().board().kinds())))
                .containsExactlyInAnyOrderElementsOf(ChartKind.ofMechanisms(true));
        OpenLab.waitUntil(() -> current().log().sheet(Instrument.DAMPING).rows() > 0);
        OpenLab.waitUntil(() -> current().log().sheet(Instrument.JACOBIAN).rows() > 0);
        OpenLab.onFx(mechanisms::fire);
        assertThat(OpenLab.onFx(() -> List.copyOf(lab.window().board().kinds())))
                .isEqualTo(before);
    }

    @Test
    void aRunIsDoneAgainWithoutDecayAndWithItsNorms() throws Exception {
        start("always", "120");
        RunEntry donor = current();
        OpenLab.onFx(() -> lab.window().actions().transplant(donor));
        OpenLab.waitUntil(() -> current() != donor && lab.state() == RunState.FINISHED);
        RunEntry again = current();
        assertThat(again.experiment().decay().entry()).isEqualTo(DecayEntry.NONE);
        int place = donor.log().place(Metric.of(Quantity.LAYER_NORM, "dense1")).orElseThrow();
        for (long row : new long[] {29, 59, 119}) {
            assertThat(again.log().value(place, row)).isEqualTo(donor.log().value(place, row));
        }
        assertThat(again.log().value(place, 100)).isNotEqualTo(donor.log().value(place, 100));
    }

    @Test
    void theFieldsAreThereAndGreyWhereTheyMakeNoDifference() {
        OpenLab.onFx(() -> {
            DesignerModel designer = lab.window().designer();
            designer.loadPreset("kfac");
            assertThat(designer.unused(Field.OPTIMIZER_DAMPING)).isEmpty();
            designer.text(Field.DECAY_ENTRY).set("l2");
            Experiment l2 = designer.experiment().get();
            assertThat(l2).isNotNull();
            designer.text(Field.OPTIMIZER_CURVATURE).set("none");
            assertThat(designer.unused(Field.OPTIMIZER_DAMPING)).isPresent();
            assertThat(designer.unused(Field.OPTIMIZER_CURVATURE)).isEmpty();
            designer.text(Field.OPTIMIZER_CURVATURE).set("fisher");
            designer.text(Field.OPTIMIZER_KIND).set("adam");
            assertThat(designer.error(Field.OPTIMIZER_CURVATURE).get()).contains("optimizer.kind is adam");
        });
    }
}
