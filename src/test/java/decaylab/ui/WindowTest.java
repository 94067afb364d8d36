package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.experiment.Field;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.Gate;
import decaylab.train.Intervention;
import decaylab.train.LiveRun;
import decaylab.train.RunState;
import decaylab.ui.run.RunEntry;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.controlsfx.control.NotificationPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window as a user meets it: keys, buttons, files; seen through what the run has logged. */
class WindowTest {
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

    @Test
    void opensWithTheFirstPresetReadyToPlay() {
        RunEntry run = current();
        assertThat(run.name()).isEqualTo("first-look");
        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(run.log().rows()).isZero();
        assertThat(OpenLab.onFx(() -> lab.stage().getIcons().size())).isPositive();
    }

    @Test
    void theKeyDSwitchesDecayOffWhileItTrains() throws Exception {
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> rows() > 150);
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(() -> !current().interventions().isEmpty());
        Intervention switched = current().interventions().get(0);
        OpenLab.waitUntil(() -> rows() > switched.step() + 60);

        assertThat(switched.what()).isEqualTo("decay");
        assertThat(switched.to()).isEqualTo("off");
        assertThat(value(Quantity.DECAY, switched.step() - 1)).isEqualTo(0.005);
        assertThat(value(Quantity.DECAY, switched.step())).isZero();
        double before = value(Quantity.NORM, switched.step() - 1) - value(Quantity.NORM, switched.step() - 21);
        double after = value(Quantity.NORM, switched.step() + 59) - value(Quantity.NORM, switched.step() + 39);
        assertThat(after).isGreaterThan(before);
        assertThat(((ToggleButton) lab.find("#gateOff")).isSelected()).isTrue();
        int charts = lab.window().board().kinds().size();
        OpenLab.waitUntil(() -> markers() == charts);
    }

    @Test
    void pausesStepsAndResumes() throws Exception {
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> rows() > 20);
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
        long paused = rows();
        lab.robot().type(KeyCode.S);
        OpenLab.waitUntil(() -> rows() == paused + 1 && lab.state() == RunState.PAUSED);
        lab.robot().type(KeyCode.PERIOD);
        OpenLab.waitUntil(() -> rows() == paused + 2 && lab.state() == RunState.PAUSED);
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> rows() > paused + 50);
        assertThat(lab.state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void theSwitchIsClickedAndHolds() throws Exception {
        lab.robot().clickOn("#gateOff");
        OpenLab.waitUntil(() -> status().gate() == Gate.OFF);
        lab.robot().clickOn("#gateOff");
        assertThat(((ToggleButton) lab.find("#gateOff")).isSelected()).isTrue();
        lab.robot().type(KeyCode.A);
        OpenLab.waitUntil(() -> status().gate() == Gate.AUTO);
        assertThat(((ToggleButton) lab.find("#gateAuto")).isSelected()).isTrue();
        assertThat(((ToggleButton) lab.find("#gateOff")).isSelected()).isFalse();
    }

    @Test
    void lambdaIsTakenExactlyAsItIsTyped() throws Exception {
        type("#lambdaText", "0.00123");
        lab.robot().type(KeyCode.ENTER);
        OpenLab.waitUntil(() -> status().lambdaBase() == 0.00123);
        type("#lambdaText", "fast");
        lab.robot().type(KeyCode.ENTER);
        OpenLab.waitUntil(() -> lab.find("#lambdaError").isVisible());
        assertThat(((Labeled) lab.find("#lambdaError")).getText()).contains("lambda=fast is not a number");
        assertThat(status().lambdaBase()).isEqualTo(0.00123);
    }

    @Test
    void lettersThatAreTypedIntoAFieldAreNoCommands() {
        type("#learningRateText", "sd r.");
        assertThat(((TextField) lab.find("#learningRateText")).getText()).isEqualTo("sd r.");
        assertThat(rows()).isZero();
        assertThat(current().interventions()).isEmpty();
        assertThat(lab.window().session().runs()).hasSize(1);
    }

    @Test
    void aBrokenFileGetsANoticeAndChangesNothing() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "decay: {lambda: -1}\n");
        var before = lab.window().designer().experiment().get();
        OpenLab.onFx(() -> lab.window().actions().drop(List.of(broken)));
        OpenLab.waitUntil(() -> notices().isShowing());
        assertThat(notices().getText()).contains("decay.lambda is -1");
        assertThat(lab.window().designer().experiment().get()).isEqualTo(before);
        assertThat(lab.window().session().runs()).hasSize(1);
        assertThat(lab.window().look().recent()).isEmpty();
        lab.robot().type(KeyCode.ESCAPE);
        OpenLab.waitUntil(() -> !notices().isShowing());
    }

    @Test
    void aFileThatIsDroppedIsInTheDesignerAndAmongTheRecentFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "decay: {lambda: 0.125}\nsteps: 77\n");
        OpenLab.onFx(() -> lab.window().actions().drop(List.of(file)));
        OpenLab.waitUntil(() -> lab.window().designer().name().get().equals("mine"));
        assertThat(lab.window().designer().text(Field.DECAY_LAMBDA).get()).isEqualTo("0.125");
        assertThat(lab.window().designer().text(Field.STEPS).get()).isEqualTo("77");
        assertThat(lab.window().look().recent()).containsExactly(file.toAbsolutePath());
    }

    @Test
    void aWrongFieldIsMarkedAndCannotBeStarted() throws Exception {
        OpenLab.onFx(() -> lab.window().designer().text(Field.BATCH_SIZE).set("0"));
        Node error = lab.robot().lookup("#field-batchSize .field-error").query();
        assertThat(((Labeled) error).getText())
                .isEqualTo("batchSize is 0; it must be a whole number from 1 to 1000000.");
        assertThat(lab.find("#start").isDisabled()).isTrue();
        OpenLab.onFx(() -> lab.window().designer().text(Field.BATCH_SIZE).set("25"));
        assertThat(lab.find("#start").isDisabled()).isFalse();
    }

    @Test
    void anotherRunLeavesTheFirstToCompareWith() throws Exception {
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> rows() > 30);
        RunEntry first = current();
        lab.robot().press(KeyCode.SHIFT).type(KeyCode.R).release(KeyCode.SHIFT);
        OpenLab.waitUntil(() -> current() != first);
        assertThat(current().experiment()).isEqualTo(first.experiment().withSeed(2));
        OpenLab.waitUntil(() -> first.state() == RunState.STOPPED);
        assertThat(lab.window().board().runs()).containsExactly(first, current());
        OpenLab.onFx(() -> first.visibleProperty().set(false));
        assertThat(lab.window().board().runs()).containsExactly(current());
        OpenLab.onFx(() -> lab.window().session().remove(first));
        assertThat(lab.window().session().runs()).doesNotContain(first);
        OpenLab.onFx(() -> notices().getActions().get(0).handle(null));
        assertThat(lab.window().session().runs()).startsWith(first);
    }

    @Test
    void chartsAreExportedAsAPicture() throws Exception {
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> rows() > 120);
        Path file = folder.resolve("charts.png");
        OpenLab.onFx(() -> {
            lab.window().export().width().set("400");
            lab.window().export().height().set("260");
            lab.window().export().scale().set(2);
        });
        lab.files().answer(file);
        lab.robot().press(KeyCode.CONTROL).type(KeyCode.E).release(KeyCode.CONTROL);
        OpenLab.waitUntil(() -> lab.robot().lookup(".dialog-pane").tryQuery().isPresent());
        lab.robot().type(KeyCode.ENTER);
        OpenLab.waitUntil(() -> Files.exists(file));
        OpenLab.waitUntil(() -> notices().isShowing());
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(2 * (3 * 400 + 2 * 12));
        assertThat(picture.getHeight()).isGreaterThan(2 * (2 * 260 + 12)); // and a foot with the experiment
        long colours = java.util.stream.IntStream.range(0, picture.getWidth() * picture.getHeight())
                .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
                .distinct()
                .limit(50)
                .count();
        assertThat(colours).isEqualTo(50);

        Path drawing = folder.resolve("charts.SVG");
        OpenLab.onFx(() -> lab.window().write(drawing));
        OpenLab.waitUntil(() -> Files.exists(drawing));
        assertThat(drawing).content().contains("<svg").contains("decay l2 lambda 0.005");
    }

    @Test
    void samplesAreExportedAsATable() throws Exception {
        lab.robot().type(KeyCode.S);
        OpenLab.waitUntil(() -> rows() == 1);
        Path file = folder.resolve("run.csv");
        lab.files().answer(file);
        OpenLab.onFx(() -> lab.window().actions().exportCsv(current()));
        OpenLab.waitUntil(() -> Files.exists(file));
        assertThat(Files.readAllLines(file)).hasSize(2).first().asString().startsWith("step,epoch,loss,lr,decay,norm");
    }

    @Test
    void definitionsOpenBesideTheirField() throws Exception {
        lab.robot().clickOn("#lambdaHelp");
        OpenLab.waitUntil(
                () -> lab.robot().lookup(".definition-content").tryQuery().isPresent());
        lab.robot().type(KeyCode.ESCAPE);
        OpenLab.waitUntil(
                () -> lab.robot().lookup(".definition-content").tryQuery().isEmpty());
    }

    @Test
    void closingWhileItTrainsEndsTheThreadWithinASecond() throws Exception {
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> rows() > 20);
        LiveRun live = current().live().orElseThrow();
        OpenLab.onFx(() -> lab.stage()
                .fireEvent(new javafx.stage.WindowEvent(lab.stage(), javafx.stage.WindowEvent.WINDOW_CLOSE_REQUEST)));
        assertThat(live.awaitEnd(Duration.ofSeconds(1))).isTrue();
        assertThat(live.status().state()).isEqualTo(RunState.STOPPED);
    }

    @Test
    void whatWasChosenIsThereTheNextTime() throws Exception {
        OpenLab.onFx(() -> {
            lab.window().look().dark().set(true);
            lab.window().look().sideShown().set(false);
        });
        lab.close();
        lab = new OpenLab(folder, 1280, 720);
        assertThat(lab.window().look().dark().get()).isTrue();
        assertThat(lab.window().look().sideShown().get()).isFalse();
        assertThat(lab.window().board().theme().get()).isEqualTo(decaylab.chart.Theme.DARK);
    }

    @Test
    void everythingIsReachedWithTheTabKey() throws Exception {
        OpenLab.onFx(() -> lab.find("#gateAuto").requestFocus());
        Set<String> reached = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            reached.add(OpenLab.onFx(() -> {
                Node owner = lab.stage().getScene().getFocusOwner();
                return owner.getId() == null ? String.join(" ", owner.getStyleClass()) : owner.getId();
            }));
            lab.robot().type(KeyCode.TAB);
        }
        assertThat(reached)
                .contains(
                        "switchHelp",
                        "lambdaText",
                        "lambdaSlider",
                        "learningRateText",
                        "learningRateSlider",
                        "play",
                        "step",
                        "stop",
                        "restart",
                        "newSeed",
                        "speed",
                        "preset",
                        "editor-decay-lambda",
                        "editor-decay-schedule",
                        "editor-decay-biases",
                        "start",
                        "kinds",
                        "smoothing",
                        "bands",
                        "export",
                        "chart-norm",
                        "chart-decay",
                        "list");
        assertThat(reached).anyMatch(name -> name.contains("run-eye")).anyMatch(name -> name.contains("run-more"));
    }

    @Test
    void everythingHasWordsForAScreenReader() {
        Set<Node> silent = OpenLab.onFx(() -> lab.stage().getScene().getRoot().lookupAll("*").stream()
                .filter(node -> node instanceof Control && node.isFocusTraversable() && isShown(node))
                .filter(node -> node.getAccessibleText() == null
                        && !(node instanceof Labeled labeled
                                && labeled.getText() != null
                                && !labeled.getText().isEmpty()))
                .filter(node -> !(node instanceof MenuBar || node instanceof SplitPane))
                .collect(Collectors.toSet()));
        assertThat(silent).isEmpty();
    }

    private static boolean isShown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    @Test
    void everyViewLoads() throws Exception {
        Path root = Path.of("resources", "decaylab", "ui");
        List<String> views;
        try (Stream<Path> files = Files.walk(root)) {
            views = files.filter(file -> file.toString().endsWith(".fxml"))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
        assertThat(views).contains("main.fxml", "about.fxml", "designer/designer.fxml", "run/export.fxml");
        for (String view : views) {
            assertThat(OpenLab.onFx(() -> lab.window().view(view))).as(view).isNotNull();
        }
    }

    private void type(String field, String text) {
        lab.robot().clickOn(field);
        lab.robot().press(KeyCode.CONTROL).type(KeyCode.A).release(KeyCode.CONTROL);
        lab.robot().write(text);
    }

    private NotificationPane notices() {
        return (NotificationPane) lab.find(".notices");
    }

    private long markers() {
        return lab.robot().lookup(".chart-pane").queryAll().stream()
                .filter(pane -> pane.lookup(".intervention-line") != null)
                .count();
    }

    private decaylab.train.RunStatus status() {
        return current().live().orElseThrow().status();
    }

    private RunEntry current() {
        return OpenLab.onFx(() -> lab.window().session().current().get());
    }

    private long rows() {
        return current().log().rows();
    }

    private double value(Quantity quantity, long row) {
        SampleLog log = current().log();
        return log.value(log.place(Metric.of(quantity)).orElseThrow(), row);
    }
}
