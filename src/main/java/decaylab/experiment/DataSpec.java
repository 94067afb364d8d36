package decaylab.experiment;

import org.jspecify.annotations.Nullable;

/**
 * Which data, how much of it, and how noisy its labels.
 *
 * @param name of a data set in the catalogue
 * @param folder where its files are, for data that is read; null for made data
 * @param trainSize training examples; null for all that a file holds, or the made set's own number
 * @param testSize test examples; null likewise
 * @param labelNoise probability with which a training label is redrawn uniformly over the classes
 * @param seed of the data; null: the run's
 */
public record DataSpec(
        String name,
        @Nullable String folder,
        @Nullable Integer trainSize,
        @Nullable Integer testSize,
        double labelNoise,
        @Nullable Long seed) {
    public DataSpec {
        Field.DATA_NAME.requireLine(name);
        Field.DATA_FOLDER.requireLine(folder);
        if (trainSize != null) {
            Field.DATA_TRAIN_SIZE.require(trainSize);
        }
        if (testSize != null) {
            Field.DATA_TEST_SIZE.require(testSize);
        }
        labelNoise = Field.DATA_LABEL_NOISE.require(labelNoise);
    }
}
