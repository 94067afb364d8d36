package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Which data, how much of it, how noisy, and how it is varied from step to step.
 *
 * @param name of a data set in the catalogue
 * @param folder where its files are, for data that is read; null for made data, and for the lab's own folder of its name
 * @param trainSize training examples; null for all that a file holds, or the made set's own number
 * @param testSize test examples; null likewise
 * @param labelNoise probability with which a training label is redrawn uniformly over the classes
 * @param inputNoise standard deviation of the normal noise that training inputs get once and for all, in units of the
 *     standardised inputs
 * @param flip whether each training image is mirrored left to right with probability 1/2, anew in every step
 * @param shift most pixels by which each training image is moved up or down and left or right, anew in every step
 * @param header of a table (data set {@code csv}): whether its first row names the columns
 * @param classColumn of a table: {@code last}, {@code first} or the name of the column with the class
 * @param seed of the data; null: the run's
 * @param scaleInputs whether all inputs are divided by the largest absolute number of a training input
 */
public record DataSpec(
        String name,
        @Nullable String folder,
        @Nullable Integer trainSize,
        @Nullable Integer testSize,
        double labelNoise,
        double inputNoise,
        boolean flip,
        int shift,
        CsvHeader header,
        String classColumn,
        @Nullable Long seed,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean scaleInputs) {
    public DataSpec {
        Field.DATA_NAME.requireLine(name);
        Field.DATA_FOLDER.requireLine(folder);
        Field.DATA_CLASS_COLUMN.requireLine(classColumn);
        if (trainSize != null) {
            Field.DATA_TRAIN_SIZE.require(trainSize);
        }
        if (testSize != null) {
            Field.DATA_TEST_SIZE.require(testSize);
        }
        labelNoise = Field.DATA_LABEL_NOISE.require(labelNoise);
        inputNoise = Field.DATA_INPUT_NOISE.require(inputNoise);
        Field.DATA_SHIFT.require(shift);
    }

    /** Data whose inputs stay as they are. */
    public DataSpec(
            String name,
            @Nullable String folder,
            @Nullable Integer trainSize,
            @Nullable Integer testSize,
            double labelNoise,
            double inputNoise,
            boolean flip,
            int shift,
            CsvHeader header,
            String classColumn,
            @Nullable Long seed) {
        this(name, folder, trainSize, testSize, labelNoise, inputNoise, flip, shift, header, classColumn, seed, false);
    }
}
