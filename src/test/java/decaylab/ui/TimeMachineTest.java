package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.store.LabFolder;
import decaylab.store.RunFolder;
import decaylab.store.RunRow;
import decaylab.store.RunStore;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import decaylab.ui.run.RunEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.controlsfx.control.NotificationPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back, trying otherwise and finding again, with clicks and keys. */
class TimeMachineTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.stage().requestFocus());
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private RunEntry current() {
        return OpenLab.onFx(() -> lab.window().session().current().get());
    }

    private long rows() {
        return current().log().rows();
    }

    private List<RunEntry> runs() {
        return OpenLab.onFx(() -> List.copyOf(lab.window().session().runs()));
    }

    private static void assertSameRows(SampleLog a, SampleLog b, long rows) {
        for (long row = 0; row < rows; row++) {
            for (int i = 0; i < a.metrics().size(); i++) {
                if (Double.doubleToRawLongBits(a.value(i, row)) != Double.doubleToRawLongBits(b.value(i, row))) {
                    fail("row %d, %s: %s and %s", row, a.metrics().get(i).column(), a.value(i, row), b.value(i, row));
                }
            }
        }
    }

    private static double decay(RunEntry run, long row) {
        return run.log().value(run.log().place(Metric.of(Quantity.DECAY)).orElseThrow(), row);
    }

    /** Where on the screen the timeline shows a part of what is done, in [0, 1]. */
    private void clickTimeline(double share) {
        Node head = lab.find(".timeline-done");
        Bounds done = OpenLab.onFx(() -> head.localToScreen(head.getLayoutBounds()));
        lab.robot().clickOn(done.getMinX() + share * done.getWidth(), done.getCenterY());
    }

    @Test
    void aClickOnTheTimelineGoesBackAndLosesNothing() throws Exception {
        lab.train(200);
        RunEntry before = current();
        long rows = rows();
        clickTimeline(0.5);
        OpenLab.waitUntil(() -> current() != before && lab.state() == RunState.PAUSED);
        RunEntry branch = current();
        assertThat(branch.log().rows()).isBetween(rows / 2 - 3, rows / 2 + 3);
        assertThat(runs()).containsExactly(before, branch);
        assertThat(before.log().rows()).isEqualTo(rows);
        lab.train(rows - branch.log().rows());
        assertSameRows(before.log(), branch.log(), rows);
    }

    @Test
    void stepsBackWithTheKeyAndLeavesNoEmptyRunsBehind() throws Exception {
        lab.train(50);
        long rows = rows();
        RunEntry before = current();
        for (int i = 1; i <= 3; i++) {
            long wanted = rows - i;
            lab.robot().type(KeyCode.COMMA);
            OpenLab.waitUntil(() -> rows() == wanted && lab.state() == RunState.PAUSED);
        }
        assertThat(runs()).hasSize(2).startsWith(before);
        lab.robot().type(KeyCode.S);
        OpenLab.waitUntil(() -> rows() == rows - 2);
        assertSameRows(before.log(), current().log(), rows - 2);
    }

    @Test
    void theTimelineIsUsedWithTheKeyboard() throws Exception {
        lab.train(120);
        long rows = rows();
        OpenLab.onFx(() -> lab.find("#timeline").requestFocus());
        lab.robot().type(KeyCode.LEFT, KeyCode.LEFT);
        lab.robot().press(KeyCode.SHIFT).type(KeyCode.LEFT).release(KeyCode.SHIFT);
        lab.robot().type(KeyCode.RIGHT, KeyCode.ENTER);
        OpenLab.waitUntil(() -> rows() == rows - 101);
    }

    @Test
    void anInterventionIsTakenBack() throws Exception {
        lab.train(60);
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(() -> current().interventions().size() == 1);
        long at = current().interventions().get(0).step();
        lab.train(60);
        RunEntry switched = current();
        assertThat(decay(switched, at)).isZero();
        lab.robot().press(KeyCode.CONTROL).type(KeyCode.Z).release(KeyCode.CONTROL);
        OpenLab.waitUntil(() -> current() != switched && rows() > at + 20);
        assertThat(current().interventions()).isEmpty();
        assertThat(decay(current(), at)).isEqualTo(0.005);
        assertSameRows(switched.log(), current().log(), at);
        assertThat(runs()).contains(switched); // nothing is lost
    }

    @Test
    void whatWasDoneIsSavedAsAnExperimentThatDoesItAgain() throws Exception {
        lab.train(40);
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(() -> current().interventions().size() == 1);
        lab.train(40);
        RunEntry done = current();
        Path file = folder.resolve("done.yaml");
        lab.files().answer(file);
        OpenLab.onFx(() -> lab.window().actions().saveWhatWasDone());
        OpenLab.waitUntil(() -> Files.exists(file));
        OpenLab.onFx(() -> lab.window().actions().openExperiment(file));
        OpenLab.waitUntil(() -> lab.window().designer().name().get().equals("done"));
        OpenLab.onFx(() -> lab.window().actions().startExperiment());
        OpenLab.waitUntil(() -> current() != done && rows() >= done.log().rows());
        assertSameRows(done.log(), current().log(), done.log().rows());
    }

    @Test
    void anInterventionIsMovedAndChanged() throws Exception {
        lab.train(60);
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(() -> current().interventions().size() == 1);
        lab.train(60);
        RunEntry before = current();
        lab.robot().clickOn(".timeline-marker");
        OpenLab.waitUntil(
                () -> lab.robot().lookup("#interventionStep").tryQuery().isPresent());
        OpenLab.onFx(() -> ((TextField) lab.find("#interventionStep")).setText("20000"));
        lab.robot().clickOn("#interventionApply");
        OpenLab.waitUntil(() -> lab.find("#interventionProblem").isVisible());
        assertThat(((Labeled) lab.find("#interventionProblem")).getText()).contains("is beyond the end");
        OpenLab.onFx(() -> ((TextField) lab.find("#interventionStep")).setText("30"));
        lab.robot().clickOn("#interventionApply");
        OpenLab.waitUntil(() -> current() != before && rows() > 50);
        assertThat(current().interventions()).containsExactly(new Intervention(30, "decay", "auto", "off"));
        assertSameRows(before.log(), current().log(), 30);
        assertThat(decay(current(), 30)).isZero();
    }

    @Test
    void aTwinGoesOnWithoutTheInterventionAndTheGapIsShaded() throws Exception {
        assertThat(lab.find("#twinBar").isVisible()).isFalse();
        lab.robot().type(KeyCode.T);
        lab.train(100);
        long shadedBefore = shaded();
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(() -> runs().size() == 2);
        lab.train(300);
        RunEntry run = current();
        RunEntry twin = runs().get(1);
        OpenLab.waitUntil(() -> twin.log().rows() == run.log().rows());
        long fork = run.interventions().get(0).step();
        assertThat(twin.interventions()).isEmpty();
        assertSameRows(run.log(), twin.log(), fork);
        assertThat(decay(run, fork)).isZero();
        assertThat(decay(twin, fork)).isEqualTo(0.005);
        OpenLab.waitUntil(() -> caption()
                .matches("Effect of switching decay off at step " + fork
                        + ": norm \\+\\d+ %, effective learning rate \u2212\\d+ %, test accuracy "
                        + "[+\u2212][\\d.]+ pp so far \\(one seed\\)\\."));
        OpenLab.waitUntil(() -> shaded() > shadedBefore + 2000);

        lab.robot().clickOn("#twinRepeat");
        OpenLab.waitUntil(() -> caption().contains("5 seeds, mean \u00b1 standard deviation"));
        assertThat(caption()).containsPattern("norm \\+\\d+ \u00b1 [\\d.]+ %");

        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> lab.state() == RunState.RUNNING);
        lab.robot().type(KeyCode.R); // the comparison ends, both runs stay
        OpenLab.waitUntil(() -> !lab.find("#twinBar").isVisible());
        assertThat(runs()).hasSize(3);
        OpenLab.waitUntil(() -> twin.state() == RunState.STOPPED);
        OpenLab.waitUntil(() -> shaded() < shadedBefore + 500);
    }

    private String caption() {
        return ((Labeled) lab.find("#twinCaption")).getText();
    }

    /** Pixels of the norm's chart in the second colour at the opacity of a shade. */
    private long shaded() {
        WritableImage picture = lab.picture();
        Bounds chart = OpenLab.onFx(() -> {
            Node pane = lab.find("#chart-norm");
            return pane.localToScene(pane.getLayoutBounds());
        });
        PixelReader pixels = picture.getPixelReader();
        long count = 0;
        for (int y = (int) chart.getMinY(); y < chart.getMaxY(); y++) {
            for (int x = (int) chart.getMinX(); x < chart.getMaxX(); x++) {
                int rgb = pixels.getArgb(x, y);
                int red = rgb >> 16 & 0xFF;
                int green = rgb >> 8 & 0xFF;
                int blue = rgb & 0xFF;
                boolean pale = Math.abs(red - 250) < 4 && Math.abs(green - 231) < 4 && Math.abs(blue - 217) < 4;
                count += pale ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void whatIsTrainedIsKeptAndFoundInTheLibrary() throws Exception {
        lab.train(80);
        RunEntry first = current();
        lab.robot().press(KeyCode.SHIFT).type(KeyCode.R).release(KeyCode.SHIFT);
        OpenLab.waitUntil(() -> current() != first);
        OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
        lab.train(40);
        Path runs = folder.resolve("lab/runs");
        Path kept = runs.resolve("first-look-seed1");
        OpenLab.waitUntil(() -> Files.exists(kept.resolve("summary.json")));
        assertSameRows(first.log(), RunFolder.read(kept).log(), first.log().rows());
        OpenLab.onFx(() -> first.nameProperty().set("a good one"));
        OpenLab.waitUntil(() -> RunFolder.read(kept).facts().name().equals("a good one"));

        lab.robot().press(KeyCode.CONTROL).type(KeyCode.L).release(KeyCode.CONTROL);
        TableView<RunRow> table = table();
        OpenLab.waitUntil(() -> table.getItems().size() == 2);
        assertThat(table.getItems())
                .extracting(RunRow::state)
                .containsExactlyInAnyOrder(RunRow.State.STOPPED, RunRow.State.RUNNING);
        OpenLab.onFx(() -> lab.window().library().query().set("seed 1 ended"));
        assertThat(OpenLab.onFx(() -> table.getItems().size())).isZero();
        OpenLab.onFx(() -> lab.window().library().query().set("seed 1 stopped"));
        assertThat(OpenLab.onFx(() -> table.getItems().size())).isEqualTo(1);

        OpenLab.onFx(() -> table.getSelectionModel().select(0));
        OpenLab.onFx(() -> lab.find("#tags").requestFocus());
        lab.robot().write("lesson, early");
        lab.robot().type(KeyCode.ENTER);
        OpenLab.waitUntil(() -> Files.readString(kept.resolve("run.json")).contains("\"lesson\", \"early\""));

        OpenLab.waitUntil(() ->
                table.getItems().size() == 1 && table.getItems().get(0).tags().size() == 2);
        OpenLab.onFx(() -> table.getSelectionModel().select(0));
        OpenLab.onFx(() -> ((Button) lab.find("#delete")).fire());
        OpenLab.waitUntil(() -> table.getItems().isEmpty() && Files.notExists(kept));
        OpenLab.waitUntil(() -> notices().isShowing());
        OpenLab.onFx(() -> notices().getActions().get(0).handle(null));
        OpenLab.waitUntil(() -> table.getItems().size() == 1 && Files.exists(kept));
    }

    @SuppressWarnings("unchecked")
    private TableView<RunRow> table() {
        return (TableView<RunRow>) lab.find("#table");
    }

    private NotificationPane notices() {
        return (NotificationPane) lab.find(".notices");
    }

    @Test
    void storedRunsAreComparedAndAnInterruptedOneGoesOn() throws Exception {
        lab.train(60);
        long rows = rows();
        lab.close();
        Path kept = folder.resolve("lab/runs/first-look-seed1");
        assertThat(kept.resolve("summary.json")).exists();
        Files.delete(kept.resolve("summary.json")); // as after a sudden end
        Path copy = folder.resolve("lab/runs/copy");
        Files.createDirectories(copy);
        for (String name : List.of("experiment.yaml", "metrics.csv", "events.csv", "run.json")) {
            Files.copy(kept.resolve(name), copy.resolve(name));
        }

        lab = new OpenLab(folder, 1280, 720);
        lab.robot().press(KeyCode.CONTROL).type(KeyCode.L).release(KeyCode.CONTROL);
        OpenLab.waitUntil(() -> table().getItems().size() == 2);
        OpenLab.onFx(() -> table().getSelectionModel().selectAll());
        assertThat(((Labeled) lab.find("#compare")).getText()).isEqualTo("Compare these 2");
        lab.robot().clickOn("#compare");
        OpenLab.waitUntil(
                () -> runs().stream().filter(run -> run.log().rows() == rows).count() == 2);
        assertThat(lab.window().library().open().get()).isFalse();

        OpenLab.onFx(() -> lab.window().library().open().set(true));
        OpenLab.waitUntil(() -> !lab.window().library().busy().get());
        RunRow row = OpenLab.onFx(() -> table().getItems().stream()
                .filter(each -> each.folder().equals("first-look-seed1"))
                .findFirst()
                .orElseThrow());
        assertThat(row.state()).isEqualTo(RunRow.State.INTERRUPTED);
        OpenLab.onFx(() -> lab.window().library().resume(row));
        OpenLab.waitUntil(() -> rows() == rows && lab.state() == RunState.PAUSED);
        OpenLab.onFx(() -> lab.find("#play").requestFocus());
        lab.train(40);
        RunEntry whole = current();
        OpenLab.onFx(() -> lab.window().session().stop());
        OpenLab.waitUntil(() -> Files.exists(kept.resolve("summary.json")));
        assertSameRows(whole.log(), RunFolder.read(kept).log(), whole.log().rows());
    }

    @Test
    void aLibraryOfManyRuns() throws Exception {
        lab.close();
        ExperimentYaml yaml = new ExperimentYaml();
        LabFolder place = new LabFolder(folder.resolve("lab"));
        for (int i = 0; i < 2000; i++) {
            Path run = Files.createDirectories(place.runs().resolve("run" + i));
            Files.writeString(
                    run.resolve("experiment.yaml"),
                    yaml.write(yaml.with(new Presets(yaml).get("never"), Map.of("seed", Integer.toString(i)))));
            Files.writeString(run.resolve("metrics.csv"), "step,epoch\n0,0\n");
        }
        try (RunStore store = RunStore.open(place)) {
            assertThat(store.list()).hasSize(2000);
        }
        lab = new OpenLab(folder, 1280, 720);
        OpenLab.onFx(() -> lab.window().library().open().set(true));
        OpenLab.waitUntil(() -> lab.window().library().count().get().equals("2,000 runs"));
        OpenLab.onFx(() -> lab.window().library().query().set("run1999"));
        assertThat(OpenLab.onFx(() -> lab.window().library().count().get())).isEqualTo("1 of 2,000 runs");
        lab.robot().type(KeyCode.ESCAPE);
        OpenLab.waitUntil(() -> !lab.window().library().open().get());
    }
}
