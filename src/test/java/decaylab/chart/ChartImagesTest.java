package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import decaylab.chart.ChartSpec.Line;
import decaylab.chart.ChartSpec.Mark;
import decaylab.chart.ChartSpec.Weight;
import decaylab.instrument.QuantityTexts;
import decaylab.problem.BadInputException;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartImagesTest {
    @TempDir
    private Path folder;

    private final ChartImages images = new ChartImages();

    private static Series curve(double factor) {
        Series series = Series.ofEveryStep();
        for (int i = 0; i < 1200; i++) {
            series.append(i, factor * (1 + Math.exp(-i / 200.0)));
        }
        return series;
    }

    private static ChartSpec chart(boolean logarithmic, List<Mark> marks, String... names) {
        List<Line> lines = new ArrayList<>();
        for (int i = names.length - 1; i >= 0; i--) {
            lines.add(new Line(names[i], curve(1 + i), i, i > 0, Weight.STRONG));
        }
        return new ChartSpec(
                "Norm",
                "proto, mlp 128-64, seed 1",
                "rad",
                lines,
                marks,
                0,
                1200,
                logarithmic,
                logarithmic ? new ChartSpec.Range(0.5, 100) : null,
                true,
                Theme.LIGHT);
    }

    private static NodeList texts(Path svg) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setEntityResolver((id, address) -> new org.xml.sax.InputSource(new java.io.StringReader("")));
        Document document = parser.parse(svg.toFile());
        return document.getElementsByTagName("text");
    }

    private static List<String> words(Path svg) throws Exception {
        NodeList texts = texts(svg);
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    @Test
    void aVectorPictureHoldsTitleAxesNamesMarksAndSmallPrint() throws Exception {
        Path file = folder.resolve("chart.svg");
        List<Mark> marks = List.of(new Mark(400, "decay off"), new Mark(410, "decay on"), new Mark(800, "lambda < 1"));
        images.svg(List.of(chart(false, marks, "early & late", "never")), 640, 360, file);
        assertThat(words(file))
                .contains("Norm", "step", "early & late", "never", "proto, mlp 128-64, seed 1")
                .contains("decay off", "decay on", "lambda < 1")
                .contains("0", "200", "400", "1,200");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theSamePictureIsTheSameFile() throws Exception {
        Path one = folder.resolve("one.svg");
        Path other = folder.resolve("other.svg");
        images.svg(List.of(chart(false, List.of(), "a")), 640, 360, one);
        images.svg(List.of(chart(false, List.of(), "a")), 640, 360, other);
        assertThat(Files.readString(one)).isEqualTo(Files.readString(other));
    }

    @Test
    void aLogarithmicAxisHasRoundLabels() throws Exception {
        Path file = folder.resolve("log.svg");
        images.svg(List.of(chart(true, List.of(), "a")), 640, 480, file);
        assertThat(words(file)).contains("0.5", "1", "2", "5", "10", "20", "50", "100");
    }

    @Test
    void noWordLeavesThePicture() throws Exception {
        Path file = folder.resolve("chart.svg");
        ChartSpec wide = new ChartSpec(
                "Norm",
                "",
                "",
                List.of(),
                List.of(new Mark(99_999, "at the end")),
                0,
                100_000,
                false,
                null,
                true,
                Theme.DARK);
        images.svg(List.of(wide), 640, 360, file);
        NodeList texts = texts(file);
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            double widthAtLeast = 5.0 * text.getTextContent().length();
            assertThat(Double.parseDouble(text.getAttribute("x")) + widthAtLeast)
                    .as(text.getTextContent())
                    .isLessThanOrEqualTo(640);
        }
        assertThat(words(file)).contains("at the end", "100,000", "no values");
    }

    @Test
    void severalChartsShareTheirSmallPrint() throws Exception {
        Path svg = folder.resolve("four.svg");
        Path png = folder.resolve("four.png");
        List<ChartSpec> four = List.of(
                chart(false, List.of(), "a"),
                chart(true, List.of(), "a"),
                chart(false, List.of(), "a"),
                chart(false, List.of(), "a"));
        images.svg(four, 400, 300, svg);
        images.png(four, 400, 300, 2, png);
        assertThat(words(svg)).containsOnlyOnce("proto, mlp 128-64, seed 1");
        assertThat(words(svg).stream().filter("Norm"::equals)).hasSize(4);
        BufferedImage read = ImageIO.read(png.toFile());
        assertThat(read.getWidth()).isEqualTo(2 * (400 + 12 + 400));
        assertThat(read.getHeight()).isGreaterThanOrEqualTo(2 * (300 + 12 + 300));
        for (int quarter = 0; quarter < 4; quarter++) {
            int left = quarter % 2 * 824;
            int top = quarter / 2 * 624;
            long blue = IntStream.range(0, 800 * 600)
                    .map(i -> read.getRGB(left + i % 800, top + i / 800))
                    .filter(rgb -> (rgb & 0xFF) - (rgb >> 16 & 0xFF) > 90)
                    .count();
            assertThat(blue).as("chart %d", quarter).isGreaterThan(800);
        }
    }

    @Test
    void namesStandBesideTheLinesOrBelowWhereTheyDoNotFit() throws Exception {
        Path file = folder.resolve("few.svg");
        images.svg(List.of(chart(false, List.of(), "a", "b")), 640, 360, file);
        String many = "a name that is longer than a chart can spare for names at its right side, far longer";
        Path below = folder.resolve("below.svg");
        images.svg(List.of(chart(false, List.of(), many, "b")), 640, 360, below);
        assertThat(xOf(file, "b")).isGreaterThan(500);
        assertThat(xOf(below, many)).isLessThan(100);
    }

    private static double xOf(Path svg, String words) throws Exception {
        NodeList texts = texts(svg);
        for (int i = 0; i < texts.getLength(); i++) {
            if (texts.item(i).getTextContent().equals(words)) {
                return Double.parseDouble(((Element) texts.item(i)).getAttribute("x"));
            }
        }
        throw new AssertionError("no " + words);
    }

    @Test
    void namesAreMovedApartAndStayInside() {
        assertThat(ChartFrame.apart(new double[] {10, 12, 50}, 15, 0, 100)).containsExactly(10, 25, 50);
        assertThat(ChartFrame.apart(new double[] {95, 98, 99}, 15, 0, 100)).containsExactly(70, 85, 100);
        assertThat(ChartFrame.apart(new double[] {-5, 200}, 15, 0, 100)).containsExactly(0, 100);
    }

    @Test
    void aVectorPictureThatCannotBeWrittenSaysSo() {
        Path file = folder.resolve("none").resolve("chart.svg");
        assertThatThrownBy(() -> images.svg(List.of(chart(false, List.of(), "a")), 640, 360, file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("There is no folder");
        assertThatThrownBy(() -> images.svg(List.of(chart(false, List.of(), "a")), 640, 360, folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cannot be written");
    }

    /** By a renderer that knows nothing of the lab; letters may be of another font, so that pictures are compared coarsely. */
    @Test
    void aVectorPictureIsRenderedLikeThePixels() throws Exception {
        assumeThat(rsvg("--version")).as("rsvg-convert is not installed").isTrue();
        List<Mark> marks = List.of(new Mark(400, "decay off"), new Mark(800, "decay on"));
        List<ChartSpec> two = List.of(chart(false, marks, "early", "never"), chart(true, List.of(), "early"));
        Path svg = folder.resolve("two.svg");
        Path rendered = folder.resolve("rendered.png");
        images.svg(two, 640, 360, "{}", svg);
        assertThat(rsvg(svg.toString(), "-o", rendered.toString())).isTrue();
        double[] pixels = coarse(images.picture(two, 640, 360, 1));
        double[] vectors = coarse(ImageIO.read(rendered.toFile()));
        assertThat(vectors).hasSameSizeAs(pixels);
        double sum = 0;
        double largest = 0;
        for (int i = 0; i < pixels.length; i++) {
            double difference = Math.abs(pixels[i] - vectors[i]);
            sum += difference;
            largest = Math.max(largest, difference);
        }
        assertThat(sum / pixels.length).as("mean difference of 255").isLessThan(2);
        assertThat(largest).as("largest difference of 255").isLessThan(60);
    }

    private static boolean rsvg(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("rsvg-convert"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (java.io.IOException notInstalled) {
            return false;
        }
    }

    /** Mean brightness of squares of 16 pixels. */
    private static double[] coarse(BufferedImage picture) {
        int side = 16;
        int columns = picture.getWidth() / side;
        int rows = picture.getHeight() / side;
        double[] means = new double[columns * rows];
        for (int y = 0; y < rows * side; y++) {
            for (int x = 0; x < columns * side; x++) {
                int rgb = picture.getRGB(x, y);
                double brightness = ((rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF)) / 3.0;
                means[y / side * columns + x / side] += brightness / (side * side);
            }
        }
        return means;
    }

    @Test
    void arabicTitlesAreDrawnInLettersThatTheFontHas() throws Exception {
        QuantityTexts arabic = new QuantityTexts(Locale.forLanguageTag("ar"));
        String title = ChartKind.LOSS.title(arabic);
        ChartSpec chart = new ChartSpec(
                title,
                "",
                "\u03bb",
                List.of(new Line(arabic.onChart("line.TRAIN_LOSS"), curve(1), 0, false, Weight.STRONG)),
                List.of(new Mark(400, arabic.onChart("diverged", "400"))),
                0,
                1200,
                false,
                null,
                true,
                Theme.LIGHT,
                ChartSpec.Style.LINES,
                new ChartSpec.Words(arabic.onChart("steps"), arabic.onChart("noValues")));
        assertThat(new Fonts().semiBold(16, title).canDisplayUpTo(title)).isEqualTo(-1);
        assertThat(new Fonts().semiBold(16, "Loss").getFamily()).startsWith("Inter");
        Path svg = folder.resolve("arabic.svg");
        new ChartImages().svg(List.of(chart), 600, 320, svg);
        assertThat(words(svg)).contains(title, arabic.onChart("steps"), arabic.onChart("line.TRAIN_LOSS"));
        assertThat(Files.readString(svg)).contains("Lab Arabic");
    }
}
