package decaylab.ui;

import decaylab.data.DataCatalogue;
import decaylab.store.LabFolder;
import decaylab.train.ExperimentData;
import decaylab.train.RunState;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A window of the lab for a test: headless, what it remembers in a folder of the test's, files chosen in advance. */
final class OpenLab implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Stage stage;
    private final LabWindow window;
    private final ChosenFiles files = new ChosenFiles();
    private final List<Path> pages = new ArrayList<>();
    private final FxRobot robot = new FxRobot();

    /** Answers that a test gives before the question. */
    static final class ChosenFiles implements FileDialogs {
        private volatile @Nullable Path next;

        void answer(Path path) {
            next = path;
        }

        @Override
        public Optional<Path> open(Kind kind, String title) {
            return Optional.ofNullable(next);
        }

        @Override
        public Optional<Path> save(Kind kind, String title, String name) {
            return Optional.ofNullable(next);
        }

        @Override
        public Optional<Path> folder(String title) {
            return Optional.ofNullable(next);
        }
    }

    /** Of somebody who knows the lab: the tour of the first start is over. */
    OpenLab(Path folder, double width, double height) throws Exception {
        this(folder, width, height, true, Language.ENGLISH);
    }

    OpenLab(Path folder, double width, double height, Language language) throws Exception {
        this(folder, width, height, true, language);
    }

    /** @param tourSeen false for a newcomer's window; what the folder remembers already stays */
    OpenLab(Path folder, double width, double height, boolean tourSeen) throws Exception {
        this(folder, width, height, tourSeen, Language.ENGLISH);
    }

    private OpenLab(Path folder, double width, double height, boolean tourSeen, Language language) throws Exception {
        Path settings = folder.resolve("lab").resolve("window.properties");
        if (tourSeen && !Files.exists(settings)) {
            Files.createDirectories(settings.getParent());
            Files.writeString(settings, "tourSeen=true");
        }
        FxToolkit.registerPrimaryStage();
        stage = FxToolkit.registerStage(Stage::new);
        window = onFx(() -> {
            LabWindow made = new LabWindow(
                    stage,
                    new LabFolder(folder.resolve("lab")),
                    new ExperimentData(new DataCatalogue()),
                    files,
                    pages::add,
                    language);
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(width);
            stage.setHeight(height);
            made.show();
            return made;
        });
        waitUntil(() -> state() == RunState.PAUSED);
    }

    LabWindow window() {
        return window;
    }

    Stage stage() {
        return stage;
    }

    ChosenFiles files() {
        return files;
    }

    /** The pages that a browser would have shown. */
    List<Path> pages() {
        return pages;
    }

    FxRobot robot() {
        return robot;
    }

    /** State of the current run. */
    @Nullable
    RunState state() {
        var status = window.session().status().get();
        return status == null ? null : status.state();
    }

    /** How many steps the current run has done. */
    long rows() {
        return onFx(() -> window.session().current().get().log().rows());
    }

    /** Trains so many steps at least, started and paused by the key, then waits. */
    void train(long steps) throws Exception {
        long until = rows() + steps;
        robot.type(KeyCode.SPACE);
        waitUntil(() -> rows() >= until);
        robot.type(KeyCode.SPACE);
        waitUntil(() -> state() == RunState.PAUSED);
    }

    /** The one node of a query, as what it is. */
    @SuppressWarnings("unchecked")
    <T extends Node> T as(String query) {
        return (T) find(query);
    }

    /** The one node of a query. */
    Node find(String query) {
        return robot.lookup(query).query();
    }

    static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, work);
    }

    static void onFx(Runnable work) {
        WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, work);
    }

    /** Waits for something that the window's thread can see. */
    static void waitUntil(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> onFx(condition));
    }

    /** What the window shows. */
    WritableImage picture() {
        return onFx(() -> {
            Bounds bounds = stage.getScene().getRoot().getLayoutBounds();
            return stage.getScene().snapshot(new WritableImage((int) bounds.getWidth(), (int) bounds.getHeight()));
        });
    }

    @Override
    public void close() {
        onFx(() -> {
            window.close();
            stage.hide();
        });
    }
}
