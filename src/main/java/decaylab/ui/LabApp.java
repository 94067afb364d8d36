package decaylab.ui;

import decaylab.lesson.Assignment;
import decaylab.problem.BadInputException;
import decaylab.store.LabFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The lab with a window. */
public final class LabApp extends Application {
    /** With this property the time from the start of the virtual machine to the first window is written to standard error. */
    static final String MEASURE = "decaylab.measureStart";

    private static final String NO_DISPLAY =
            "There is no display to open a window on; use 'decaylab run EXPERIMENT', which needs none.";

    private static final String NO_ANSWER =
            "No window can be opened: the display does not answer, or GTK 3 is missing (the package libgtk-3-0 or gtk3); use"
                    + " 'decaylab run EXPERIMENT', which needs neither.";

    private @Nullable LabWindow window;

    /**
     * Opens the window and returns when it is closed.
     *
     * @param folder where runs are kept
     * @param assignment the lesson to open; null for none
     * @throws BadInputException where there is no display
     */
    public static void open(LabFolder folder, @Nullable Assignment assignment) {
        if (!hasDisplay(System.getenv(), System.getProperty("os.name", ""), System.getProperty("glass.platform", ""))) {
            throw new BadInputException(NO_DISPLAY);
        }
        try {
            Application.launch(LabApp.class, arguments(folder, assignment));
        } catch (UnsupportedOperationException e) {
            throw new BadInputException(NO_ANSWER, e);
        }
    }

    private static String[] arguments(LabFolder folder, @Nullable Assignment assignment) {
        String root = folder.root().toString();
        return assignment == null
                ? new String[] {root}
                : new String[] {root, assignment.lesson(), String.valueOf(assignment.seed()), assignment.student()};
    }

    /** The lesson that {@link #open} was told; empty for none. */
    private static Optional<Assignment> assignment(List<String> raw) {
        return raw.size() < 4
                ? Optional.empty()
                : Optional.of(new Assignment(
                        raw.get(1), raw.get(2).equals("null") ? null : Long.valueOf(raw.get(2)), raw.get(3)));
    }

    /** Whether a window can be opened: on Linux a display must be named; elsewhere there is one. */
    static boolean hasDisplay(Map<String, String> environment, String system, String glassPlatform) {
        if (!system.toLowerCase(Locale.ROOT).contains("linux") || !glassPlatform.isEmpty()) {
            return true;
        }
        return !environment.getOrDefault("DISPLAY", "").isBlank();
    }

    @Override
    public void start(Stage stage) {
        LabFolder folder = new LabFolder(Path.of(getParameters().getRaw().get(0)));
        LabWindow opened = LabWindow.of(stage, folder, page -> getHostServices()
                .showDocument(page.toUri().toString()));
        window = opened;
        opened.show();
        //assignment(getParameters().getRaw()).ifPresent(opened::openLesson);
        StartClock.report();
    }

    @Override
    public void stop() {
        LabWindow opened = window;
        if (opened != null) {
            opened.close();
        }
    }
}
