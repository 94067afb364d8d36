package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataSet;
import decaylab.data.Dictionary;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.Invariance;
import decaylab.optim.FlatArray;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Runs of the preset for number words, and what a translator makes of their parameters. */
class TranslationTest {
    private static Experiment experiment(String... settings) {
        ExperimentYaml yaml = new ExperimentYaml();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String setting : settings) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return yaml.with(new Presets(yaml).get("number-words"), fields);
    }

    private record Run(SampleLog log, Snapshot end) {}

    private static Run run(Experiment experiment, int threads) {
        try (Trainer trainer = Trainer.create(experiment, DATA.load(experiment), List.of(), threads)) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            return new Run(trainer.log(), trainer.snapshot());
        }
    }

    /** 300 numbers, so that some are right and some are not: the accuracy must be what translating gives, one by one. */
    @Test
    void theAccuracyIsTheFractionThatIsTranslatedWithoutAnErrorAndAttentionIsToTheSource() {
        Experiment experiment = experiment("data.testSize=60", "steps=110", "evaluateEvery=110", "network.widths=[48]");
        Run run = run(experiment, 2);
        DataSet data = DATA.load(experiment);
        Dictionary dictionary = Objects.requireNonNull(data.dictionary());
        FlatArray parameters = run.end.parameters();
        int right = 0;
        try (Translator translator = new Translator(experiment, data)) {
            for (int i = 0; i < data.testSize(); i++) {
                StringBuilder source = new StringBuilder();
                for (int j = 0; j < data.features(); j++) {
                    int token = (int) data.testInputs()[i * data.features() + j];
                    source.append(token < 0 ? "" : dictionary.source().get(token));
                }
                List<String> target = dictionary.decode(
                        Arrays.copyOfRange(data.testLabels(), i * data.targets(), (i + 1) * data.targets()));
                Translation said = translator.translate(parameters, source.toString());
                right += said.ended() && said.target().equals(target) ? 1 : 0;
                assertThat(said.source()).hasSize(source.length());
                assertThat(said.text()).isEqualTo(String.join("", said.target()));
                assertThat(said.attention())
                        .hasDimensions(said.target().size() + (said.ended() ? 1 : 0), source.length());
                for (double[] weights : said.attention()) {
                    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-5));
                }
            }
        }
        double accuracy = run.log.value(Quantity.TEST_ACCURACY, run.log.rows() - 1);
        assertThat(right).isBetween(6, 57); // else the comparison would say little
        assertThat(accuracy).isEqualTo(right / 60.0);
        assertThat(run.log.value(Quantity.LOSS, 0)).isCloseTo(Math.log(data.classes()), within(0.5));
    }

    @Test
    void theSameRunHasTheSameBitsWithOneThreadAndTwo() {
        Experiment experiment = experiment(
                "data.trainSize=150",
                "data.testSize=20",
                "batchSize=17",
                "steps=12",
                "evaluateEvery=6",
                "network.widths=[20]");
        SampleLog one = run(experiment, 1).log;
        assertSameRows(one, run(experiment, 2).log, 12);
        assertThat(one.value(Quantity.EFFECTIVE_LEARNING_RATE, 11)).isNaN(); // nothing is normalised
    }

    @Test
    void decayShrinksTheEmbeddings() {
        String[] few = {"data.trainSize=100", "data.testSize=10", "batchSize=25", "steps=20", "network.widths=[8]"};
        double without = run(experiment(with(few, "decay.gate=\"off\"")), 1).log.value(Quantity.NORM, 19);
        double decayed = run(experiment(with(few, "decay.lambda=10")), 1).log.value(Quantity.NORM, 19);
        assertThat(decayed).isLessThan(0.8 * without);
    }

    private static String[] with(String[] settings, String more) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = more;
        return all;
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedInASentence() {
        assertThatThrownBy(() -> run(experiment("network.kind=lstm"), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage("network.kind is lstm, but the data set number-words is to be translated; use network.kind "
                        + "encoder-decoder.");
        assertThatThrownBy(() -> run(experiment("data.name=proto"), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage("network.kind encoder-decoder needs sequences of tokens, but the data is measurements; use "
                        + "network.kind mlp, or a data set of tokens such as text.");
        assertThatThrownBy(() -> run(experiment("network.widths=[8, 8]"), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("network.widths is [8, 8], but network.kind encoder-decoder has one width");
        assertThatThrownBy(() -> run(experiment("data.shift=1"), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("the data has no images");
        assertThatThrownBy(() -> run(experiment("instruments.generalization=10"), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("network.kind encoder-decoder cannot be measured this way");
        Experiment few = experiment("data.trainSize=100", "data.testSize=10", "batchSize=25", "network.widths=[8]");
        assertThatThrownBy(
                        () -> Invariance.of(few, DATA.load(few), new FlatArray.OfFloat(new float[1]), "attention", 3))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("network.kind encoder-decoder cannot be rescaled: ");
        Experiment proto = SmallRuns.experiment();
        assertThatThrownBy(() -> new Translator(proto, DATA.load(proto)))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "The data set proto has nothing to translate; use one of translations such as number-words.");
    }
}
