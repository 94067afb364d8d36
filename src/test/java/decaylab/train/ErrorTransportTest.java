package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Instrument;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.FlatArray;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Learning without weight transport: the identity of Kolen and Pollack, the state, and what is measured. */
class ErrorTransportTest {
    private static final ExperimentYaml YAML = new ExperimentYaml();

    private static Experiment experiment(String preset, String... settings) {
        Map<String, String> fields = new LinkedHashMap<>(
                Map.of("steps", "60", "data.trainSize", "200", "data.testSize", "100", "network.widths", "[16, 12]"));
        fields.put("instruments", "{feedback: 1}");
        fields.put("evaluateEvery", "20");
        for (String setting : settings) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return YAML.with(new Presets(YAML).get(preset), fields);
    }

    private static Trainer trainer(Experiment experiment, @Nullable Origin origin, int threads, String... changes) {
        return Trainer.create(
                experiment,
                DATA.task(experiment),
                origin,
                Arrays.stream(changes).map(PlannedChange::parse).toList(),
                threads);
    }

    private static Trainer finished(Experiment experiment, String... changes) {
        try (Trainer trainer = trainer(experiment, null, 1, changes)) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            return trainer;
        }
    }

    private static SampleLog feedback(Trainer trainer) {
        return trainer.log().sheet(Instrument.FEEDBACK);
    }

    private static double of(SampleLog sheet, Quantity quantity, @Nullable String layer, long row) {
        return sheet.value(sheet.place(new Metric(quantity, layer)).orElseThrow(), row);
    }

    private static void assertLine(Trainer run, String layer, LongToDoubleFunction wanted) {
        SampleLog sheet = feedback(run);
        assertThat(sheet.rows()).isEqualTo(run.step());
        for (long row = 0; row < sheet.rows(); row++) {
            double line = wanted.applyAsDouble(row);
            assertThat(of(sheet, Quantity.FEEDBACK_LINE, layer, row)).isCloseTo(line, within(1e-12));
            assertThat(of(sheet, Quantity.FEEDBACK_DIFFERENCE, layer, row))
                    .as("step %d of %s", row, layer)
                    .isCloseTo(line, within(1e-10));
        }
    }

    /** The golden value of the specification, section 7.1. */
    @Test
    void tenStepsOfATenthLeaveTheTenthPowerOfNineTenths() {
        Trainer run = finished(experiment("kolen-pollack", "precision=double", "steps=10", "decay.lambda=0.1"));
        for (String layer : List.of("dense2", "output")) {
            assertThat(of(feedback(run), Quantity.FEEDBACK_DIFFERENCE, layer, 9))
                    .isCloseTo(0.348678440100000, within(1e-14));
        }
        assertThat(of(feedback(run), Quantity.FEEDBACK_DIFFERENCE, null, 9))
                .isCloseTo(0.348678440100000, within(1e-14));
    }

    /** K1: W(t) - B(t)^T = prod (1 - eta_t lambda') (W(0) - B(0)^T) for a decoupled decay, whatever the momentum. */
    @ParameterizedTest
    @CsvSource({"sgd, 0.3", "heavy-ball, 0.05", "nesterov, 0.05"})
    void theDifferenceIsAProductOfTheDecayAlone(String rule, double rate) {
        Trainer run = finished(experiment(
                "kolen-pollack",
                "precision=double",
                "optimizer.kind=" + rule,
                "optimizer.learningRate=" + rate,
                "optimizer.schedule={kind: exponential, factor: 0.9, every: step}",
                "decay.coupling=learning-rate",
                "decay.lambda=0.4"));
        for (String layer : List.of("dense2", "output")) {
            assertLine(run, layer, step -> {
                double product = 1;
                for (long t = 0; t <= step; t++) {
                    product *= 1 - rate * Math.pow(0.9, t) * 0.4;
                }
                return product;
            });
        }
    }

    /** Under l2 the decay passes through the momentum: a ball on a parabola, which swings where lambda is large. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 2})
    void underL2TheDifferenceIsABallOnAParabola(double lambda) {
        double rate = 0.05;
        Trainer run = finished(experiment(
                "kolen-pollack",
                "precision=double",
                "optimizer.kind=heavy-ball",
                "optimizer.learningRate=" + rate,
                "decay.entry=l2",
                "decay.coupling=learning-rate",
                "decay.lambda=" + lambda));
        assertLine(run, "dense2", step -> {
            double place = 1;
            double speed = 0;
            for (long t = 0; t <= step; t++) {
                speed = 0.9 * speed + lambda * place;
                place -= rate * speed;
            }
            return Math.abs(place);
        });
    }

    /** K6 and K7: without decay the difference stays, and stays where early decay left it. */
    @Test
    void switchAndSliderOfTheDecayActOnTheMatricesToo() {
        Trainer run = finished(
                experiment("kolen-pollack", "precision=double", "decay.lambda=0.02"),
                "20:decay=off",
                "40:decay=on",
                "45:lambda=0.1",
                "50:layers=last");
        assertLine(run, "output", step -> product(step, true));
        assertLine(run, "dense2", step -> product(step, false));
    }

    private static double product(long step, boolean last) {
        double product = 1;
        for (long t = 0; t <= step; t++) {
            double lambda = t >= 20 && t < 40 ? 0 : t < 45 ? 0.02 : t < 50 || last ? 0.1 : 0;
            product *= 1 - lambda;
        }
        return product;
    }

    /** In single precision the rounding of both is apart. */
    @Test
    void inSinglePrecisionTheLineHoldsToItsDigits() {
        Trainer run = finished(experiment("kolen-pollack", "decay.lambda=0.02"));
        assertThat(of(feedback(run), Quantity.FEEDBACK_DIFFERENCE, null, 59))
                .isCloseTo(Math.pow(0.98, 60), within(1e-6));
    }

    private static void assertSame(Checkpoint a, Checkpoint b) {
        assertThat(bits(a.parameters())).containsExactly(bits(b.parameters()));
        assertThat(a.objective()).hasSameSizeAs(b.objective());
        for (int i = 0; i < a.objective().size(); i++) {
            assertThat(bits(a.objective().get(i)))
                    .containsExactly(bits(b.objective().get(i)));
        }
    }

    private static long[] bits(FlatArray values) {
        long[] bits = new long[values.length()];
        Arrays.setAll(bits, i -> Double.doubleToRawLongBits(values.get(i)));
        return bits;
    }

    @ParameterizedTest
    @CsvSource({
        "kolen-pollack, optimizer.kind=heavy-ball, true",
        "kolen-pollack, decay.layers=last, true",
        "kolen-pollack, precision=double, true",
        "weight-mirror, feedback.mirrorPasses=2, true",
        "feedback-alignment, network.normalization=batch, false",
        "feedback-alignment, feedback.kind=direct, false"
    })
    void goingOnFromACheckpointIsTheSameToTheLastBit(String preset, String setting, boolean state) {
        Experiment experiment = experiment(preset, setting, "optimizer.learningRate=0.05", "instruments={feedback: 7}");
        String[] changes = {"20:lambda=0.05", "30:decay=on"};
        Checkpoint taken = null;
        Checkpoint end;
        Trainer whole = trainer(experiment, null, 1, changes);
        try (whole) {
            while (!whole.finished()) {
                taken = whole.step() == 25 ? whole.checkpoint() : taken;
                whole.advance();
            }
            end = whole.checkpoint();
        }
        assertThat(end.objective().isEmpty()).isEqualTo(!state);
        Origin origin = new Origin(25, whole.log(), whole.interventions(), taken);
        try (Trainer branch = trainer(experiment, origin, 2, changes[1])) {
            while (!branch.finished()) {
                branch.advance();
            }
            assertSameRows(whole.log(), branch.log(), 60);
            assertSameRows(feedback(whole), feedback(branch), feedback(whole).rows());
            assertThat(feedback(branch).rows())
                    .isEqualTo(feedback(whole).rows())
                    .isEqualTo(11);
            assertSame(end, branch.checkpoint());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kolen-pollack", "weight-mirror", "feedback-alignment"})
    void measuringChangesNothing(String preset) {
        Trainer often = finished(experiment(preset, "network.normalization=batch"));
        Trainer seldom = finished(experiment(preset, "network.normalization=batch", "instruments={feedback: 60}"));
        assertSameRows(often.log(), seldom.log(), 60);
    }

    /** All kinds begin with the same weights, and only the error's way tells them apart. */
    @Test
    void theKindsDifferByTheWayOfTheErrorAlone() {
        List<Double> losses = new ArrayList<>();
        for (String kind : List.of("exact", "fixed", "direct", "mirror", "kolen-pollack")) {
            Map<String, String> settings = new LinkedHashMap<>(Map.of("feedback.kind", kind, "decay.gate", "off"));
            Experiment experiment = YAML.with(experiment("feedback-alignment", "instruments={}"), settings);
            Trainer run = finished(experiment);
            assertThat(SmallRuns.value(run.log(), Quantity.LOSS, 0))
                    .isEqualTo(SmallRuns.value(run.log(), Quantity.LOSS, 0));
            losses.add(SmallRuns.value(run.log(), Quantity.LOSS, 59));
            assertThat(feedback(run).rows() > 0).isEqualTo(!kind.equals("exact"));
        }
        assertThat(losses).doesNotHaveDuplicates();
    }

    /** Of the output there is no error of its own to compare, of the first layer no matrix, and of direct ones only the output's. */
    @Test
    void whatThereIsNothingToCompareOfStaysEmpty() {
        Trainer run = finished(experiment("feedback-alignment", "feedback.kind=direct"));
        SampleLog sheet = feedback(run);
        assertThat(of(sheet, Quantity.ERROR_ANGLE, "dense1", 59)).isBetween(0.0, 180.0);
        assertThat(SampleLog.isEmpty(of(sheet, Quantity.ERROR_ANGLE, "output", 59)))
                .isTrue();
        assertThat(SampleLog.isEmpty(of(sheet, Quantity.ERROR_ANGLE, "dense1", 58)))
                .isTrue(); // no evaluation
        assertThat(SampleLog.isEmpty(of(sheet, Quantity.FEEDBACK_ANGLE, "dense1", 59)))
                .isTrue();
        assertThat(SampleLog.isEmpty(of(sheet, Quantity.FEEDBACK_ANGLE, "dense2", 59)))
                .isTrue();
        assertThat(of(sheet, Quantity.FEEDBACK_ANGLE, "output", 59)).isBetween(0.0, 180.0);
        assertThat(SampleLog.isEmpty(of(sheet, Quantity.FEEDBACK_LINE, "output", 59)))
                .isTrue();
    }

    /** Where the matrices are the weights the error's ways are the same. */
    @Test
    void anglesEndAtZeroWhereDecayHasBroughtBothTogether() {
        Trainer run = finished(experiment(
                "kolen-pollack", "precision=double", "steps=300", "decay.lambda=0.1", "instruments={feedback: 300}"));
        SampleLog sheet = feedback(run);
        long last = sheet.rows() - 1;
        assertThat(of(sheet, Quantity.FEEDBACK_ANGLE, "dense2", last)).isBetween(0.0, 1e-4);
        assertThat(of(sheet, Quantity.ERROR_ANGLE, "dense1", last)).isBetween(0.0, 1e-4);
    }

    @Test
    void theSceneShowsWeightsAndMatricesAsTheyAre() {
        Experiment experiment = experiment("kolen-pollack", "network.widths=[16, 150]", "precision=double");
        try (Trainer run = trainer(experiment, null, 1)) {
            run.advance();
            FeedbackScene scene = run.feedback().orElseThrow();
            assertThat(scene.update()).isEqualTo(1);
            assertThat(scene.layers()).extracting(FeedbackScene.Pair::layer).containsExactly("dense2", "output");
            FeedbackScene.Pair pair = scene.layers().get(0);
            assertThat(pair.everyUnit()).isEqualTo(3);
            assertThat(pair.units()).isEqualTo(50);
            assertThat(pair.inputs()).isEqualTo(16);
            int offset = run.layout().weights().get(1).offset();
            FlatArray parameters = run.snapshot().parameters();
            FlatArray matrices = run.checkpoint().objective().get(0);
            for (int unit = 0; unit < 50; unit++) {
                assertThat(pair.weights()[unit * 16 + 5]).isEqualTo((float) parameters.get(offset + 3 * unit * 16 + 5));
                assertThat(pair.feedback()[unit * 16 + 5]).isEqualTo((float) matrices.get(3 * unit * 16 + 5));
            }
            assertThat(pair.figures().ratio()).isCloseTo(1 - 0.003, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kolen-pollack | optimizer.kind=adam | feedback.kind is kolen-pollack, but optimizer.kind is adam",
                "feedback-alignment | network.kind=cnn | feedback.kind is fixed, but network.kind is cnn",
                "feedback-alignment | data.name=cart-pole | feedback.kind is fixed, but data.name is cart-pole",
                "feedback-alignment | feedback.kind=nonsense | feedback.kind is 'nonsense'; it must be one of exact, fixed",
                "feedback-alignment | feedback.mirrorDecay=2 | feedback.mirrorDecay is 2.0; it must be",
                "feedback-alignment | feedback.mirorDecay=2 | There is no field feedback.mirorDecay",
                "always | instruments={feedback: 5} | instruments.feedback is set, but feedback.kind is exact"
            })
    void whatCannotBeIsRefusedWithASentence(String preset, String setting, String sentence) {
        assertThatThrownBy(() -> YAML.with(
                        new Presets(YAML).get(preset), Map.of(setting.split("=", 2)[0], setting.split("=", 2)[1])))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void aFileWithoutFeedbackStaysAsItWas() {
        assertThat(YAML.write(new Presets(YAML).get("always"))).doesNotContain("feedback");
        Experiment own = new Presets(YAML).get("kolen-pollack");
        assertThat(YAML.parse(YAML.write(own), "the file")).isEqualTo(own);
        Experiment exact = YAML.with(own, Map.of("feedback.kind", "exact"));
        assertThat(exact.instruments()).isEmpty();
        assertThat(YAML.parse(YAML.write(exact), "the file")).isEqualTo(exact);
    }
}
