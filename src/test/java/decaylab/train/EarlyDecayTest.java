package decaylab.train;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.parallel.Team;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bjorck, Weinberger and Gomes (AAAI 2021): decay at the start only keeps the norm small for the whole training. */
class EarlyDecayTest {
    private static final int SWITCHED_OFF = 420;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void earlyDecayKeepsTheNormSmallAndTheEffectiveLearningRateLarge(long seed) {
        SampleLog none = run("never", seed);
        SampleLog early = run("early-decay", seed);
        double end = norm(early, 1199);
        assertThat(end).isLessThanOrEqualTo(0.65 * norm(none, 1199));
        assertThat(end).isLessThanOrEqualTo(1.7 * norm(early, SWITCHED_OFF - 1));
        int endOfEpoch20 = 20 * 30 - 1;
        assertThat(value(early, Quantity.EFFECTIVE_LEARNING_RATE, endOfEpoch20))
                .isGreaterThanOrEqualTo(2.5 * value(none, Quantity.EFFECTIVE_LEARNING_RATE, endOfEpoch20));
    }

    private static SampleLog run(String preset, long seed) {
        Experiment experiment = new Presets(new ExperimentYaml()).get(preset).withSeed(seed);
        try (Trainer trainer = Trainer.create(
                experiment, new ExperimentData(new DataCatalogue()).load(experiment), List.of(), Team.most())) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            return trainer.log();
        }
    }

    private static double norm(SampleLog log, long row) {
        return value(log, Quantity.NORM, row);
    }

    private static double value(SampleLog log, Quantity quantity, long row) {
        return log.value(log.place(Metric.of(quantity)).orElseThrow(), row);
    }
}
