package decaylab.lesson;

import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Nearest;
import decaylab.experiment.Presets;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The lessons that the lab brings along, each in every language that there is a file of, and those of a teacher's files. */
public final class Lessons {
    /** The language that lessons are written in; others are translations. */
    public static final String FIRST_LANGUAGE = "en";

    private static final String LIST = "lessons.txt";
    private static final long LARGEST_FILE = 1 << 20;

    private final LessonFile reader;
    private final List<String> names;
    private final List<String> languages;

    /** Of the lab. */
    public Lessons(ExperimentYaml yaml, Presets presets) {
        reader = new LessonFile(yaml, presets);
        names = new ArrayList<>();
        languages = new ArrayList<>();
        for (String line : resource(LIST)
                .orElseThrow(() -> new IllegalStateException("the list of lessons is missing"))
                .lines()
                .toList()) {
            if (line.startsWith("languages:")) {
                languages.addAll(
                        List.of(line.substring("languages:".length()).strip().split("\\s+")));
            } else if (!line.isBlank()) {
                names.add(line.strip());
            }
        }
    }

    /** Their names, in the order in which they are best taken. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** All of them, each in a language where it has one, else as it was written. */
    public List<Lesson> all(String language) {
        return names.stream().map(name -> get(name, language)).toList();
    }

    /**
     * A lesson.
     *
     * @param name of one that the lab brings, or the path of a file
     * @param language tag, such as "es"; where there is no such translation the lesson is as it was written
     * @throws BadInputException where there is none, or it cannot be read
     */
    public Lesson get(String name, String language) {
        if (names.contains(name)) {
            Lesson original = reader.read(name, FIRST_LANGUAGE, required(FIRST_LANGUAGE, name), "The lesson " + name);
            return language.equals(FIRST_LANGUAGE)
                    ? original
                    : resource(language + "/" + name + ".md")
                            .map(text -> reader.translate(
                                    original, language, text, "The translation of " + name + " into " + language))
                            .orElse(original);
        }
        if (name.endsWith(".md") || name.contains("/") || name.contains("\\")) {
            return read(Path.of(name));
        }
        throw new BadInputException("There is no lesson " + name + Nearest.hint(name, names) + "; the lessons are "
                + String.join(", ", names) + ", or give the file of one, which ends in .md.");
    }

    /** The languages that a lesson is there in, that it was written in first. */
    public Set<String> languages(String name) {
        Set<String> there = new LinkedHashSet<>(List.of(FIRST_LANGUAGE));
        for (String language : languages) {
            if (names.contains(name) && resource(language + "/" + name + ".md").isPresent()) {
                there.add(language);
            }
        }
        return there;
    }

    private Lesson read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new BadInputException("The file " + file + " is far larger than a lesson; give the file of one.");
            }
            String name = String.valueOf(file.getFileName()).replaceFirst("\\.md$", "");
            return reader.read(name, FIRST_LANGUAGE, Files.readString(file), "The lesson " + file);
        } catch (NoSuchFileException e) {
            throw new BadInputException("There is no file " + file + "; check the path, or see 'list lessons'.", e);
        } catch (CharacterCodingException e) {
            throw new BadInputException("The file " + file + " is not UTF-8 text; save it as UTF-8.", e);
        } catch (IOException e) {
            throw new BadInputException(
                    "The file " + file + " cannot be read (" + e.getMessage() + "); check that you may read it.", e);
        }
    }

    private static String required(String language, String name) {
        return resource(language + "/" + name + ".md")
                .orElseThrow(
                        () -> new IllegalStateException("the lesson " + name + " is missing from the lab's files"));
    }

    private static Optional<String> resource(String path) {
        try (InputStream in = Lessons.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
