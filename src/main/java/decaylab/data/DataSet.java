package decaylab.data;

/**
 * A classification data set in memory. The arrays are shared, not copied: they are read only.
 *
 * @param name as in the catalogue
 * @param shape of one example: {features}, or {channels, height, width}
 * @param classes number of classes, at least 2
 * @param trainInputs examples x features, row after row
 * @param trainLabels class of each training example, label noise included
 * @param cleanTrainLabels the same before label noise
 * @param testInputs examples x features, row after row
 * @param testLabels class of each test example, without noise
 */
@SuppressWarnings("ArrayRecordComponent") // tens of millions of numbers; nobody compares two data sets
public record DataSet(
        String name,
        int[] shape,
        int classes,
        float[] trainInputs,
        int[] trainLabels,
        int[] cleanTrainLabels,
        float[] testInputs,
        int[] testLabels) {
    public DataSet {
        int features = product(shape);
        require(
                trainInputs.length == (long) trainLabels.length * features,
                "training inputs and labels differ in number");
        require(testInputs.length == (long) testLabels.length * features, "test inputs and labels differ in number");
        require(cleanTrainLabels.length == trainLabels.length, "clean labels differ in number");
        require(classes >= 2 && trainLabels.length > 0 && testLabels.length > 0, "an empty data set");
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

    /** Number of training examples. */
    public int trainSize() {
        return trainLabels.length;
    }

    /** Number of test examples. */
    public int testSize() {
        return testLabels.length;
    }

    /**
     * Copies training examples into the caller's arrays.
     *
     * @param indices which ones
     * @param size how many of the indices to use
     * @param inputs receives size x features numbers
     * @param labels receives size classes
     */
    public void gatherTrain(int[] indices, int size, float[] inputs, int[] labels) {
        int features = features();
        for (int i = 0; i < size; i++) {
            System.arraycopy(trainInputs, indices[i] * features, inputs, i * features, features);
            labels[i] = trainLabels[indices[i]];
        }
    }
}
