package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.PictureNote;
import decaylab.store.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture that brings its experiment along: run from it, replay it. */
class PictureCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void runTwice() {
        ok("run", "early-decay", "--steps", "90", "--at", "40:decay=off", "--no-charts", "--out", path("a"));
        ok("run", "never", "--steps", "70", "--no-charts", "--out", path("b"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Session ok(String... arguments) {
        Session session = Session.of(folder, arguments);
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        return session;
    }

    @Test
    void aPictureIsReplayedToTheLastBit() {
        for (String picture : new String[] {"c.png", "c.svg"}) {
            ok("chart", path("a"), path("b"), "--metric", "norm", "--out", path(picture));
            assertThat(ok("replay", path(picture)).out())
                    .isEqualTo("a: the same to the last bit, 90 steps\nb: the same to the last bit, 70 steps\n");
        }
    }

    @Test
    void aPictureIsAnExperiment() throws IOException {
        ok("chart", path("a"), "--metric", "norm", "--out", path("c.png"));
        ok("run", path("c.png"), "--no-charts", "--out", path("again"));
        for (String file : new String[] {"metrics.csv", "events.csv"}) {
            assertThat(folder.resolve("again").resolve(file))
                    .hasSameTextualContentAs(folder.resolve("a").resolve(file));
        }
    }

    @Test
    void theChartsOfARunBringItAlong() {
        ok("run", "early-decay", "--steps", "30", "--out", path("d"));
        assertThat(ok("replay", path("d/charts/norm.png")).out()).endsWith("the same to the last bit, 30 steps\n");
    }

    @Test
    void whatCameOutOtherwiseIsNamed() throws IOException {
        ok("chart", path("a"), "--metric", "norm", "--out", path("c.svg"));
        Path picture = folder.resolve("c.svg");
        Files.writeString(picture, Files.readString(picture).replace("40:decay=off", "60:decay=off"));
        Session session = Session.of(folder, "replay", path("c.svg"));
        assertThat(session.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(session.err()).contains("a differs from the picture " + picture + ", first in the steps 40 to 41.");
    }

    @Test
    void anotherMachinesPictureMayDifferByRounding() throws IOException {
        ok("chart", path("a"), "--metric", "norm", "--out", path("c.svg"));
        Path picture = folder.resolve("c.svg");
        String first = Provenance.ofPicture(PictureNote.of(picture), picture)
                .main()
                .trace()
                .digests()
                .get(3);
        Files.writeString(
                picture,
                Files.readString(picture)
                        .replace(first, "0123456789abcdef")
                        .replaceFirst("\"instructionSet\":\"[^\"]*\"", "\"instructionSet\":\"another\""));
        Session session = Session.of(folder, "replay", path("c.svg"));
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OTHER_MACHINE);
        assertThat(session.err()).contains("the means of its norms over 500 steps agree to 0.0 % (tolerance 3 %)");
    }

    @Test
    void aPictureWithoutAnExperimentIsRefused() throws IOException {
        Files.writeString(folder.resolve("plain.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        for (String command : new String[] {"replay", "run"}) {
            Session session = Session.of(folder, command, path("plain.svg"));
            assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(session.err()).contains("plain.svg carries no experiment; choose one that the lab has exported");
        }
    }
}
