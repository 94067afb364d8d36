package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pixels say. */
class ChartPainterTest {
    private final ChartPainter painter = new ChartPainter();

    private static ChartSpec spec(Series series, double to, boolean logarithmic) {
        return new ChartSpec(
                "",
                "",
                "",
                List.of(new ChartSpec.Line("line", series, 0, false, ChartSpec.Weight.STRONG)),
                List.of(),
                0,
                to,
                logarithmic,
                new ChartSpec.Range(logarithmic ? 1 : 0, 100),
                false,
                Theme.LIGHT);
    }

    private ChartPainter.Painted paint(ChartSpec spec) {
        return painter.paint(spec, 640, 360, 1, new ChartPainter.Slot());
    }

    /** Whether the line's colour is, clearly, near a place given in steps and values. */
    private static boolean drawn(ChartPainter.Painted painted, double shareX, double height) {
        Rectangle2D area = painted.area();
        int x = (int) (area.getX() + shareX * area.getWidth());
        int y = (int) (area.getY() + (1 - height) * area.getHeight());
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -2; dy <= 2; dy++) {
                if (isLine(painted.image(), x + dx, y + dy)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLine(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        int red = rgb >> 16 & 0xFF;
        int blue = rgb & 0xFF;
        return blue - red > 90; // the first colour of the palette is a strong blue
    }

    @Test
    void aLineIsWhereItsValuesAre() {
        Series series = Series.ofEveryStep();
        for (int i = 0; i <= 1000; i++) {
            series.append(i, i / 10.0);
        }
        ChartPainter.Painted painted = paint(spec(series, 1000, false));
        assertThat(drawn(painted, 0.25, 0.25)).isTrue();
        assertThat(drawn(painted, 0.75, 0.75)).isTrue();
        assertThat(drawn(painted, 0.25, 0.5)).isFalse();
    }

    @Test
    void theBackgroundReachesTheLastPixelAtAnyScale() {
        for (double scale : new double[] {1, 1.1, 1.25, 1.4, 1.7, 2}) {
            for (int width = 400; width < 410; width++) {
                BufferedImage image = painter.paint(
                                spec(Series.ofEveryStep(), 10, false),
                                width,
                                width - 150,
                                scale,
                                new ChartPainter.Slot())
                        .image();
                int background = 0xFF000000 | Theme.LIGHT.background();
                assertThat(image.getRGB(image.getWidth() - 1, 2))
                        .as("the last column at %s x %s", width, scale)
                        .isEqualTo(background);
                assertThat(image.getRGB(2, image.getHeight() - 1))
                        .as("the last row at %s x %s", width, scale)
                        .isEqualTo(background);
            }
        }
    }

    @Test
    void betweenFewPointsTheLineIsStraight() {
        Series series = Series.ofSomeSteps();
        series.append(100, 20);
        series.append(900, 80);
        ChartPainter.Painted painted = paint(spec(series, 1000, false));
        assertThat(drawn(painted, 0.5, 0.5)).isTrue();
        assertThat(drawn(painted, 0.05, 0.2)).isFalse();
    }

    @Test
    void aSpikeOfOneStepIsVisible() {
        Series series = Series.ofEveryStep();
        for (int i = 0; i < 1_000_000; i++) {
            series.append(i, i == 500_500 ? 90 : 10);
        }
        assertThat(drawn(paint(spec(series, 1_000_000, false)), 0.5005, 0.6)).isTrue();
    }

    @Test
    void aGapIsNotBridged() {
        Series series = Series.ofEveryStep();
        for (int i = 0; i <= 1000; i++) {
            series.append(i, i > 400 && i < 600 ? Double.NaN : 50);
        }
        ChartPainter.Painted painted = paint(spec(series, 1000, false));
        assertThat(drawn(painted, 0.3, 0.5)).isTrue();
        assertThat(drawn(painted, 0.5, 0.5)).isFalse();
        assertThat(drawn(painted, 0.7, 0.5)).isTrue();
    }

    @Test
    void onALogarithmicAxisEqualFactorsAreEqualHeights() {
        Series series = Series.ofEveryStep();
        for (int i = 0; i <= 1000; i++) {
            series.append(i, 10);
        }
        assertThat(drawn(paint(spec(series, 1000, true)), 0.5, 0.5)).isTrue();
    }

    @Test
    void aScaleThatFitsShowsEveryFiniteValue() {
        Series series = Series.ofEveryStep();
        double[] values = {3, Double.NaN, 7.3, Double.POSITIVE_INFINITY, 5};
        for (int i = 0; i < values.length; i++) {
            series.append(i, values[i]);
        }
        ChartSpec.Line line = new ChartSpec.Line("line", series, 0, false, ChartSpec.Weight.STRONG);
        ValueScale finite = ValueScale.fitting(List.of(line), 0, 2, false);
        assertThat(finite.min()).isLessThanOrEqualTo(3);
        assertThat(finite.max()).isGreaterThanOrEqualTo(7.3).isLessThan(15);
        assertThat(ValueScale.fitting(List.of(), 0, 10, true).min()).isPositive();
    }

    @Test
    void thePictureOnDiskIsWholeAndOfTheSizeAskedFor(@TempDir Path folder) throws IOException {
        Series series = Series.ofEveryStep();
        for (int i = 0; i <= 100; i++) {
            series.append(i, i);
        }
        Path file = folder.resolve("chart.png");
        new ChartImages().png(List.of(spec(series, 100, false)), 640, 360, 2, file);
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getWidth()).isEqualTo(1280);
        assertThat(read.getHeight()).isEqualTo(720);
        long blue = java.util.stream.IntStream.range(0, 1280 * 720)
                .filter(i -> isLine(read, i % 1280, i / 1280))
                .count();
        assertThat(blue).isBetween(1000L, 20_000L);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aPictureThatCannotBeWrittenSaysSo(@TempDir Path folder) {
        Path file = folder.resolve("none").resolve("chart.png");
        assertThatThrownBy(
                        () -> new ChartImages().png(List.of(spec(Series.ofEveryStep(), 10, false)), 640, 360, 1, file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("There is no folder");
        assertThatThrownBy(() -> new ChartImages()
                        .png(
                                List.of(spec(Series.ofEveryStep(), 10, false)),
                                64_000,
                                36_000,
                                4,
                                folder.resolve("a.png")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("at most 100 million pixels");
    }
}
