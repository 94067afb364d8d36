package decaylab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lessons that the lab brings, and those of a file. */
class LessonsTest {
    private static final Path FILES = Path.of("resources/decaylab/lesson");

    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Lessons lessons = new Lessons(yaml, new Presets(yaml));

    @TempDir
    private Path folder;

    @Test
    void theListNamesTheFilesThatExist() throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve("en"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            lessons.names().stream().map(name -> name + ".md").toList());
        }
        assertThat(lessons.names()).hasSizeGreaterThanOrEqualTo(8).doesNotHaveDuplicates();
    }

    @Test
    void translationsAreOfLessonsAndInLanguagesOfTheList() throws IOException {
        try (Stream<Path> folders = Files.list(FILES).filter(Files::isDirectory)) {
            for (Path language : folders.toList()) {
                try (Stream<Path> files = Files.list(language)) {
                    for (Path file : files.toList()) {
                        String name = file.getFileName().toString().replace(".md", "");
                        assertThat(lessons.languages(name))
                                .as(name)
                                .contains(language.getFileName().toString());
                    }
                }
            }
        }
    }

    @Test
    void eachIsReadInAllItsLanguages() {
        for (String name : lessons.names()) {
            assertThat(lessons.languages(name)).startsWith("en");
            for (String language : lessons.languages(name)) {
                Lesson lesson = lessons.get(name, language);
                assertThat(lesson.language()).isEqualTo(language);
                assertThat(lesson.minutes()).as(name).isBetween(5, 10);
                assertThat(lesson.expectations()).as(name).hasSizeBetween(2, 4);
                assertThat(lesson.seeds()).as(name).isGreaterThanOrEqualTo(3);
                assertThat(lesson.steps()).as(name).allMatch(step -> !step.title()
                        .isBlank());
                assertThat(lesson.steps().stream().filter(step -> step.question() != null))
                        .as(name)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aLanguageThatIsNotThereGivesTheFirst() {
        assertThat(lessons.get("switch-it-off", "xx").language()).isEqualTo("en");
        assertThat(lessons.all("xx")).extracting(Lesson::name).isEqualTo(lessons.names());
    }

    @Test
    void aTeachersFile() throws IOException {
        Path file = folder.resolve("mine.md");
        Files.writeString(file, "---\ntitle: Mine\nsummary: S.\nminutes: 5\n---\n## Look\nHere.\n");
        Lesson lesson = lessons.get(file.toString(), "es");
        assertThat(lesson.name()).isEqualTo("mine");
        assertThat(lesson.title()).isEqualTo("Mine");
        assertThat(lesson.expectations()).isEmpty();
    }

    @Test
    void whatIsNoLesson() throws IOException {
        assertThatThrownBy(() -> lessons.get("switch-it-of", "en"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("There is no lesson switch-it-of")
                .hasMessageContaining("switch-it-off");
        assertThatThrownBy(() -> lessons.get(folder.resolve("none.md").toString(), "en"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("There is no file");
        Path latin = folder.resolve("latin.md");
        Files.write(latin, "---\ntitle: é\n---\n## a".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> lessons.get(latin.toString(), "en")).hasMessageContaining("is not UTF-8 text");
        Path large = folder.resolve("large.md");
        Files.write(large, new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> lessons.get(large.toString(), "en")).hasMessageContaining("far larger than a lesson");
        assertThat(lessons.languages("none")).containsExactly("en");
    }
}
