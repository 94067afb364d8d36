package decaylab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Instrument;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.TokenClass;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the preset for texts. */
class TextRunTest {
    @TempDir
    private Path folder;

    private static SampleLog run(Map<String, String> settings, int threads) {
        ExperimentYaml yaml = new ExperimentYaml();
        Experiment experiment = yaml.with(new Presets(yaml).get("characters"), settings);
        try (Trainer trainer = Trainer.create(
                experiment, new ExperimentData(new DataCatalogue()).load(experiment), List.of(), threads)) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            return trainer.log();
        }
    }

    private static double last(SampleLog log, Quantity quantity) {
        return log.value(log.place(Metric.of(quantity)).orElseThrow(), log.rows() - 1);
    }

    /** A text that can be known by heart; what decides the next character lies up to eleven characters back. */
    @Test
    void aRhymeIsLearnedAndTheSameRunHasTheSameBitsWithOneThreadAndTwo() throws IOException {
        Files.writeString(folder.resolve("rhyme.txt"), "one potato, two potato, three potato, four. ".repeat(100));
        Map<String, String> settings = Map.of(
                "data.folder", folder.toString(),
                "network.widths", "[24, 16]",
                "steps", "250",
                "evaluateEvery", "250",
                "batchSize", "7",
                "optimizer.learningRate", "0.02");
        SampleLog one = run(settings, 1);
        SampleLog two = run(settings, 2);
        assertThat(one.value(one.place(Metric.of(Quantity.LOSS)).orElseThrow(), 0))
                .isCloseTo(Math.log(15), within(0.7)); // 15 characters, about equally likely at the start
        assertThat(last(one, Quantity.TEST_ACCURACY)).isGreaterThan(0.9);
        assertThat(last(one, Quantity.EFFECTIVE_LEARNING_RATE)).isNaN(); // nothing is normalised
        assertThat(one.metrics())
                .extracting(Metric::column)
                .anyMatch(metric -> metric.contains("lstm2-recurrent"))
                .anyMatch(metric -> metric.contains("embedding"));
        for (int i = 0; i < one.metrics().size(); i++) {
            for (long row = 0; row < one.rows(); row++) {
                assertThat(Double.doubleToRawLongBits(two.value(i, row)))
                        .isEqualTo(Double.doubleToRawLongBits(one.value(i, row)));
            }
        }
    }

    /** The classes of tokens have lines of their own; their rows are those of the embedding. */
    @Test
    void theEmbeddingIsFollowedByHowOftenItsTokensCome() throws IOException {
        Files.writeString(folder.resolve("rhyme.txt"), "one potato, two potato, three potato, four. ".repeat(100));
        SampleLog log = run(
                Map.of(
                        "data.folder", folder.toString(),
                        "network.widths", "[8]",
                        "steps", "30",
                        "batchSize", "5",
                        "optimizer.learningRate", "0.02",
                        "decay.lambda", "0.5",
                        "instruments", "{shares: 1, embedding: 10}"),
                1);
        SampleLog shares = log.sheet(Instrument.SHARES);
        SampleLog rows = log.sheet(Instrument.EMBEDDING);
        assertThat(rows.rows()).isEqualTo(3);
        assertThat(rows.metrics()).extracting(Metric::column).contains("row_norm[most-frequent]", "row_norm[never]");
        for (TokenClass each : TokenClass.values()) {
            double norm = rows.value(
                    rows.place(Metric.of(Quantity.ROW_NORM, each.toString())).orElseThrow(), 2);
            assertThat(SampleLog.isEmpty(norm)).isEqualTo(each == TokenClass.NEVER); // every character comes
        }
        double squares = 0;
        double drowned = 0;
        for (String each : TokenClass.words().subList(0, 5)) {
            double length = shares.value(
                    shares.place(Metric.of(Quantity.TOKEN_OBJECTIVE_SHARE, each))
                            .orElseThrow(),
                    29);
            squares += length * length;
            drowned = Math.max(
                    drowned,
                    shares.value(
                            shares.place(Metric.of(Quantity.TOKEN_DROWNED, each))
                                    .orElseThrow(),
                            29));
        }
        double whole = shares.value(
                shares.place(Metric.of(Quantity.OBJECTIVE_SHARE, "embedding")).orElseThrow(), 29);
        assertThat(Math.sqrt(squares)).isCloseTo(whole, within(1e-4 * whole));
        assertThat(drowned)
                .isGreaterThanOrEqualTo(shares.value(
                        shares.place(Metric.of(Quantity.DROWNED, "embedding")).orElseThrow(), 29));
    }

    @Test
    void aNetworkOfMeasurementsHasNoEmbeddingToFollow() {
        Experiment experiment = SmallRuns.experiment("instruments={embedding: 1}");
        assertThatThrownBy(() -> SmallRuns.run(experiment))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("instruments.embedding cannot be taken");
        assertThat(SmallRuns.run(SmallRuns.experiment())
                        .sheet(Instrument.SHARES)
                        .metrics())
                .extracting(metric -> metric.quantity().scope())
                .doesNotContain(Quantity.Scope.TOKENS);
    }

    /** Each character from the one before alone gives 2.48 nats. */
    @Test
    void shakespeareIsPredictedBetterThanFromTheCharacterBefore() {
        String data = System.getenv("DECAYLAB_DATA");
        assumeTrue(data != null, "DECAYLAB_DATA is not set: tiny Shakespeare is not read");
        SampleLog log = run(
                Map.of(
                        "data.folder", Path.of(data, "text").toString(),
                        "data.trainSize", "8000",
                        "data.testSize", "200",
                        "steps", "400",
                        "evaluateEvery", "400"),
                2);
        assertThat(last(log, Quantity.TEST_LOSS)).isLessThan(2.1);
    }

    @Test
    void whatCannotBeMeasuredOfARecurrentNetworkIsRefused() throws IOException {
        Files.writeString(folder.resolve("rhyme.txt"), "one potato, two potato, three potato, four. ".repeat(100));
        Map<String, String> settings = Map.of(
                "data.folder", folder.toString(),
                "network.widths", "[8]",
                "steps", "5",
                "instruments.generalization", "2");
        assertThatThrownBy(() -> run(settings, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("instruments.generalization cannot be taken: ")
                .hasMessageContaining("lstm");
    }
}
