package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code list} and the progress lines print. */
class ListCommandTest {
    @TempDir
    private Path folder;

    @Test
    void presetsWithWhatTheyShow() {
        Session session = Session.of(folder, "list", "presets");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.err()).isEmpty();
        assertThat(session.out().lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly(
                        "first-look",
                        "never",
                        "always",
                        "early-decay",
                        "late-decay",
                        "random-labels",
                        "adam-l2",
                        "adamw",
                        "glyphs",
                        "mnist",
                        "cifar10-cnn",
                        "cifar10-resnet8",
                        "cifar10-resnet18",
                        "cifar10-all-cnn",
                        "characters",
                        "cart-pole",
                        "grid-world",
                        "number-words",
                        "zipf",
                        "synthetic-gradients",
                        "synthetic-unlocked");
        assertThat(session.out().lines()).allMatch(line -> line.length() > 30);
    }

    @Test
    void everythingUnderItsHeading() {
        assertThat(Session.of(folder, "list").out())
                .contains("presets:\n  first-look")
                .contains("datasets:\n  proto")
                .contains("cart-pole")
                .contains("An environment, to act in.")
                .contains("networks:\n  mlp")
                .contains("instruments:\n  step")
                .contains("norm[LAYER]")
                .contains("studies:\n  early-decay")
                .contains("lessons:\n  one-weight");
    }

    @Test
    void progressIsALineATenth() {
        Session session = Session.of(
                folder,
                "run",
                "never",
                "--steps",
                "30",
                "--no-charts",
                "--out",
                folder.resolve("p").toString());
        assertThat(session.errors()).hasSize(10);
        assertThat(session.errors().get(0)).matches("step 3 of 30, \\d+ s left");
        assertThat(session.errors().get(9)).isEqualTo("step 30 of 30, 0 s left");
    }
}
