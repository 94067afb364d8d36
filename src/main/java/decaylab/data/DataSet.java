package decaylab.data;

import decaylab.graph.NodeGraph;
import decaylab.problem.BadInputException;
import org.jspecify.annotations.Nullable;

/**
 * A classification data set in memory. The arrays are shared, not copied: they are read only. An example has one label; or, where
 * it is a sequence of tokens, one for each of them; or, where it is to be translated, a sequence of them that has a length of its
 * own. What is shorter than the longest is padded behind its end.
 *
 * @param name as in the catalogue
 * @param shape of one example: {features}, {channels, height, width}, or {tokens}
 * @param vocabulary how many different tokens there are, which inputs then number from 0; 0 where inputs are measurements
 * @param targets labels of an example, padding included
 * @param classes number of classes, at least 2
 * @param trainInputs examples x features, row after row
 * @param trainLabels classes of each training example, label noise included
 * @param cleanTrainLabels the same before label noise
 * @param testInputs examples x features, row after row
 * @param testLabels classes of each test example, without noise
 * @param dictionary what the tokens of a translation are; null where an example is not to be translated
 * @param graph the graph whose labelled and whose test nodes the examples are; null where they are of none
 */
@SuppressWarnings("ArrayRecordComponent") // tens of millions of numbers; nobody compares two data sets
public record DataSet(
        String name,
        int[] shape,
        int vocabulary,
        int targets,
        int classes,
        float[] trainInputs,
        int[] trainLabels,
        int[] cleanTrainLabels,
        float[] testInputs,
        int[] testLabels,
        @Nullable Dictionary dictionary,
        @Nullable NodeGraph graph) {
    /** The input where a sequence is over. */
    public static final int NO_TOKEN = -1;
    /** The label where a sequence of labels is over: it counts neither in a loss nor in an accuracy. */
    public static final int NO_LABEL = -1;

    public DataSet {
        int features = product(shape);
        require(
                (long) trainInputs.length * targets == (long) trainLabels.length * features,
                "training inputs and labels differ in number");
        require(
                (long) testInputs.length * targets == (long) testLabels.length * features,
                "test inputs and labels differ in number");
        require(cleanTrainLabels.length == trainLabels.length, "clean labels differ in number");
        require(classes >= 2 && trainLabels.length > 0 && testLabels.length > 0, "an empty data set");
    }

    /** A data set that is no graph. */
    public DataSet(
            String name,
            int[] shape,
            int vocabulary,
            int targets,
            int classes,
            float[] trainInputs,
            int[] trainLabels,
            int[] cleanTrainLabels,
            float[] testInputs,
            int[] testLabels,
            @Nullable Dictionary dictionary) {
        this(
                name,
                shape,
                vocabulary,
                targets,
                classes,
                trainInputs,
                trainLabels,
                cleanTrainLabels,
                testInputs,
                testLabels,
                dictionary,
                null);
    }

    /** A data set of measurements, each example with one label, or of sequences of tokens, each token with one. */
    public DataSet(
            String name,
            int[] shape,
            int vocabulary,
            int classes,
            float[] trainInputs,
            int[] trainLabels,
            int[] cleanTrainLabels,
            float[] testInputs,
            int[] testLabels) {
        this(
                name,
                shape,
                vocabulary,
                vocabulary == 0 ? 1 : product(shape),
                classes,
                trainInputs,
                trainLabels,
                cleanTrainLabels,
                testInputs,
                testLabels,
                null);
    }

    /** A data set of measurements, each example with one label. */
    public DataSet(
            String name,
            int[] shape,
            int classes,
            float[] trainInputs,
            int[] trainLabels,
            int[] cleanTrainLabels,
            float[] testInputs,
            int[] testLabels) {
        this(name, shape, 0, classes, trainInputs, trainLabels, cleanTrainLabels, testInputs, testLabels);
    }

    /** The same with other training inputs, as many. */
    DataSet withTrainInputs(float[] inputs) {
        return new DataSet(
                name,
                shape,
                vocabulary,
                targets,
                classes,
                inputs,
                trainLabels,
                cleanTrainLabels,
                testInputs,
                testLabels,
                dictionary,
                graph);
    }

    /**
     * The same with all inputs divided by the largest absolute number of a training input, so that those are in [-1, 1].
     *
     * @throws BadInputException where inputs are tokens
     */
    public DataSet scaled() {
        if (vocabulary > 0) {
            throw new BadInputException("data.scaleInputs is true, but the data set " + name
                    + " is sequences of tokens, which have no size; set data.scaleInputs to false.");
        }
        float largest = 0;
        for (float value : trainInputs) {
            largest = Math.max(largest, Math.abs(value));
        }
        return new DataSet(
                name,
                shape,
                vocabulary,
                targets,
                classes,
                divided(trainInputs, largest),
                trainLabels,
                cleanTrainLabels,
                divided(testInputs, largest),
                testLabels,
                dictionary,
                graph);
    }

    private static float[] divided(float[] values, float by) {
        float[] result = values.clone();
        for (int i = 0; i < result.length && by > 0; i++) {
            result[i] /= by;
        }
        return result;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }

    private static int product(int[] shape) {
        int product = 1;
        for (int n : shape) {
            product = Math.multiplyExact(product, n);
        }
        return product;
    }

    /** Numbers an example has. */
    public int features() {
        return product(shape);
    }

    /** Whether an example is to be translated: its labels are a sequence of their own. */
    public boolean translates() {
        return dictionary != null;
    }

    /** How often each token comes in the training inputs; none where inputs are measurements. */
    public long[] tokenCounts() {
        long[] counts = new long[vocabulary];
        if (vocabulary > 0) {
            for (float token : trainInputs) {
                if (token != NO_TOKEN) {
                    counts[(int) token]++;
                }
            }
        }
        return counts;
    }

    /** How often each class is told in the training labels, noise included. */
    public long[] labelCounts() {
        long[] counts = new long[classes];
        for (int label : trainLabels) {
            if (label != NO_LABEL) {
                counts[label]++;
            }
        }
        return counts;
    }

    /** Number of training examples. */
    public int trainSize() {
        return trainLabels.length / targets;
    }

    /** Number of test examples. */
    public int testSize() {
        return testLabels.length / targets;
    }

    /**
     * Copies training examples into the caller's arrays.
     *
     * @param indices which ones
     * @param size how many of the indices to use
     * @param inputs receives size x features numbers
     * @param labels receives size x targets classes
     */
    public void gatherTrain(int[] indices, int size, float[] inputs, int[] labels) {
        int features = features();
        for (int i = 0; i < size; i++) {
            System.arraycopy(trainInputs, indices[i] * features, inputs, i * features, features);
            System.arraycopy(trainLabels, indices[i] * targets, labels, i * targets, targets);
        }
    }
}
