package decaylab.data;

import decaylab.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MNIST and whatever comes in its four IDX files. Pixels are scaled to [0, 1], then standardised with the mean and the
 * standard deviation over all pixels of the training images that are used.
 */
final class IdxData {
    private static final int CLASSES = 10;

    private IdxData() {}

    /**
     * A subset of the training images is drawn at random from the seed; test images are the first ones of the file.
     *
     * @throws BadInputException where a file is missing, damaged, or does not fit the others
     */
    static DataSet read(DataRequest request) {
        Path folder = request.folder();
        if (folder == null) {
            throw new BadInputException("data.folder is not set, but " + request.name()
                    + " is read from files; set data.folder to the folder with its four IDX files.");
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    "data.folder is " + folder + ", which is not a folder; give the folder with the "
                            + "four IDX files of " + request.name() + ".");
        }
        return dataSet(
                request,
                (kind, rank) -> IdxFile.read(find(folder, kind, "idx" + rank + "-ubyte"), rank),
                "In the folder " + folder);
    }

    /** The digits of many faces that come with the lab. */
    static DataSet glyphs(DataRequest request) {
        return dataSet(
                request,
                (kind, rank) -> IdxFile.bundled("glyphs/" + kind + "-idx" + rank + "-ubyte.gz", rank),
                "In the lab's own files");
    }

    /** Finds one of the four files. */
    @FunctionalInterface
    private interface FourFiles {
        IdxFile of(String kind, int rank);
    }

    private static DataSet dataSet(DataRequest request, FourFiles files, String where) {
        Half train = half(files, "train", request.trainSize(), "data.trainSize");
        Half test = half(files, "t10k", request.testSize(), "data.testSize");
        if (train.height != test.height || train.width != test.width) {
            throw new BadInputException(where + " the training images are " + train.height + " x "
                    + train.width + " but the test images " + test.height + " x " + test.width
                    + "; they must be of one size, so use files that belong together.");
        }
        int[] chosen = Subset.of(train.labels.length, train.size, request.seed());
        int features = train.height * train.width;
        MemoryNeed.require(request.name(), (long) train.size + test.size, features);
        float[] trainInputs = pixels(train.images, chosen, features);
        float[] testInputs = pixels(test.images, Subset.of(test.size, test.size, request.seed()), features);
        Standardization.ofChannels(trainInputs, testInputs, 1, features);
        int[] clean = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            clean[i] = train.labels[chosen[i]];
        }
        return new DataSet(
                request.name(),
                new int[] {1, train.height, train.width},
                CLASSES,
                trainInputs,
                LabelNoise.redraw(clean, CLASSES, request.labelNoise(), request.seed()),
                clean,
                testInputs,
                Arrays.copyOf(test.labels, test.size));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Half(byte[] images, int[] labels, int height, int width, int size) {}

    private static Half half(FourFiles files, String prefix, @Nullable Integer wanted, String field) {
        IdxFile images = files.of(prefix + "-images", 3);
        IdxFile labels = files.of(prefix + "-labels", 1);
        int count = images.dimensions()[0];
        if (labels.dimensions()[0] != count) {
            throw new BadInputException("The file " + labels.name() + " has " + labels.dimensions()[0] + " labels, but "
                    + images.name() + " has " + count + " images; use files that belong together.");
        }
        int size = wanted == null ? count : wanted;
        if (size > count) {
            throw new BadInputException(field + " is " + size + ", but " + images.name() + " holds " + count
                    + " images; make it at most that, or null for all.");
        }
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
            classes[i] = labels.bytes()[i] & 0xFF;
            if (classes[i] >= CLASSES) {
                throw new BadInputException("The file " + labels.name() + " has the label " + classes[i] + " at item "
                        + i + "; labels are 0 to 9, so this is another file or it is damaged.");
            }
        }
        return new Half(images.bytes(), classes, images.dimensions()[1], images.dimensions()[2], size);
    }

    private static Path find(Path folder, String stem, String ending) {
        List<String> names = List.of(
                stem + "-" + ending, stem + "-" + ending + ".gz", stem + "." + ending, stem + "." + ending + ".gz");
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) { // not a folder, and not a pipe that would never end
                return file;
            }
        }
        throw new BadInputException("The folder " + folder + " has no file " + names.get(0) + " (or " + names.get(1)
                + "); put the four IDX files there, or set data.folder to the folder that has them.");
    }

    private static float[] pixels(byte[] images, int[] chosen, int features) {
        float[] inputs = new float[Math.multiplyExact(chosen.length, features)];
        for (int i = 0; i < chosen.length; i++) {
            int from = chosen[i] * features;
            for (int j = 0; j < features; j++) {
                inputs[i * features + j] = (images[from + j] & 0xFF) / 255f;
            }
        }
        return inputs;
    }
}
