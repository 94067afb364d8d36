package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static decaylab.train.SmallRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with modules of synthetic gradients: what depends on them, and that all they know is state. */
class SyntheticRunTest {
    private static Experiment experiment(String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "network.normalization=none";
        all[1] = "optimizer.learningRate=0.05";
        System.arraycopy(settings, 0, all, 2, settings.length);
        return SmallRuns.experiment(all);
    }

    @Test
    void lockedModulesChangeNothingAndLearn() {
        SampleLog plain = run(experiment());
        SampleLog locked = run(experiment("synthetic.at=every", "synthetic.mode=locked"));
        assertSameRows(locked, plain, plain.rows());
        SampleLog sheet = locked.sheet(Instrument.SYNTHETIC);
        assertThat(sheet.rows()).isEqualTo(6);
        assertThat(error(sheet, "dense1", 0)).isBetween(0.9, 1.0); // a module starts at zero
        assertThat(error(sheet, "dense2", sheet.rows() - 1)).isLessThan(0.9);
        assertThat(plain.sheet(Instrument.SYNTHETIC).rows()).isZero();
    }

    private static double error(SampleLog sheet, String layer, long row) {
        return sheet.value(
                sheet.place(Metric.of(Quantity.SYNTHETIC_ERROR, layer)).orElseThrow(), row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"every", "middle", "[dense2]"})
    void aSynchronousRunIsTheSameAgainAndFromACheckpoint(String at) {
        Experiment experiment = experiment("synthetic.at=" + at, "synthetic.lambda=0.01");
        SampleLog whole;
        Checkpoint middle;
        try (Trainer trainer = SmallRuns.trainer(experiment)) {
            while (trainer.step() < 25) {
                trainer.advance();
            }
            middle = trainer.checkpoint();
            while (!trainer.finished()) {
                trainer.advance();
            }
            whole = trainer.log();
        }
        assertThat(middle.objective()).hasSize(3); // parameters and Adam's two moments
        assertSameRows(run(experiment), whole, whole.rows());
        for (long fork : new long[] {25, 40}) { // with steps that are repeated, and without
            Origin origin = new Origin(fork, whole, List.of(), middle);
            try (Trainer branch = Trainer.create(experiment, DATA.load(experiment), origin, List.of(), 2)) {
                while (!branch.finished()) {
                    branch.advance();
                }
                assertSameRows(branch.log(), whole, whole.rows());
                assertThat(branch.deviation()).isEmpty();
                assertSameRows(branch.log().sheet(Instrument.SYNTHETIC), whole.sheet(Instrument.SYNTHETIC), 6);
            }
        }
    }

    @Test
    void aLayerThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> run(experiment("synthetic.at=[dense1, dense7]")))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "synthetic.at has dense7 (did you mean dense1?), which is no hidden layer of this network; they are "
                                + "dense1, dense2.");
        assertThatThrownBy(() -> run(experiment("synthetic.at=[output]")))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("synthetic.at has output");
    }

    @Test
    void decayOfTheModulesDrawsWhatTheyPredictToNothing() {
        SampleLog free = run(experiment("synthetic.at=middle")).sheet(Instrument.SYNTHETIC);
        SampleLog held =
                run(experiment("synthetic.at=middle", "synthetic.lambda=200")).sheet(Instrument.SYNTHETIC);
        assertThat(held.value(Quantity.SYNTHETIC_NORM, 5)).isLessThan(0.5 * free.value(Quantity.SYNTHETIC_NORM, 5));
    }
}
