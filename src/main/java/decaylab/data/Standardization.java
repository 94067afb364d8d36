package decaylab.data;

/** Brings inputs to mean 0 and standard deviation 1, with the figures of the training inputs. */
final class Standardization {
    private Standardization() {}

    /**
     * In place: each channel less its mean over all training examples and pixels, over its standard deviation. A channel of one
     * value throughout is only moved to 0.
     *
     * @param channels of an example, one after the other
     * @param features numbers of an example, all channels together
     */
    static void ofChannels(float[] train, float[] test, int channels, int features) {
        int pixels = features / channels;
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            double squares = 0;
            for (int at = channel * pixels; at < train.length; at += features) {
                for (int i = at; i < at + pixels; i++) {
                    double value = train[i];
                    sum += value;
                    squares += value * value;
                }
            }
            double count = (double) train.length / channels;
            double mean = sum / count;
            double deviation = StrictMath.sqrt(Math.max(0, squares / count - mean * mean));
            float shift = (float) mean;
            float scale = deviation > 0 ? (float) (1 / deviation) : 1;
            move(train, channel * pixels, pixels, features, shift, scale);
            move(test, channel * pixels, pixels, features, shift, scale);
        }
    }

    private static void move(float[] inputs, int from, int pixels, int features, float shift, float scale) {
        for (int at = from; at < inputs.length; at += features) {
            for (int i = at; i < at + pixels; i++) {
                inputs[i] = (inputs[i] - shift) * scale;
            }
        }
    }
}
