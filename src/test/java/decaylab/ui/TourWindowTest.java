package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.lesson.Assignment;
import decaylab.ui.tour.Tour;
import java.nio.file.Path;
import java.time.Duration;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start of a newcomer. */
class TourWindowTest {
    @TempDir
    private Path folder;

    @Test
    void twoClicksLeadToTheFirstFlipAndTheTourKeepsNobodyWaiting() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720, false)) {
            OpenLab.waitUntil(() -> step(lab) == Tour.Step.PLAY);
            assertThat(OpenLab.onFx(() -> lab.find("#tour").isVisible())).isTrue();
            coversNot(lab, "#play");
            int clicks = 0;

            lab.robot().clickOn("#play");
            clicks++;
            OpenLab.waitUntil(() -> step(lab) != Tour.Step.PLAY);
            long begun = System.nanoTime();
            OpenLab.waitUntil(() -> step(lab) == Tour.Step.FLIP);
            Duration watched = Duration.ofNanos(System.nanoTime() - begun);
            coversNot(lab, "#decaySwitch");
            lab.robot().clickOn("#gateOff");
            clicks++;
            OpenLab.waitUntil(() -> step(lab) == Tour.Step.OVER);

            assertThat(clicks).isLessThanOrEqualTo(3);
            assertThat(watched).as("all the waiting that there is").isLessThan(Duration.ofSeconds(10));
            assertThat(OpenLab.onFx(() -> lab.window().session().current().get().interventions()))
                    .hasSize(1);
            OpenLab.onFx(() -> lab.<Button>as("#tourEnd").fire());
            assertThat(step(lab)).isNull();
        }
        try (OpenLab again = new OpenLab(folder, 1280, 720, false)) {
            assertThat(step(again)).as("never again by itself").isNull();
            assertThat(OpenLab.onFx(() -> again.find(".overlay").isVisible())).isFalse();
            OpenLab.onFx(() -> again.window().tour());
            assertThat(step(again)).as("but from the menu").isEqualTo(Tour.Step.PLAY);
        }
    }

    @Test
    void whoFlipsAtOnceHasArrivedAndWhoSkipsIsLeftAlone() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720, false)) {
            OpenLab.onFx(() -> lab.stage().requestFocus());
            lab.robot().type(KeyCode.D);
            OpenLab.waitUntil(
                    () -> lab.window().session().current().get().interventions().size() == 1);
            assertThat(step(lab)).as("nothing was seen yet").isEqualTo(Tour.Step.PLAY);
            lab.robot().type(KeyCode.S);
            OpenLab.waitUntil(() -> step(lab) == Tour.Step.OVER);
            OpenLab.onFx(() -> lab.window().tour());
            assertThat(step(lab)).isEqualTo(Tour.Step.PLAY);
            lab.robot().clickOn("#tourEnd");
            assertThat(step(lab)).isNull();
            assertThat(lab.window().look().tourSeen().get()).isTrue();
        }
    }

    @Test
    void itFollowsItsControlEndsWithEscapeAndGivesWayToALesson() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720, false)) {
            OpenLab.onFx(() -> lab.stage().requestFocus());
            lab.robot().type(KeyCode.F5); // all is larger, and much goes away
            OpenLab.waitUntil(() -> onScene(lab.find(".tour-ring")).contains(onScene(lab.find("#play"))));
            coversNot(lab, "#play");
            OpenLab.onFx(() -> lab.window().openLesson(Assignment.of("switch-it-off")));
            OpenLab.waitUntil(() -> lab.window().lesson().lesson().get() != null);
            assertThat(step(lab)).isNull();
            assertThat(lab.window().look().tourSeen().get()).isFalse();
            OpenLab.onFx(() -> lab.window().tour());
            lab.robot().type(KeyCode.ESCAPE);
            OpenLab.waitUntil(() -> step(lab) == null);
            assertThat(lab.window().look().tourSeen().get()).isTrue();
        }
    }

    private static Tour.Step step(OpenLab lab) {
        return OpenLab.onFx(() -> lab.window().tourStep().get());
    }

    private static void coversNot(OpenLab lab, String control) {
        Bounds card = OpenLab.onFx(() -> onScene(lab.find("#tour")));
        Bounds free = OpenLab.onFx(() -> onScene(lab.find(control)));
        assertThat(card.intersects(free)).isFalse();
        assertThat(OpenLab.onFx(() -> onScene(lab.find(".tour-ring")).contains(free)))
                .isTrue();
    }

    private static Bounds onScene(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }
}
