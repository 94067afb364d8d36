package decaylab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the lab keeps its runs. */
class LabFolderTest {
    @TempDir
    private Path home;

    private Path root(Map<String, String> environment, String system) {
        return LabFolder.ofUser(environment, home, system).root();
    }

    @Test
    void theUsersDataDirectoryOfEachSystem() {
        assertThat(root(Map.of(), "Linux")).isEqualTo(home.resolve(".local/share/decaylab"));
        assertThat(root(Map.of("XDG_DATA_HOME", "/data"), "Linux")).isEqualTo(Path.of("/data/decaylab"));
        assertThat(root(Map.of("XDG_DATA_HOME", ""), "Linux")).isEqualTo(home.resolve(".local/share/decaylab"));
        assertThat(root(Map.of("XDG_DATA_HOME", "relative"), "Linux"))
                .as("the specification says to ignore relative paths")
                .isEqualTo(home.resolve(".local/share/decaylab"));
        assertThat(root(Map.of(), "Mac OS X")).isEqualTo(home.resolve("Library/Application Support/decaylab"));
        assertThat(root(Map.of("APPDATA", "/roaming"), "Windows 11")).isEqualTo(Path.of("/roaming/decaylab"));
        assertThat(root(Map.of("DECAYLAB_LAB", "/class/lab", "XDG_DATA_HOME", "/data"), "Linux"))
                .isEqualTo(Path.of("/class/lab"));
    }

    @Test
    void aNameThatIsTakenGetsANumber() {
        LabFolder lab = new LabFolder(home);
        assertThat(lab.newRun("never-seed1"))
                .isEqualTo(home.resolve("runs/never-seed1"))
                .isDirectory();
        assertThat(lab.newRun("never-seed1")).isEqualTo(home.resolve("runs/never-seed1-2"));
        assertThat(lab.newRun("never-seed1")).isEqualTo(home.resolve("runs/never-seed1-3"));
    }

    @Test
    void aFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThatThrownBy(() -> new LabFolder(file).newRun("never"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("--out");
    }
}
