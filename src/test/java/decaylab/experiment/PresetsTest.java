package decaylab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.schedule.Every;
import decaylab.schedule.Horizon;
import decaylab.schedule.Schedule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    private static final Presets PRESETS = new Presets(new ExperimentYaml());

    static List<String> names() {
        return PRESETS.names();
    }

    @Test
    void theListBeginsWithTheOneThatOpensWithTheLab() {
        assertThat(names())
                .containsExactly(
                        "first-look",
                        "never",
                        "always",
                        "early-decay",
                        "late-decay",
                        "random-labels",
                        "adam-l2",
                        "adamw",
                        "glyphs",
                        "mnist",
                        "cifar10-cnn",
                        "cifar10-resnet8",
                        "cifar10-resnet18",
                        "cifar10-all-cnn",
                        "characters",
                        "cart-pole",
                        "grid-world",
                        "number-words",
                        "zipf",
                        "graph",
                        "appnp",
                        "label-propagation",
                        "cora");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPresetLoadsHasABaseForTheSwitchAndSaysWhatItShows(String name) {
        Experiment preset = PRESETS.get(name);
        assertThat(preset.decay().lambda()).isPositive();
        assertThat(preset.decay().entry()).isNotEqualTo(DecayEntry.NONE);
        assertThat(PRESETS.description(name))
                .endsWith(".")
                .doesNotStartWith("#")
                .hasSizeGreaterThan(20);
        ExperimentYaml yaml = new ExperimentYaml();
        assertThat(yaml.parse(yaml.write(preset), name)).isEqualTo(preset);
    }

    @Test
    void anUnknownOneIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> PRESETS.get("early"))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(
                        "There is no preset early (did you mean early-decay?); the presets are first-look,");
    }

    /** Experiment A: the network, data and optimiser are the same in all four; only when decay is on differs. */
    @ParameterizedTest
    @MethodSource("decayAndGate")
    void theFourOfTheEarlyDecayExperiment(String name, Schedule schedule, Gate gate) {
        Experiment preset = PRESETS.get(name);
        assertThat(preset)
                .isEqualTo(new Experiment(
                        new DataSpec("proto", null, 1500, 2000, 0.15, 0, false, 0, CsvHeader.AUTO, "last", null),
                        new NetworkSpec(NetworkKind.MLP, List.of(128, 64), Activation.RELU, Normalization.BATCH, 1e-5),
                        new OptimizerSpec(
                                OptimizerKind.HEAVY_BALL,
                                0.4,
                                0.9,
                                0.9,
                                0.999,
                                1e-8,
                                1,
                                new Schedule.Exponential(0.93, Every.EPOCH)),
                        new DecaySpec(
                                DecayEntry.L2,
                                5e-3,
                                gate,
                                schedule,
                                DecayLayers.ALL,
                                false,
                                false,
                                Coupling.LEARNING_RATE),
                        50,
                        1200,
                        1,
                        Precision.FLOAT,
                        30,
                        Map.of(),
                        List.of()));
    }

    static List<org.junit.jupiter.params.provider.Arguments> decayAndGate() {
        return List.of(
                org.junit.jupiter.params.provider.Arguments.of("never", new Schedule.Constant(), Gate.OFF),
                org.junit.jupiter.params.provider.Arguments.of("always", new Schedule.Constant(), Gate.AUTO),
                org.junit.jupiter.params.provider.Arguments.of("early-decay", new Schedule.Window(0, 420L), Gate.AUTO),
                org.junit.jupiter.params.provider.Arguments.of(
                        "late-decay", new Schedule.Window(420, null), Gate.AUTO));
    }

    @Test
    void earlyAndLateDecayAreEachOthersComplement() {
        Horizon horizon = new Horizon(30, 1200);
        Schedule early = PRESETS.get("early-decay").decay().schedule();
        Schedule late = PRESETS.get("late-decay").decay().schedule();
        for (long step = 0; step < 1200; step++) {
            assertThat(early.factor(step, horizon) + late.factor(step, horizon)).isEqualTo(1);
        }
    }

    @Test
    void theRandomLabelsOfTheGrowthExperiment() {
        Experiment preset = PRESETS.get("random-labels");
        assertThat(preset.data())
                .isEqualTo(new DataSpec("teacher", null, 1024, 2000, 1, 0, false, 0, CsvHeader.AUTO, "last", null));
        assertThat(preset.network().widths()).containsExactly(64, 64);
        assertThat(preset.optimizer().learningRate()).isEqualTo(0.02);
        assertThat(preset.optimizer().schedule()).isEqualTo(new Schedule.Constant());
        assertThat(preset.batchSize()).isEqualTo(64);
        assertThat(preset.steps()).isEqualTo(1500);
        assertThat(preset.decay().gate()).isEqualTo(Gate.OFF);
    }

    @Test
    void theTwoOfAdamDifferInWhereDecayEntersAndHowMuch() {
        Experiment mixed = PRESETS.get("adam-l2");
        Experiment decoupled = PRESETS.get("adamw");
        assertThat(mixed.optimizer()).isEqualTo(decoupled.optimizer());
        assertThat(mixed.optimizer().kind()).isEqualTo(OptimizerKind.ADAM);
        assertThat(mixed.network()).isEqualTo(decoupled.network());
        assertThat(mixed.decay().entry()).isEqualTo(DecayEntry.L2);
        assertThat(mixed.decay().lambda()).isEqualTo(0.03);
        assertThat(decoupled.decay().entry()).isEqualTo(DecayEntry.DECOUPLED);
        assertThat(decoupled.decay().lambda()).isEqualTo(1);
    }

    /**
     * Decay shrinks the squared norm by the factor 1 - 2 eta lambda / (1 - mu) a step (to first order; Kosson, Messmer and
     * Jaggi 2024): that must be visible within some hundred steps and must not be over in a few.
     */
    @Test
    void theFirstLookAnswersTheSwitchWithinSomeHundredSteps() {
        Experiment preset = PRESETS.get("first-look");
        assertThat(preset.optimizer().schedule()).isEqualTo(new Schedule.Constant());
        double stepsToFall = (1 - preset.optimizer().momentum())
                / (2 * preset.optimizer().learningRate() * preset.decay().lambda());
        assertThat(stepsToFall).isBetween(50.0, 300.0);
        assertThat(preset.steps()).isGreaterThan((long) (50 * stepsToFall));
    }

    @Test
    void mnistAsksForTheFolder() {
        Experiment preset = PRESETS.get("mnist");
        assertThat(preset.data().name()).isEqualTo("mnist");
        assertThat(preset.data().folder()).isNull();
        assertThat(preset.data().trainSize()).isNull();
        assertThat(preset.network().widths()).containsExactly(256, 128);
        assertThat(preset.batchSize()).isEqualTo(128);
    }
}
