package decaylab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import decaylab.experiment.PlannedChange;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What run.json holds: what is known of a run beside its experiment and its samples.
 *
 * @param format of the run's folder
 * @param name as shown
 * @param created when the run began, in UTC
 * @param tags words to find it by
 * @param note the user's own words
 * @param parent where it branched off; null for a run from its start
 * @param planned changes that were planned, as the command line writes them
 */
public record RunFacts(
        int format,
        String name,
        String created,
        List<String> tags,
        String note,
        @Nullable Parent parent,
        List<String> planned) {
    /** The format that this lab writes. Folders of format 0 have no run.json. */
    public static final int FORMAT = 1;

    private static final long LARGEST_FILE = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * The run that a branch shares its past with.
     *
     * @param run name of its folder
     * @param step the branch's first own step
     */
    public record Parent(String run, long step) {
        public Parent {
            Objects.requireNonNull(run, "run");
        }
    }

    public RunFacts {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(created, "created");
        tags = List.copyOf(tags);
        Objects.requireNonNull(note, "note");
        planned = List.copyOf(planned);
        Instant.parse(created);
        planned.forEach(PlannedChange::parse);
    }

    /** Of a run that begins now. */
    public static RunFacts now(String name, @Nullable Parent parent, List<PlannedChange> planned) {
        return new RunFacts(
                FORMAT,
                name,
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                List.of(),
                "",
                parent,
                planned.stream().map(PlannedChange::text).toList());
    }

    /** When the run began. */
    public Instant began() {
        return Instant.parse(created);
    }

    /** The changes that were planned. */
    public List<PlannedChange> plannedChanges() {
        return planned.stream().map(PlannedChange::parse).toList();
    }

    /** The same with other words of the user, in the newest format. */
    public RunFacts with(String newName, List<String> newTags, String newNote) {
        return new RunFacts(FORMAT, newName, created, newTags, newNote, parent, planned);
    }

    /** Writes the file whole. */
    void write(Path file) throws IOException {
        try {
            WholeFile.write(file, JSON.writeValueAsString(this) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts that cannot be written", e);
        }
    }

    /**
     * Reads the facts of a run's folder; where there are none, what the folder itself tells.
     *
     * @throws BadInputException where they are damaged, or of a newer lab
     */
    static RunFacts read(Path folder) {
        Path file = folder.resolve(RunFolder.FACTS);
        try {
            if (!Files.exists(file)) {
                return new RunFacts(
                        0,
                        String.valueOf(folder.getFileName()),
                        Files.getLastModifiedTime(folder.resolve(RunFolder.EXPERIMENT))
                                .toInstant()
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString(),
                        List.of(),
                        "",
                        null,
                        List.of());
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw damaged(file, "it is far too long", new IOException("too long"));
            }
            RunFacts facts = JSON.readValue(Files.readString(file), RunFacts.class);
            if (facts == null) {
                throw damaged(file, "it is empty", new IOException("empty"));
            }
            if (facts.format > FORMAT) {
                throw new BadInputException("The run in " + folder + " is of format " + facts.format
                        + " and this lab knows formats up to " + FORMAT + "; open it with a newer lab.");
            }
            return facts;
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw damaged(file, JsonReason.of(e), e);
        } catch (IOException e) {
            throw new BadInputException("The file " + file + " cannot be read (" + IoReason.of(e) + ").", e);
        }
    }

    private static BadInputException damaged(Path file, String how, Exception cause) {
        return new BadInputException(
                "The file " + file + " is damaged (" + how
                        + "); delete it to go on without name, tags, note, parent, and the changes that were still planned.",
                cause);
    }
}
