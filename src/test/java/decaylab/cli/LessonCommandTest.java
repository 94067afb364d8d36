package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.lesson.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lessons on the command line: what they promise is measured, and a class gets files that open anywhere. */
class LessonCommandTest {
    private static final String LESSON = """
            ---
            title: Own
            summary: A teacher's own.
            minutes: 5
            set: {steps: 40, evaluateEvery: 20}
            runs: {kept: ~, off: {at: ["10:decay=off"]}}
            seeds: 2
            expect: [{that: norm.end(off) RELATION norm.end(kept), says: It is larger., every: true}]
            ---
            ## Look
            """;

    @TempDir
    private Path folder;

    private Path own;

    @BeforeEach
    void write() throws IOException {
        own = Files.createDirectories(folder.resolve("mine")).resolve("own.md");
        Files.writeString(own, LESSON.replace("RELATION", ">"));
    }

    @Test
    void aPromiseThatIsKeptIsToldWithWhatWasMeasured() {
        Session session = Session.of(folder, "lesson", "--check", own.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out().lines()).hasSize(2);
        assertThat(session.out())
                .containsPattern(
                        "  met: norm\\.end\\(off\\) > norm\\.end\\(kept\\): [0-9.]+ and [0-9.]+, with 2 of 2 seeds");
    }

    @Test
    void aPromiseThatIsNotKeptEndsTheCheckWithFour() throws IOException {
        Files.writeString(own, LESSON.replace("RELATION", "<"));
        Session session = Session.of(folder, "lesson", "--check", own.toString());
        assertThat(session.code()).isEqualTo(ExitCode.CLAIM_NOT_MET);
        assertThat(session.out()).contains("  not met: ").contains("with 0 of 2 seeds");
    }

    @Test
    void theFilesOfAClassBringATeachersOwnLessonAlong() throws IOException {
        Path out = folder.resolve("handed out");
        Session session = Session.of(folder, "lesson", own.toString(), "--class", "12", "--out", out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        Files.delete(own); // the students' machines have not got it
        Assignment seat = Assignment.of(out.resolve("own-07.decaylab").toString());
        assertThat(seat.seed()).isEqualTo(7);
        assertThat(Path.of(seat.lesson())).exists().hasContent(LESSON.replace("RELATION", ">"));
    }

    @Test
    void aLessonOfTheLabIsNamedAndNotCopied() throws IOException {
        Path out = folder.resolve("out");
        Session.of(folder, "lesson", "switch-it-off", "--class", "2", "--out", out.toString());
        try (var files = Files.list(out)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("switch-it-off-1.decaylab", "switch-it-off-2.decaylab");
        }
        assertThat(Assignment.of(out.resolve("switch-it-off-2.decaylab").toString()))
                .isEqualTo(new Assignment("switch-it-off", 2L, ""));
    }

    @Test
    void aLessonThatCannotBeOpenedIsHandedToNobody() throws IOException {
        Files.writeString(own, "no head");
        Path out = folder.resolve("out");
        Session session = Session.of(folder, "lesson", own.toString(), "--class", "2", "--out", out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.errors()).hasSize(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void aClassThatIsNoNumberIsRefusedWithWhatItMayBe() {
        Session session = Session.of(folder, "lesson", "switch-it-off", "--class", "abc", "--out", folder.toString());
        assertThat(session.errors())
                .containsExactly("--class is abc; it must be a whole number from 1 to 1000, one for each seat.");
    }
}
