package decaylab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.chart.HeatMap.Axis;
import decaylab.chart.HeatMap.Better;
import decaylab.chart.HeatMap.Cell;
import decaylab.chart.HeatMap.Place;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    private static final double NAN = Double.NaN;
    private static final Axis RATES = new Axis("learningRate", List.of("1e-3", "0.01", "0.1"));
    private static final Axis DECAYS = new Axis("lambda", List.of("0.1", "1", "10"));

    private static HeatMap map(Better better, double[]... rows) {
        return new HeatMap(
                "Test accuracy",
                "%",
                RATES,
                DECAYS,
                Arrays.stream(rows)
                        .map(row -> Arrays.stream(row).mapToObj(Cell::of).toList())
                        .toList(),
                better,
                1);
    }

    private static final HeatMap FALLING =
            map(Better.HIGHER, new double[] {50, 60, 71}, new double[] {61, 71.5, 65}, new double[] {72, 69, NAN});

    @Test
    void theBestAndWhatIsNearlyAsGood() {
        assertThat(FALLING.best()).contains(new Place(0, 2));
        assertThat(FALLING.places().stream().filter(FALLING::isGood))
                .containsExactly(new Place(2, 0), new Place(1, 1), new Place(0, 2));
        assertThat(FALLING.goodPart()).isEqualTo(3.0 / 9);
        assertThat(FALLING.goodArea().orElseThrow()).isCloseTo(3, within(1e-12)); // a decade by a decade each
        assertThat(FALLING.isBestAtEdge()).isTrue();
        HeatMap losses = map(Better.LOWER, new double[] {9, 8, 7}, new double[] {9, 2, NAN}, new double[] {4, 3, 9});
        assertThat(losses.best()).contains(new Place(1, 1));
        assertThat(losses.isBestAtEdge()).isFalse();
        assertThat(map(Better.NEITHER, new double[] {9, 8, 7}, new double[] {9, 2, 1}, new double[] {4, 3, 9})
                        .best())
                .isEmpty();
    }

    /** Where the product of the two is what counts, the ridge falls a decade in each decade. */
    @Test
    void theRidgeTellsHowOneSettingMovesWithTheOther() {
        assertThat(FALLING.ridge()).containsExactly(new Place(0, 2), new Place(1, 1), new Place(2, 0));
        assertThat(FALLING.slope().orElseThrow()).isCloseTo(-1, within(1e-12));
        HeatMap level = map(Better.HIGHER, new double[] {1, 2, 3}, new double[] {4, 5, 6}, new double[] {0, NAN, NAN});
        assertThat(level.slope().orElseThrow()).isCloseTo(0, within(1e-12));
        HeatMap oneColumn =
                map(Better.HIGHER, new double[] {1, NAN, NAN}, new double[] {4, NAN, NAN}, new double[] {0, NAN, NAN});
        assertThat(oneColumn.ridge()).containsExactly(new Place(0, 1));
        assertThat(oneColumn.slope()).isEmpty();
    }

    @Test
    void whatAChoiceMadeElsewhereCostsHere() {
        HeatMap other = map(Better.HIGHER, new double[] {0, 0, 9}, new double[] {0, 0, 0}, new double[] {0, 0, 0});
        assertThat(FALLING.costOfChoice(other)).isCloseTo(1, within(1e-12));
        HeatMap diverging = map(Better.HIGHER, new double[] {0, 0, 0}, new double[] {0, 0, 0}, new double[] {0, 0, 9});
        assertThat(FALLING.costOfChoice(diverging)).isInfinite();
    }

    @Test
    void labelsAreNumbersOrWords() {
        assertThat(RATES.shown()).containsExactly("1e-3", "1e-2", "1e-1");
        assertThat(DECAYS.shown()).containsExactly("0.1", "1", "10");
        Axis words = new Axis("entry", List.of("l2", "decoupled"));
        assertThat(words.logarithm(0)).isEmpty();
        assertThat(words.shown()).containsExactly("l2", "decoupled");
        assertThat(new Axis("x", List.of("0", "1")).logarithm(0)).isEmpty();
    }

    @Test
    void cellsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> map(Better.HIGHER, new double[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The pixels: yellow for the best, dark blue for the worst, hatches on the background where runs diverged. */
    @Test
    void thePictureShowsWhatTheMapSays() {
        HeatMapImages images = new HeatMapImages();
        HeatMapScale scale = HeatMapScale.of(List.of(FALLING));
        BufferedImage picture = images.picture(FALLING, scale, Theme.LIGHT, 640, 480, 1);
        int background = 0;
        int hatches = 0;
        int yellow = 0;
        int blue = 0;
        for (int y = 0; y < 480; y++) {
            for (int x = 0; x < 640; x++) {
                int colour = picture.getRGB(x, y) & 0xFFFFFF;
                var place = images.at(FALLING, scale, 640, 480, x, y);
                yellow += place.filter(new Place(0, 2)::equals).isPresent() && colour == 0xFFE945 ? 1 : 0;
                blue += place.filter(new Place(0, 0)::equals).isPresent() && colour == 0x00204C ? 1 : 0;
                if (place.filter(new Place(2, 2)::equals).isPresent()) {
                    background += colour == 0xFFFFFF ? 1 : 0;
                    hatches += colour != 0xFFFFFF ? 1 : 0;
                }
            }
        }
        int cell = 180 * 110;
        assertThat(yellow).isGreaterThan(cell / 3);
        assertThat(blue).isGreaterThan(cell / 2);
        assertThat(background).isGreaterThan(cell / 3);
        assertThat(hatches).isBetween(cell / 20, cell * 2 / 3);
        assertThat(images.at(FALLING, scale, 640, 480, 2, 2)).isEmpty();
    }

    @Test
    void aMapWithoutAnyValueIsDrawnToo() {
        HeatMap empty = map(
                Better.HIGHER, new double[] {NAN, NAN, NAN}, new double[] {NAN, NAN, NAN}, new double[] {NAN, NAN, NAN
                });
        assertThat(empty.hasValues()).isFalse();
        assertThat(new HeatMapImages().svg(empty, HeatMapScale.of(List.of(empty)), Theme.DARK, 400, 300))
                .contains("Test accuracy", "learningRate");
    }

    /** A value has the same colour in both of two maps that are compared, though each alone would be coloured otherwise. */
    @Test
    void mapsThatAreComparedHaveOneScale() {
        HeatMap low = map(Better.HIGHER, new double[] {10, 20, 30}, new double[] {10, 20, 50}, new double[] {0, 0, 0});
        HeatMapScale both = HeatMapScale.of(List.of(FALLING, low));
        assertThat(both.from()).isZero();
        assertThat(both.to()).isEqualTo(72);
        assertThat(both.byLogarithm()).isFalse();
        HeatMapImages images = new HeatMapImages();
        int of50 = colour(images, FALLING, both, new Place(0, 0));
        assertThat(colour(images, low, both, new Place(2, 1))).isEqualTo(of50);
        assertThat(colour(images, FALLING, HeatMapScale.of(List.of(FALLING)), new Place(0, 0)))
                .isNotEqualTo(of50);
    }

    @Test
    void valuesThatSpanDecadesAreColouredByTheirLogarithmsUnlessTheLargeOnesMatter() {
        double[][] rows = {{1, 10, 100}, {2, 20, 50}, {3, 30, 60}};
        HeatMapScale losses = HeatMapScale.of(List.of(map(Better.LOWER, rows)));
        assertThat(losses.byLogarithm()).isTrue();
        assertThat(losses.shade(10)).isCloseTo(0.5, within(1e-12));
        assertThat(losses.shade(1)).isEqualTo(1);
        HeatMapScale accuracies = HeatMapScale.of(List.of(map(Better.HIGHER, rows)));
        assertThat(accuracies.byLogarithm()).isFalse();
        assertThat(accuracies.shade(50.5)).isCloseTo(0.5, within(1e-12));
    }

    private static int colour(HeatMapImages images, HeatMap map, HeatMapScale scale, Place place) {
        var cell = images.cell(map, scale, 640, 480, place);
        return images.picture(map, scale, Theme.LIGHT, 640, 480, 1)
                .getRGB((int) cell.getX() + 9, (int) cell.getMaxY() - 9);
    }
}
