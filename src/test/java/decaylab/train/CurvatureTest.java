package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.experiment;
import static decaylab.train.SmallRuns.run;
import static decaylab.train.SmallRuns.trainer;
import static decaylab.train.SmallRuns.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** K-FAC in a run: where decay enters, what samples tell of it, and what is refused. */
class CurvatureTest {
    private static final String[] PLAIN = {
        "optimizer.curvature=gauss-newton",
        "optimizer.learningRate=0.02",
        "network.normalization=none",
        "precision=double"
    };

    private static Experiment kfac(String... more) {
        String[] all = java.util.Arrays.copyOf(PLAIN, PLAIN.length + more.length);
        System.arraycopy(more, 0, all, PLAIN.length, more.length);
        return experiment(all);
    }

    private static double[] afterFirstStep(Experiment experiment) {
        try (Trainer trainer = trainer(experiment)) {
            trainer.advance();
            return values(trainer.snapshot().parameters());
        }
    }

    private static double[] values(FlatArray array) {
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i);
        }
        return values;
    }

    private static double[] start(Experiment experiment) {
        try (Trainer trainer = trainer(experiment)) {
            return values(trainer.snapshot().parameters());
        }
    }

    /** w - eta C^-1 (g + lambda w): the step is linear in lambda, and what it adds is not lambda w itself. */
    @Test
    void theL2PenaltyGoesThroughTheInverseCurvatureOnce() {
        Experiment none = kfac("decay.entry=none");
        double[] without = afterFirstStep(none);
        double[] once = afterFirstStep(kfac("decay.entry=l2", "decay.lambda=0.01"));
        double[] twice = afterFirstStep(kfac("decay.entry=l2", "decay.lambda=0.02"));
        double[] start = start(none);
        double different = 0;
        for (int i = 0; i < start.length; i++) {
            double penalty = without[i] - once[i];
            assertThat(without[i] - twice[i]).isCloseTo(2 * penalty, within(1e-12));
            different = Math.max(different, Math.abs(penalty - 0.02 * 0.01 * start[i]));
        }
        assertThat(different).isGreaterThan(1e-3);
    }

    /** With a damping far above the curvature C^-1 is 1 / gamma, and of the penalty nothing but lambda w / gamma is left. */
    @Test
    void aLargeDampingMakesThePenaltySmall() {
        double[] without = afterFirstStep(kfac("decay.entry=none", "optimizer.damping=1e6"));
        double[] with = afterFirstStep(kfac("decay.entry=l2", "decay.lambda=0.01", "optimizer.damping=1e6"));
        double[] start = start(kfac("decay.entry=none"));
        double largest = 0;
        for (int i = 0; i < start.length; i++) {
            largest = Math.max(largest, Math.abs(without[i] - with[i]) / 1e-6);
        }
        double ofWeights = 0;
        for (double weight : start) {
            ofWeights = Math.max(ofWeights, 0.02 * 0.01 * Math.abs(weight));
        }
        assertThat(largest).isCloseTo(ofWeights, within(0.5 * ofWeights));
    }

    @Test
    void decoupledDecayIsTakenOffAtTheStep() {
        Experiment none = kfac("decay.entry=none");
        double[] without = afterFirstStep(none);
        Experiment decoupled = kfac("decay.entry=decoupled", "decay.lambda=0.3");
        double[] with = afterFirstStep(decoupled);
        double[] start = start(none);
        try (Trainer trainer = trainer(decoupled)) {
            for (ParameterBlock block : trainer.layout().blocks()) {
                double eta = block.role() == ParameterBlock.Role.WEIGHT ? 0.02 : 0;
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    assertThat(with[i]).isCloseTo(without[i] - eta * 0.3 * start[i], within(1e-14));
                }
            }
        }
    }

    @Test
    void samplesTellThePlainGradientAndNoEffectiveLearningRate() {
        String[] common = {"network.normalization=batch", "decay.entry=l2"};
        SampleLog kfac = run(kfac(common));
        Experiment plain = kfac("network.normalization=batch", "decay.entry=l2", "optimizer.curvature=none");
        SampleLog sgd = run(plain);
        // At the first step both are at the same place.
        assertThat(value(kfac, Quantity.GRADIENT_NORM, 0))
                .isCloseTo(value(sgd, Quantity.GRADIENT_NORM, 0), within(1e-12));
        assertThat(value(kfac, Quantity.LOSS, 0)).isEqualTo(value(sgd, Quantity.LOSS, 0));
        assertThat(value(kfac, Quantity.UPDATE_NORM, 0)).isNotEqualTo(value(sgd, Quantity.UPDATE_NORM, 0));
        assertThat(SampleLog.isEmpty(value(kfac, Quantity.EFFECTIVE_LEARNING_RATE, 0)))
                .isTrue();
        assertThat(SampleLog.isEmpty(value(sgd, Quantity.EFFECTIVE_LEARNING_RATE, 0)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gauss-newton", "fisher"})
    void itLearnsInFewStepsWhatTheGradientDoesNot(String curvature) {
        String[] settings = {"network.normalization=none", "optimizer.learningRate=0.02", "evaluateEvery=60"};
        SampleLog plain = run(experiment(settings));
        SampleLog kfac = run(experiment(
                settings[0], settings[1], settings[2], "optimizer.curvature=" + curvature, "optimizer.damping=0.01"));
        assertThat(value(kfac, Quantity.TRAIN_LOSS, 59)).isLessThan(0.85 * value(plain, Quantity.TRAIN_LOSS, 59));
    }

    /** With a bound of kappa the first step, which has no momentum yet, has eta^2 g^T C^-1 g = kappa. */
    @Test
    void theBoundShortensTheStepAsTheSquareRoot() {
        SampleLog free = run(kfac("decay.entry=none", "steps=1"));
        SampleLog bounded = run(kfac("decay.entry=none", "steps=1", "optimizer.klClip=1e-6"));
        SampleLog wider = run(kfac("decay.entry=none", "steps=1", "optimizer.klClip=4e-6"));
        double length = value(bounded, Quantity.UPDATE_NORM, 0);
        assertThat(length).isLessThan(value(free, Quantity.UPDATE_NORM, 0));
        assertThat(value(wider, Quantity.UPDATE_NORM, 0)).isCloseTo(2 * length, within(1e-9 * length));
    }

    @Test
    void theDampingMeterTellsGammaTimesTheSquaredNorm() throws InterruptedException {
        Experiment experiment = experiment(
                "optimizer.curvature=fisher", "optimizer.learningRate=0.02", "instruments={damping: 20, jacobian: 20}");
        try (Trainer trainer = trainer(experiment)) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            trainer.awaitInstruments();
            SampleLog sheet = trainer.log().sheet(Instrument.DAMPING);
            long last = sheet.rows() - 1;
            long step = (long) sheet.value(Quantity.STEP, last);
            assertThat(last).isEqualTo(2);
            for (String layer : new String[] {"dense1", "dense2"}) {
                double norm = ofLayer(trainer.log(), Metric.of(Quantity.LAYER_NORM, layer), step);
                double effective = ofLayer(sheet, Metric.of(Quantity.EFFECTIVE_DAMPING, layer), last);
                assertThat(effective).isCloseTo(0.01 * norm * norm, within(1e-5 * effective));
                assertThat(ofLayer(sheet, Metric.of(Quantity.DAMPING_RATIO, layer), last))
                        .isPositive();
                assertThat(ofLayer(sheet, Metric.of(Quantity.FISHER_NORM, layer), last))
                        .isPositive();
            }
            assertThat(SampleLog.isEmpty(ofLayer(sheet, Metric.of(Quantity.EFFECTIVE_DAMPING, "output"), last)))
                    .isTrue();
            SampleLog jacobians = trainer.log().sheet(Instrument.JACOBIAN);
            assertThat(jacobians.value(Quantity.STEP, last)).isEqualTo(59);
            assertThat(jacobians.value(Quantity.INPUT_JACOBIAN, last))
                    .isEqualTo(InputJacobian.of(
                            experiment,
                            DATA.load(experiment),
                            trainer.snapshot().parameters(),
                            () -> false));
        }
    }

    private static double ofLayer(SampleLog log, Metric metric, long row) {
        return log.value(log.place(metric).orElseThrow(), row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.kind=cnn data.name=glyphs|network.kind is cnn",
                "optimizer.kind=adam|optimizer.kind is adam",
                "optimizer.damping=0|optimizer.damping is 0",
                "instruments.equilibrium=5|instruments.equilibrium",
                "data.name=cart-pole|data.name is cart-pole"
            })
    void whatItCannotBeCombinedWithIsRefusedWithASentence(String settings, String says) {
        String[] all = ("optimizer.curvature=fisher " + settings).split(" ");
        assertThatThrownBy(() -> experiment(all))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(says)
                .hasMessageEndingWith(".");
    }

    @Test
    void transplantedNormsAreThoseOfTheOtherRunAndTheNetworkTellsTheSame() {
        String[] common = {"evaluateEvery=20", "precision=double", "network.bnEpsilon=0"};
        Experiment decayed = experiment(common);
        SampleLog donor = run(decayed);
        Experiment transplanted = NormTransplant.with(decayed, decayed, donor, "The run", false);
        assertThat(transplanted.decay().transplant().every()).isEqualTo(4);
        SampleLog log = run(transplanted);
        Metric norm = Metric.of(Quantity.LAYER_NORM, "dense1");
        for (long row = 3; row < 60; row += 4) {
            assertThat(ofLayer(log, norm, row)).isCloseTo(ofLayer(donor, norm, row), within(1e-12));
        }
        // The first four steps are those of a run without decay: rescaling a layer leaves what it tells as it is.
        SampleLog none = run(experiment(common[0], common[1], common[2], "decay.entry=none"));
        assertThat(value(log, Quantity.LOSS, 4)).isCloseTo(value(none, Quantity.LOSS, 4), within(1e-12));
        assertThat(value(log, Quantity.LOSS, 8)).isNotCloseTo(value(none, Quantity.LOSS, 8), within(1e-9));
    }

    @Test
    void transplantsThatCannotBeAreRefused() {
        String norms = "decay.transplant={every: 4, norms: {output: [1]}, buffers: false}";
        Experiment ofHead = experiment("decay.entry=none", norms);
        assertThatThrownBy(() -> trainer(ofHead))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("output, which is no normalised layer");
        assertThatThrownBy(() -> experiment(norms))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("decay.entry is l2");
        assertThatThrownBy(() -> experiment(
                        "decay.entry=none", "decay.transplant={every: 0, norms: {dense1: [1]}, buffers: false}"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("every");
        Experiment plain = experiment("network.normalization=none");
        assertThatThrownBy(() -> NormTransplant.with(plain, plain, run(plain), "The run", false))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no normalised layer");
        SampleLog donor = run(experiment("steps=10"));
        assertThatThrownBy(() ->
                        NormTransplant.with(experiment("steps=60"), experiment("steps=10"), donor, "The run", false))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "The run has norms after every 4 steps up to step 8, and the experiment has 60 steps; set steps to "
                                + "between 4 and 8, or take a run that went to its end.");
    }
}
