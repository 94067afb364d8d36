package decaylab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a teacher hands out, written and read. */
class AssignmentTest {
    @TempDir
    private Path folder;

    @Test
    void writtenAndReadAgain() {
        Assignment assignment = new Assignment("switch-it-off", 7L, "Ada: \"the first\"");
        assignment.write(folder.resolve("class"), 30);
        Path file = folder.resolve("class/switch-it-off-07.decaylab");
        assertThat(file).isRegularFile();
        assertThat(Assignment.of(file.toString())).isEqualTo(assignment);
    }

    @Test
    void aNameAloneIsALessonWithItsOwnSeed() {
        assertThat(Assignment.of("metrics")).isEqualTo(new Assignment("metrics", null, ""));
        assertThat(Assignment.of("a/b.md")).isEqualTo(new Assignment("a/b.md", null, ""));
    }

    @Test
    void aTeachersFileIsFoundBesideTheAssignment() throws IOException {
        Files.writeString(folder.resolve("mine.md"), "any");
        Path file = Files.writeString(folder.resolve("a.decaylab"), "lesson: mine.md\n");
        assertThat(Assignment.of(file.toString()).lesson())
                .isEqualTo(folder.resolve("mine.md").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed: 3|it names no lesson",
                "{lesson: a, seed: -1}|its seed is -1",
                "{lesson: a, seed: soon}|is no assignment",
                "{lesson: a, colour: red}|is no assignment",
                "[1, 2]|is no assignment"
            })
    void filesThatCannotBeUsed(String text, String says) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.decaylab"), text);
        assertThatThrownBy(() -> Assignment.of(file.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(says);
    }

    @Test
    void aFileThatIsNotThereOrTooLarge() throws IOException {
        assertThatThrownBy(() -> Assignment.of(folder.resolve("none.decaylab").toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("There is no file");
        Path large = folder.resolve("large.decaylab");
        Files.write(large, new byte[(1 << 16) + 1]);
        assertThatThrownBy(() -> Assignment.of(large.toString())).hasMessageContaining("far larger");
    }
}
