package decaylab.data;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user's table: numbers, and a class in one column. A file for training and one for testing (their names begin with train and
 * test, or end in .tra and .tes), or one file, of which a fifth is drawn for testing. Numbers are standardised column by column
 * with the figures of the training rows.
 */
final class CsvData {
    private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".data", ".tra", ".tes", ".txt");
    private static final String PACKED = ".gz";
    private static final int MOST_CLASSES = 1_000;
    /** Of a single file, for testing. */
    private static final double TEST_PART = 0.2;

    private CsvData() {}

    /** A file for training and, where there is one, its file for testing. */
    private record Tables(Path train, @Nullable Path test) {}

    /**
     * A subset of the training rows is drawn at random from the seed; of a given file for testing the first rows are used.
     *
     * @throws BadInputException where the files cannot be used
     */
    static DataSet read(DataRequest request) {
        Tables files = files(request);
        CsvTable train = CsvTable.read(files.train, request.columns());
        CsvTable test = files.test == null ? null : CsvTable.read(files.test, request.columns());
        int width = train.features().get(0).length;
        if (test != null && test.features().get(0).length != width) {
            throw new BadInputException(
                    "The file " + train.file() + " has " + (width + 1) + " columns but " + test.file() + " has "
                            + (test.features().get(0).length + 1) + "; use files that belong together.");
        }
        List<String> classes = classes(train, test);
        Map<String, Integer> numbers =
                IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get, i -> i));
        int[] trainRows;
        int[] testRows;
        if (test == null) {
            int rows = train.features().size();
            int most = rows - 1;
            int testSize = request.testSize() == null
                    ? (int) Math.max(1, Math.min(most, Math.round(TEST_PART * rows)))
                    : size(request.testSize(), most, "data.testSize", train.file());
            int trainSize = size(request.trainSize(), rows - testSize, "data.trainSize", train.file());
            int[] order = CounterRandom.of(request.seed(), "split").permutation(rows);
            testRows = Arrays.copyOf(order, testSize);
            trainRows = Arrays.copyOfRange(order, testSize, testSize + trainSize);
            Arrays.sort(trainRows);
            Arrays.sort(testRows);
        } else {
            int rows = train.features().size();
            int testCount = test.features().size();
            trainRows =
                    Subset.of(rows, size(request.trainSize(), rows, "data.trainSize", train.file()), request.seed());
            testRows = Subset.of(testCount, testCount, request.seed());
            testRows = Arrays.copyOf(testRows, size(request.testSize(), testCount, "data.testSize", test.file()));
        }
        MemoryNeed.require(request.name(), (long) trainRows.length + testRows.length, width);
        CsvTable tested = test == null ? train : test;
        float[] trainInputs = inputs(train, trainRows, width);
        float[] testInputs = inputs(tested, testRows, width);
        Standardization.ofChannels(trainInputs, testInputs, width, width);
        int[] clean = labels(train, trainRows, numbers);
        return new DataSet(
                request.name(),
                new int[] {width},
                classes.size(),
                trainInputs,
                LabelNoise.redraw(clean, classes.size(), request.labelNoise(), request.seed()),
                clean,
                testInputs,
                labels(tested, testRows, numbers));
    }

    private static int size(@Nullable Integer wanted, int most, String field, Path file) {
        if (most < 1) {
            throw new BadInputException(
                    "The file " + file + " has too few rows for training and testing; give it more.");
        }
        if (wanted != null && wanted > most) {
            throw new BadInputException(field + " is " + wanted + ", but " + file + " has " + most
                    + " rows for that; make it at most that, or null for all.");
        }
        return wanted == null ? most : wanted;
    }

    private static float[] inputs(CsvTable table, int[] rows, int width) {
        float[] inputs = new float[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(table.features().get(rows[i]), 0, inputs, i * width, width);
        }
        return inputs;
    }

    private static int[] labels(CsvTable table, int[] rows, Map<String, Integer> numbers) {
        return Arrays.stream(rows)
                .map(row -> numbers.getOrDefault(table.classes().get(row), -1))
                .toArray();
    }

    /** The classes of both tables: by their size where all are numbers, else by the alphabet. */
    private static List<String> classes(CsvTable train, @Nullable CsvTable test) {
        Set<String> words = new LinkedHashSet<>(train.classes());
        if (test != null) {
            words.addAll(test.classes());
        }
        List<String> all = new ArrayList<>(words);
        if (all.size() < 2 || all.size() > MOST_CLASSES) {
            throw new BadInputException("The column of the class in " + train.file() + " has " + all.size()
                    + " different values; there must be 2 to " + MOST_CLASSES
                    + ", so set data.classColumn to the column that holds the class.");
        }
        boolean numbers = all.stream().allMatch(CsvTable::isNumber);
        all.sort(
                numbers
                        ? Comparator.<String>comparingDouble(Double::parseDouble)
                                .thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder());
        return all;
    }

    private static Tables files(DataRequest request) {
        Path given = request.folder();
        if (given == null) {
            throw new BadInputException(
                    "data.folder is not set, but csv is read from files; set data.folder to a CSV file, or "
                            + "to a folder with one for training and one for testing.");
        }
        if (Files.isRegularFile(given)) {
            Path folder = given.toAbsolutePath().getParent();
            if (!isOf(given, "train", ".tra") || folder == null) {
                return new Tables(given, null);
            }
            List<Path> tests = list(folder).stream()
                    .filter(file -> isOf(file, "test", ".tes"))
                    .toList();
            return new Tables(given, tests.size() == 1 ? tests.get(0) : null);
        }
        if (!Files.isDirectory(given)) {
            throw new BadInputException("data.folder is " + given
                    + ", which is neither a folder nor a file; give a CSV file, or the folder that it is in.");
        }
        List<Path> all = list(given);
        List<Path> train =
                all.stream().filter(file -> isOf(file, "train", ".tra")).toList();
        List<Path> test =
                all.stream().filter(file -> isOf(file, "test", ".tes")).toList();
        if (all.size() == 1) {
            return new Tables(all.get(0), null);
        }
        if (all.size() == 2 && train.size() == 1 && test.size() == 1) {
            return new Tables(train.get(0), test.get(0));
        }
        String found =
                all.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.joining(", "));
        throw new BadInputException(
                "The folder " + given + " has " + (all.isEmpty() ? "no table" : "the tables " + found)
                        + "; give one file in data.folder, or a folder with one file, or with one whose name begins with train and one "
                        + "whose name begins with test.");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            ENDINGS.stream().anyMatch(ending -> plainName(file).endsWith(ending)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be read (" + e.getMessage()
                            + "); check that it is a folder you may read.",
                    e);
        }
    }

    private static boolean isOf(Path file, String beginning, String ending) {
        return plainName(file).startsWith(beginning) || plainName(file).endsWith(ending);
    }

    /** The name in small letters, without the ending of a packed file. */
    private static String plainName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
    }
}
