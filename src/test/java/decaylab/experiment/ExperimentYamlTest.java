package decaylab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.schedule.Every;
import decaylab.schedule.Schedule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentYamlTest {
    private static final int MANY = 600;
    private static final Experiment DEFAULTS = Experiment.defaults();

    private final ExperimentYaml yaml = new ExperimentYaml();

    @TempDir
    private Path folder;

    private Experiment parse(String text) {
        return yaml.parse(text, "The text");
    }

    private String refused(String text) {
        try {
            Experiment experiment = parse(text);
            throw new AssertionError("accepted as " + experiment);
        } catch (BadInputException e) {
            return sentence(e);
        }
    }

    private String refused(Experiment base, Map<String, String> settings) {
        try {
            Experiment experiment = yaml.with(base, settings);
            throw new AssertionError("accepted as " + experiment);
        } catch (BadInputException e) {
            return sentence(e);
        }
    }

    private static String sentence(BadInputException e) {
        assertThat(e.getMessage())
                .isNotNull()
                .endsWith(".")
                .doesNotContain("\n", "Exception", "com.fasterxml", "java.");
        return e.getMessage();
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        RandomExperiments random = new RandomExperiments(1);
        for (int i = 0; i < MANY; i++) {
            Experiment experiment = random.next();
            String text = yaml.write(experiment);
            assertThat(parse(text)).as(text).isEqualTo(experiment);
            assertThat(yaml.write(parse(text))).isEqualTo(text);
        }
    }

    @Test
    void randomExperimentsHaveEveryKindOfEverything() {
        RandomExperiments random = new RandomExperiments(1);
        List<Experiment> experiments =
                java.util.stream.Stream.generate(random::next).limit(MANY).toList();
        assertThat(experiments.stream().map(e -> e.decay().entry())).contains(DecayEntry.values());
        assertThat(experiments.stream().map(e -> e.decay().coupling())).contains(Coupling.values());
        assertThat(experiments.stream().map(e -> e.decay().gate())).contains(Gate.values());
        assertThat(experiments.stream()
                        .map(e -> e.decay().schedule().getClass())
                        .distinct())
                .hasSize(6);
    }

    @Test
    void theFileIsCompleteAndInTheDocumentedOrder() {
        assertThat(yaml.write(DEFAULTS)).isEqualTo("""
                        data:
                          name: proto
                          folder: null
                          trainSize: 1500
                          testSize: 2000
                          labelNoise: 0.15
                          inputNoise: 0.0
                          flip: false
                          shift: 0
                          header: auto
                          classColumn: last
                          seed: null
                        network:
                          kind: mlp
                          widths:
                          - 128
                          - 64
                          blocks: 1
                          activation: relu
                          normalization: batch
                          bnEpsilon: 1.0E-5
                        optimizer:
                          kind: heavy-ball
                          learningRate: 0.4
                          momentum: 0.9
                          beta1: 0.9
                          beta2: 0.999
                          epsilon: 1.0E-8
                          lossScale: 1.0
                          schedule:
                            kind: exponential
                            factor: 0.93
                            every: epoch
                        decay:
                          entry: l2
                          lambda: 0.005
                          gate: auto
                          schedule:
                            kind: constant
                          layers: all
                          biases: false
                          normParameters: false
                          coupling: learning-rate
                        batchSize: 50
                        steps: 1200
                        seed: 1
                        precision: float
                        evaluateEvery: 30
                        instruments: {}
                        """);
    }

    @Test
    void aWordThatOtherReadersTakeForABooleanIsQuoted() {
        assertThat(yaml.write(yaml.with(DEFAULTS, Map.of("decay.gate", "off")))).contains("gate: \"off\"");
    }

    @Test
    void theDocumentedExampleIsUnderstood() {
        Experiment experiment = parse("""
                data:      {name: proto, folder: null, trainSize: 1500, testSize: 2000, labelNoise: 0.15, seed: null}   # the run's
                network:   {kind: mlp, widths: [128, 64], activation: relu, normalization: batch, bnEpsilon: 1.0e-5}
                optimizer: {kind: heavy-ball, learningRate: 0.4, momentum: 0.9, schedule: {kind: exponential, factor: 0.93, every: epoch}}
                decay:     {entry: l2, lambda: 5.0e-3, gate: auto, schedule: {kind: window, from: 0, to: 420}, layers: all, biases: false, normParameters: false, coupling: learning-rate}
                batchSize: 50
                steps: 1200
                seed: 1
                precision: float        # or double, for identities
                evaluateEvery: 30
                instruments: {}
                """);
        assertThat(experiment)
                .isEqualTo(yaml.with(DEFAULTS, Map.of("decay.schedule.kind", "window", "decay.schedule.to", "420")));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(parse("seed: 7")).isEqualTo(DEFAULTS.withSeed(7));
        assertThat(parse("data: {}\ninstruments: {}")).isEqualTo(DEFAULTS);
        assertThat(parse("data: {trainSize: null}").data().trainSize()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5e-3", "5.0e-3", "0.005", "5E-3", ".5e-2", "+5e-3", "'5e-3'", "\"0.005\"", "0_0.005"})
    void numbersAsPeopleWriteThem(String written) {
        assertThat(parse("decay: {lambda: " + written + "}").decay().lambda()).isEqualTo(0.005);
        assertThat(yaml.with(DEFAULTS, Map.of("decay.lambda", written)).decay().lambda())
                .isEqualTo(0.005);
        Schedule drawn = parse("decay: {schedule: {kind: drawn, points: [{at: 0, factor: " + written + "}]}}")
                .decay()
                .schedule();
        assertThat(drawn).isEqualTo(new Schedule.Drawn(List.of(new Schedule.Point(0, 0.005))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "1e3", "1.0E3", "1_000", "+1000", "01000", "'1000'", "1000."})
    void wholeNumbersAsPeopleWriteThem(String written) {
        assertThat(parse("steps: " + written).steps()).isEqualTo(1000);
        assertThat(parse("network: {widths: [" + written + "]}").network().widths())
                .containsExactly(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "0, 0",
        "-0, 0",
        "0e999999999, 0",
    })
    void seedsMayBeAnyWholeNumberOf64Bits(String written, long seed) {
        assertThat(parse("seed: " + written).seed()).isEqualTo(seed);
    }

    @Test
    void minusZeroIsZero() {
        assertThat(parse("decay: {lambda: -0.0}").decay().lambda()).isEqualTo(0.0);
        assertThat(parse("decay: {lambda: -0.0}")).isEqualTo(parse("decay: {lambda: 0}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", "2024", "1e3", "1_000", "0x1F", "12:30", "off", "yes", "2024-01-31", "1.0"})
    void aFolderIsTheWordAsItStands(String name) {
        assertThat(parse("data: {folder: " + name + "}").data().folder()).isEqualTo(name);
        assertThat(yaml.with(DEFAULTS, Map.of("data.folder", name)).data().folder())
                .isEqualTo(name);
    }

    @Test
    void anEmptyFolderIsNone() {
        assertThat(parse("data: {folder: ''}").data().folder()).isNull();
        assertThat(parse("data:\n  folder:\n").data().folder()).isNull();
        assertThat(yaml.with(parse("data: {folder: a}"), Map.of("data.folder", ""))
                        .data()
                        .folder())
                .isNull();
    }

    @Test
    void aFolderMayHoldWhatYamlCannotTakeBare() {
        String name = "a #b: [c] {d} *e & 'f'";
        assertThat(yaml.with(DEFAULTS, Map.of("data.folder", name)).data().folder())
                .isEqualTo(name);
        assertThat(yaml.with(parse("data: {folder: a}"), Map.of("data.folder", "null"))
                        .data()
                        .folder())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(Gate.class)
    void everyPositionOfTheGateIsAPlainWord(Gate gate) {
        assertThat(parse("decay: {gate: " + gate + "}").decay().gate()).isEqualTo(gate);
        assertThat(yaml.with(DEFAULTS, Map.of("decay.gate", gate.toString()))
                        .decay()
                        .gate())
                .isEqualTo(gate);
    }

    @ParameterizedTest
    @EnumSource(DecayEntry.class)
    void everyEntryIsReadUnderAdam(DecayEntry entry) {
        Experiment experiment = parse("optimizer: {kind: adam}\ndecay: {entry: " + entry + "}");
        assertThat(experiment.decay().entry()).isEqualTo(entry);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "True, true", "FALSE, false", "'''true''', true"})
    void truthValues(String written, boolean value) {
        assertThat(parse("decay: {biases: " + written + "}").decay().biases()).isEqualTo(value);
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoMatter() {
        assertThat(parse("\uFEFFseed: 5\r\nsteps: 6\r\n").seed()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: {name: ''} | data.name has no value; it must be the name of a data set (see 'list datasets').",
                "data: {name: [a]} | data.name is [a]; it must be the name of a data set (see 'list datasets').",
                "data: {name: null} | data.name has no value; it must be the name of a data set (see 'list datasets').",
                "data: {folder: ' '} | data.folder is empty; it must be a folder with the data set's files, or null for made data "
                        + "and the lab's own folder.",
                "data: {folder: \"a\\nb\"} | data.folder is a text with line breaks or control characters; it must be a folder",
                "data: {trainSize: 1} | data.trainSize is 1; it must be a whole number from 2 to 10000000, or null for all.",
                "data: {trainSize: many} | data.trainSize is 'many'; it must be a whole number from 2",
                "data: {testSize: 0} | data.testSize is 0; it must be a whole number from 1",
                "data: {testSize: 3e9} | data.testSize is 3000000000; it must be a whole number from 1",
                "data: {labelNoise: 1.01} | data.labelNoise is 1.01; it must be a number from 0 to 1.",
                "data: {labelNoise: 15%} | data.labelNoise is '15%'; it must be a number from 0 to 1.",
                "data: {labelNoise: null} | data.labelNoise has no value; it must be a number from 0 to 1.",
                "data: {seed: x} | data.seed is 'x'; it must be a whole number, or null for the run's seed.",
                "network: {kind: MLP} | network.kind is 'MLP' (did you mean mlp?); it must be one of mlp, cnn, all-cnn, resnet, lstm, bag, encoder-decoder.",
                "network: {widths: []} | network.widths is []; it must be a list of 1 to 32 whole numbers",
                "network: {widths: 128} | network.widths is 128; it must be a list of 1 to 32 whole numbers",
                "network: {widths: [128, null]} | network.widths[1] has no value; it must be a whole number from 1 to 1000000.",
                "network: {widths: [128, 0]} | network.widths[1] is 0; it must be a whole number from 1 to 1000000.",
                "network: {widths: [6.5]} | network.widths[0] is 6.5; it must be a whole number",
                "network: {widths: [[1]]} | network.widths[0] is [1]; it must be a whole number",
                "network: {activation: reul} | network.activation is 'reul' (did you mean relu?); it must be one of relu, tanh, identity.",
                "network: {normalization: bach} | network.normalization is 'bach' (did you mean batch?); it must be one of none, batch, batch-affine.",
                "network: {bnEpsilon: -1e-5} | network.bnEpsilon is -1.0E-5; it must be a number from 0 to 1.",
                "optimizer: {kind: adamw} | optimizer.kind is 'adamw' (did you mean adam?); it must be one of sgd, heavy-ball, nesterov, adam.",
                "optimizer: {learningRate: .nan} | optimizer.learningRate is '.nan'; it must be a number from 0 to 1e9.",
                "optimizer: {learningRate: .inf} | optimizer.learningRate is '.inf'; it must be a number from 0 to 1e9.",
                "optimizer: {learningRate: 1e999} | optimizer.learningRate is 1e999; it must be a number from 0 to 1e9.",
                "optimizer: {learningRate: 1e99999999999} | optimizer.learningRate is '1e99999999999'; it must be a number",
                "optimizer: {learningRate: } | optimizer.learningRate has no value; it must be a number from 0 to 1e9.",
                "optimizer: {momentum: 1} | optimizer.momentum is 1.0; it must be a number from 0 to 0.9999.",
                "optimizer: {beta1: 1} | optimizer.beta1 is 1.0; it must be a number from 0 to 0.99999.",
                "optimizer: {beta2: -0.1} | optimizer.beta2 is -0.1; it must be a number from 0 to 0.9999999.",
                "optimizer: {epsilon: true} | optimizer.epsilon is true; it must be a number from 0 to 1.",
                "optimizer: {schedule: cosine} | optimizer.schedule is 'cosine'; it must be like {kind: constant}, with one of constant, window,",
                "optimizer: {schedule: {kind: cosin}} | optimizer.schedule.kind is 'cosin' (did you mean cosine?); it must be one of constant,",
                "optimizer: {schedule: {kind: cosine, floor: 2}} | optimizer.schedule.floor is 2; it must be a number from 0 to 1.",
                "optimizer: {schedule: {kind: exponential, factor: 0}} | optimizer.schedule.factor is 0; it must be a number above 0 and at most 1.",
                "optimizer: {schedule: {kind: exponential, every: epochs}} | optimizer.schedule.every is 'epochs' (did you mean epoch?); it must be one of step, epoch.",
                "optimizer: {schedule: {kind: cosine, factor: 1}} | There is no field optimizer.schedule.factor; the fields of a schedule of kind cosine are kind, floor.",
                "optimizer: {schedule: {kind: null}} | optimizer.schedule.kind has no value; it must be one of constant,",
                "optimizer: {schedule: {kind: piecewise, knots: 5}} | optimizer.schedule.knots is 5; it must be a list like [{from: 0, factor: 1},",
                "optimizer: {schedule: {kind: piecewise, knots: null}} | optimizer.schedule.knots has no value; it must be a list",
                "optimizer: {schedule: {kind: piecewise, knots: [null]}} | optimizer.schedule.knots[0] has no value; it must be like {from: ..., factor: ...}.",
                "optimizer: {schedule: {kind: piecewise, knots: [{from: 1}]}} | optimizer.schedule.knots[0] has no factor; it must be like {from: ..., factor: ...}.",
                "optimizer: {schedule: {kind: piecewise, knots: [{from: 1, factr: 2}]}} | There is no field optimizer.schedule.knots[0].factr (did you mean factor?); the fields there are from, factor.",
                "optimizer: {schedule: {kind: piecewise, knots: [{from: 5, factor: 1}, {from: 5, factor: 2}]}} | optimizer.schedule.knots[1].from is 5; it must be larger than that of the knot before it, 5.",
                "optimizer: {schedule: {kind: piecewise, knots: [{from: 5, factor: -1}]}} | optimizer.schedule.knots[0].factor is -1; it must be a number of at least 0.",
                "decay: {entry: decopled} | decay.entry is 'decopled' (did you mean decoupled?); it must be one of none, l2,",
                "decay: {lambda: -1} | decay.lambda is -1.0; it must be a number from 0 to 1000000.",
                "decay: {lambda: [1]} | decay.lambda is [1]; it must be a number from 0 to 1000000.",
                "decay: {gate: of} | decay.gate is 'of' (did you mean off?); it must be one of auto, on, off.",
                "decay: {schedule: {kind: window, from: -1}} | decay.schedule.from is -1; it must be a whole number of at least 0.",
                "decay: {schedule: {kind: window, from: 9, to: 8}} | decay.schedule.to is 8; it must be a whole number of at least from, 9, or null for the end of the run.",
                "decay: {schedule: {kind: window, from: null}} | decay.schedule.from has no value; it must be a whole number of at least 0.",
                "decay: {schedule: {kind: drawn, points: []}} | decay.schedule.points is []; it must be a list like",
                "decay: {schedule: {kind: drawn, points: [{at: 2, factor: 1}]}} | decay.schedule.points[0].at is 2; it must be a number from 0, the run's start, to 1, its end.",
                "decay: {schedule: {kind: drawn, points: [{at: 0.5, factor: 1}, {at: 0.2, factor: 1}]}} | decay.schedule.points[1].at is 0.2; it must be larger than that of the point before it, 0.5.",
                "decay: {schedule: {}} | decay.schedule is {}; it must be like {kind: constant}",
                "decay: {layers: lst} | decay.layers is 'lst' (did you mean last?); it must be one of all, normalized, last, or a list of layers like [dense1, output].",
                "decay: {biases: yes} | decay.biases is 'yes'; it must be true or false.",
                "decay: {normParameters: 1} | decay.normParameters is 1; it must be true or false.",
                "decay: {coupling: schedul} | decay.coupling is 'schedul' (did you mean schedule?); it must be one of learning-rate, schedule, none.",
                "batchSize: 0 | batchSize is 0; it must be a whole number from 1 to 1000000.",
                "batchSize: 3000000000 | batchSize is 3000000000; it must be a whole number from 1 to 1000000.",
                "steps: 1e12 | steps is 1000000000000; it must be a whole number from 1 to 1000000000.",
                "steps: 1e30 | steps is 1e30; it must be a whole number from 1 to 1000000000.",
                "steps: 0 | steps is 0; it must be a whole number from 1 to 1000000000.",
                "seed: 1.5 | seed is 1.5; it must be a whole number.",
                "seed: 9223372036854775808 | seed is 9223372036854775808; it must be a whole number.",
                "precision: half | precision is 'half'; it must be one of float, double.",
                "evaluateEvery: 0 | evaluateEvery is 0; it must be a whole number from 1 to 1000000000.",
                "instruments: [norm] | instruments is [norm]; it must be names of instruments",
                "instruments: {norm: 5} | There is no instrument norm to set in instruments; those that have an interval are budget,",
                "instruments: {budgit: 5} | There is no instrument budgit (did you mean budget?) to set",
                "instruments: {budget: 0} | instruments.budget is 0; it must be a whole number from 1",
            })
    void aFieldThatCannotBe(String text, String sentence) {
        assertThat(refused(text)).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sede: 1 | There is no field sede (did you mean seed?); the fields there are data, network,",
                "learningRate: 1 | There is no field learningRate (did you mean optimizer.learningRate?)",
                "optimizer: {lambda: 1} | There is no field optimizer.lambda (did you mean decay.lambda?)",
                "optimizer: {learninRate: 1} | There is no field optimizer.learninRate (did you mean learningRate?)",
                "epochs: 40 | There is no field epochs; the fields there are data, network, optimizer, decay, agent, synthetic, batchSize, steps,",
                "1: 2 | There is no field 1; the fields there are",
                "'': 2 | There is no field ; the fields there are",
                "data: 5 | data is 5; it must hold the fields name, folder, trainSize,",
                "data: [a] | data is [a]; it must hold the fields name,",
                "data: | data has no value; it must hold the fields name,",
                "seed: {x: 1} | There is no field seed.x; seed is one value, a whole number.",
                "seed: {} | seed is {}; it must be a whole number.",
                "network: {widths: {0: 5}} | network.widths is {0: 5}; it must be a list",
            })
    void aFieldThatThereIsNot(String text, String sentence) {
        assertThat(refused(text)).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | The text is empty; write at least one field, for example seed: 1.",
                "'# a comment' | The text is empty",
                "'---' | The text is empty",
                "null | The text is empty",
                "5 | The text is not an experiment; it must hold fields",
                "'- 1' | The text is not an experiment",
                "'just words' | The text is not an experiment",
                "'seed: 1\nsteps: [' | The text is not YAML at line 2",
                "'seed: 1\n\tsteps: 2' | The text is not YAML at line 2",
                "'a: b: c' | The text is not YAML at line 1 (mapping values are not allowed here); mend that line.",
                "'seed: 1\nseed: 2' | The text has the field seed twice, again at line 2; keep one of them.",
                "'seed: 1\n---\nseed: 2' | The text holds more than one YAML document",
                "'seed: &s 1\nsteps: *s' | The text uses the alias *s at line 2, which an experiment cannot have; write the value out.",
                "'? [a]\n: 1' | The text is not YAML",
            })
    void aTextThatIsNoExperiment(String text, String sentence) {
        assertThat(refused(text)).contains(sentence);
    }

    @Test
    void charactersThatNoTextHoldsAreNoYaml() {
        assertThat(refused("seed: 1\u0000")).contains("The text is not YAML");
    }

    @Test
    void anUnreasonableTextIsRefusedAndDoesNotEndTheProgram() {
        assertThat(refused("a: ".concat("[".repeat(5000)))).startsWith("The text is not YAML");
        assertThat(refused("seed: " + "9".repeat(100_000))).startsWith("seed is '999");
        assertThat(refused("x".repeat(1000) + ": 1")).startsWith("There is no field xxx");
    }

    @Test
    void aFileIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("e.yaml"), yaml.write(DEFAULTS.withSeed(3)));
        assertThat(yaml.read(file)).isEqualTo(DEFAULTS.withSeed(3));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path none = folder.resolve("none.yaml");
        assertThatThrownBy(() -> yaml.read(none))
                .isInstanceOf(BadInputException.class)
                .hasMessage("There is no file " + none + "; check the path, or see 'list presets'.");
        assertThatThrownBy(() -> yaml.read(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(folder + " cannot be read");
        Path utf16 = Files.write(folder.resolve("utf16.yaml"), "seed: 1".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> yaml.read(utf16))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is not UTF-8 text");
        Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> yaml.read(large))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("1048577 bytes");
    }

    @Test
    void settingsKeepWhatTheyDoNotName() {
        Experiment adam = yaml.with(DEFAULTS, Map.of("optimizer.kind", "adam"));
        Experiment faster = yaml.with(adam, Map.of("optimizer.learningRate", "0.5"));
        assertThat(faster.optimizer().kind()).isEqualTo(OptimizerKind.ADAM);
        Experiment whole = yaml.with(adam, Map.of("optimizer", "{learningRate: 0.5}"));
        assertThat(whole).isEqualTo(faster);
        assertThat(yaml.with(adam, Map.of())).isEqualTo(adam);
    }

    @Test
    void severalSettingsAreJudgedTogetherInAnyOrder() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("decay.schedule.floor", "0.5"); // of a kind that comes later
        settings.put("decay.entry", "m-mixed"); // needs adam
        settings.put("decay.schedule.kind", "cosine");
        settings.put("optimizer.kind", "adam");
        Experiment experiment = yaml.with(DEFAULTS, settings);
        assertThat(experiment.decay().schedule()).isEqualTo(new Schedule.Cosine(0.5));
        assertThat(experiment.decay().entry()).isEqualTo(DecayEntry.M_MIXED);
    }

    @Test
    void aScheduleIsChangedOrReplaced() {
        Experiment window = yaml.with(DEFAULTS, Map.of("decay.schedule", "{kind: window, from: 10, to: 20}"));
        assertThat(window.decay().schedule()).isEqualTo(new Schedule.Window(10, 20L));
        assertThat(yaml.with(window, Map.of("decay.schedule.to", "30")).decay().schedule())
                .isEqualTo(new Schedule.Window(10, 30L));
        assertThat(yaml.with(window, Map.of("decay.schedule.to", "null"))
                        .decay()
                        .schedule())
                .isEqualTo(new Schedule.Window(10, null));
        assertThat(yaml.with(window, Map.of("decay.schedule.kind", "window"))).isEqualTo(window);
        assertThat(yaml.with(window, Map.of("decay.schedule.kind", "exponential"))
                        .decay()
                        .schedule())
                .isEqualTo(new Schedule.Exponential(0.93, Every.EPOCH));
        assertThat(yaml.with(
                                window,
                                Map.of(
                                        "decay.schedule.kind",
                                        "piecewise",
                                        "decay.schedule.knots",
                                        "[{from: 6e2, factor: 1e-1}]"))
                        .decay()
                        .schedule())
                .isEqualTo(new Schedule.Piecewise(List.of(new Schedule.Knot(600, 0.1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed.x | 1 | There is no field seed.x; seed is one value",
                "network.widths.0 | 5 | network.widths is {0: 5}; it must be a list",
                "optimizer.lr | 1 | There is no field optimizer.lr",
                "decay.schedule.to | 5 | There is no field decay.schedule.to; the fields of a schedule of kind constant are kind.",
                "optimizer..kind | adam | There is no field optimizer.; the fields there are",
                "seed | '' | seed has no value; it must be a whole number.",
                "seed | '  ' | seed has no value; it must be a whole number.",
                "seed | [1 | seed=[1 is not YAML",
                "seed | null | seed has no value; it must be a whole number.",
                "data.name | null | data.name has no value",
                "data.name | '' | data.name has no value",
                "optimizer | 5 | optimizer is 5; it must hold the fields kind,",
                "instruments.norm | 5 | There is no instrument norm",
            })
    void aSettingThatCannotBe(String path, String value, String sentence) {
        assertThat(refused(DEFAULTS, Map.of(path, value))).contains(sentence);
    }

    @Test
    void aFieldAndWhatHoldsItAreNotSetTogether() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("decay", "5");
        settings.put("decay.lambda", "1");
        assertThat(refused(DEFAULTS, settings)).contains("decay.lambda is set, and so is what holds it");
    }

    @Test
    void controlIsWrittenOnlyWhereThereIsSomeAndCompletedByItsDefaults() {
        assertThat(yaml.write(Experiment.defaults())).doesNotContain("control");
        Experiment held = yaml.parse("decay: {control: {target: 20}}", "test");
        assertThat(held.decay().control())
                .isEqualTo(new ControlSpec(ControlQuantity.NORM, 20, new Schedule.Constant(), 0.1));
        assertThat(yaml.parse(yaml.write(held), "test")).isEqualTo(held);
        assertThat(yaml.with(held, Map.of("decay.control.max", "1")).decay().control())
                .isEqualTo(new ControlSpec(ControlQuantity.NORM, 20, new Schedule.Constant(), 1));
        assertThat(yaml.with(held, Map.of("decay.control", "null"))).isEqualTo(Experiment.defaults());
        assertThat(held.summary()).contains("decay l2 lambda 0.005 chosen to hold norm 20,");
    }

    @Test
    void layersMayBeNamed() {
        Experiment named = yaml.parse("decay: {layers: [dense1, output]}", "test");
        assertThat(named.decay().layers()).isEqualTo(new DecayLayers.Named(List.of("dense1", "output")));
        assertThat(yaml.parse(yaml.write(named), "test")).isEqualTo(named);
        assertThat(named.summary()).contains("on dense1+output layers");
        assertThatThrownBy(() -> yaml.parse("decay: {layers: [dense1, dense1]}", "test"))
                .hasMessage("decay.layers is [dense1, dense1]; it must have each layer once, so take one of them out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5:decay=off",
                "5:lambda=0.001",
                "5:schedule={kind: constant}",
                "5:schedule={kind: window, from: 0, to: null}",
                "5:schedule={kind: piecewise, knots: [{from: 0, factor: 1.0}, {from: 600, factor: 1.0E-7}]}",
                "5:lr-schedule={kind: drawn, points: [{at: 0.1234567890123, factor: 3.0E-4}]}",
                "5:layers=normalized",
                "5:layers=[dense1, output]",
                "5:layers=[]",
                "5:norm-parameters=true",
                "5:control=off",
                "5:control={quantity: rotation, target: 0.03, schedule: {kind: cosine, floor: 0.5}, max: 0.1}"
            })
    void aChangeIsWrittenOnOneLineAsItIsRead(String text) {
        assertThat(PlannedChange.parse(text).text()).isEqualTo(text);
        Experiment with = Experiment.defaults().withInterventions(List.of(PlannedChange.parse(text)));
        assertThat(yaml.parse(yaml.write(with), "test")).isEqualTo(with);
        assertThat(with.summary()).doesNotContain("{");
    }

    @Test
    void interventionsAreReadInTheirOrderAndWrittenOnlyWhereThereAreSome() {
        assertThat(yaml.write(Experiment.defaults())).doesNotContain("interventions");
        Experiment changed = yaml.parse("interventions: [\"400:lr=0.01\", '200:decay=off', 200:lambda=1e-3]", "test");
        assertThat(changed.interventions())
                .extracting(PlannedChange::text)
                .containsExactly("200:decay=off", "200:lambda=0.001", "400:lr=0.01");
        assertThat(yaml.parse(yaml.write(changed), "test")).isEqualTo(changed);
        assertThat(changed.summary()).endsWith("interventions 200:decay=off 200:lambda=0.001 400:lr=0.01");
        assertThatThrownBy(() -> yaml.parse("interventions: [1200:decay=off]", "test"))
                .hasMessage(
                        "The intervention decay=off at step 1200 is beyond the end; the run's steps are 0 to 1199.");
        assertThatThrownBy(() -> yaml.parse("interventions: off", "test"))
                .hasMessageContaining("interventions is 'off'; it must be a list like");
        assertThatThrownBy(() -> yaml.parse("interventions: [5:decay=maybe]", "test"))
                .hasMessage("decay=maybe is not a position of the gate; use auto, on or off.");
    }
}
