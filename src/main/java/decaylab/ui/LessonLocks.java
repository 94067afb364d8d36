package decaylab.ui;

import decaylab.lesson.LessonControl;
import decaylab.ui.lesson.LessonModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Separator;

/** Takes away from the window what the open lesson locks: what is not its topic is not there to be asked about. */
final class LessonLocks {
    /** What each takes away; a number of parents up from what the selector finds. */
    private static final Map<LessonControl, List<Place>> PLACES = Map.of(
            LessonControl.DECAY, List.of(new Place(".switch-group", 0)),
            LessonControl.LAMBDA, List.of(new Place("#lambdaText", 2)),
            LessonControl.LEARNING_RATE, List.of(new Place("#learningRateText", 2)),
            LessonControl.SPEED, List.of(new Place(".speed", 0)),
            LessonControl.RESTART, List.of(new Place("#stop", 0), new Place("#restart", 0), new Place("#newSeed", 0)),
            LessonControl.SCHEDULES, List.of(new Place("#view-schedules", 0)),
            LessonControl.VIEWS,
                    List.of(
                            new Place("#view-inside", 0),
                            new Place("#view-buffers", 0),
                            new Place("#view-environment", 0),
                            new Place("#view-capacity", 0),
                            new Place("#view-feedback", 0),
                            new Place("#view-graph", 0),
                            new Place("#view-synthetic", 0),
                            new Place("#view-weight", 0),
                            new Place("#view-studies", 0)));

    /** The commands of menus and keys that go with them. */
    private static final Map<LessonControl, Set<String>> COMMANDS = Map.of(
            LessonControl.DECAY, Set.of("action.toggleDecay", "action.autoDecay"),
            LessonControl.RESTART, Set.of("action.stop", "action.restart", "action.newSeed"),
            LessonControl.DESIGNER, Set.of("action.start", "action.sweep", "action.openExperiment"),
            LessonControl.SCHEDULES, Set.of("view.schedules"),
            LessonControl.VIEWS,
                    Set.of(
                            "view.inside",
                            "view.buffers",
                            "view.environment",
                            "view.synthetic",
                            "view.capacity",
                            "view.feedback",
                            "view.graph",
                            "view.weight",
                            "view.studies",
                            "action.library"));

    private final LessonModel lesson;

    /** Where something is. */
    private record Place(String selector, int up) {}

    LessonLocks(LessonModel lesson, Parent root) {
        this.lesson = lesson;
        lesson.lesson().addListener((observable, before, now) -> apply(root));
        apply(root);
    }

    private void apply(Parent root) {
        PLACES.forEach((control, places) -> {
            boolean shown = !lesson.isLocked(control);
            for (Place place : places) {
                Node node = root.lookup(place.selector());
                for (int i = 0; node != null && i < place.up(); i++) {
                    node = node.getParent();
                }
                if (node != null) {
                    show(node, shown);
                    separator(node).ifPresent(line -> show(line, shown));
                }
            }
        });
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    /** The line before a group of controls, which goes with it. */
    private static Optional<Node> separator(Node node) {
        List<Node> siblings =
                node.getParent() == null ? List.of() : node.getParent().getChildrenUnmodifiable();
        int before = siblings.indexOf(node) - 1;
        return before >= 0 && siblings.get(before) instanceof Separator
                ? Optional.of(siblings.get(before))
                : Optional.empty();
    }

    /** Whether a command of that name may be done. */
    static boolean allows(LessonModel lesson, String command) {
        return COMMANDS.entrySet().stream()
                .noneMatch(each -> each.getValue().contains(command) && lesson.isLocked(each.getKey()));
    }
}
