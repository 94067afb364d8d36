package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.study.Findings;
import decaylab.study.StudyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studies in the window: started, stopped, gone on with, read. */
class StudiesWindowTest {
    @TempDir
    private Path folder;

    private static void choose(OpenLab lab, String name) {
        OpenLab.onFx(() -> lab.window()
                .studies()
                .chosen()
                .set(lab.window().studies().all().stream()
                        .filter(study -> study.protocol().name().equals(name))
                        .findFirst()
                        .orElseThrow()));
    }

    private static String text(OpenLab lab, String query) {
        return OpenLab.onFx(() -> ((Label) lab.find(query)).getText());
    }

    private static void fire(OpenLab lab, String query) {
        OpenLab.onFx(() -> ((Button) lab.find(query)).fire());
    }

    private static void seeds(OpenLab lab, int count) {
        OpenLab.onFx(() -> {
            Spinner<?> spinner = (Spinner<?>) lab.find(".studies #seeds");
            spinner.getEditor().setText(Integer.toString(count));
            spinner.getEditor().commitValue();
            ((Spinner<Integer>) spinner).getValueFactory().setValue(count);
        });
    }

    private static boolean running(OpenLab lab) {
        return OpenLab.onFx(() -> lab.window().studies().running().get());
    }

    private long cells(String study) {
        try (Stream<Path> files = Files.list(folder.resolve("lab/studies/" + study + "/cells"))) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aStudyIsStartedStoppedGoneOnWithAndRead() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            lab.robot().press(KeyCode.ALT, KeyCode.DIGIT4).release(KeyCode.DIGIT4, KeyCode.ALT);
            OpenLab.waitUntil(() -> OpenLab.onFx(() -> lab.find(".studies").isVisible()));
            choose(lab, "early-decay");
            seeds(lab, 1);
            assertThat(text(lab, ".studies #estimate")).startsWith("19 runs, about");
            fire(lab, ".studies #start");
            OpenLab.waitUntil(() -> cells("early-decay") >= 3);
            assertThat(text(lab, ".studies #progress")).startsWith("early-decay: ");
            OpenLab.waitUntil(() -> OpenLab.onFx(() -> lab.robot()
                            .lookup(".studies-charts")
                            .<Node>query()
                            .lookupAll(".image-view")
                            .size()
                    >= 9));
            fire(lab, ".studies #start");
            OpenLab.waitUntil(() -> !running(lab));
            long kept = cells("early-decay");
            assertThat(kept).isBetween(3L, 18L);
            assertThat(OpenLab.<Findings>onFx(
                            () -> lab.window().studies().findings().get()))
                    .isNull();
            assertThat(text(lab, ".studies #estimate")).contains(kept + " of them are there");

            fire(lab, ".studies #start");
            OpenLab.waitUntil(() -> !running(lab));
            Path place = folder.resolve("lab/studies/early-decay");
            assertThat(place.resolve(Findings.FILE)).exists();
            assertThat(text(lab, ".studies #outcome")).matches("\\d+ reproduced here, \\d+ not, \\d+ reported");
            fire(lab, ".studies #report");
            assertThat(lab.pages()).containsExactly(place.resolve(StudyReport.FILE));
            ImageView first = OpenLab.onFx(() -> (ImageView) lab.find(".studies-charts")
                    .lookupAll(".image-view")
                    .iterator()
                    .next());
            assertThat(first.getAccessibleText()).isEqualTo("Norm");
            assertThat(first.getImage().getWidth()).isGreaterThan(300);

            lab.files().answer(folder.resolve("charts.png"));
            fire(lab, ".studies #export");
            OpenLab.waitUntil(() -> Files.exists(folder.resolve("charts.png")));
            fire(lab, ".studies #close");
            OpenLab.waitUntil(() -> OpenLab.onFx(() -> !lab.find(".studies").isVisible()));
        }
    }

    @Test
    void whatIsThereIsShownAgainAndAnotherStudysFolderIsRefused() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            OpenLab.onFx(() -> lab.window().studies().open().set(true));
            choose(lab, "early-decay-glyphs");
            seeds(lab, 1);
            OpenLab.onFx(() -> lab.window().studies().workers().set(2));
            fire(lab, ".studies #start");
            OpenLab.waitUntil(() -> !running(lab));
        }
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            OpenLab.onFx(() -> lab.window().studies().open().set(true));
            choose(lab, "early-decay-glyphs");
            seeds(lab, 1);
            OpenLab.waitUntil(() -> text(lab, ".studies #estimate").equals("All 4 runs are there."));
            OpenLab.waitUntil(() -> !text(lab, ".studies #outcome").isEmpty());
            assertThat(OpenLab.onFx(() -> lab.window().studies().findings().get()))
                    .isNotNull();
            choose(lab, "metrics");
            OpenLab.onFx(() -> lab.window()
                    .studies()
                    .folder()
                    .set(folder.resolve("lab/studies/early-decay-glyphs").toString()));
            OpenLab.waitUntil(() ->
                    text(lab, ".studies #estimate").contains("holds the study early-decay-glyphs; choose another"));
        }
    }
}
