package decaylab.store;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where the lab keeps what it makes: a folder in the user's data directory, or the one that DECAYLAB_LAB names.
 *
 * @param root of everything
 */
public record LabFolder(Path root) {
    private static final int LONGEST_NAME = 80;

    /** The environment's variable that names another folder. */
    private static final String SETTING = "DECAYLAB_LAB";

    /**
     * @param environment of the process
     * @param home the user's home folder
     * @param system the operating system's name
     */
    public static LabFolder ofUser(Map<String, String> environment, Path home, String system) {
        String chosen = environment.getOrDefault(SETTING, "");
        if (!chosen.isBlank()) {
            return new LabFolder(Path.of(chosen));
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("win") && environment.containsKey("APPDATA")) {
            return new LabFolder(Path.of(environment.get("APPDATA"), "decaylab"));
        }
        if (name.contains("mac")) {
            return new LabFolder(home.resolve("Library/Application Support/decaylab"));
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path given = Path.of(data); // to be ignored where it is relative, says the XDG base directory specification
        Path base = given.isAbsolute() ? given : home.resolve(".local/share");
        return new LabFolder(base.resolve("decaylab"));
    }

    /** Where the runs are. */
    public Path runs() {
        return root.resolve("runs");
    }

    /** Where data sets are that experiments name without a folder, each in a folder of its name. */
    public Path datasets() {
        return root.resolve("datasets");
    }

    /** The name of a run as that of a folder. */
    public static String folderName(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+|-+$", "");
        return plain.isEmpty() ? "run" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    }

    /**
     * Makes an empty folder for a run: the name, or the name with the first number that is free.
     *
     * @throws BadInputException where it cannot be made
     */
    public Path newRun(String name) {
        Path runs = runs();
        try {
            Files.createDirectories(runs);
            for (int i = 1; ; i++) {
                try {
                    return Files.createDirectory(runs.resolve(i == 1 ? name : name + "-" + i));
                } catch (FileAlreadyExistsException e) {
                    // Somebody else's, perhaps made this moment; the next.
                }
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The lab's folder " + runs + " cannot be written (" + IoReason.of(e)
                            + "); choose another with --lab or --out.",
                    e);
        }
    }
}
