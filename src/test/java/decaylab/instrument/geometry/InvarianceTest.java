package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.optim.FlatArray;
import decaylab.train.ExperimentData;
import decaylab.train.Trainer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A layer is rescaled: what a normalisation takes out again changes nothing but the gradient. */
class InvarianceTest {
    private static final ExperimentYaml YAML = new ExperimentYaml();
    private static final Experiment EXPERIMENT = YAML.with(
            new Presets(YAML).get("always"),
            Map.of(
                    "steps", "40",
                    "data.trainSize", "200",
                    "data.testSize", "100",
                    "network.widths", "[16, 8]",
                    "network.bnEpsilon", "1e-12"));
    private static final DataSet DATA = new ExperimentData(new DataCatalogue()).load(EXPERIMENT);

    private static FlatArray trained() {
        try (Trainer trainer = Trainer.create(EXPERIMENT, DATA, List.of(), 1)) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            return trainer.snapshot().parameters();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 3, 10})
    void outputsStayAndTheGradientShrinks(double factor) {
        FlatArray parameters = trained();
        FlatArray copy = parameters.copy();
        for (String layer : List.of("dense1", "dense2")) {
            Invariance.Effect effect = Invariance.of(EXPERIMENT, DATA, parameters, layer, factor);
            assertThat(effect.normalized()).isTrue();
            assertThat(effect.outputChange()).isLessThan(1e-6);
            assertThat(effect.lossAfter()).isCloseTo(effect.lossBefore(), within(1e-9));
            assertThat(effect.gradientBefore()).isPositive();
            assertThat(effect.shrunkBy()).isCloseTo(factor, within(1e-6 * factor));
        }
        assertThat(parameters).usingRecursiveComparison().isEqualTo(copy);
    }

    @Test
    void theLastLayerIsNotInvariant() {
        Invariance.Effect effect = Invariance.of(EXPERIMENT, DATA, trained(), "output", 3);
        assertThat(effect.normalized()).isFalse();
        assertThat(effect.outputChange()).isGreaterThan(0.05);
        assertThat(effect.lossAfter()).isNotCloseTo(effect.lossBefore(), within(0.01));
    }
}
