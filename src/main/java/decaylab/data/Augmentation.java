package decaylab.data;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.Arrays;

/**
 * Mirrors and moves the images of a mini-batch (He, Zhang, Ren and Sun 2016, 4.2). A pure function of seed, step and place in the
 * batch, so that a checkpoint needs to keep nothing. For one thread at a time.
 */
public final class Augmentation {
    private final int channels;
    private final int height;
    private final int width;
    private final boolean flip;
    private final int shift;
    private final CounterRandom random;
    private final float[] image;

    /**
     * @param shape of an example, {channels, height, width} where anything is to be done
     * @param flip whether an image is mirrored left to right with probability 1/2
     * @param shift pixels by which an image is moved at most, each way; 0 comes in from outside
     * @throws BadInputException where examples are no images, or an image can be moved out of sight
     */
    public Augmentation(int[] shape, boolean flip, int shift, long seed) {
        this.flip = flip;
        this.shift = shift;
        boolean images = shape.length == 3;
        if (!images && works()) {
            throw new BadInputException((flip ? "data.flip is true" : "data.shift is " + shift)
                    + ", but the data has no images; set data.flip to false and data.shift to 0.");
        }
        channels = images ? shape[0] : 0;
        height = images ? shape[1] : 0;
        width = images ? shape[2] : 0;
        if (shift >= Math.min(height, width) && shift > 0) {
            throw new BadInputException("data.shift is " + shift + ", but images have " + height + " x " + width
                    + " pixels; make it smaller than their sides.");
        }
        random = CounterRandom.of(seed, "augmentation");
        image = new float[height * width];
    }

    /** Whether it does anything. */
    public boolean works() {
        return flip || shift > 0;
    }

    /**
     * Varies a batch, in place.
     *
     * @param inputs images, row after row
     * @param size how many of them
     */
    public void apply(long step, float[] inputs, int size) {
        if (!works()) {
            return;
        }
        CounterRandom ofStep = random.split(step);
        int features = channels * height * width;
        for (int i = 0; i < size; i++) {
            CounterRandom ofImage = ofStep.split(i);
            int down = shift == 0 ? 0 : ofImage.nextInt(2 * shift + 1) - shift;
            int right = shift == 0 ? 0 : ofImage.nextInt(2 * shift + 1) - shift;
            boolean mirrored = flip && ofImage.nextInt(2) == 1;
            for (int channel = 0; channel < channels; channel++) {
                vary(inputs, i * features + channel * height * width, down, right, mirrored);
            }
        }
    }

    private void vary(float[] inputs, int from, int down, int right, boolean mirrored) {
        if (down == 0 && right == 0 && !mirrored) {
            return;
        }
        Arrays.fill(image, 0);
        for (int y = Math.max(0, down); y < Math.min(height, height + down); y++) {
            int row = from + (y - down) * width;
            for (int x = Math.max(0, right); x < Math.min(width, width + right); x++) {
                int source = x - right;
                image[y * width + x] = inputs[row + (mirrored ? width - 1 - source : source)];
            }
        }
        System.arraycopy(image, 0, inputs, from, image.length);
    }
}
