package decaylab.ui.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.data.DataSet;
import org.junit.jupiter.api.Test;

class DecisionRegionsTest {
    private static final DataSet POINTS = new DataSet(
            "points",
            new int[] {2},
            2,
            new float[] {-1, 0, 3, 1},
            new int[] {0, 1},
            new int[] {0, 1},
            new float[] {0, 0},
            new int[] {0});

    @Test
    void certaintyIsTheClassesOwnColour() {
        int[] argb = DecisionRegions.colours(new float[] {1, 0, 0, 1}, 2, Theme.LIGHT);
        assertThat(argb)
                .containsExactly(
                        0xFF000000 | Palette.colour(0, Theme.LIGHT), 0xFF000000 | Palette.colour(1, Theme.LIGHT));
    }

    @Test
    void hesitationIsAMixtureAndNoAnswerIsGrey() {
        int[] argb = DecisionRegions.colours(new float[] {0.5f, 0.5f, Float.NaN, 1}, 2, Theme.LIGHT);
        int first = Palette.colour(0, Theme.LIGHT) & 0xFF;
        int second = Palette.colour(1, Theme.LIGHT) & 0xFF;
        assertThat((double) (argb[0] & 0xFF)).isEqualTo((first + second) / 2.0, within(0.5));
        assertThat(argb[1]).isEqualTo(0xFF808080);
    }

    @Test
    void thePlaneIsASquareAroundAllPoints() {
        Plane plane = Plane.around(POINTS);
        assertThat(plane.size()).isEqualTo(4 * 1.16, within(1e-9));
        assertThat(plane.across(1)).isEqualTo(0.5, within(1e-9));
        assertThat(plane.down(0.5)).isEqualTo(0.5, within(1e-9));
        assertThat(plane.down(1)).isLessThan(plane.down(0));
    }

    @Test
    void theGridStartsAtTheUpperLeft() {
        Plane plane = new Plane(0, 0, 2);
        assertThat(plane.grid(2)).containsExactly(0.5f, 1.5f, 1.5f, 1.5f, 0.5f, 0.5f, 1.5f, 0.5f);
    }

    @Test
    void onlyPointsOfThePlaneHaveRegions() {
        assertThat(Plane.holds(POINTS)).isTrue();
        assertThat(Plane.holds(new DataSet(
                        "lines",
                        new int[] {1},
                        2,
                        new float[] {0},
                        new int[] {0},
                        new int[] {0},
                        new float[] {0},
                        new int[] {0})))
                .isFalse();
    }
}
