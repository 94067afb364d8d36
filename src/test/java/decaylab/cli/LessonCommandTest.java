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

/** The command that checks lessons and makes the files of a class. */
class LessonCommandTest {
    private static final String LESSON = """
            ---
            title: Small
            summary: S.
            minutes: 5
            set: {steps: 20}
            runs: {kept: {}, off: {set: {decay.gate: off}}}
            expect:
              - {that: "norm.end(off) > norm.end(kept)", says: Decay makes it smaller.}
            ---
            ## Look
            """;

    @TempDir
    private Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("small.md"), text).toString();
    }

    @Test
    void aPromiseThatIsKept() throws IOException {
        Session session = Session.of(folder, "lesson", "--check", file(LESSON), "--workers", "1");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).startsWith("small (en)");
        assertThat(session.out())
                .contains("  met: norm.end(off) > norm.end(kept): ")
                .contains("with 1 of 1 seeds");
    }

    @Test
    void aPromiseThatIsBroken() throws IOException {
        Session session = Session.of(folder, "lesson", "--check", file(LESSON.replace(" > ", " < ")));
        assertThat(session.code()).isEqualTo(ExitCode.CLAIM_NOT_MET);
        assertThat(session.out()).contains("  not met: norm.end(off) < norm.end(kept): ");
    }

    @Test
    void aLessonWithoutPromises() throws IOException {
        Session session =
                Session.of(folder, "lesson", "--check", file("---\ntitle: T\nsummary: S.\nminutes: 5\n---\n## Look\n"));
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out().strip()).isEqualTo("small (en)");
    }

    @Test
    void theFilesOfAClass() throws IOException {
        Path out = folder.resolve("class");
        Session session = Session.of(folder, "lesson", "switch-it-off", "--class", "3", "--out", out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).contains("3 files written to " + out);
        for (int seat = 1; seat <= 3; seat++) {
            assertThat(Files.readString(out.resolve("switch-it-off-" + seat + ".decaylab")))
                    .contains("switch-it-off")
                    .contains("seed: " + seat);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|The name of a lesson is missing; the lessons are one-weight,",
                "metrics switch-it-off|2 lessons cannot be open at once",
                "--check metric|There is no lesson metric (did you mean metrics?)",
                "metrics --class 0 --out x|--class is 0; it must be from 1 to 1000",
                "metrics --class 3|--class needs --out DIR",
                "none --class 3 --out x|There is no lesson none",
                "--check none.md|There is no file none.md"
            })
    void whatCannotBeDone(String arguments, String says) {
        List<String> all = new ArrayList<>(List.of("lesson"));
        if (arguments != null) {
            all.addAll(List.of(arguments.split(" ")));
        }
        Session session = Session.of(folder, all.toArray(String[]::new));
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err()).contains(says);
        assertThat(session.out()).isEmpty();
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void listed() {
        Session session = Session.of(folder, "list", "lessons");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out().lines().map(line -> line.split(" ")[0]))
                .startsWith("one-weight")
                .endsWith("metrics");
    }
}
