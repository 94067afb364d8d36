package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.chart.Eyes.Vision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever lacks one kind of cones can still tell the lines of a chart apart. Lines are two pixels wide, and thin marks need
 * several times the difference that large patches need (Szafir, "Modeling Color Difference for Visualization Design", IEEE TVCG
 * 24(1), 2018), so the differences asked for are about ten times the smallest that can be seen at all. They fall with the
 * number of runs, because the dash pattern tells those apart too.
 */
class ColourVisionTest {
    private static final double FOUR_RUNS = 12;
    private static final double SIX_RUNS = 10;
    private static final double ALL_RUNS = 8.5;
    private static final double BACKGROUND = 20;

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyTwoRunsDifferForEveryEye(Theme theme) {
        List<String> alike = new ArrayList<>();
        for (Vision vision : Vision.values()) {
            for (int a = 0; a < Palette.size(); a++) {
                for (int b = 0; b < a; b++) {
                    double difference = Eyes.difference(Palette.colour(a, theme), Palette.colour(b, theme), vision);
                    double asked = a < 4 ? FOUR_RUNS : a < 6 ? SIX_RUNS : ALL_RUNS;
                    if (difference < asked) {
                        alike.add(String.format("%s: runs %d and %d differ by %.1f", vision, b, a, difference));
                    }
                }
            }
        }
        assertThat(alike).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyRunStandsOutFromTheBackground(Theme theme) {
        double contrast = theme.isContrast() ? 4.5 : 3;
        for (int run = 0; run < Palette.size(); run++) {
            int colour = Palette.colour(run, theme);
            assertThat(Eyes.contrast(colour, theme.background()))
                    .as("run " + run)
                    .isGreaterThanOrEqualTo(contrast);
            for (Vision vision : Vision.values()) {
                assertThat(Eyes.difference(colour, theme.background(), vision))
                        .as("run %d, %s", run, vision)
                        .isGreaterThan(BACKGROUND);
            }
        }
    }

    @Test
    void everyRunHasADashPatternOfItsOwn() {
        Set<String> patterns = new HashSet<>();
        for (int run = 0; run < Palette.size(); run++) {
            patterns.add(Arrays.toString(Palette.dashes(run)));
        }
        assertThat(patterns).hasSize(Palette.size());
    }

    @ParameterizedTest
    @EnumSource(Vision.class)
    void theColoursOfAHeatMapRiseInLightness(Vision vision) {
        double before = -1;
        for (int i = 0; i <= 50; i++) {
            double lightness = Eyes.lightness(HeatPainter.shade(i / 50.0).getRGB() & 0xFFFFFF, vision);
            assertThat(lightness).as("at " + i / 50.0).isGreaterThan(before);
            before = lightness;
        }
        assertThat(before).isGreaterThan(80);
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"CONTRAST_LIGHT", "CONTRAST_DARK"})
    void highContrastKeepsWordsAndGridReadable(Theme theme) {
        assertThat(Eyes.contrast(theme.text(), theme.background())).isGreaterThanOrEqualTo(7);
        assertThat(Eyes.contrast(theme.faint(), theme.background())).isGreaterThanOrEqualTo(7);
        assertThat(Eyes.contrast(theme.grid(), theme.background())).isGreaterThanOrEqualTo(3);
    }

    /** Pairs 1, 7 and 25 of the implementation notes' table, and plain facts. */
    @Test
    void theMathematicsIsThatOfItsSources() {
        assertThat(Eyes.ciede2000(new double[] {50, 2.6772, -79.7751}, new double[] {50, 0, -82.7485}))
                .isCloseTo(2.0425, within(1e-4));
        assertThat(Eyes.ciede2000(new double[] {50, 0, 0}, new double[] {50, -1, 2}))
                .isCloseTo(2.3669, within(1e-4));
        assertThat(Eyes.ciede2000(new double[] {60.2574, -34.0099, 36.2677}, new double[] {60.4626, -34.1751, 39.4387}))
                .isCloseTo(1.2644, within(1e-4));
        assertThat(Eyes.contrast(0x000000, 0xFFFFFF)).isCloseTo(21, within(1e-9));
        assertThat(Eyes.lightness(0xFFFFFF, Vision.FULL)).isCloseTo(100, within(1e-3));
        assertThat(Eyes.difference(0xFF0000, 0x00A000, Vision.DEUTERANOPIA))
                .as("red and green are the pair that deuteranopes confuse")
                .isLessThan(0.4 * Eyes.difference(0xFF0000, 0x00A000, Vision.FULL));
    }
}
