package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.chart.ChartSpec.Line;
import decaylab.chart.ChartSpec.Weight;
import decaylab.problem.BadInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureNoteTest {
    private static final String NOTE = "{\"a\": \"<b> & λ 'ق' \\n ]]>\"}";

    @TempDir
    private Path folder;

    private final ChartImages images = new ChartImages();

    private static List<ChartSpec> charts() {
        Series series = Series.ofEveryStep();
        for (int i = 0; i < 50; i++) {
            series.append(i, i);
        }
        return List.of(new ChartSpec(
                "Norm",
                "",
                "",
                List.of(new Line("a", series, 0, false, Weight.STRONG)),
                List.of(),
                0,
                50,
                false,
                null,
                false,
                Theme.LIGHT));
    }

    private Path written(String name, String note) {
        Path file = folder.resolve(name);
        if (name.endsWith(".svg")) {
            images.svg(charts(), 320, 200, note, file);
        } else {
            images.png(charts(), 320, 200, 1, note, file);
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.svg"})
    void comesBackAsItWas(String name) {
        assertThat(PictureNote.of(written(name, NOTE))).contains(NOTE);
        String large = NOTE.repeat(40_000);
        assertThat(PictureNote.of(written(name, large))).contains(large);
        assertThat(PictureNote.of(written(name, null))).isEmpty();
    }

    @Test
    void changesNoPixelAndLeavesTheDrawingWhole() throws Exception {
        BufferedImage with = ImageIO.read(written("a.png", NOTE).toFile());
        BufferedImage without = ImageIO.read(written("b.png", null).toFile());
        assertThat(with.getRGB(0, 0, 320, 200, null, 0, 320)).isEqualTo(without.getRGB(0, 0, 320, 200, null, 0, 320));
        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setEntityResolver((id, address) -> new org.xml.sax.InputSource(new java.io.StringReader("")));
        var drawing = parser.parse(written("a.svg", NOTE).toFile());
        assertThat(drawing.getElementsByTagName("metadata").item(0).getTextContent())
                .isEqualTo(NOTE);
        assertThat(drawing.getElementsByTagName("path").getLength()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.svg"})
    void ofADamagedPictureIsReadOrRefusedInASentence(String name) throws IOException {
        byte[] good = Files.readAllBytes(written(name, NOTE));
        Random chance = new Random(1);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bad = java.util.Arrays.copyOf(good, 1 + chance.nextInt(good.length));
            for (int k = 0; k < 4; k++) {
                bad[chance.nextInt(bad.length)] = (byte) chance.nextInt(256);
            }
            Path file = Files.write(folder.resolve("bad-" + name), bad);
            try {
                PictureNote.of(file);
            } catch (BadInputException e) {
                assertThat(e).hasMessageStartingWith("The picture " + file + " cannot be read (");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aDrawingBringsNothingInFromOutside() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path file = Files.writeString(
                folder.resolve("a.svg"),
                "<!DOCTYPE svg [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><svg><metadata id=\"decaylab\">&e;"
                        + "</metadata></svg>");
        try {
            assertThat(PictureNote.of(file).orElse("")).doesNotContain("secret");
        } catch (BadInputException e) {
            assertThat(e).hasMessageContaining("cannot be read");
        }
    }

    @Test
    void ofNoPictureIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("a.png"), "no picture");
        assertThatThrownBy(() -> PictureNote.of(text)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> PictureNote.of(folder.resolve("none.svg")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("there is no such file");
    }
}
