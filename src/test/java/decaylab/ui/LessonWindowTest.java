package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.ChartKind;
import decaylab.lesson.Assignment;
import decaylab.lesson.LessonControl;
import decaylab.optim.Gate;
import decaylab.train.RunState;
import decaylab.ui.lesson.LessonModel;
import decaylab.ui.run.RunEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lesson beside the charts, by keyboard and by mouse. */
class LessonWindowTest {
    @TempDir
    private Path folder;

    private OpenLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new OpenLab(folder, 1280, 720);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    private LessonModel lesson() {
        return lab.window().lesson();
    }

    private RunEntry current() {
        return Objects.requireNonNull(lab.window().session().current().get());
    }

    private void begin(String name) throws Exception {
        OpenLab.onFx(() -> lesson().open(Assignment.of(name)));
        OpenLab.waitUntil(() -> lesson().lesson().get() != null);
        OpenLab.waitUntil(() -> current().state() == RunState.PAUSED);
    }

    private boolean isShown(String selector) {
        return lab.robot().lookup(selector).queryAll().stream().anyMatch(node -> isShown(node));
    }

    private static boolean isShown(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    @Test
    void aLessonIsChosenFromTheListAndLeft() throws Exception {
        lab.robot().type(KeyCode.F4);
        OpenLab.waitUntil(() -> isShown("#lesson-switch-it-off"));
        OpenLab.onFx(() -> ((javafx.scene.control.Button) lab.find("#lesson-switch-it-off")).fire());
        OpenLab.waitUntil(() -> lesson().lesson().get() != null);
        assertThat(isShown("#lambdaText")).isFalse();
        assertThat(isShown("#view-schedules")).isFalse();
        assertThat(lab.window().board().kinds()).hasSize(4);
        assertThat(current().experiment())
                .isEqualTo(Objects.requireNonNull(lesson().lesson().get()).experiment());
        lab.robot().type(KeyCode.F4); // put aside, it is still the lesson
        OpenLab.waitUntil(() -> !lesson().open().get());
        assertThat(isShown(".designer")).isFalse();
        lab.robot().type(KeyCode.F4);
        OpenLab.waitUntil(() -> lesson().open().get());
        lab.robot().clickOn(".lesson-head .button");
        OpenLab.waitUntil(() -> lesson().lesson().get() == null);
        assertThat(isShown("#lambdaText")).isTrue();
        assertThat(isShown("#view-schedules")).isTrue();
        lab.robot().type(KeyCode.F4);
        OpenLab.waitUntil(() -> !lesson().open().get());
    }

    @Test
    void whatALessonLocksIsNotDoneByKeyEither() throws Exception {
        Path file = folder.resolve("mine.md");
        Files.writeString(
                file,
                "---\ntitle: Mine\nsummary: Nothing.\nminutes: 1\nlocked: [decay, restart]\n---\n## Look\nText.\n");
        begin(file.toString());
        assertThat(lesson().isLocked(LessonControl.DECAY)).isTrue();
        RunEntry run = current();
        lab.robot().type(KeyCode.S);
        OpenLab.waitUntil(() -> current().log().rows() == 1);
        lab.robot().type(KeyCode.D);
        lab.robot().type(KeyCode.R);
        lab.robot().type(KeyCode.S);
        OpenLab.waitUntil(() -> current().log().rows() == 2);
        assertThat(current()).isSameAs(run);
        assertThat(current().interventions()).isEmpty();
        OpenLab.onFx(() -> lesson().leave());
        lab.robot().type(KeyCode.D);
        lab.robot().type(KeyCode.S);
        OpenLab.waitUntil(() -> current().interventions().size() == 1);
    }

    @Test
    void aBrokenLessonGetsANoticeAndChangesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.md"), "no head");
        OpenLab.onFx(() -> lesson().open(Assignment.of(file.toString())));
        OpenLab.waitUntil(() -> lab.robot().lookup(".notices").queryAll().stream()
                .anyMatch(node -> ((org.controlsfx.control.NotificationPane) node).isShowing()));
        assertThat(lesson().lesson().get()).isNull();
    }

    @Test
    void anAssignmentBringsItsSeed() throws Exception {
        Path file =
                Files.writeString(folder.resolve("seat.decaylab"), "lesson: switch-it-off\nseed: 7\nstudent: Ada\n");
        begin(file.toString());
        assertThat(current().experiment().seed()).isEqualTo(7);
        assertThat(lesson().student()).isEqualTo("Ada");
    }

    /** From the list to the last step, no mouse: what the lesson asks for is done by the keys that it names. */
    @Test
    void aWholeLessonByKeyboardAlone() throws Exception {
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
        lab.robot().type(KeyCode.F4);
        OpenLab.waitUntil(() -> isShown("#lesson-switch-it-off"));
        for (int i = 0; i < 60 && !isFocused("lesson-switch-it-off"); i++) {
            lab.robot().type(KeyCode.TAB);
        }
        assertThat(isFocused("lesson-switch-it-off")).isTrue();
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> lesson().lesson().get() != null);
        OpenLab.waitUntil(() -> current().state() == RunState.PAUSED);
        lab.robot().type(KeyCode.SPACE); // let it settle
        goOn(1);
        lab.robot().type(KeyCode.P); // draw what will happen
        OpenLab.waitUntil(() -> lab.window().predictions().drawing().get());
        lab.robot().press(KeyCode.SHIFT);
        for (int i = 0; i < 12; i++) {
            lab.robot().type(KeyCode.RIGHT);
            lab.robot().type(KeyCode.UP);
        }
        lab.robot().release(KeyCode.SHIFT);
        lab.robot().type(KeyCode.ENTER);
        goOn(2);
        lab.robot().type(KeyCode.D); // switch it off
        goOn(3);
        lab.robot().type(KeyCode.SPACE);
        goOn(4); // watch
        lab.robot().type(KeyCode.DIGIT3); // the question
        OpenLab.waitUntil(() -> isShown("#lesson-because"));
        assertThat(((Labeled) lab.find("#lesson-because")).getText()).startsWith("Right. ");
        goOn(5);
        lab.robot().type(KeyCode.D); // bring decay back
        OpenLab.waitUntil(() -> lab.window().session().status().get().gate() == Gate.ON);
        goOn(6);
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> lesson().done().get());
        lab.robot().type(KeyCode.N);
        OpenLab.waitUntil(() -> lesson().lesson().get() == null && isShown("#lesson-switch-it-off"));
    }

    @Test
    void aShorterLessonAfterALongerOneBeginsClean() throws Exception {
        begin("switch-it-off");
        for (int i = 0; i < 6; i++) {
            OpenLab.onFx(() -> lesson().next());
        }
        RunEntry old = current();
        OpenLab.onFx(() -> lab.window().predictions().ask(ChartKind.NORM, 0, 50));
        OpenLab.waitUntil(() -> lab.window().predictions().drawing().get());
        OpenLab.onFx(() -> {
            lab.window().explanations().explain();
            lab.window().races().open().set(true);
            lab.window().board().enlarged().set(ChartKind.NORM);
        });
        OpenLab.onFx(() -> lesson().open(Assignment.of("metrics")));
        OpenLab.waitUntil(() -> lesson().lesson().get().name().equals("metrics"));
        OpenLab.waitUntil(() -> current().state() == RunState.PAUSED);
        assertThat(current()).isNotSameAs(old);
        assertThat(lesson().step().get()).isZero();
        assertThat(OpenLab.onFx(() -> lab.window().session().runs().stream()
                        .filter(run -> run.visibleProperty().get())
                        .toList()))
                .containsExactly(current()); // older ones would tell what comes
        assertThat(lab.window().predictions().sentence().get()).isEmpty();
        assertThat(lab.window().explanations().explanation().get()).isNull();
        assertThat(lab.window().races().open().get()).isFalse();
        assertThat(lab.window().board().enlarged().get()).isNull();
        assertThat(lab.window().board().kinds())
                .containsExactlyInAnyOrderElementsOf(
                        Objects.requireNonNull(lesson().lesson().get()).charts());
    }

    /** Whoever is ahead with the keys, or behind with the pages, still meets each step that the text speaks of. */
    @Test
    void theRunWaitsWhereTheLessonNeedsItWhicheverStepIsShown() throws Exception {
        OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
        begin("switch-it-off");
        lab.robot().type(KeyCode.N); // before step 400
        for (long stop : new long[] {400, 800, 1200}) {
            lab.robot().type(KeyCode.SPACE);
            OpenLab.waitUntil(() -> lab.rows() >= stop && lab.state() == RunState.PAUSED);
            assertThat(current().log().rows()).isEqualTo(stop);
        }
        OpenLab.onFx(() -> lab.window().session().rewind(700));
        lab.robot().type(KeyCode.SPACE);
        OpenLab.waitUntil(() -> lab.rows() >= 800 && lab.state() == RunState.PAUSED);
        OpenLab.onFx(() -> lab.window().session().stop());
        OpenLab.waitUntil(() -> lab.state() == RunState.STOPPED);
        lab.robot().type(KeyCode.D);
        OpenLab.waitUntil(() -> lab.robot().lookup(".notices").queryAll().stream()
                .map(node -> (org.controlsfx.control.NotificationPane) node)
                .anyMatch(pane -> pane.isShowing() && pane.getText().contains("Press R to run it again")));
    }

    @Test
    void theNextStepBringsTheChartsOfTheLessonBack() throws Exception {
        begin("switch-it-off");
        OpenLab.onFx(() -> {
            lesson().next();
            lab.window().board().enlarged().set(ChartKind.NORM); // as a prediction does
            lab.window().board().kinds().remove(ChartKind.EFFECTIVE_LEARNING_RATE);
            lesson().next();
        });
        assertThat(lab.window().board().enlarged().get()).isNull();
        assertThat(lab.window().board().kinds()).contains(ChartKind.EFFECTIVE_LEARNING_RATE);
    }

    @Test
    void theRaceOfALessonHasTheSeedOfTheRun() throws Exception {
        begin("early-or-late");
        OpenLab.onFx(() -> {
            lab.window().session().restartWithNewSeed();
            for (int i = 0; i < 3; i++) {
                lesson().next();
            }
            assertThat(lesson().race()).isTrue();
            lab.window().session().pause();
        });
        assertThat(OpenLab.onFx(() -> lab.window().session().runs().stream()
                        .filter(run -> run.visibleProperty().get())
                        .map(run -> run.experiment().seed())
                        .toList()))
                .hasSize(4)
                .containsOnly(2L);
    }

    @Test
    void theListIsGoneThroughByArrowsWhichTurnNothingElse() throws Exception {
        OpenLab.onFx(() -> lab.find("#gateOn").requestFocus());
        lab.robot().type(KeyCode.F4);
        String first = OpenLab.onFx(() -> lesson().choices().get(0).name());
        String second = OpenLab.onFx(() -> lesson().choices().get(1).name());
        OpenLab.waitUntil(() -> isFocused("lesson-" + first));
        lab.robot().type(KeyCode.LEFT, KeyCode.RIGHT, KeyCode.DOWN);
        assertThat(isFocused("lesson-" + second)).isTrue();
        lab.robot().type(KeyCode.UP, KeyCode.UP);
        assertThat(isFocused("lesson-" + first)).isTrue();
        lab.robot().type(KeyCode.DOWN, KeyCode.ENTER);
        OpenLab.waitUntil(() -> lesson().lesson().get() != null);
        assertThat(lesson().lesson().get().name()).isEqualTo(second);
        assertThat(current().interventions()).isEmpty();
    }

    private static boolean isFocused(String id) {
        return OpenLab.onFx(() -> javafx.stage.Window.getWindows().stream()
                .map(window -> window.getScene().getFocusOwner())
                .anyMatch(owner -> owner != null && id.equals(owner.getId())));
    }

    /** Waits until the step is done, and goes to the next; what waits is let train first. */
    private void goOn(int next) throws Exception {
        OpenLab.waitUntil(() -> lesson().done().get());
        lab.robot().type(KeyCode.N);
        OpenLab.waitUntil(() -> lesson().step().get() == next);
        OpenLab.waitUntil(() -> {
            RunState state = current().state();
            return state == RunState.PAUSED || state == RunState.RUNNING || state.ended();
        });
    }
}
