package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user gives it; that it can be killed is a matter of processes, see {@link decaylab.MainTest}. */
class SweepCommandTest {
    @TempDir
    private Path folder;

    private Session sweep(String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sweep", "adamw", "--set", "network.widths=[16]", "--set", "steps=60", "--set", "data.trainSize=200"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        return Session.of(folder, arguments.toArray(String[]::new));
    }

    @Test
    void theNumberOfWorkersDoesNotChangeAByte() {
        String[] grid = {"--grid", "optimizer.learningRate=1e-3,1e-2", "--grid", "decay.lambda=1,10", "--seeds", "2"};
        for (String workers : List.of("1", "3")) {
            List<String> arguments = new ArrayList<>(List.of(grid));
            arguments.addAll(List.of("--workers", workers));
            Session session = sweep("by" + workers, arguments.toArray(String[]::new));
            assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
            assertThat(session.errors()).first().isEqualTo("sweep-adamw: 8 runs of 4 combinations and 2 seeds.");
            assertThat(session.out()).contains("goodPart", "written to " + folder.resolve("by" + workers));
        }
        for (String file : List.of(
                "table.csv", "findings.json", "report.html", "map-test_accuracy.png", "map-norm.png", "sweep.json")) {
            assertThat(folder.resolve("by3").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("by1").resolve(file));
        }
    }

    /** Were its steps done, the run that explodes would take hours. */
    @Test
    void aRunThatExplodesEndsThere() throws IOException {
        Session session = sweep(
                "out",
                "--set",
                "network.normalization=none",
                "--set",
                "optimizer.kind=heavy-ball",
                "--set",
                "evaluateEvery=1000000000",
                "--grid",
                "optimizer.learningRate=1e8,1e9",
                "--set",
                "steps=1000000000");
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).contains("there is no best, since every run diverged.", "2 of 2 runs diverged.");
        assertThat(Files.readAllLines(folder.resolve("out/table.csv")).get(1)).contains(",1,true");
        assertThat(Files.readString(folder.resolve("out/cells/learningRate-1e8-1.json")))
                .containsPattern("diverg.* at step \\d{1,3}\\b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--grid | decay.lamda=1,2 | There is no field decay.lamda (did you mean lambda?)",
                "--grid | decay.lambda= | --grid decay.lambda= is not a field with values; write FIELD=A,B,C, for example "
                        + "decay.lambda=1e-3,1e-2,1e-1.",
                "--grid | decay.lambda=1,,2 | decay.lambda=1,,2 has an empty value; write FIELD=A,B,C.",
                "--grid | decay.lambda=1,x | decay.lambda is 'x'; it must be a number",
                "--grid | optimizer.kind=adam,adem | optimizer.kind is 'adem'",
                "--grid | seed=1,2 | seed cannot be swept; the seeds are 1 to N of --seeds.",
                "--range | decay.lambda=2..1 | The range of decay.lambda goes from 2 to 1; write FIELD=LOW..HIGH",
                "--points | 4 | --points is for points that are drawn from ranges; give a --range FIELD=LOW..HIGH too.",
                "--draw | random | --draw is for points that are drawn from ranges; give a --range FIELD=LOW..HIGH too.",
                "--seeds | 2 | Nothing is varied; give a --grid FIELD=A,B,C"
            })
    void whatCannotBeSweptIsRefusedBeforeAnythingIsWritten(String option, String value, String sentence) {
        Session session = sweep("out", option, value);
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.errors()).singleElement().asString().startsWith(sentence);
        assertThat(session.out()).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--workers | 0 | --workers is 0; it must be between 1 and 256.",
                "--seeds | 0 | --seeds is 0; it must be between 1 and 1000.",
                "--draw | sobel | --draw",
                "--points | 0 | --points is 0; it must be at least 1."
            })
    void countsThatCannotBeAreRefused(String option, String value, String sentence) {
        Session session = sweep("out", "--range", "decay.lambda=1e-3..1", option, value);
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.errors()).singleElement().asString().startsWith(sentence);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFolderThatHoldsSomethingElseIsLeftAsItIs() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Path findings = Files.writeString(out.resolve("findings.json"), "precious");
        Session session = sweep("out", "--grid", "decay.lambda=1,10");
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.errors()).singleElement().asString().contains("already holds findings");
        assertThat(findings).hasContent("precious");

        Files.delete(findings);
        assertThat(sweep("out", "--grid", "decay.lambda=1").code()).isEqualTo(ExitCode.OK);
        Session other = sweep("out", "--grid", "decay.lambda=1", "--set", "steps=61");
        assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(other.err())
                .startsWith("The folder " + out + " holds the same study with other settings; choose another folder");
    }
}
