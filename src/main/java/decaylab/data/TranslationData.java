package decaylab.data;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Made translations, character by character. Sources are padded at their end with {@link DataSet#NO_TOKEN}, targets, which end with
 * {@link Dictionary#END}, with {@link DataSet#NO_LABEL}.
 */
final class TranslationData {
    private static final int TRAIN_SIZE = 9_000;
    private static final int TEST_SIZE = 1_000;
    private static final int LEAST_RANGE = TRAIN_SIZE + TEST_SIZE;

    private TranslationData() {}

    /**
     * German number words to English ones: numbers from 0 to 9,999, or as far as the sizes need, each at most once. Which are for
     * training and which are held out is drawn from the seed; other sizes of one set leave the beginning of the other as it is, as
     * long as the range is the same.
     *
     * @throws BadInputException where more numbers are asked for than there are words
     */
    static DataSet numberWords(DataRequest request) {
        int trainSize = request.trainSize() == null ? TRAIN_SIZE : request.trainSize();
        int testSize = request.testSize() == null ? TEST_SIZE : request.testSize();
        long all = (long) trainSize + testSize;
        if (all > NumberWords.END) {
            throw new BadInputException("data.trainSize and data.testSize are " + trainSize + " and " + testSize
                    + ", but there are only " + NumberWords.END
                    + " numbers below a million; make their sum at most that.");
        }
        int range = (int) Math.max(LEAST_RANGE, all);
        int[] order = CounterRandom.of(request.seed(), request.name()).permutation(range);
        int[] train = Arrays.copyOf(order, trainSize);
        int[] test = new int[testSize];
        Arrays.setAll(test, i -> order[range - 1 - i]);
        // Letters and lengths are those of the whole range: the network is the same whichever numbers are drawn.
        Side german = new Side(NumberWords::german, range);
        Side english = new Side(NumberWords::english, range);
        MemoryNeed.require(request.name(), all, german.longest + 2 * (english.longest + 1));
        List<String> targets = new ArrayList<>(List.of("end"));
        targets.addAll(english.letters);
        int[] clean = labels(english, train);
        return new DataSet(
                request.name(),
                new int[] {german.longest},
                german.letters.size(),
                english.longest + 1,
                targets.size(),
                inputs(german, train),
                LabelNoise.redraw(clean, targets.size(), request.labelNoise(), request.seed()),
                clean,
                inputs(german, test),
                labels(english, test),
                new Dictionary(german.letters, targets, "", german.longest));
    }

    /** One of the two languages. */
    private static final class Side {
        private final IntFunction<String> words;
        private final List<String> letters;
        private final int longest;

        Side(IntFunction<String> words, int range) {
            this.words = words;
            int most = 0;
            TreeSet<String> found = new TreeSet<>();
            for (int number = 0; number < range; number++) {
                String word = words.apply(number);
                most = Math.max(most, word.length());
                for (int i = 0; i < word.length(); i++) {
                    found.add(word.substring(i, i + 1));
                }
            }
            letters = List.copyOf(found);
            longest = most;
        }

        int[] numbers(int number) {
            return words.apply(number)
                    .chars()
                    .map(letter -> letters.indexOf(Character.toString(letter)))
                    .toArray();
        }
    }

    private static float[] inputs(Side side, int[] numbers) {
        float[] inputs = new float[numbers.length * side.longest];
        Arrays.fill(inputs, DataSet.NO_TOKEN);
        for (int i = 0; i < numbers.length; i++) {
            int[] letters = side.numbers(numbers[i]);
            for (int j = 0; j < letters.length; j++) {
                inputs[i * side.longest + j] = letters[j];
            }
        }
        return inputs;
    }

    private static int[] labels(Side side, int[] numbers) {
        int width = side.longest + 1;
        int[] labels = new int[numbers.length * width];
        Arrays.fill(labels, DataSet.NO_LABEL);
        for (int i = 0; i < numbers.length; i++) {
            int[] letters = side.numbers(numbers[i]);
            for (int j = 0; j < letters.length; j++) {
                labels[i * width + j] = 1 + letters[j]; // the end comes first
            }
            labels[i * width + letters.length] = Dictionary.END;
        }
        return labels;
    }
}
