package decaylab.lesson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import decaylab.problem.BadInputException;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a teacher hands to a student: a lesson, with a seed of the student's own where each shall see another run.
 *
 * @param lesson its name, or the path of its file
 * @param seed of its experiment; null for the lesson's
 * @param student who works on it; empty where that is not known
 */
public record Assignment(String lesson, @Nullable Long seed, String student) {
    /** What the name of such a file ends in. */
    public static final String ENDING = ".decaylab";

    private static final long LARGEST_FILE = 1 << 16;
    private static final int LONGEST_NAME = 200;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    public Assignment {
        if (lesson.isBlank()) {
            throw new BadInputException("it names no lesson");
        }
        if (seed != null && seed < 0) {
            throw new BadInputException("its seed is " + seed + ", less than 0");
        }
        if (student.length() > LONGEST_NAME) {
            throw new BadInputException("its student's name has more than " + LONGEST_NAME + " letters");
        }
    }

    /** As it is written. */
    private record Text(
            @Nullable String lesson,
            @Nullable Long seed,
            @Nullable String student) {}

    /**
     * A lesson without anything else, or what an assignment's file says.
     *
     * @param given a lesson's name, its file, or an assignment's file
     * @throws BadInputException where that file cannot be used
     */
    public static Assignment of(String given) {
        return given.endsWith(ENDING) ? read(Path.of(given)) : new Assignment(given, null, "");
    }

    private static Assignment read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new BadInputException("There is no file " + file + "; check the path.");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new BadInputException(
                        "The file " + file + " is far larger than an assignment; give the file of one.");
            }
            Text text = YAML.readValue(file.toFile(), Text.class);
            String lesson = text == null || text.lesson() == null ? "" : text.lesson();
            String student = text == null || text.student() == null ? "" : text.student();
            Path beside = file.resolveSibling(lesson);
            boolean isFile =
                    lesson.endsWith(".md") && Files.isRegularFile(beside); // a teacher's own, handed out with it
            return new Assignment(isFile ? beside.toString() : lesson, text == null ? null : text.seed(), student);
        } catch (InvalidPathException e) {
            throw new BadInputException(
                    "The file " + file + " names a lesson that can be no file (" + e.getReason()
                            + "); ask for another one.",
                    e);
        } catch (JsonProcessingException e) {
            throw new BadInputException(
                    "The file " + file
                            + " is no assignment; it holds lesson, seed and student, as 'lesson --class' writes them.",
                    e);
        } catch (IOException e) {
            throw new BadInputException("The file " + file + " cannot be read (" + e.getMessage() + ").", e);
        } catch (BadInputException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("it")
                    ? new BadInputException(
                            "The file " + file + " cannot be used: " + e.getMessage() + "; ask for another one.", e)
                    : e;
        }
    }

    /**
     * Writes it as a file of its own, named after the lesson and its seed.
     *
     * @param folder is made where it is missing
     * @param largest the largest seed of the class, for names that sort
     * @throws BadInputException where it cannot be written
     */
    public void write(Path folder, int largest) {
        int digits = Integer.toString(largest).length();
        String base = String.valueOf(Path.of(lesson).getFileName()).replaceFirst("\\.md$", "");
        String number = String.format(java.util.Locale.ROOT, "%0" + digits + "d", seed == null ? 0 : seed);
        Path file = folder.resolve(base + "-" + number + ENDING);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("lesson", lesson);
        if (seed != null) {
            fields.put("seed", seed);
        }
        if (!student.isEmpty()) {
            fields.put("student", student);
        }
        try {
            Files.createDirectories(folder);
            WholeFile.write(file, YAML.writeValueAsString(fields));
        } catch (IOException e) {
            throw new BadInputException(
                    "The file " + file + " cannot be written (" + e.getMessage() + "); choose another folder.", e);
        }
    }
}
