package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Noise in the inputs: normal, of its size, in the training set alone, the same for the same seed. */
class InputNoiseTest {
    @TempDir
    Path folder;

    private static DataSet teacher(double noise, long seed) {
        return new DataCatalogue()
                .load(new DataRequest("teacher", null, DataRequest.Columns.usual(), 2000, 100, 0, noise, seed));
    }

    @Test
    void itIsNormalOfItsDeviationAndTheTestSetStaysClean() {
        DataSet clean = teacher(0, 1);
        DataSet noisy = teacher(0.5, 1);
        double sum = 0;
        double squares = 0;
        int within = 0;
        int count = clean.trainInputs().length;
        for (int i = 0; i < count; i++) {
            double noise = noisy.trainInputs()[i] - clean.trainInputs()[i];
            sum += noise;
            squares += noise * noise;
            within += Math.abs(noise) < 0.5 ? 1 : 0;
        }
        assertThat(sum / count).isCloseTo(0, within(0.01));
        assertThat(Math.sqrt(squares / count)).isCloseTo(0.5, within(0.01));
        assertThat((double) within / count).isCloseTo(0.6827, within(0.01));
        assertThat(noisy.testInputs()).containsExactly(clean.testInputs());
        assertThat(noisy.trainLabels()).containsExactly(clean.trainLabels());
    }

    @Test
    void moreNoiseIsTheSameNoiseLarger() {
        float clean = teacher(0, 1).trainInputs()[7];
        float some = teacher(0.5, 1).trainInputs()[7];
        float more = teacher(1, 1).trainInputs()[7];
        assertThat(more - clean).isCloseTo(2 * (some - clean), within(1e-5f));
        assertThat(teacher(0.5, 1).trainInputs())
                .containsExactly(teacher(0.5, 1).trainInputs());
        assertThat(teacher(0.5, 2).trainInputs()[7]).isNotEqualTo(some);
    }

    @Test
    void tokensTakeNone() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "ab".repeat(2000));
        assertThatThrownBy(() -> new DataCatalogue()
                        .load(new DataRequest("text", folder, DataRequest.Columns.usual(), null, null, 0, 0.5, 1)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("data.inputNoise is 0.5, but the data set text is sequences of tokens");
        assertThatThrownBy(() -> new DataRequest("text", folder, DataRequest.Columns.usual(), null, null, 0, -1, 1))
                .hasMessage("data.inputNoise is -1.0; it must be a number of at least 0.");
    }
}
