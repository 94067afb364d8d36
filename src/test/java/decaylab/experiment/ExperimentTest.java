package decaylab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.optim.DecayEntry;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExperimentTest {
    private final ExperimentYaml yaml = new ExperimentYaml();

    private Experiment parse(String text) {
        return yaml.parse(text, "The text");
    }

    @ParameterizedTest
    @EnumSource(
            value = DecayEntry.class,
            names = {"M_MIXED", "SEPARATE", "SEPARATE_V_MIXED", "TWIN_BUFFERS", "DECOUPLED_V_MIXED"})
    void whatTellsTheMomentsApartNeedsAdam(DecayEntry entry) {
        assertThat(entry.needsAdam()).isTrue();
        for (String kind : List.of("sgd", "heavy-ball", "nesterov")) {
            assertThatThrownBy(() -> parse("optimizer: {kind: " + kind + "}\ndecay: {entry: " + entry + "}"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage("decay.entry is " + entry + ", which is defined under adam only, but optimizer.kind is "
                            + kind + "; use none, l2 or decoupled, or set optimizer.kind to adam.");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DecayEntry.class,
            names = {"NONE", "L2", "DECOUPLED"})
    void theOthersGoWithEveryOptimizer(DecayEntry entry) {
        assertThat(entry.needsAdam()).isFalse();
        for (OptimizerKind kind : OptimizerKind.values()) {
            assertThat(parse("optimizer: {kind: " + kind + "}\ndecay: {entry: " + entry + "}")
                            .decay()
                            .entry())
                    .isEqualTo(entry);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decay: {coupling: none} | decay.coupling is none, which only decay.entry decoupled and decoupled-v-mixed have; with decay.entry l2 it must be learning-rate.",
                "decay: {coupling: schedule, entry: none} | decay.coupling is schedule, which only",
                "{network: {normalization: none}, decay: {layers: normalized}} | decay.layers is normalized, but network.normalization is none, so no layer would decay;",
                "batchSize: 1 | batchSize is 1, but batch normalisation needs at least 2 examples a batch; make batchSize larger or set network.normalization to none.",
            })
    void fieldsThatDoNotGoTogether(String text, String sentence) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void fieldsThatDoGoTogether() {
        assertThat(parse("{batchSize: 1, network: {normalization: none}}").batchSize())
                .isEqualTo(1);
        assertThat(parse("{network: {normalization: none}, decay: {layers: last}}")
                        .decay()
                        .layers())
                .isEqualTo(DecayLayers.LAST);
        assertThat(parse("decay: {entry: decoupled, coupling: schedule}")
                        .decay()
                        .coupling())
                .hasToString("schedule");
    }

    @Test
    void widthsAndInstrumentsAreCopied() {
        List<Integer> widths = new ArrayList<>(List.of(8));
        NetworkSpec network = new NetworkSpec(NetworkKind.MLP, widths, Activation.RELU, Normalization.NONE, 1e-5);
        widths.set(0, 9);
        assertThat(network.widths()).containsExactly(8);
        assertThatThrownBy(() -> network.widths().add(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theDataHasTheRunsSeedUnlessItHasItsOwn() {
        assertThat(Experiment.defaults().withSeed(9).dataSeed()).isEqualTo(9);
        assertThat(parse("{seed: 9, data: {seed: 4}}").dataSeed()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | proto (n 1500, label noise 0.15), mlp 128-64 with batch norm, heavy-ball lr 0.4 x 0.93 each epoch, decay l2 lambda 0.005, batch 50, seed 1",
                "{decay: {gate: off}} | , decay l2 lambda 0.005, gate starts off, batch",
                "{decay: {schedule: {kind: window, to: 420}}} | , decay l2 lambda 0.005 from step 0 to 420, batch",
                "{decay: {schedule: {kind: window, from: 420}}} | , decay l2 lambda 0.005 from step 420, batch",
                "{decay: {entry: none}} | , no decay, batch",
                "{decay: {lambda: 5e-5, layers: last}} | , decay l2 lambda 5e-5 on last layers, batch",
                "{data: {name: mnist, trainSize: null, labelNoise: 0.07}} | mnist (label noise 0.07), mlp",
                "{data: {trainSize: null, labelNoise: 0}} | proto, mlp",
                "{network: {kind: cnn, widths: [16], normalization: none}} | , cnn 16, heavy-ball",
                "{optimizer: {kind: adam, learningRate: 1e-3, schedule: {kind: constant}}} | , adam lr 0.001, decay",
                "{optimizer: {schedule: {kind: cosine}}} | lr 0.4 with cosine, decay",
            })
    void theSummarySaysWhatWasDoneInOneLine(String text, String part) {
        assertThat(parse(text).summary()).contains(part).doesNotContain("\n");
    }

    @Test
    void theSummaryOfAnyExperimentIsOneLine() {
        RandomExperiments random = new RandomExperiments(2);
        for (int i = 0; i < 200; i++) {
            assertThat(random.next().summary()).hasLineCount(1).doesNotContain("null", "[", "{");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0.4", "50, 50", "1e-5, 1e-5", "5e-4, 5e-4", "0.001, 0.001", "1.5e9, 1.5e9", "-0.0, 0", "NaN, NaN"
    })
    void numbersHaveTheDigitsThatTheyNeed(double value, String text) {
        assertThat(Shortest.of(value)).isEqualTo(text);
    }

    @Test
    void everyWordIsDifferentFromTheOthersOfItsKind() {
        for (Map.Entry<String, List<String>> words : Map.of(
                        "entry", words(DecayEntry.values()),
                        "kind", words(OptimizerKind.values()),
                        "normalization", words(Normalization.values()))
                .entrySet()) {
            assertThat(words.getValue())
                    .as(words.getKey())
                    .doesNotHaveDuplicates()
                    .allMatch(word -> word.matches("[a-z][a-z0-9-]*"));
        }
    }

    private static List<String> words(Enum<?>[] values) {
        return java.util.Arrays.stream(values).map(Enum::toString).toList();
    }
}
