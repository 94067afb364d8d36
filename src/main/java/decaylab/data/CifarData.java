package decaylab.data;

import decaylab.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CIFAR-10 in its binary version: training batches and a test batch of records, each a label and the red, green and blue planes
 * of an image of 32 x 32, row after row (Krizhevsky 2009). A file may hold any number of records. Pixels are scaled to [0, 1], then
 * each colour is standardised with its mean and deviation over the training images that are used.
 */
final class CifarData {
    private static final int CLASSES = 10;
    private static final int CHANNELS = 3;
    private static final int SIDE = 32;
    private static final int FEATURES = CHANNELS * SIDE * SIDE;
    private static final int RECORD = 1 + FEATURES;
    private static final int BATCHES = 5;
    /** The folder within the archive that the data set comes in. */
    private static final String INNER = "cifar-10-batches-bin";

    private CifarData() {}

    /**
     * A subset of the training images is drawn at random from the seed; test images are the first ones of the file.
     *
     * @throws BadInputException where a file is missing or damaged
     */
    static DataSet read(DataRequest request) {
        Path folder = folder(request);
        List<Path> batches = new ArrayList<>();
        for (int i = 1; i <= BATCHES; i++) {
            Path file = find(folder, "data_batch_" + i + ".bin");
            if (file != null) {
                batches.add(file);
            }
        }
        Path testFile = find(folder, "test_batch.bin");
        if (batches.isEmpty() || testFile == null) {
            throw new BadInputException(
                    "The folder " + folder + " has no file "
                            + (testFile == null ? "test_batch.bin" : "data_batch_1.bin")
                            + "; put the files of CIFAR-10's binary version there, or set data.folder to the folder that has them.");
        }
        List<byte[]> train = batches.stream().map(CifarData::records).toList();
        byte[] test = records(testFile);
        int trainCount = train.stream().mapToInt(bytes -> bytes.length / RECORD).sum();
        int testCount = test.length / RECORD;
        int trainSize = size(request.trainSize(), trainCount, "data.trainSize", folder);
        int testSize = size(request.testSize(), testCount, "data.testSize", testFile);
        MemoryNeed.require(request.name(), (long) trainSize + testSize, FEATURES);
        int[] chosen = Subset.of(trainCount, trainSize, request.seed());
        float[] trainInputs = new float[trainSize * FEATURES];
        int[] clean = new int[trainSize];
        for (int i = 0; i < trainSize; i++) {
            int number = chosen[i];
            int batch = 0;
            while (number >= train.get(batch).length / RECORD) {
                number -= train.get(batch++).length / RECORD;
            }
            clean[i] = record(train.get(batch), number, trainInputs, i);
        }
        float[] testInputs = new float[testSize * FEATURES];
        int[] testLabels = new int[testSize];
        for (int i = 0; i < testSize; i++) {
            testLabels[i] = record(test, i, testInputs, i);
        }
        Standardization.ofChannels(trainInputs, testInputs, CHANNELS, FEATURES);
        return new DataSet(
                request.name(),
                new int[] {CHANNELS, SIDE, SIDE},
                CLASSES,
                trainInputs,
                LabelNoise.redraw(clean, CLASSES, request.labelNoise(), request.seed()),
                clean,
                testInputs,
                testLabels);
    }

    private static Path folder(DataRequest request) {
        Path folder = request.folder();
        if (folder == null) {
            throw new BadInputException("data.folder is not set, but " + request.name()
                    + " is read from files; set data.folder to the folder with data_batch_1.bin and test_batch.bin.");
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInputException("data.folder is " + folder
                    + ", which is not a folder; give the folder with data_batch_1.bin and test_batch.bin.");
        }
        Path inner = folder.resolve(INNER);
        return find(folder, "test_batch.bin") == null && Files.isDirectory(inner) ? inner : folder;
    }

    private static @Nullable Path find(Path folder, String name) {
        for (String each : List.of(name, name + ".gz")) {
            Path file = folder.resolve(each);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    private static byte[] records(Path file) {
        byte[] bytes = DataFile.bytes(file);
        if (bytes.length == 0 || bytes.length % RECORD != 0) {
            throw new BadInputException(
                    "The file " + file + " has " + bytes.length + " bytes, which is not a number of " + "records of "
                            + RECORD + "; it is cut off or another file, so download it again.");
        }
        for (int i = 0; i < bytes.length; i += RECORD) {
            if ((bytes[i] & 0xFF) >= CLASSES) {
                throw new BadInputException("The file " + file + " has the label " + (bytes[i] & 0xFF) + " at record "
                        + i / RECORD + "; labels are 0 to 9, so this is another file or it is damaged.");
            }
        }
        return bytes;
    }

    private static int size(@Nullable Integer wanted, int count, String field, Path where) {
        if (wanted != null && wanted > count) {
            throw new BadInputException(field + " is " + wanted + ", but " + where + " holds " + count
                    + " images; make it at most that, or null for all.");
        }
        return wanted == null ? count : wanted;
    }

    /** Copies a record's pixels and tells its label. */
    private static int record(byte[] bytes, int number, float[] inputs, int example) {
        int from = number * RECORD;
        for (int j = 0; j < FEATURES; j++) {
            inputs[example * FEATURES + j] = (bytes[from + 1 + j] & 0xFF) / 255f;
        }
        return bytes[from];
    }
}
