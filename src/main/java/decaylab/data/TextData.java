package decaylab.data;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text files of a folder, character by character: an example is a run of characters, and the class of each is the
 * character that follows. The last tenth of the text is for testing. Runs do not overlap.
 */
final class TextData {
    /** Characters of an example. */
    static final int LENGTH = 64;

    private static final int TENTHS = 10;

    private TextData() {}

    /**
     * A subset of the training runs is drawn at random from the seed; test runs are the first ones. The characters that occur
     * anywhere are the vocabulary, in the order of their code points.
     *
     * @throws BadInputException where there is no text, too little of it, or it is not UTF-8
     */
    static DataSet read(DataRequest request) {
        Path folder = request.folder();
        if (folder == null) {
            throw new BadInputException("data.folder is not set, but " + request.name()
                    + " is read from files; set data.folder to a folder with text files (*.txt).");
        }
        int[] characters = text(folder).codePoints().toArray();
        int[] vocabulary = Arrays.stream(characters).sorted().distinct().toArray();
        int trainEnd = characters.length - characters.length / TENTHS;
        int trainRuns = (trainEnd - 1) / LENGTH;
        int testRuns = (characters.length - trainEnd - 1) / LENGTH;
        if (testRuns < 1 || vocabulary.length < 2) {
            throw new BadInputException("The text files in " + folder + " have " + characters.length + " characters, "
                    + vocabulary.length + " of them different; give at least " + TENTHS * (LENGTH + 1)
                    + " characters of a text.");
        }
        int trainSize = size(request.trainSize(), trainRuns, "data.trainSize", folder);
        int testSize = size(request.testSize(), testRuns, "data.testSize", folder);
        MemoryNeed.require(request.name(), (long) trainSize + testSize, LENGTH);
        int[] chosen = trainSize == trainRuns
                ? range(trainSize)
                : Arrays.copyOf(CounterRandom.of(request.seed(), "subset").permutation(trainRuns), trainSize);
        int[] tokens = new int[characters.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = Arrays.binarySearch(vocabulary, characters[i]);
        }
        int[] clean = following(tokens, 0, chosen);
        return new DataSet(
                request.name(),
                new int[] {LENGTH},
                vocabulary.length,
                vocabulary.length,
                runs(tokens, 0, chosen),
                LabelNoise.redraw(clean, vocabulary.length, request.labelNoise(), request.seed()),
                clean,
                runs(tokens, trainEnd, range(testSize)),
                following(tokens, trainEnd, range(testSize)));
    }

    private static String text(Path folder) {
        StringBuilder all = new StringBuilder();
        for (Path file : files(folder)) {
            try {
                all.append(Files.readString(file));
            } catch (CharacterCodingException e) {
                throw new BadInputException("The file " + file + " is not UTF-8 text; save it as UTF-8.", e);
            } catch (IOException | OutOfMemoryError e) {
                throw new BadInputException(
                        "The file " + file + " cannot be read (" + e.getMessage()
                                + "); check that it is a text that you may read and that fits into memory.",
                        e);
            }
        }
        return all.toString();
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    "data.folder is " + folder + ", which is not a folder; give a folder with text files (*.txt).");
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> String.valueOf(file.getFileName())
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".txt"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new BadInputException(
                        "The folder " + folder
                                + " has no text files; put files whose names end in .txt there, or set data.folder to their folder.");
            }
            return files;
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be read (" + e.getMessage() + "); check that you may read it.",
                    e);
        }
    }

    private static int size(@Nullable Integer wanted, int have, String field, Path folder) {
        if (wanted != null && wanted > have) {
            throw new BadInputException(field + " is " + wanted + ", but the text in " + folder + " makes " + have
                    + " examples of " + LENGTH + " characters; make it at most that, or null for all.");
        }
        return wanted == null ? have : wanted;
    }

    private static int[] range(int size) {
        int[] all = new int[size];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static float[] runs(int[] tokens, int from, int[] chosen) {
        float[] inputs = new float[chosen.length * LENGTH];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = tokens[from + chosen[i / LENGTH] * LENGTH + i % LENGTH];
        }
        return inputs;
    }

    private static int[] following(int[] tokens, int from, int[] chosen) {
        int[] labels = new int[chosen.length * LENGTH];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = tokens[from + chosen[i / LENGTH] * LENGTH + i % LENGTH + 1];
        }
        return labels;
    }
}
