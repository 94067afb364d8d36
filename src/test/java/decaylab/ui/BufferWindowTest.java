package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.ChartKind;
import decaylab.experiment.Field;
import decaylab.experiment.Instrument;
import decaylab.instrument.Quantity;
import decaylab.optim.DecayEntry;
import decaylab.train.RunState;
import decaylab.ui.buffer.BufferModel;
import decaylab.ui.buffer.UpdateCard;
import decaylab.ui.buffer.UpdateLine.Part;
import decaylab.ui.run.MiddleView;
import decaylab.ui.run.RunEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The update line by line, with clicks and keys. */
class BufferWindowTest {
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

    private BufferModel model() {
        return lab.window().buffers();
    }

    private void start(String preset) {
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset(preset);
            lab.window().actions().startExperiment();
        });
    }

    private void lookAtTheUpdate() {
        lab.robot().press(KeyCode.ALT).type(KeyCode.DIGIT5).release(KeyCode.ALT);
        assertThat(OpenLab.onFx(() -> lab.window().look().middle().get())).isEqualTo(MiddleView.BUFFERS);
    }

    private static String value(UpdateCard card, Part part) {
        return card.rows().stream()
                .filter(row -> row.line().part() == part)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private List<Node> marked(String card) {
        return OpenLab.onFx(() -> List.copyOf(lab.find(card).lookupAll(".decay-enters")));
    }

    @Test
    void theUpdateIsAListOfLinesWithThePlaceWhereDecayEnters() throws Exception {
        start("adam-l2");
        lookAtTheUpdate();
        OpenLab.waitUntil(() -> model().own().get() != null
                && !value(model().own().get(), Part.STEP).isEmpty()
                && !value(model().own().get(), Part.SECOND).isEmpty());
        UpdateCard own = OpenLab.onFx(() -> model().own().get());
        assertThat(own.title()).startsWith("l2");
        assertThat(value(own, Part.GRADIENT)).isNotEmpty();
        assertThat(value(own, Part.PENALTY)).isNotEmpty();
        assertThat(value(own, Part.FIRST)).isNotEmpty();
        assertThat(value(own, Part.DIVISION)).endsWith("% drowned");
        assertThat(marked("#bufferOwn")).hasSize(2);
        assertThat(marked("#bufferOther")).hasSize(1); // decoupled: at the step
        OpenLab.onFx(() -> model().variant().set(DecayEntry.SEPARATE));
        OpenLab.waitUntil(() -> model().other().get().note().contains("no step there"));
        OpenLab.onFx(() -> model().part().set("dense1"));
        assertThat(OpenLab.onFx(() -> lab.window().instruments().isOn(Instrument.SHARES)))
                .isTrue();
        assertThat(((Labeled) lab.find("#bufferNote")).getText()).isNotEmpty();
        OpenLab.waitUntil(() -> model().note().get().contains("dense1"));
        OpenLab.onFx(() -> lab.window().look().middle().set(MiddleView.CHARTS));
        assertThat(OpenLab.onFx(() -> lab.window().instruments().isOn(Instrument.SHARES)))
                .isFalse();
    }

    @Test
    void anotherVariantRunsBesideOnTheSameBatches() throws Exception {
        start("adam-l2");
        lookAtTheUpdate();
        OpenLab.waitUntil(() -> lab.rows() > 20);
        Button compare = (Button) lab.find("#bufferCompare");
        OpenLab.waitUntil(() -> !compare.isDisabled());
        OpenLab.onFx(compare::fire);
        OpenLab.waitUntil(() -> compare.isDisabled()); // it runs already
        RunEntry beside = OpenLab.onFx(() -> lab.window().session().beside().get());
        RunEntry current = OpenLab.onFx(() -> lab.window().session().current().get());
        assertThat(beside.experiment().decay().entry()).isEqualTo(DecayEntry.DECOUPLED);
        OpenLab.waitUntil(() -> beside.state() == RunState.FINISHED && current.state() == RunState.FINISHED);
        assertThat(beside.log().value(Quantity.LOSS, 0))
                .isEqualTo(current.log().value(Quantity.LOSS, 0)); // the same start and batch
        assertThat(beside.log().value(Quantity.NORM, 200))
                .isNotEqualTo(current.log().value(Quantity.NORM, 200));
        OpenLab.waitUntil(() -> !value(model().other().get(), Part.SECOND).isEmpty());
        assertThat(OpenLab.onFx(() -> List.copyOf(model().runs()))).containsExactly(beside, current);
        OpenLab.onFx(() -> lab.window().session().restart());
        assertThat(OpenLab.onFx(() -> lab.window().session().beside().get())).isNull();
        OpenLab.waitUntil(() -> beside.state().ended());
    }

    @Test
    void theRowsOfAnEmbeddingAreShownByTheFrequencyOfTheirTokens() throws Exception {
        Files.writeString(folder.resolve("rhyme.txt"), "one potato, two potato, three potato, four. ".repeat(200));
        OpenLab.onFx(() -> {
            lab.window().designer().loadPreset("characters");
            lab.window().designer().text(Field.DATA_FOLDER).set(folder.toString());
            lab.window().designer().text(Field.NETWORK_WIDTHS).set("16");
            lab.window().actions().startExperiment();
        });
        lookAtTheUpdate();
        OpenLab.waitUntil(() -> model().parts().contains("Tokens, by frequency"));
        OpenLab.onFx(() -> model().part().set("Tokens, by frequency"));
        assertThat(OpenLab.onFx(() -> lab.window().instruments().isOn(Instrument.EMBEDDING)))
                .isTrue();
        assertThat(model().charts()).contains(ChartKind.ROW_NORMS, ChartKind.TOKEN_DROWNED);
        OpenLab.waitUntil(() -> model().rows().get() != null);
        assertThat(OpenLab.onFx(() -> model().rows().get().norms())).hasSize(14);
        Region plot = (Region) lab.find("#bufferRanks");
        OpenLab.waitUntil(() ->
                plot.lookupAll(".rank-dot").stream().filter(Node::isVisible).count() == 14);
        OpenLab.onFx(() -> model().part().set("Network"));
        assertThat(OpenLab.onFx(plot::isVisible)).isFalse();
    }
}
