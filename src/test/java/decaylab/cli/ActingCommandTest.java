package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in an environment from the command to the files: run, replay, branch, charts. */
class ActingCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void runOnce() {
        Session run =
                ok("run", "grid-world", "--steps", "450", "--at", "200:decay=on", "--no-charts", "--out", path("g"));
        assertThat(run.out()).contains("best return");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Session ok(String... arguments) {
        Session session = Session.of(folder, arguments);
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        return session;
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @Test
    void aReplayIsTheSameToTheLastBit() {
        assertThat(ok("replay", path("g")).out()).isEqualTo("the same to the last bit, 450 steps\n");
    }

    @Test
    void returnsHaveAFileOfTheirOwn() throws IOException {
        List<String> rows = lines("g/instruments/returns.csv");
        assertThat(rows.get(0)).isEqualTo("step,return,greedy_return,episode_length,episodes,epsilon,max_q");
        assertThat(rows.stream().skip(1).map(row -> row.split(",")[0]))
                .containsExactly("99", "199", "299", "399", "449");
        assertThat(lines("g/metrics.csv").get(0))
                .startsWith("step,epoch,loss,lr,decay,norm,head_norm,elr,grad_norm,update_norm,rotation,train_loss");
        assertThat(lines("g/metrics.csv").get(200)).contains(",,,,"); // no sets, no losses on them
        assertThat(lines("g/experiment.yaml")).contains("agent:");
    }

    @Test
    void aBranchWithoutAChangeEndsWhereTheRunDid() throws IOException {
        ok("branch", path("g"), "--from", "300", "--no-charts", "--out", path("b"));
        assertThat(lines("b/metrics.csv")).isEqualTo(lines("g/metrics.csv"));
        assertThat(lines("b/instruments/returns.csv")).isEqualTo(lines("g/instruments/returns.csv"));
        ok("branch", path("g"), "--from", "150", "--at", "150:lr=0.01", "--no-charts", "--out", path("c"));
        assertThat(lines("c/metrics.csv").get(150))
                .isEqualTo(lines("g/metrics.csv").get(150));
        assertThat(lines("c/metrics.csv").get(450))
                .isNotEqualTo(lines("g/metrics.csv").get(450));
        assertThat(ok("replay", path("c")).out()).isEqualTo("the same to the last bit, 450 steps\n");
    }

    @Test
    void returnsAreDrawn() {
        for (String metric : new String[] {"returns", "exploration", "greedy_return", "max_q", "action-values"}) {
            ok("chart", path("g"), "--metric", metric, "--out", path(metric + ".png"));
            assertThat(folder.resolve(metric + ".png")).isNotEmptyFile();
        }
    }

    @Test
    void theScoreboardIsRefused() {
        Session session = Session.of(folder, "scoreboard", path("g"), path("g"));
        assertThat(session.code()).isNotEqualTo(ExitCode.OK);
        assertThat(session.err()).contains("environment");
    }
}
