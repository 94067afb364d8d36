package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static decaylab.train.SmallRuns.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Presets;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The preset 'always': prototype data, 64-128-64-10 with batch normalisation, heavy ball. */
class DecayControlTest {
    private static final ExperimentYaml YAML = new ExperimentYaml();

    private static Experiment experiment(String... settings) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of("evaluateEvery", "100000"));
        for (String setting : settings) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return YAML.with(new Presets(YAML).get("always"), fields);
    }

    private static Trainer run(Experiment experiment, String... changes) {
        Trainer trainer = Trainer.create(
                experiment,
                DATA.load(experiment),
                Arrays.stream(changes).map(PlannedChange::parse).toList(),
                1);
        try (trainer) {
            while (!trainer.finished()) {
                trainer.advance();
            }
        }
        return trainer;
    }

    private static ControlVerdict verdict(Trainer trainer) {
        return trainer.verdict().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"15, 1", "15, 2", "15, 3", "20, 1", "20, 2", "20, 3", "30, 1", "30, 2", "30, 3"})
    void aNormIsHeldWithinThreePercentAfterTwoHundredSteps(double target, int seed) {
        Trainer trainer = run(experiment("seed=" + seed, "decay.control={quantity: norm, target: " + target + "}"));
        SampleLog log = trainer.log();
        for (long row = 200; row < log.rows(); row++) {
            assertThat(value(log, Quantity.NORM, row) / target)
                    .as("row %d", row)
                    .isBetween(0.97, 1.03);
            assertThat(value(log, Quantity.DECAY, row)).isBetween(0.0, 0.1);
        }
        assertThat(verdict(trainer).state()).isEqualTo(ControlVerdict.State.HELD);
        assertThat(verdict(trainer).sentence()).startsWith("Held: norm is ").contains("from its target");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.kind=sgd",
                "optimizer.kind=nesterov",
                "decay.entry=decoupled",
                "decay.entry=decoupled;decay.coupling=none",
                "optimizer.kind=adam;optimizer.learningRate=1e-3;optimizer.schedule={kind: constant};decay.entry=decoupled"
            })
    void itIsHeldWhereverDecayEnters(String settings) {
        String all = settings + ";decay.control={quantity: norm, target: 20, max: 10}";
        SampleLog log = run(experiment(all.split(";"))).log();
        for (long row = 200; row < log.rows(); row++) {
            assertThat(value(log, Quantity.NORM, row)).as("row %d", row).isBetween(0.97 * 20, 1.03 * 20);
        }
    }

    @Test
    void theEffectiveLearningRateIsHeld() {
        Trainer trainer =
                run(experiment("optimizer.schedule={kind: constant}", "decay.control={quantity: elr, target: 5e-4}"));
        double deviation = 0;
        for (long row = 200; row < 1200; row++) {
            deviation += Math.abs(value(trainer.log(), Quantity.EFFECTIVE_LEARNING_RATE, row) / 5e-4 - 1) / 1000;
        }
        assertThat(deviation).isLessThan(0.02);
        assertThat(verdict(trainer).state()).isEqualTo(ControlVerdict.State.HELD);
    }

    @Test
    void theRotationStaysNearItsTarget() {
        Trainer trainer = run(
                experiment("optimizer.schedule={kind: constant}", "decay.control={quantity: rotation, target: 0.045}"));
        double mean = 0;
        for (long row = 200; row < 1200; row++) {
            mean += value(trainer.log(), Quantity.ROTATION, row) / 1000;
        }
        assertThat(mean).isBetween(0.97 * 0.045, 1.03 * 0.045);
    }

    @Test
    void aDrawnTargetIsFollowed() {
        SampleLog log = run(experiment(
                        "optimizer.schedule={kind: constant}",
                        "decay.control={quantity: norm, target: 20, schedule: {kind: drawn, points: "
                                + "[{at: 0, factor: 1}, {at: 0.3, factor: 1}, {at: 0.6, factor: 1.2}]}}"))
                .log();
        for (long row = 200; row < 330; row++) {
            assertThat(value(log, Quantity.NORM, row)).isBetween(0.97 * 20, 1.03 * 20);
        }
        for (long row = 330; row < 1200; row++) {
            double target = Math.min(24, 20 + 4 * ((double) row / 1199 - 0.3) / 0.3);
            assertThat(value(log, Quantity.NORM, row)).as("row %d", row).isBetween(0.95 * target, 1.05 * target);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.1, 'though lambda has been at its least, 0, for'",
        "5, 1e-4, 'though lambda has been at its most, 1e-4, for'"
    })
    void whatCannotBeReachedIsSaidToBe(double target, double max, String reason) {
        Trainer trainer = run(experiment("decay.control={quantity: norm, target: " + target + ", max: " + max + "}"));
        assertThat(verdict(trainer).state()).isEqualTo(ControlVerdict.State.UNREACHABLE);
        assertThat(verdict(trainer).sentence())
                .startsWith("It cannot be reached: norm is ")
                .contains(reason);
    }

    @Test
    void whatIsBeingApproachedIsNotCalledUnreachable() {
        Experiment experiment = experiment("decay.control={quantity: norm, target: 8}");
        try (Trainer trainer = Trainer.create(experiment, DATA.load(experiment), List.of(), 1)) {
            assertThat(verdict(trainer).sentence())
                    .isEqualTo("Control begins with the next step: norm at 8 with lambda at most 0.1.");
            for (int i = 0; i < 60; i++) {
                trainer.advance();
            }
            assertThat(verdict(trainer).state()).isEqualTo(ControlVerdict.State.APPROACHING);
            assertThat(verdict(trainer).sentence()).startsWith("On its way: norm is ");
        }
    }

    @Test
    void itBeginsAndEndsDuringARunAndYieldsToTheSwitch() {
        SampleLog plain = run(experiment("steps=400")).log();
        Trainer trainer = run(
                experiment("steps=400"),
                "100:control={quantity: norm, target: 25}",
                "200:decay=off",
                "220:decay=auto",
                "300:control=off");
        SampleLog log = trainer.log();
        assertSameRows(plain, log, 100);
        assertThat(value(log, Quantity.DECAY, 100)).isNotEqualTo(0.005);
        assertThat(value(log, Quantity.DECAY, 210)).isZero();
        assertThat(value(log, Quantity.NORM, 299)).isBetween(0.97 * 25, 1.03 * 25);
        assertThat(value(log, Quantity.DECAY, 300)).isEqualTo(0.005);
        assertThat(trainer.verdict()).isEmpty();
        assertThat(trainer.interventions())
                .extracting(Intervention::what, Intervention::from)
                .contains(org.assertj.core.groups.Tuple.tuple("control", "off"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decay.entry=none | decay.entry is none; set decay.entry to l2 or decoupled.",
                "optimizer.kind=adam | adam divides the decay by the size of the gradient",
                "network.normalization=none | Control of the elr needs a normalisation"
            })
    void whereLambdaDoesNotSteerItIsRefused(String setting, String sentence) {
        String control = "{quantity: elr, target: 1}";
        assertThatThrownBy(() -> experiment(setting.strip(), "decay.control=" + control))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence.strip());
        assertThatThrownBy(() -> run(experiment(setting.strip()), "5:control=" + control))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence.strip());
    }
}
