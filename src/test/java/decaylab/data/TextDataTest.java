package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text as data: what is an example, what is held out, and what is no text. */
class TextDataTest {
    private static final int LENGTH = TextData.LENGTH;

    @TempDir
    Path folder;

    private static DataSet load(@Nullable Path folder, @Nullable Integer trainSize, double noise) {
        return new DataCatalogue()
                .load(new DataRequest("text", folder, DataRequest.Columns.usual(), trainSize, null, noise, 0, 1));
    }

    /** A text in which a character tells its place. */
    private static String text(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> Character.toString(0x4E00 + i * 7 % 3000))
                .collect(Collectors.joining());
    }

    @Test
    void everyCharacterIsFollowedByItsLabelAndTheLastTenthIsHeldOut() throws IOException {
        Files.writeString(folder.resolve("b.txt"), text(2000).substring(1200));
        Files.writeString(folder.resolve("a.TXT"), text(2000).substring(0, 1200)); // read first
        Files.writeString(folder.resolve("notes.md"), "not looked at");
        DataSet data = load(folder, null, 0);
        int[] characters = text(2000).codePoints().toArray();
        int[] vocabulary = text(2000).codePoints().sorted().distinct().toArray();
        assertThat(data.classes()).isEqualTo(vocabulary.length);
        assertThat(data.vocabulary()).isEqualTo(vocabulary.length);
        assertThat(data.targets()).isEqualTo(LENGTH);
        assertThat(data.trainSize()).isEqualTo(1799 / LENGTH);
        assertThat(data.testSize()).isEqualTo(199 / LENGTH);
        for (int i = 0; i < data.trainInputs().length; i++) {
            assertThat(vocabulary[(int) data.trainInputs()[i]]).isEqualTo(characters[i]);
            assertThat(vocabulary[data.trainLabels()[i]]).isEqualTo(characters[i + 1]);
        }
        for (int i = 0; i < data.testInputs().length; i++) {
            assertThat(vocabulary[(int) data.testInputs()[i]]).isEqualTo(characters[1800 + i]);
            assertThat(vocabulary[data.testLabels()[i]]).isEqualTo(characters[1801 + i]);
        }
    }

    @Test
    void aSubsetIsDrawnFromTheSeedAndNoiseChangesLabelsAlone() throws IOException {
        Files.writeString(folder.resolve("a.txt"), text(5000));
        DataSet some = load(folder, 10, 0);
        assertThat(some.trainSize()).isEqualTo(10);
        assertThat(some.trainInputs()).isEqualTo(load(folder, 10, 0).trainInputs());
        DataSet noisy = load(folder, 10, 0.5);
        assertThat(noisy.trainInputs()).isEqualTo(some.trainInputs());
        assertThat(noisy.cleanTrainLabels()).isEqualTo(some.trainLabels());
        assertThat(noisy.trainLabels()).isNotEqualTo(some.trainLabels());
    }

    @Test
    void whatIsNoTextIsRefusedInASentence() throws IOException {
        assertThatThrownBy(() -> load(null, null, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessage("data.folder is not set, but text is read from files; "
                        + "set data.folder to a folder with text files (*.txt).");
        assertThatThrownBy(() -> load(folder.resolve("none"), null, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("which is not a folder");
        assertThatThrownBy(() -> load(folder, null, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("has no text files");
        Path file = folder.resolve("a.txt");
        Files.writeString(file, text(640));
        assertThatThrownBy(() -> load(folder, null, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The text files in " + folder + " have 640 characters, 640 of them different; "
                        + "give at least 650 characters of a text.");
        Files.writeString(file, "a".repeat(2000));
        assertThatThrownBy(() -> load(folder, null, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("1 of them different");
        Files.writeString(file, text(2000));
        assertThatThrownBy(() -> load(folder, 29, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessage("data.trainSize is 29, but the text in " + folder
                        + " makes 28 examples of 64 characters; make it at most that, or null for all.");
        Files.write(file, "naïve café".repeat(200).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> load(folder, null, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The file " + file + " is not UTF-8 text; save it as UTF-8.");
    }

    @Test
    void theRealTextHasSixtyFiveCharacters() {
        String data = System.getenv("DECAYLAB_DATA");
        assumeTrue(data != null, "DECAYLAB_DATA is not set: tiny Shakespeare is not read");
        DataSet set = load(Path.of(data, "text"), null, 0);
        assertThat(set.classes()).isEqualTo(65);
        assertThat(set.trainSize() + set.testSize()).isEqualTo(17_427);
    }
}
