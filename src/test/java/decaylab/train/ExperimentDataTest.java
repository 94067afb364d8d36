package decaylab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.data.DataCatalogue;
import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where data is looked for that an experiment names without a folder. */
class ExperimentDataTest {
    @TempDir
    Path datasets;

    private final Experiment text = new ExperimentYaml()
            .parse(
                    "{data: {name: text, trainSize: null, testSize: null, labelNoise: 0}, network: {kind: lstm, widths: [4], "
                            + "normalization: none}}",
                    "the test");

    private ExperimentData data() {
        return new ExperimentData(new DataCatalogue(), () -> datasets);
    }

    @Test
    void inTheLabsFolderOfItsNameOrOfWhatWasFetched() throws IOException {
        assertThatThrownBy(() -> data().load(text))
                .isInstanceOf(BadInputException.class)
                .hasMessage("data.folder is not set, and there is no folder " + datasets.resolve("text")
                        + "; get one with 'decaylab fetch tiny-shakespeare', or set data.folder to the folder that has the files "
                        + "of text.");
        Files.writeString(
                Files.createDirectory(datasets.resolve("tiny-shakespeare")).resolve("input.txt"), "abc".repeat(1000));
        assertThat(data().load(text).vocabulary()).isEqualTo(3);
        Files.writeString(Files.createDirectory(datasets.resolve("text")).resolve("own.txt"), "abcd".repeat(1000));
        assertThat(data().load(text).vocabulary()).isEqualTo(4);
    }

    @Test
    void whatIsNamedGoesBeforeAndMadeDataNeedsNone() throws IOException {
        Path own = Files.createDirectory(datasets.resolve("elsewhere"));
        Files.writeString(own.resolve("a.txt"), "ab".repeat(1000));
        Experiment named = new ExperimentYaml().with(text, Map.of("data.folder", own.toString()));
        assertThat(data().load(named).vocabulary()).isEqualTo(2);
        assertThat(new ExperimentData(new DataCatalogue(), () -> {
                            throw new AssertionError("nobody asks where");
                        })
                        .load(Experiment.defaults())
                        .classes())
                .isEqualTo(10);
    }

    @Test
    void inputsAreDividedByTheLargestOfTraining() {
        ExperimentYaml yaml = new ExperimentYaml();
        Map<String, String> small = Map.of("data.trainSize", "50", "data.testSize", "20");
        Experiment plain = yaml.with(Experiment.defaults(), small);
        Experiment scaled = yaml.with(plain, Map.of("data.scaleInputs", "true"));
        ExperimentData source = data();
        DataSet before = source.load(plain);
        DataSet after = source.load(scaled);
        float largest = 0;
        for (float value : before.trainInputs()) {
            largest = Math.max(largest, Math.abs(value));
        }
        float largestAfter = 0;
        for (float value : after.trainInputs()) {
            largestAfter = Math.max(largestAfter, Math.abs(value));
        }
        assertThat(largest).isGreaterThan(1);
        assertThat(largestAfter).isEqualTo(1);
        assertThat(after.trainInputs()[7]).isEqualTo(before.trainInputs()[7] / largest);
        assertThat(after.testInputs()[7]).isEqualTo(before.testInputs()[7] / largest);
        assertThat(source.load(plain).trainInputs()[7])
                .isEqualTo(before.trainInputs()[7]); // what is kept is told apart
        assertThatThrownBy(() -> source.load(yaml.with(
                        plain, Map.of("data.name", "zipf", "network.kind", "bag", "data.scaleInputs", "true"))))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("data.scaleInputs is true, but the data set zipf is sequences of tokens");
    }
}
