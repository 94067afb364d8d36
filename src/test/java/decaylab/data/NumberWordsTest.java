package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers in words, and the data set made of them. */
class NumberWordsTest {
    @ParameterizedTest
    @CsvSource({
        "0, null, zero",
        "1, eins, one",
        "7, sieben, seven",
        "11, elf, eleven",
        "12, zwölf, twelve",
        "16, sechzehn, sixteen",
        "17, siebzehn, seventeen",
        "20, zwanzig, twenty",
        "21, einundzwanzig, twenty-one",
        "27, siebenundzwanzig, twenty-seven",
        "30, dreißig, thirty",
        "40, vierzig, forty",
        "66, sechsundsechzig, sixty-six",
        "100, einhundert, one hundred",
        "101, einhunderteins, one hundred one",
        "212, zweihundertzwölf, two hundred twelve",
        "999, neunhundertneunundneunzig, nine hundred ninety-nine",
        "1000, eintausend, one thousand",
        "1001, eintausendeins, one thousand one",
        "7777, siebentausendsiebenhundertsiebenundsiebzig, seven thousand seven hundred seventy-seven",
        "21000, einundzwanzigtausend, twenty-one thousand",
        "101101, einhunderteintausendeinhunderteins, one hundred one thousand one hundred one",
        "999999, neunhundertneunundneunzigtausendneunhundertneunundneunzig, "
                + "nine hundred ninety-nine thousand nine hundred ninety-nine"
    })
    void numbersAreSpelledOut(int number, String german, String english) {
        assertThat(NumberWords.german(number)).isEqualTo(german);
        assertThat(NumberWords.english(number)).isEqualTo(english);
    }

    @Test
    void noTwoNumbersHaveTheSameWords() {
        Set<String> german = new HashSet<>();
        Set<String> english = new HashSet<>();
        for (int number = 0; number < 200_000; number += number < 10_000 ? 1 : 7) {
            assertThat(german.add(NumberWords.german(number))).isTrue();
            assertThat(english.add(NumberWords.english(number))).isTrue();
        }
    }

    private static DataSet make(@Nullable Integer train, @Nullable Integer test, double noise, long seed) {
        return new DataCatalogue()
                .load(new DataRequest("number-words", null, DataRequest.Columns.usual(), train, test, noise, 0, seed));
    }

    private static List<String> pairs(DataSet data, float[] inputs, int[] labels) {
        Dictionary dictionary = Objects.requireNonNull(data.dictionary());
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < labels.length / data.targets(); i++) {
            StringBuilder source = new StringBuilder();
            for (int j = 0; j < data.features() && inputs[i * data.features() + j] >= 0; j++) {
                source.append(dictionary.source().get((int) inputs[i * data.features() + j]));
            }
            int[] ofExample = Arrays.copyOfRange(labels, i * data.targets(), (i + 1) * data.targets());
            pairs.add(source + " = " + String.join("", dictionary.decode(ofExample)));
            int end = dictionary.decode(ofExample).size();
            assertThat(ofExample[end]).isEqualTo(Dictionary.END);
            assertThat(Arrays.stream(ofExample, end + 1, ofExample.length))
                    .allMatch(label -> label == DataSet.NO_LABEL);
        }
        return pairs;
    }

    @Test
    void theSetHasEachNumberOnceForTrainingOrHeldOut() {
        DataSet data = make(null, null, 0, 1);
        assertThat(data.trainSize()).isEqualTo(9000);
        assertThat(data.testSize()).isEqualTo(1000);
        assertThat(data.shape()).containsExactly(42);
        assertThat(data.targets()).isEqualTo(43); // the end included
        assertThat(data.translates()).isTrue();
        List<String> all = pairs(data, data.trainInputs(), data.trainLabels());
        all.addAll(pairs(data, data.testInputs(), data.testLabels()));
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 10_000; number++) {
            expected.add(NumberWords.german(number) + " = " + NumberWords.english(number));
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theSeedChoosesWhatIsHeldOutAndSizesLeaveTheRestAsItIs() {
        DataSet first = make(50, 20, 0, 1);
        DataSet longer = make(80, 30, 0, 1);
        DataSet other = make(50, 20, 0, 2);
        assertThat(pairs(longer, longer.trainInputs(), longer.trainLabels()).subList(0, 50))
                .isEqualTo(pairs(first, first.trainInputs(), first.trainLabels()));
        assertThat(pairs(longer, longer.testInputs(), longer.testLabels()).subList(0, 20))
                .isEqualTo(pairs(first, first.testInputs(), first.testLabels()));
        assertThat(pairs(other, other.testInputs(), other.testLabels()))
                .isNotEqualTo(pairs(first, first.testInputs(), first.testLabels()));
    }

    @Test
    void largerSizesReachFurtherAndTooLargeOnesAreRefused() {
        DataSet data = make(20_000, 5_000, 0, 1);
        Set<String> all = new HashSet<>(pairs(data, data.trainInputs(), data.trainLabels()));
        all.addAll(pairs(data, data.testInputs(), data.testLabels()));
        assertThat(all)
                .hasSize(25_000)
                .contains("vierundzwanzigtausendneunhundertneunundneunzig = "
                        + "twenty-four thousand nine hundred ninety-nine");
        assertThatThrownBy(() -> make(999_999, 2, 0, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "data.trainSize and data.testSize are 999999 and 2, but there are only 1000000 numbers below a "
                                + "million; make their sum at most that.");
    }

    @Test
    void noiseRedrawsLettersAndNeverThePadding() {
        DataSet data = make(200, 10, 0.5, 3);
        int changed = 0;
        int letters = 0;
        for (int i = 0; i < data.trainLabels().length; i++) {
            boolean padding = data.cleanTrainLabels()[i] == DataSet.NO_LABEL;
            assertThat(data.trainLabels()[i] == DataSet.NO_LABEL).isEqualTo(padding);
            letters += padding ? 0 : 1;
            changed += data.trainLabels()[i] == data.cleanTrainLabels()[i] ? 0 : 1;
        }
        assertThat((double) changed / letters).isBetween(0.43, 0.52); // some are redrawn to what they were
    }

    @Test
    void aTextIsTakenApartOrRefused() {
        Dictionary dictionary = Objects.requireNonNull(make(10, 10, 0, 1).dictionary());
        assertThat(dictionary.encode("elf")).hasSize(3);
        assertThatThrownBy(() -> dictionary.encode("Elf"))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("\"E\" in \"Elf\" is in no example, so that it cannot be translated; use a");
        assertThatThrownBy(() -> dictionary.encode(""))
                .isInstanceOf(BadInputException.class)
                .hasMessage("There is nothing to translate; give 1 to 42 characters.");
        assertThatThrownBy(() -> dictionary.encode("n".repeat(43)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is too long to translate; give 1 to 42 characters.");
    }
}
