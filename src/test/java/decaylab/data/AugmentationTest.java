package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mirrored and moved images, as a pure function of seed, step and place. */
class AugmentationTest {
    private static final int HEIGHT = 3;
    private static final int WIDTH = 4;
    private static final int PIXELS = HEIGHT * WIDTH;
    private static final int[] SHAPE = {2, HEIGHT, WIDTH};

    /** Images whose numbers tell channel and pixel, all alike. */
    private static float[] images(int count) {
        float[] images = new float[count * 2 * PIXELS];
        for (int i = 0; i < images.length; i++) {
            images[i] = 1 + i % (2 * PIXELS);
        }
        return images;
    }

    private static float[] varied(boolean flip, int shift, long seed, long step, int count) {
        float[] images = images(count);
        new Augmentation(SHAPE, flip, shift, seed).apply(step, images, count);
        return images;
    }

    /** What an image is when it is mirrored or not, then moved, written down pixel by pixel. */
    private static List<Float> expected(boolean mirrored, int down, int right) {
        List<Float> image = new ArrayList<>();
        for (int channel = 0; channel < 2; channel++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int row = y - down;
                    int column = x - right;
                    boolean inside = row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH;
                    int from = mirrored ? WIDTH - 1 - column : column;
                    image.add(inside ? 1f + channel * PIXELS + row * WIDTH + from : 0f);
                }
            }
        }
        return image;
    }

    private static Set<List<Float>> different(float[] images) {
        Set<List<Float>> all = new HashSet<>();
        for (int from = 0; from < images.length; from += 2 * PIXELS) {
            List<Float> image = new ArrayList<>();
            for (int i = from; i < from + 2 * PIXELS; i++) {
                image.add(images[i]);
            }
            all.add(image);
        }
        return all;
    }

    @Test
    void everyImageIsOneOfThoseThatCanBeAndEachOfThemComes() {
        Set<List<Float>> possible = new HashSet<>();
        for (boolean mirrored : new boolean[] {false, true}) {
            for (int down = -2; down <= 2; down++) {
                for (int right = -2; right <= 2; right++) {
                    possible.add(expected(mirrored, down, right));
                }
            }
        }
        assertThat(different(varied(true, 2, 1, 0, 2000))).isEqualTo(possible);
    }

    @Test
    void halfOfTheImagesAreMirrored() {
        float[] images = varied(true, 0, 1, 0, 2000);
        int mirrored = 0;
        for (int from = 0; from < images.length; from += 2 * PIXELS) {
            mirrored += images[from] == WIDTH ? 1 : 0;
        }
        assertThat(mirrored).isBetween(900, 1100);
    }

    @Test
    void theSameSeedAndStepGiveTheSameAndOthersDoNot() {
        float[] images = varied(true, 2, 1, 7, 50);
        assertThat(varied(true, 2, 1, 7, 50)).containsExactly(images);
        assertThat(Arrays.equals(varied(true, 2, 1, 8, 50), images)).isFalse();
        assertThat(Arrays.equals(varied(true, 2, 2, 7, 50), images)).isFalse();
        // A place in the batch is varied alike whatever the batch's size.
        assertThat(Arrays.copyOf(varied(true, 2, 1, 7, 90), images.length)).containsExactly(images);
    }

    @Test
    void withoutAnyNothingChanges() {
        assertThat(varied(false, 0, 1, 0, 20)).containsExactly(images(20));
    }

    @Test
    void whatIsNoImageCannotBeVaried() {
        assertThat(new Augmentation(new int[] {5}, false, 0, 1).works()).isFalse();
        assertThatThrownBy(() -> new Augmentation(new int[] {5}, true, 0, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "data.flip is true, but the data has no images; set data.flip to false and data.shift to 0.");
        assertThatThrownBy(() -> new Augmentation(new int[] {5}, false, 2, 1))
                .hasMessageStartingWith("data.shift is 2, but the data has no images");
        assertThatThrownBy(() -> new Augmentation(SHAPE, false, 3, 1))
                .hasMessage("data.shift is 3, but images have 3 x 4 pixels; make it smaller than their sides.");
    }
}
