package decaylab.instrument.geometry;

import decaylab.data.DataSet;
import decaylab.random.CounterRandom;
import java.util.Arrays;

/**
 * Some examples with their labels.
 *
 * @param inputs examples x features, row after row; shared, not copied
 * @param labels class of each example
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
public record Examples(float[] inputs, int[] labels) {
    public Examples {
        if (labels.length == 0 || inputs.length % labels.length != 0) {
            throw new IllegalArgumentException(inputs.length + " numbers for " + labels.length + " examples");
        }
    }

    /** How many. */
    public int count() {
        return labels.length;
    }

    /** Numbers an example has. */
    public int features() {
        return inputs.length / labels.length;
    }

    /**
     * Training examples: all of them in their order where there are no more than asked for, else as many, drawn without
     * replacement.
     *
     * @param data with one label an example
     * @param most how many at most, at least 1
     * @param seed of the choice
     */
    public static Examples ofTraining(DataSet data, int most, long seed) {
        if (data.trainSize() <= most) {
            return new Examples(data.trainInputs(), data.trainLabels());
        }
        int[] chosen = Arrays.copyOf(CounterRandom.of(seed, "examples").permutation(data.trainSize()), most);
        Arrays.sort(chosen);
        float[] inputs = new float[Math.multiplyExact(most, data.features())];
        int[] labels = new int[most];
        data.gatherTrain(chosen, most, inputs, labels);
        return new Examples(inputs, labels);
    }
}
