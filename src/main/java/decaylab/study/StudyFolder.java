package decaylab.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import decaylab.experiment.ExperimentYaml;
import decaylab.net.NativeLibrary;
import decaylab.problem.BadInputException;
import decaylab.store.Fingerprint;
import decaylab.store.FolderLock;
import decaylab.store.IoReason;
import decaylab.store.LabFolder;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A study on disk: {@code study.json} says what is run and on what machine, {@code cells} holds a file for each run that is
 * done, written whole or not at all. A study that was killed goes on where it was; more seeds are added to those that are
 * there. Held by one process at a time.
 */
public final class StudyFolder implements CellStore, AutoCloseable {
    static final String FILE = "study.json";
    private static final String CELLS = "cells";
    private static final String ARMS = "arms";
    /** What a name may hold and still be told from every other by the name of its file. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} ,/=._-]{1,60}");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final FolderLock lock;

    private StudyFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder, or takes up the one that is there.
     *
     * @throws BadInputException where it cannot be written, somebody else writes it, or it holds another study, the same with
     *     other settings, or results of another machine or version, which need not be the same to the bit
     */
    public static StudyFolder open(Path folder, Protocol protocol) {
        try {
            Files.createDirectories(folder.resolve(CELLS));
            FolderLock lock = FolderLock.take(folder)
                    .orElseThrow(() -> new BadInputException("The folder " + folder
                            + " is being written by another study; wait for its end, or choose another folder."));
            try {
                begin(folder, description(protocol));
                return new StudyFolder(folder, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static void begin(Path folder, ObjectNode wanted) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            if (Files.exists(folder.resolve(Findings.FILE))) {
                throw new BadInputException(
                        "The folder " + folder + " already holds findings, but not the runs that they "
                                + "are of; choose another folder, or delete " + Findings.FILE + " in it.");
            }
            WholeFile.write(file, JSON.writeValueAsString(wanted) + "\n");
            return;
        }
        JsonNode there;
        try {
            there = JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new BadInputException(
                    "The file " + file + " is damaged; choose another folder, or delete this one.", e);
        }
        for (String part : new String[] {"study", "machine"}) {
            if (!wanted.path(part).equals(there.path(part))) {
                throw holds(folder, whatElse(part, there));
            }
        }
        ObjectNode arms = (ObjectNode) wanted.path(ARMS);
        for (Map.Entry<String, JsonNode> known : there.path(ARMS).properties()) {
            if (!known.getValue().equals(arms.path(known.getKey())) && arms.has(known.getKey())) {
                throw holds(folder, "the same study with other settings");
            }
            if (!arms.has(known.getKey())) { // of another grid of the same sweep; its runs stay good
                arms.set(known.getKey(), known.getValue());
            }
        }
        WholeFile.write(file, JSON.writeValueAsString(wanted) + "\n");
    }

    private static BadInputException holds(Path folder, String what) {
        return new BadInputException(
                "The folder " + folder + " holds " + what + "; choose another folder, or delete this one.");
    }

    private static String whatElse(String part, JsonNode there) {
        return part.equals("study")
                ? "the study " + there.path("study").asText("of no name")
                : "runs of another machine or version of the lab, whose bits may differ";
    }

    private static ObjectNode description(Protocol protocol) {
        ObjectNode description = JSON.createObjectNode();
        description.put("study", protocol.name());
        ExperimentYaml yaml = new ExperimentYaml();
        ObjectNode arms = description.putObject(ARMS);
        protocol.arms().forEach(arm -> arms.put(arm.name(), yaml.write(arm.experiment())));
        NativeLibrary.load();
        Map<String, String> facts = NativeLibrary.facts();
        ObjectNode machine = description.putObject("machine");
        Fingerprint.of(protocol.arms().get(0).experiment(), facts).forEach(machine::put);
        return description;
    }

    @Override
    public Optional<CellResult> find(CellKey key) {
        Path file = file(key);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            CellResult result = JSON.readValue(file.toFile(), CellResult.class);
            return result.key().equals(key) ? Optional.of(result) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // damaged by others; it is run again
        }
    }

    @Override
    public void put(CellResult result) {
        try {
            WholeFile.write(file(result.key()), JSON.writeValueAsString(result) + "\n");
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private Path file(CellKey key) {
        String arm = LabFolder.folderName(key.arm());
        String name = PLAIN.matcher(key.arm()).matches() ? arm : arm + "-" + digest(key.arm());
        return folder.resolve(CELLS).resolve(name + "-" + key.seed() + ".json");
    }

    private static String digest(String name) {
        CRC32C mark = new CRC32C();
        mark.update(name.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", mark.getValue());
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** The sentence about a folder of a study that cannot be written. */
    static BadInputException unwritable(Path folder, IOException e) {
        return new BadInputException(
                "The folder " + folder + " cannot be written (" + IoReason.of(e) + "); choose another folder.", e);
    }

    @Override
    public void close() {
        lock.close();
    }
}
