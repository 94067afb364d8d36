package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts of finished runs, as pictures. */
class ChartCommandTest {
    private static final int BLUE = 0xFF006CAE;
    private static final int VERMILION = 0xFFE1782C;

    @TempDir
    private Path folder;

    @BeforeEach
    void twoRuns() {
        for (String preset : new String[] {"never", "always"}) {
            Session session = Session.of(folder, "run", preset, "--steps", "60", "--no-charts", "--out", path(preset));
            assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private BufferedImage picture() throws IOException {
        return ImageIO.read(folder.resolve("c.png").toFile());
    }

    private static Set<Integer> colours(BufferedImage picture) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                colours.add(picture.getRGB(x, y));
            }
        }
        return colours;
    }

    @Test
    void oneRunOneMetric() throws IOException {
        Session session =
                Session.of(folder, "chart", path("never"), "--metric", "norm[dense1]", "--out", path("c.png"));
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        assertThat(picture().getWidth()).isEqualTo(960);
        assertThat(picture().getHeight()).isEqualTo(540);
        assertThat(colours(picture())).contains(BLUE).doesNotContain(VERMILION);
    }

    @Test
    void aNameThatEndsInSvgGivesAVectorPicture() throws IOException {
        Session session = Session.of(folder, "chart", path("never"), "--metric", "norm", "--out", path("c.svg"));
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        assertThat(folder.resolve("c.svg")).content().startsWith("<?xml").contains("<svg", ">Norm");
    }

    @Test
    void twoRunsOverEachOtherInChartsSideBySide() throws IOException {
        Session session = Session.of(
                folder,
                "chart",
                path("never"),
                path("always"),
                "--metric",
                "norm",
                "--metric",
                "layer-norms",
                "--width",
                "400",
                "--height",
                "300",
                "--scale",
                "2",
                "--out",
                path("c.png"));
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        assertThat(picture().getWidth()).isGreaterThanOrEqualTo(1600);
        assertThat(picture().getHeight()).isGreaterThan(600); // and a foot with experiment and version
        assertThat(colours(picture())).contains(BLUE, VERMILION);
    }

    @Test
    void aMetricThatIsNotThere() {
        Session session = Session.of(folder, "chart", path("never"), "--metric", "norms", "--out", path("c.png"));
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.errors()).hasSize(1);
        assertThat(session.err()).startsWith("There is no metric norms (did you mean norm?); the metrics are step,");
        assertThat(folder.resolve("c.png")).doesNotExist();
    }

    @Test
    void aPictureThatCannotBe() {
        Session session = Session.of(
                folder, "chart", path("never"), "--metric", "norm", "--width", "2000000", "--out", path("c.png"));
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.errors()).hasSize(1);
        assertThat(folder.resolve("c.png")).doesNotExist();
    }
}
