package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with synthetic gradients from the command to the files: run, replay, branch. */
class SyntheticCommandTest {
    @TempDir
    private Path folder;

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Session command(String... arguments) {
        return Session.of(folder, arguments);
    }

    private void run(String name, String mode) {
        List<String> all = new ArrayList<>(List.of("run", "synthetic-gradients", "--steps", "120", "--no-charts"));
        for (String setting : List.of("network.widths=[16, 16, 16]", "data.trainSize=200", "synthetic.mode=" + mode)) {
            all.addAll(List.of("--set", setting));
        }
        all.addAll(List.of("--at", "60:decay=on", "--out", path(name)));
        Session session = command(all.toArray(String[]::new));
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void aSynchronousRunIsReplayedAndBranchedToTheLastBit() throws IOException {
        run("s", "synchronous");
        assertThat(command("replay", path("s")).out()).isEqualTo("the same to the last bit, 120 steps\n");
        assertThat(command("branch", path("s"), "--from", "80", "--no-charts", "--out", path("b"))
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(text("b/metrics.csv")).isEqualTo(text("s/metrics.csv"));
        assertThat(text("b/instruments/synthetic.csv"))
                .isEqualTo(text("s/instruments/synthetic.csv"))
                .startsWith("step,synthetic_error,synthetic_norm,synthetic_target,synthetic_error[dense1],");
        assertThat(text("s/summary.json")).doesNotContain("not to be replayed");
    }

    @Test
    void anUnlockedRunSaysThatItCannotBeReplayed() throws IOException {
        run("u", "unlocked");
        assertThat(text("u/metrics.csv").lines()).hasSize(121);
        assertThat(text("u/summary.json")).contains("another one every time: not to be replayed");
        Session replay = command("replay", path("u"));
        assertThat(replay.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(replay.err())
                .isEqualTo(
                        "The run " + path("u")
                                + " trained its parts unlocked, in an order that the machine chose, so that "
                                + "no other run has its numbers; only runs with synthetic.mode locked or synchronous can be replayed.\n");
        assertThat(command("branch", path("u"), "--from", "80", "--no-charts", "--out", path("v"))
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(text("v/metrics.csv").lines()).hasSize(121);
    }
}
