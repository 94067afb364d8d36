package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void comeBackAsTheyWere() throws IOException {
        WindowSettings settings = new WindowSettings(
                10,
                -20,
                1400,
                900,
                true,
                true,
                false,
                true,
                Double.POSITIVE_INFINITY,
                "es",
                1.4,
                true,
                true,
                List.of(Path.of("/a b/c.yaml")));
        Path file = folder.resolve("new/folder/window.properties");
        settings.write(file);
        assertThat(WindowSettings.read(file)).isEqualTo(settings);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void areAsAtFirstWhereThereAreNone() {
        assertThat(WindowSettings.read(folder.resolve("none"))).isEqualTo(WindowSettings.first());
    }

    @Test
    void areAsAtFirstWhereTheyAreDamaged() throws IOException {
        Path file = Files.writeString(
                folder.resolve("window.properties"), "width=wide\ndark=\nspeed=-3\ntextScale=40\nx=\\u12");
        assertThat(WindowSettings.read(file)).isEqualTo(WindowSettings.first());
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertThat(WindowSettings.read(file)).isEqualTo(WindowSettings.first());
        Files.writeString(file, "width=12\nheight=0");
        assertThat(WindowSettings.read(file).width()).isEqualTo(900);
    }

    @Test
    void rememberEachFileOnceAndTheLatestFirst() {
        List<Path> recent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            recent = WindowSettings.withRecent(recent, Path.of("/files/" + i));
        }
        recent = WindowSettings.withRecent(recent, Path.of("/files/x/../9"));
        assertThat(recent).hasSize(8).startsWith(Path.of("/files/9"), Path.of("/files/11"), Path.of("/files/10"));
    }

    @Test
    void aDisplayIsLookedForOnLinuxOnly() {
        assertThat(LabApp.hasDisplay(Map.of(), "Linux", "")).isFalse();
        assertThat(LabApp.hasDisplay(Map.of("DISPLAY", ":0"), "Linux", "")).isTrue();
        assertThat(LabApp.hasDisplay(Map.of(), "Linux", "Monocle")).isTrue();
        assertThat(LabApp.hasDisplay(Map.of(), "Mac OS X", "")).isTrue();
    }
}
