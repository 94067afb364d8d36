package decaylab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Experiment named = new ExperimentYaml().with(text, java.util.Map.of("data.folder", own.toString()));
        assertThat(data().load(named).vocabulary()).isEqualTo(2);
        assertThat(new ExperimentData(new DataCatalogue(), () -> {
                            throw new AssertionError("nobody asks where");
                        })
                        .load(Experiment.defaults())
                        .classes())
                .isEqualTo(10);
    }
}
