package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.ChartKind;
import decaylab.experiment.Field;
import decaylab.journal.Journal;
import decaylab.journal.JournalPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations, races and the journal in the window, in one session of a student. */
class JournalWindowTest {
    @TempDir
    private Path folder;

    @Test
    void aSessionIsWrittenAsItGoesAndHandedIn() throws Exception {
        Path kept;
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            OpenLab.onFx(() -> {
                lab.stage().requestFocus();
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.find("#play").requestFocus();
            });
            lab.train(80);
            lab.robot().type(KeyCode.X);
            TextFlow words = lab.as("#explainText");
            OpenLab.waitUntil(() -> !words.getChildren().isEmpty());
            String explained = OpenLab.onFx(
                            () -> lab.window().explanations().explanation().get())
                    .text();
            assertThat(explained).startsWith("In the last 50 steps ||w||\u00b2 ");
            assertThat(OpenLab.onFx(() -> lab.window()
                            .board()
                            .overlays()
                            .get(ChartKind.NORM)
                            .shades()
                            .get(0)
                            .style()))
                    .isEqualTo("moment-norm");
            OpenLab.waitUntil(() ->
                    !lab.robot().lookup("#chart-norm .moment-norm").queryAll().isEmpty());
            lab.robot().type(KeyCode.ESCAPE);
            OpenLab.waitUntil(() -> lab.window().board().overlays().isEmpty());

            predict(lab);
            race(lab);

            lab.robot().type(KeyCode.J);
            OpenLab.waitUntil(() -> lab.find("#journalRoot").isVisible());
            OpenLab.onFx(() -> {
                ((TextField) lab.find("#journalAuthor")).setText("Ada <b>");
                ((TextArea) lab.find("#journalNotes")).setText("The norm falls.\nWhy?");
            });
            OpenLab.waitUntil(
                    () -> lab.robot().lookup(".journal-line").queryAll().size() == 7);
            Path handedIn = folder.resolve("mine.html");
            lab.files().answer(handedIn);
            lab.robot().clickOn("#journalSave");
            OpenLab.waitUntil(() -> Files.exists(handedIn));
            Journal journal = new JournalPage().read(handedIn);
            assertThat(journal.author()).isEqualTo("Ada <b>");
            assertThat(journal.notes()).isEqualTo("The norm falls.\nWhy?");
            assertThat(journal.runs().stream().map(run -> run.name()))
                    .containsExactly("first-look", "always", "never", "early", "late");
            assertThat(journal.predictions()).hasSize(1);
            assertThat(journal.explanations()).hasSize(1);
            assertThat(journal.explanations().get(0).text()).isEqualTo(explained);
            kept = OpenLab.onFx(() -> lab.window().journal().kept());
            OpenLab.waitUntil(() -> {
                lab.window().journal().keep();
                return Files.exists(kept)
                        && new JournalPage().read(kept).author().equals("Ada <b>");
            });
            lab.robot().type(KeyCode.J);
            OpenLab.waitUntil(() -> !lab.find("#journalRoot").isVisible());
        }
        assertThat(new JournalPage().read(kept).runs()).hasSize(5);
    }

    private static void predict(OpenLab lab) throws Exception {
        long present = lab.rows();
        OpenLab.onFx(() -> lab.window().predictions().ask(ChartKind.NORM, 0, present + 100));
        OpenLab.waitUntil(() -> lab.window().predictions().drawing().get());
        lab.robot().type(KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.ENTER);
        OpenLab.waitUntil(() -> lab.window().predictions().outcome().get() != null);
        OpenLab.onFx(() -> {
            lab.window().session().pause();
            lab.window().predictions().drop();
        });
    }

    private static void race(OpenLab lab) throws Exception {
        OpenLab.onFx(() -> lab.window().designer().text(Field.STEPS).set("150"));
        lab.robot().clickOn("#race");
        OpenLab.waitUntil(() -> lab.find("#raceStart").isVisible());
        lab.robot().clickOn("#raceStart");
        OpenLab.waitUntil(() -> !lab.window().races().verdict().get().isEmpty());
        assertThat(lab.robot().lookup(".lane").queryAll()).hasSize(4);
        List<String> names = lab.robot().lookup(".lane-name").queryAllAs(Labeled.class).stream()
                .map(Labeled::getText)
                .toList();
        assertThat(names).containsExactly("always", "never", "early", "late");
        lab.robot().clickOn("#raceClose");
        OpenLab.waitUntil(() -> !lab.find("#racePane").isVisible());
    }
}
