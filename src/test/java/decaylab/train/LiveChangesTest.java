package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static decaylab.train.SmallRuns.experiment;
import static decaylab.train.SmallRuns.run;
import static decaylab.train.SmallRuns.trainer;
import static decaylab.train.SmallRuns.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.DecaySpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.PlannedChange;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules, mask and control that are changed while a run is going. */
class LiveChangesTest {
    private static final String[] CHANGES = {
        "8:schedule={kind: drawn, points: [{at: 0, factor: 1}, {at: 0.5, factor: 3}, {at: 1, factor: 0}]}",
        "12:lr-schedule={kind: cosine, floor: 0.1}",
        "16:layers=[dense1, output]",
        "20:biases=true",
        "24:norm-parameters=true",
        "32:control={quantity: norm, target: 5, max: 0.5}",
        "44:control={quantity: elr, target: 0.01, max: 0.2}",
        "52:control=off"
    };

    @Test
    void aScheduleHoldsFromItsStepOnAndLeavesThePastAlone() {
        Experiment experiment = experiment();
        SampleLog plain = run(experiment);
        SampleLog changed =
                run(experiment, "20:schedule={kind: window, from: 0, to: 30}", "25:lr-schedule={kind: constant}");
        assertSameRows(plain, changed, 20);
        assertThat(value(changed, Quantity.DECAY, 29)).isEqualTo(0.005);
        assertThat(value(changed, Quantity.DECAY, 30)).isZero();
        assertThat(value(changed, Quantity.LEARNING_RATE, 24)).isEqualTo(value(plain, Quantity.LEARNING_RATE, 24));
        assertThat(value(changed, Quantity.LEARNING_RATE, 25)).isEqualTo(0.4);
    }

    @Test
    void theMaskSaysWhatDecaysFromItsStepOn() {
        Experiment frozen = experiment(
                "optimizer.kind=sgd",
                "optimizer.schedule={kind: constant}",
                "decay.entry=decoupled",
                "decay.coupling=none",
                "decay.lambda=0.1",
                "optimizer.learningRate=0");
        SampleLog log = run(frozen, "10:layers=[dense2]", "20:layers=last", "30:layers=[]", "40:layers=all");
        assertThat(shrinks(log, "dense1")).containsExactly(0.9, 1.0, 1.0, 1.0, 0.9);
        assertThat(shrinks(log, "dense2")).containsExactly(0.9, 0.9, 1.0, 1.0, 0.9);
        assertThat(shrinks(log, "output")).containsExactly(0.9, 1.0, 0.9, 1.0, 0.9);
    }

    /** The factor of a layer's norm in a step, rounded, at steps 5, 15, 25, ... */
    private static List<Double> shrinks(SampleLog log, String layer) {
        int place = log.place(Metric.of(Quantity.LAYER_NORM, layer)).orElseThrow();
        List<Double> factors = new ArrayList<>();
        for (long row = 5; row < 50; row += 10) {
            factors.add(Math.round(1000 * log.value(place, row) / log.value(place, row - 1)) / 1000.0);
        }
        return factors;
    }

    @Test
    void biasesAndNormParametersDecayWhereTheyAreAskedTo() {
        Experiment frozen = experiment(
                "optimizer.kind=sgd",
                "decay.entry=decoupled",
                "decay.coupling=none",
                "decay.lambda=0.5",
                "optimizer.learningRate=0",
                "network.normalization=batch-affine");
        try (Trainer without = trainer(frozen);
                Trainer with = trainer(frozen, "1:norm-parameters=true")) {
            for (int i = 0; i < 3; i++) {
                without.advance();
                with.advance();
            }
            double gammas = sum(without) - sum(with); // gamma begins at 1, beta at 0; statistics move a little
            assertThat(gammas).isCloseTo((16 + 8) * 0.75, org.assertj.core.data.Offset.offset(0.1));
        }
    }

    private static double sum(Trainer trainer) {
        double sum = 0;
        for (int i = 0; i < trainer.state().parameters().length(); i++) {
            sum += trainer.state().parameters().get(i);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.kind=heavy-ball",
                "optimizer.kind=adam optimizer.learningRate=0.01 decay.entry=decoupled decay.coupling=schedule",
                "network.normalization=batch-affine precision=double"
            })
    void goingOnFromACheckpointIsAsIfNothingHadHappened(String settings) {
        Experiment experiment = experiment(settings.split(" "));
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (Trainer whole = trainer(experiment, CHANGES)) {
            while (!whole.finished()) {
                checkpoints.add(whole.checkpoint());
                whole.advance();
            }
            assertThat(whole.interventions()).hasSize(CHANGES.length);
            for (int at : new int[] {0, 8, 13, 20, 25, 33, 44, 45, 53}) {
                for (long fork : new long[] {at, Math.max(at, 50)}) {
                    Origin origin = new Origin(fork, whole.log(), whole.interventions(), checkpoints.get(at));
                    List<PlannedChange> future = Arrays.stream(CHANGES)
                            .map(PlannedChange::parse)
                            .filter(change -> change.step() >= fork)
                            .toList();
                    try (Trainer branch = Trainer.create(experiment, DATA.load(experiment), origin, future, 1)) {
                        while (!branch.finished()) {
                            branch.advance();
                        }
                        assertSameRows(whole.log(), branch.log(), 60);
                        assertThat(branch.interventions()).isEqualTo(whole.interventions());
                        assertThat(branch.deviation()).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void aChangeThatChangesNothingIsNotRecorded() {
        try (Trainer trainer = trainer(
                experiment(),
                "3:schedule={kind: constant}",
                "4:layers=all",
                "5:biases=false",
                "6:norm-parameters=false",
                "7:control=off")) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            assertThat(trainer.interventions()).isEmpty();
        }
    }

    @Test
    void aLayerThatTheNetworkDoesNotHaveIsRefusedAtTheStart() {
        String sentence = "There is no layer dense9 that could decay; the network's layers are dense1, dense2, output.";
        assertThatThrownBy(() -> trainer(experiment("decay.layers=[dense1, dense9]")))
                .isInstanceOf(BadInputException.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> trainer(experiment(), "30:layers=[dense9]"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(sentence);
    }

    @Test
    void aRecurrentLayersBiasGoesWithItsMatrices() {
        ParameterLayout layout = new ParameterLayout(List.of(
                new ParameterBlock("lstm1-input", ParameterBlock.Role.WEIGHT, 0, 4, 2, false, false),
                new ParameterBlock("lstm1-recurrent", ParameterBlock.Role.WEIGHT, 4, 4, 2, false, false),
                new ParameterBlock("lstm1", ParameterBlock.Role.BIAS, 8, 2, 0, false, false),
                new ParameterBlock("output", ParameterBlock.Role.WEIGHT, 10, 4, 2, false, true),
                new ParameterBlock("output", ParameterBlock.Role.BIAS, 14, 2, 0, false, true)));
        DecaySpec decay = experiment("decay.layers=[lstm1-recurrent]", "decay.biases=true")
                .decay();
        assertThat(DecayMask.of(layout, decay)).containsExactly(false, true, true, false, false);
        DecayMask.requireKnown(layout, decay.layers());
    }
}
