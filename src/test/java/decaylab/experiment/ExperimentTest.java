package decaylab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

    @Test
    void anAgentIsThereWhereSomethingActs() {
        Experiment acting = parse("{data: {name: grid-world}, agent: {targetEvery: 9, double: false}}");
        assertThat(acting.agent().targetEvery()).isEqualTo(9);
        assertThat(acting.agent().doubled()).isFalse();
        assertThat(acting.agent().discount()).isEqualTo(AgentSpec.defaults().discount());
        assertThat(acting.instruments()).containsEntry(Instrument.RETURNS, 100);
        assertThat(yaml.write(acting)).contains("targetEvery: 9").contains("double: false");
        assertThat(parse(yaml.write(acting))).isEqualTo(acting);
        assertThat(acting.withSeed(3).agent()).isEqualTo(acting.agent());
        assertThat(acting.summary()).startsWith("grid-world, mlp");
        assertThat(yaml.write(Experiment.defaults())).doesNotContain("agent").doesNotContain("returns");
    }

    @Test
    void itIsForgottenWhereNothingActsAnyMore() {
        Experiment acting = parse("{data: {name: cart-pole}, agent: {targetEvery: 9}}");
        Experiment other = yaml.with(acting, Map.of("data.name", "proto"));
        assertThat(other).isEqualTo(Experiment.defaults());
    }

    @Test
    void modulesAreThereWhereTheyAreAskedFor() {
        Experiment cut = parse("synthetic: {at: [dense1], mode: unlocked, lambda: 0.5}");
        assertThat(cut.synthetic().unlocked()).isTrue();
        assertThat(cut.synthetic().at().of(List.of("dense1", "dense2"))).containsExactly("dense1");
        assertThat(cut.instruments()).containsEntry(Instrument.SYNTHETIC, 10);
        assertThat(yaml.write(cut)).contains("mode: unlocked").contains("lambda: 0.5");
        assertThat(parse(yaml.write(cut))).isEqualTo(cut);
        assertThat(cut.withSeed(3).synthetic()).isEqualTo(cut.synthetic());
        assertThat(cut.summary()).contains("synthetic gradients at [dense1] unlocked lr 0.001 lambda 0.5");
        assertThat(yaml.write(Experiment.defaults())).doesNotContain("synthetic");
        assertThat(yaml.with(cut, Map.of("synthetic.at", "none"))).isEqualTo(Experiment.defaults());
        List<String> five = List.of("a", "b", "c", "d", "e");
        assertThat(parse("synthetic: {at: middle}").synthetic().at().of(five)).containsExactly("c");
        assertThat(parse("synthetic: {at: every}").synthetic().at().of(five)).isEqualTo(five);
    }

    @Test
    void explorationDeclinesInALine() {
        AgentSpec agent = parse("{data: {name: cart-pole}, agent: {epsilonFrom: 0.9, epsilonTo: 0.1, epsilonSteps: 4}}")
                .agent();
        assertThat(agent.epsilon(0)).isEqualTo(0.9);
        assertThat(agent.epsilon(1)).isCloseTo(0.7, within(1e-12));
        assertThat(agent.epsilon(4)).isCloseTo(0.1, within(1e-12));
        assertThat(agent.epsilon(1_000)).isCloseTo(0.1, within(1e-12));
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
                "{data: {name: cart-pole}, agent: {discount: 1.5}} | agent.discount is 1.5; it must be a number from 0 to 1.",
                "{data: {name: cart-pole}, agent: {double: maybe}} | agent.double is 'maybe'; it must be true or false.",
                "{data: {name: cart-pole}, agent: {replaySize: 0}} | agent.replaySize is 0; it must be a whole number from 1 to 10000000.",
                "{data: {name: cart-pole}, agent: {warmUp: 10}} | agent.warmUp is 10, but batchSize is 50, so the first mini-batch would have too few steps to draw from; make agent.warmUp larger.",
                "{data: {name: cart-pole}, agent: {warmUp: 900, replaySize: 800}} | agent.warmUp is 900, but agent.replaySize is 800, so its first steps would be forgotten; make agent.warmUp smaller or agent.replaySize larger.",
                "agent: {targetEvery: 9} | agent is set, but data.name is proto, where nothing acts; leave it out, or set data.name to one of cart-pole, grid-world.",
                "instruments: {returns: 9} | instruments.returns is set, but data.name is proto, where nothing acts;",
                "synthetic: {mode: locked} | synthetic is set, but synthetic.at is none, so there is no module; leave it out, or set synthetic.at to middle or every.",
                "instruments: {synthetic: 9} | instruments.synthetic is set, but synthetic.at is none,",
                "{synthetic: {at: every}, network: {kind: cnn}} | synthetic.at is every, but network.kind is cnn, and modules stand between dense layers alone; set network.kind to mlp or synthetic.at to none.",
                "{synthetic: {at: every}, data: {name: cart-pole}} | synthetic.at is every, but data.name is cart-pole, where there are no labels",
                "synthetic: {at: []} | synthetic.at is []; it must have at least one layer and each once, or be none.",
                "synthetic: {at: [dense1, dense1]} | synthetic.at is [dense1, dense1]; it must have",
                "synthetic: {at: all} | synthetic.at is 'all'; it must be one of none, middle, every, or a list of hidden layers like [dense1, dense3].",
                "synthetic: {at: every, lambda: -1} | synthetic.lambda is -1.0; it must be a number from 0 to 1000000.",
                "{synthetic: {at: every, mode: unlocked}, instruments: {budget: 5}} | instruments.budget is set, but synthetic.mode is unlocked, where the parts",
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
