package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.experiment.Field;
import decaylab.train.RunState;
import java.nio.file.Path;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A word and what the current run makes of it. */
class TranslationWindowTest {
    @TempDir
    private Path folder;

    @Test
    void aWordIsTranslatedWhileTheRunTrainsAndAfterItsEnd() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            assertThat(OpenLab.onFx(() -> lab.find(".translation").isVisible())).isFalse();
            OpenLab.onFx(() -> {
                lab.window().designer().loadPreset("number-words");
                lab.window().designer().text(Field.DATA_TRAIN_SIZE).set("200");
                lab.window().designer().text(Field.DATA_TEST_SIZE).set("20");
                lab.window().designer().text(Field.NETWORK_WIDTHS).set("16");
                lab.window().designer().text(Field.STEPS).set("30");
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().actions().startExperiment();
            });
            TextField word = lab.as("#translationWord");
            Label text = lab.as("#translationText");
            OpenLab.waitUntil(() -> lab.find(".translation").isVisible());
            OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
            OpenLab.waitUntil(() -> lab.window().translation().answer().get() != null
                    && lab.window().translation().answer().get().step() == 30);
            assertThat(word.getText()).isEqualTo("siebenundzwanzig");
            assertThat(OpenLab.onFx(() -> lab.window()
                            .translation()
                            .answer()
                            .get()
                            .translation()
                            .source()))
                    .hasSize(16);
            OpenLab.onFx(() -> word.setText("elf"));
            OpenLab.waitUntil(() -> lab.window()
                            .translation()
                            .answer()
                            .get()
                            .translation()
                            .source()
                            .size()
                    == 3);
            OpenLab.onFx(() -> word.setText("Elf"));
            OpenLab.waitUntil(() -> text.getText().startsWith("\"E\" in \"Elf\" is in no example"));
            assertThat(OpenLab.onFx(() -> lab.window().translation().answer().get()))
                    .isNull();
        }
    }
}
