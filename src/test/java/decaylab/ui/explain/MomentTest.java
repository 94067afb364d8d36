package decaylab.ui.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.train.Intervention;
import decaylab.ui.base.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is said of a moment, from logs whose every value is known. */
class MomentTest {
    private static final String SGD = "{optimizer: {kind: sgd, learningRate: 0.1, schedule: {kind: constant}}}";
    private static final String MOMENTUM = "{optimizer: {kind: heavy-ball}}";
    private static final MomentWords WORDS = new MomentWords(new Texts());

    private static Experiment experiment(String yaml) {
        return new ExperimentYaml().parse(yaml, "test");
    }

    /** A log with a norm, eta 0.1, a decay, steps of length 0.5 and turns of 0.02 rad; elr is 0.1 / norm^2. */
    private static SampleLog log(int rows, LongToDoubleFunction norm, LongToDoubleFunction decay, boolean normalized) {
        SampleLog log = SampleLog.ofLayers(List.of("dense1", "output"));
        for (int step = 0; step < rows; step++) {
            double[] row = new double[log.metrics().size()];
            Arrays.fill(row, SampleLog.EMPTY);
            double size = norm.applyAsDouble(step);
            set(log, row, Quantity.STEP, step);
            set(log, row, Quantity.LOSS, Double.isFinite(size) ? 0.7 : Double.NaN);
            set(log, row, Quantity.LEARNING_RATE, 0.1);
            set(log, row, Quantity.DECAY, decay.applyAsDouble(step));
            set(log, row, Quantity.NORM, size);
            set(log, row, Quantity.UPDATE_NORM, 0.5);
            if (normalized) {
                set(log, row, Quantity.EFFECTIVE_LEARNING_RATE, 0.1 / (size * size));
                set(log, row, Quantity.ROTATION, 0.02);
            }
            log.append(row);
        }
        return log;
    }

    private static void set(SampleLog log, double[] row, Quantity quantity, double value) {
        row[log.place(Metric.of(quantity)).orElseThrow()] = value;
    }

    private static String words(String yaml, SampleLog log, Intervention... made) {
        return WORDS.of(MomentReader.read(experiment(yaml), log, List.of(made), false))
                .text();
    }

    /** Squared norm 200 - step: it falls by 1 a step. */
    private static double falling(long step) {
        return Math.sqrt(200 - step);
    }

    @Test
    void theBudgetIsToldWhereItWasMeasured() {
        SampleLog log = log(151, MomentTest::falling, step -> 0.01, true);
        SampleLog sheet = log.sheet(Instrument.BUDGET);
        for (int step = 0; step < 151; step++) {
            double[] row = new double[sheet.metrics().size()];
            row[0] = step;
            row[sheet.place(Metric.of(Quantity.BY_DECAY)).orElseThrow()] = -1.4;
            row[sheet.place(Metric.of(Quantity.CHANGE)).orElseThrow()] = -1;
            sheet.append(row);
        }
        Explanation explanation = WORDS.of(MomentReader.read(experiment(MOMENTUM), log, List.of(), false));
        // norm from sqrt(100) to sqrt(50); elr from 0.1/100 to 0.1/50
        assertThat(explanation.text())
                .isEqualTo(
                        "In the last 50 steps decay removed 1.4 of ||w||\u00b2 a step and the gradient added 0.4, so the "
                                + "norm falls from 10 to 7.07. The effective learning rate rose 2x, to 0.002; a step turns the "
                                + "weights by 0.02 rad.");
        assertThat(explanation.from()).isEqualTo(101);
        assertThat(explanation.to()).isEqualTo(150);
        assertThat(explanation.terms()).containsExactly(Term.DECAY, Term.GRADIENT, Term.NORM, Term.ELR, Term.ROTATION);
        assertThat(explanation.parts().get(1))
                .isEqualTo(new Explanation.Part("decay removed 1.4 of ||w||\u00b2 a step", Term.DECAY));
    }

    @Test
    void withoutABudgetDecaysShareFollowsOnlyWhereItIsExact() {
        SampleLog log = log(151, MomentTest::falling, step -> 0.01, true);
        Moment exact = MomentReader.read(experiment(SGD), log, List.of(), false);
        // mean over steps 101..150 of 2 * 0.1 * 0.01 * (200 - (step - 1)) = 0.002 * 75.5
        assertThat(exact.known().orElseThrow().decay()).isCloseTo(-0.151, within(1e-12));
        assertThat(exact.known().orElseThrow().rest()).isCloseTo(-0.849, within(1e-12));
        assertThat(exact.known().orElseThrow().measured()).isFalse();
        assertThat(words(SGD, log))
                .startsWith(
                        "In the last 50 steps decay removed 0.15 of ||w||\u00b2 a step and the gradient took another "
                                + "0.85, so the norm falls");
        for (String inexact : List.of(
                MOMENTUM,
                "{optimizer: {kind: adam, learningRate: 0.01}}",
                "{optimizer: {kind: sgd}, decay: {layers: last}}",
                "{optimizer: {kind: sgd, curvature: fisher}}",
                "{optimizer: {kind: sgd}, decay: {constraint: L2-2}}")) {
            assertThat(MomentReader.read(experiment(inexact), log, List.of(), false)
                            .known())
                    .isEmpty();
        }
        assertThat(MomentReader.read(
                                experiment("{optimizer: {kind: adam}, decay: {entry: decoupled}}"),
                                log,
                                List.of(),
                                false)
                        .known())
                .isPresent();
        assertThat(words(MOMENTUM, log))
                .startsWith(
                        "In the last 50 steps ||w||\u00b2 fell by 1 a step: the length of the steps added 0.25, and "
                                + "gradient and decay together took 1.3, so the norm falls from 10 to 7.07.");
    }

    @Test
    void aBudgetThatWasTakenNowAndThenSaysAtHowManySteps() {
        SampleLog log = log(151, MomentTest::falling, step -> 0.01, true);
        SampleLog sheet = log.sheet(Instrument.BUDGET);
        for (int step = 0; step < 151; step += 10) {
            double[] row = new double[sheet.metrics().size()];
            row[0] = step;
            row[sheet.place(Metric.of(Quantity.BY_DECAY)).orElseThrow()] = -2;
            row[sheet.place(Metric.of(Quantity.CHANGE)).orElseThrow()] = -1;
            sheet.append(row);
        }
        assertThat(words(MOMENTUM, log))
                .startsWith(
                        "In the last 50 steps, of which 5 were measured, decay removed 2 of ||w||\u00b2 a step and the "
                                + "gradient added 1,");
    }

    @Test
    void aNormThatStaysIsABalance() {
        assertThat(words(SGD, log(100, step -> 10, step -> 0.01, true)))
                .isEqualTo(
                        "In the last 50 steps decay removed 0.2 of ||w||\u00b2 a step and the gradient added 0.2, so they "
                                + "balance and the norm stays at 10. The effective learning rate stays at 0.001; a step turns "
                                + "the weights by 0.02 rad.");
    }

    @Test
    void aSwitchIsToldWithItsStepAndOnlyWhatCameSince() {
        SampleLog log = log(
                131, step -> step < 120 ? 10 : Math.sqrt(100 + 2 * (step - 119)), step -> step < 120 ? 0.01 : 0, true);
        Intervention off = new Intervention(120, "decay", "auto", "off");
        assertThat(words(SGD, log, off))
                .startsWith(
                        "Decay was switched off at step 120; the run is at step 131 now. In the 11 steps since then no decay was in "
                                + "force (it is switched off) and the gradient alone added 2 to ||w||\u00b2 a step, so the norm "
                                + "grows from 10 to 11. The effective learning rate fell 1.2x, to 8.2e-4;");
    }

    @Test
    void aSwitchOfThisMomentTellsWhatWasBefore() {
        Intervention on = new Intervention(100, "decay", "off", "on");
        String text = words(SGD, log(100, step -> 10, step -> 0.01, true), on);
        assertThat(text)
                .startsWith(
                        "Decay was switched on at step 100, which is the next one. In the 50 steps before that decay "
                                + "removed 0.2");
        Intervention lambda = new Intervention(99, "lambda", "0.01", "0.02");
        assertThat(words(SGD, log(100, step -> 10, step -> 0.01, true), lambda))
                .startsWith(
                        "lambda was set to 0.02 at step 99; the run is at step 100 now. In the 50 steps before that decay removed");
    }

    @Test
    void whyThereIsNoDecayIsSaid() {
        SampleLog log = log(100, step -> 10 + step, step -> 0, true);
        assertThat(words("{decay: {entry: none}}", log)).contains("(the experiment has none)");
        assertThat(words("{decay: {lambda: 0}}", log)).contains("(\u03bb is 0)");
        assertThat(words("{decay: {gate: 'off'}}", log)).contains("(it is switched off)");
        assertThat(words("{decay: {schedule: {kind: window, from: 0, to: 5}}}", log))
                .contains("(its schedule gives 0 now)");
        assertThat(words("{decay: {entry: none}}", log(100, step -> 10, step -> 0, true)))
                .contains("so the norm stays at 10")
                .doesNotContain("balance");
    }

    @Test
    void onlyTheStepsAreToldSinceWhenAScheduleIsAsNow() {
        String window = "{optimizer: {kind: sgd}, decay: {schedule: {kind: window, from: 0, to: 80}}}";
        assertThat(words(window, log(100, step -> Math.sqrt(100 + step), step -> step < 80 ? 0.01 : 0, true)))
                .startsWith(
                        "In the last 20 steps no decay was in force (its schedule gives 0 now) and the gradient alone "
                                + "added 1 to ||w||\u00b2 a step, so the norm grows from 13.4 to 14.1.");
    }

    @Test
    void withoutNormalisationThereIsNoEffectiveLearningRate() {
        String text = words(
                "{network: {normalization: none}, optimizer: {kind: sgd}}",
                log(100, MomentTest::falling, step -> 0.01, false));
        assertThat(text).endsWith("no layer is normalised, so the size of the weights changes the function itself.");
    }

    @Test
    void theStartAndADivergenceAreTold() {
        assertThat(words(SGD, log(0, step -> 10, step -> 0, true))).startsWith("The run has taken no step yet");
        assertThat(words(SGD, log(1, step -> 10, step -> 0, true))).startsWith("The run has taken one step so far");
        SampleLog log = log(31, step -> step < 30 ? 10 : Double.POSITIVE_INFINITY, step -> 0.01, true);
        Explanation explanation = WORDS.of(MomentReader.read(experiment(SGD), log, List.of(), false));
        assertThat(explanation.text())
                .isEqualTo(
                        "The run diverged at step 30, where the loss is NaN. The last norm that was finite is 10, at "
                                + "step 29. A smaller learning rate is the usual remedy.");
        assertThat(explanation.terms()).containsExactly(Term.NORM, Term.LOSS);
    }

    @Test
    void anEnvironmentIsToldLikeAnyRun() {
        assertThat(words(
                        "{data: {name: cart-pole}, network: {normalization: none}, optimizer: {kind: adam}, decay: {entry: "
                                + "decoupled}, batchSize: 32}",
                        log(100, MomentTest::falling, step -> 0.01, false)))
                .startsWith("In the last 50 steps decay removed");
    }
}
