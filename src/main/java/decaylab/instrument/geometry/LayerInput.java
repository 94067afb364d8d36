package decaylab.instrument.geometry;

import java.util.Arrays;

/**
 * How a linear map reads what is below it: as a matrix with a column for each place of each example. What is below is a
 * matrix with a row for each channel, and in a row the pixels of one example after those of the other. A dense layer has one
 * place an example, and each number is a channel of one pixel.
 */
sealed interface LayerInput {
    /** Rows of the matrix that is read: inputs that an output sums over. */
    int fanIn();

    /** Columns of the matrix that an example has: outputs of one channel. */
    int places();

    /** Numbers an example has below. */
    int below();

    /**
     * Reads.
     *
     * @param below channels x (examples x pixels)
     * @param into receives fan-in x (examples x places)
     */
    void gather(double[] below, int examples, double[] into);

    /** The transposed of {@link #gather}: gradients go the other way. */
    void scatter(double[] from, int examples, double[] below);

    /**
     * Every number as it is.
     *
     * @param features how many an example has
     */
    record Plain(int features) implements LayerInput {
        @Override
        public int fanIn() {
            return features;
        }

        @Override
        public int places() {
            return 1;
        }

        @Override
        public int below() {
            return features;
        }

        @Override
        public void gather(double[] below, int examples, double[] into) {
            System.arraycopy(below, 0, into, 0, features * examples);
        }

        @Override
        public void scatter(double[] from, int examples, double[] below) {
            System.arraycopy(from, 0, below, 0, features * examples);
        }
    }

    /**
     * The mean of each channel.
     *
     * @param channels of the image
     * @param pixels of a channel
     */
    record Average(int channels, int pixels) implements LayerInput {
        @Override
        public int fanIn() {
            return channels;
        }

        @Override
        public int places() {
            return 1;
        }

        @Override
        public int below() {
            return channels * pixels;
        }

        @Override
        public void gather(double[] below, int examples, double[] into) {
            for (int i = 0; i < channels * examples; i++) {
                double sum = 0;
                for (int pixel = i * pixels; pixel < (i + 1) * pixels; pixel++) {
                    sum += below[pixel];
                }
                into[i] = sum / pixels;
            }
        }

        @Override
        public void scatter(double[] from, int examples, double[] below) {
            for (int i = 0; i < channels * examples; i++) {
                Arrays.fill(below, i * pixels, (i + 1) * pixels, from[i] / pixels);
            }
        }
    }

    /**
     * Patches of pixels around every pixel, or around every second one of every second row; a border of zeros. Rows are in
     * the order of a kernel's weights: channel, row, column.
     *
     * @param channels of the image
     * @param height of the image
     * @param width of the image
     * @param kernel pixels of a patch's side, 1 or 3
     * @param stride pixels from a patch to the next, 1 or 2
     */
    record Patches(int channels, int height, int width, int kernel, int stride) implements LayerInput {
        int outHeight() {
            return (height - 1) / stride + 1;
        }

        int outWidth() {
            return (width - 1) / stride + 1;
        }

        @Override
        public int fanIn() {
            return channels * kernel * kernel;
        }

        @Override
        public int places() {
            return outHeight() * outWidth();
        }

        @Override
        public int below() {
            return channels * height * width;
        }

        @Override
        public void gather(double[] below, int examples, double[] into) {
            walk(
                    examples,
                    (pixel, place, count) -> {
                        for (int i = 0; i < count; i++) {
                            into[place + i] = below[pixel + i * stride];
                        }
                    },
                    (place, count) -> Arrays.fill(into, place, place + count, 0));
        }

        @Override
        public void scatter(double[] from, int examples, double[] below) {
            Arrays.fill(below, 0, below() * examples, 0);
            walk(
                    examples,
                    (pixel, place, count) -> {
                        for (int i = 0; i < count; i++) {
                            below[pixel + i * stride] += from[place + i];
                        }
                    },
                    (place, count) -> {});
        }

        /** What is done with a run of places that lie on pixels of one row, each a stride after the one before. */
        private interface OnPixels {
            void of(int pixel, int place, int count);
        }

        /** What is done with a run of places that lie on the border. */
        private interface OnBorder {
            void of(int place, int count);
        }

        private void walk(int examples, OnPixels inside, OnBorder border) {
            for (int row = 0; row < fanIn(); row++) {
                int channel = row / (kernel * kernel);
                int down = row / kernel % kernel - kernel / 2;
                int right = row % kernel - kernel / 2;
                // Output columns whose pixel lies within the image.
                int first = right < 0 ? 1 : 0;
                int end = Math.min(outWidth(), (width - 1 - right) / stride + 1);
                for (int example = 0; example < examples; example++) {
                    int image = (channel * examples + example) * height * width;
                    for (int y = 0; y < outHeight(); y++) {
                        int place = (row * examples + example) * places() + y * outWidth();
                        int pixelRow = y * stride + down;
                        if (pixelRow < 0 || pixelRow >= height || end <= first) {
                            border.of(place, outWidth());
                            continue;
                        }
                        border.of(place, first);
                        inside.of(image + pixelRow * width + first * stride + right, place + first, end - first);
                        border.of(place + end, outWidth() - end);
                    }
                }
            }
        }
    }
}
