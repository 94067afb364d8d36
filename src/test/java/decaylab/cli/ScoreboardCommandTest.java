package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures of stored runs, and how they rank them. */
class ScoreboardCommandTest {
    @TempDir
    Path folder;

    private String run(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "early-decay",
                "--no-charts",
                "--steps",
                "60",
                "--set",
                "data.trainSize=200",
                "--set",
                "network.widths=[12, 8]",
                "--out",
                folder.resolve(name).toString()));
        arguments.addAll(List.of(more));
        assertThat(Session.of(folder, arguments.toArray(String[]::new)).code()).isZero();
        return folder.resolve(name).toString();
    }

    @Test
    void everyMeasureIsTakenOfEveryRunAndRanked() throws IOException {
        String one = run("one", "--seed", "1");
        String two = run("two", "--seed", "2", "--set", "decay.gate=off");
        String three = run("three", "--seed", "3");
        Path csv = folder.resolve("measures.csv");
        Session session = Session.of(folder, "scoreboard", one, two, three, "--out", csv.toString());
        assertThat(session.code()).isZero();
        assertThat(session.out())
                .contains(
                        "Scoreboard of 3 runs", "raw measure", "scale-invariant measure", "kF", "The training losses");
        assertThat(Files.readAllLines(csv))
                .hasSize(4)
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("run,seed,test_accuracy,train_loss,"))
                .satisfies(lines -> assertThat(lines.get(2)).startsWith("two,2,0."));
        Session again = Session.of(folder, "scoreboard", one, two, three);
        assertThat(session.out()).startsWith(again.out()); // the same to the last digit
    }

    @Test
    void aRunThatWasInterruptedBeforeItsFirstEvaluationIsNamed() throws IOException {
        String one = run("one");
        String two = run("two");
        Path metrics = Path.of(two, "metrics.csv");
        Files.write(metrics, Files.readAllLines(metrics).subList(0, 6));
        Files.delete(Path.of(two, "summary.json"));
        Session session = Session.of(folder, "scoreboard", one, two);
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err())
                .contains("The run in " + two + " was never evaluated on the test set; run it to its first evaluation");
    }

    @Test
    void oneRunHasNoRank() {
        Session session = Session.of(folder, "scoreboard", folder.resolve("one").toString());
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
