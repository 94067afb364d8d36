package decaylab.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where the lab keeps what it makes: the user's data directory.
 *
 * @param root of everything
 */
public record LabFolder(Path root) {
    /**
     * @param environment of the process
     * @param home the user's home folder
     * @param system the operating system's name
     */
    public static LabFolder ofUser(Map<String, String> environment, Path home, String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("win") && environment.containsKey("APPDATA")) {
            return new LabFolder(Path.of(environment.get("APPDATA"), "decaylab"));
        }
        if (name.contains("mac")) {
            return new LabFolder(home.resolve("Library/Application Support/decaylab"));
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isBlank() ? home.resolve(".local/share") : Path.of(data);
        return new LabFolder(base.resolve("decaylab"));
    }

    /** A folder for a run that is not there yet. */
    public Path newRun(String name) {
        for (int i = 1; ; i++) {
            Path folder = root.resolve("runs").resolve(i == 1 ? name : name + "-" + i);
            if (!Files.exists(folder)) {
                return folder;
            }
        }
    }
}
