package decaylab.ui.designer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Field;
import decaylab.experiment.Presets;
import decaylab.schedule.Every;
import decaylab.schedule.Schedule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DesignerModelTest {
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Presets presets = new Presets(yaml);
    private final DesignerModel model = new DesignerModel(yaml, presets, new DataCatalogue());

    static List<String> presetNames() {
        return new Presets(new ExperimentYaml()).names();
    }

    @ParameterizedTest
    @MethodSource("presetNames")
    void everyPresetPassesThroughTheFormUnchanged(String name) {
        model.loadPreset(name);
        assertThat(model.experiment().get()).isEqualTo(presets.get(name));
        assertThat(model.name().get()).isEqualTo(name);
        assertThat(model.problem().get()).isEmpty();
    }

    @Test
    void everyKindOfSchedulePassesThroughTheFormUnchanged() {
        List<Schedule> schedules = List.of(
                new Schedule.Constant(),
                new Schedule.Window(3, null),
                new Schedule.Window(3, 9L),
                new Schedule.Piecewise(List.of(new Schedule.Knot(10, 0.1), new Schedule.Knot(20, 1e-7))),
                new Schedule.Cosine(0.125),
                new Schedule.Exponential(0.5, Every.STEP),
                new Schedule.Drawn(List.of(new Schedule.Point(0, 2), new Schedule.Point(0.25, 0))));
        for (Schedule schedule : schedules) {
            model.load(with(schedule), "test");
            Experiment whole = model.experiment().get();
            assertThat(whole).isNotNull();
            assertThat(whole.decay().schedule()).isEqualTo(schedule);
        }
    }

    @Test
    void aWrongFieldHasTheEnginesSentenceAndNoExperiment() {
        model.text(Field.DECAY_LAMBDA).set("-1");
        String sentence = model.error(Field.DECAY_LAMBDA).get();
        assertThatThrownBy(() -> yaml.with(Experiment.defaults(), Map.of("decay.lambda", "-1")))
                .hasMessage(sentence);
        assertThat(model.experiment().get()).isNull();
        assertThat(model.yaml()).isEmpty();
        model.text(Field.DECAY_LAMBDA).set("0");
        assertThat(model.error(Field.DECAY_LAMBDA).get()).isEmpty();
        assertThat(model.experiment().get()).isNotNull();
    }

    @Test
    void twoWrongFieldsAreBothMarked() {
        model.text(Field.STEPS).set("1e12");
        model.text(Field.OPTIMIZER_LEARNING_RATE).set("fast");
        assertThat(model.error(Field.STEPS).get()).startsWith("steps is ");
        assertThat(model.error(Field.OPTIMIZER_LEARNING_RATE).get()).startsWith("optimizer.learningRate is 'fast'");
        assertThat(model.error(Field.SEED).get()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Field.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"INSTRUMENTS", "DATA_NAME", "DATA_FOLDER", "DATA_CLASS_COLUMN"})
    void nonsenseIsMarkedAtItsField(Field field) {
        if (field.path().startsWith("agent.")) { // elsewhere nobody reads them
            model.loadPreset("cart-pole");
        }
        if (field.path().startsWith("graph.")) {
            model.loadPreset("graph");
        }
        if (field.path().startsWith("synthetic.")) { // likewise
            model.loadPreset("synthetic-gradients");
        }
        model.text(field).set("%nonsense");
        assertThat(model.experiment().get()).isNull();
        if (!DesignerModel.isSchedule(field)) {
            assertThat(model.error(field).get()).startsWith(field.path() + " is ");
        }
    }

    @Test
    void aScheduleThatCannotBeIsMarked() {
        model.text(Field.DECAY_SCHEDULE).set("window");
        model.parameter(Field.DECAY_SCHEDULE, "from").set("9");
        model.parameter(Field.DECAY_SCHEDULE, "to").set("3");
        assertThat(model.error(Field.DECAY_SCHEDULE).get()).startsWith("decay.schedule");
        model.parameter(Field.DECAY_SCHEDULE, "to").set("");
        assertThat(model.experiment().get()).isNotNull();
    }

    @Test
    void whatMeansNothingForAGraphIsGreyedAndTheOtherWayRound() {
        assertThat(unused(Field.GRAPH_METHOD)).isEqualTo("designer.unused.graph");
        model.loadPreset("graph");
        assertThat(unused(Field.BATCH_SIZE)).isEqualTo("designer.unused.onGraph");
        assertThat(unused(Field.NETWORK_NORMALIZATION)).isEqualTo("designer.unused.onGraph");
        assertThat(unused(Field.DATA_FLIP)).isEqualTo("designer.unused.onGraph");
        assertThat(unused(Field.GRAPH_PROPAGATE)).isEqualTo("designer.unused.propagate");
        assertThat(unused(Field.GRAPH_HOPS)).isEmpty();
        model.text(Field.GRAPH_METHOD).set("label-propagation");
        assertThat(unused(Field.GRAPH_LOSS_DECAY)).isEqualTo("designer.unused.untrained");
        model.text(Field.GRAPH_METHOD).set("mlp");
        assertThat(unused(Field.GRAPH_TELEPORT)).isEqualTo("designer.unused.hops");
        // Back to other data: what was said of the graph does not stand in the way.
        model.text(Field.DATA_NAME).set("moons");
        assertThat(model.experiment().get()).isNotNull();
        assertThat(unused(Field.BATCH_SIZE)).isEmpty();
    }

    private String unused(Field field) {
        return model.unused(field).map(DesignerModel.Unused::key).orElse("");
    }

    @Test
    void whatDoesNotGoTogetherIsMarked() {
        model.text(Field.DECAY_ENTRY).set("separate");
        assertThat(model.error(Field.DECAY_ENTRY).get()).contains("adam only");
        model.text(Field.OPTIMIZER_KIND).set("adam");
        assertThat(model.experiment().get()).isNotNull();
    }

    @Test
    void anEmptyFieldIsNullWhereItMayBe() {
        model.text(Field.DATA_TRAIN_SIZE).set("");
        model.text(Field.DATA_SEED).set("7");
        Experiment whole = model.experiment().get();
        assertThat(whole).isNotNull();
        assertThat(whole.data().trainSize()).isNull();
        assertThat(whole.data().seed()).isEqualTo(7);
        model.text(Field.STEPS).set("");
        assertThat(model.error(Field.STEPS).get()).startsWith("steps has no value");
    }

    @Test
    void foldersMayHaveAnyName() {
        model.text(Field.DATA_FOLDER).set("C:\\my data # 2, [old]: it's");
        Experiment whole = model.experiment().get();
        assertThat(whole).isNotNull();
        assertThat(whole.data().folder()).isEqualTo("C:\\my data # 2, [old]: it's");
        assertThat(yaml.parse(model.yaml().orElseThrow(), "test")).isEqualTo(whole);
    }

    @Test
    void theNameSaysThatSomethingWasChanged() {
        model.loadPreset("adamw");
        model.text(Field.SEED).set("2");
        assertThat(model.name().get()).isEqualTo("adamw*");
        model.text(Field.SEED).set("1");
        assertThat(model.name().get()).isEqualTo("adamw");
    }

    @Test
    void fieldsThatMakeNoDifferenceSayWhy() {
        model.loadPreset("adamw");
        assertThat(model.unused(Field.OPTIMIZER_MOMENTUM).map(DesignerModel.Unused::by))
                .contains("adam");
        assertThat(model.unused(Field.OPTIMIZER_BETA1)).isEmpty();
        assertThat(model.unused(Field.DECAY_COUPLING)).isEmpty();
        model.loadPreset("first-look");
        assertThat(model.unused(Field.OPTIMIZER_MOMENTUM)).isEmpty();
        assertThat(model.unused(Field.OPTIMIZER_BETA1)).isPresent();
        assertThat(model.unused(Field.DATA_FOLDER)).isPresent();
    }

    @Test
    void captionsAreShort() {
        assertThat(DesignerModel.caption(Field.DATA_TRAIN_SIZE)).isEqualTo("examples, 2 to 10,000,000; empty: all");
        assertThat(DesignerModel.caption(Field.NETWORK_WIDTHS))
                .isEqualTo("units, 1 to 32 numbers, 1 to 1,000,000 each");
        assertThat(DesignerModel.caption(Field.DATA_SEED)).isEqualTo("any whole number; empty: the run's seed");
        assertThat(DesignerModel.caption(Field.DECAY_ENTRY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Field.class, mode = EnumSource.Mode.EXCLUDE, names = "INSTRUMENTS")
    void everyFieldHasADefinition(Field field) {
        assertThat(new FieldTexts().of(field).definition()).endsWith(".");
        assertThat(new FieldTexts().of(field).source()).endsWith(".");
    }

    @Test
    void theCurveOfAScheduleIsItsFactor() {
        model.text(Field.STEPS).set("100");
        model.text(Field.DECAY_SCHEDULE).set("window");
        model.parameter(Field.DECAY_SCHEDULE, "from").set("50");
        double[] curve = model.scheduleCurve(Field.DECAY_SCHEDULE, 100);
        assertThat(curve[49]).isZero();
        assertThat(curve[50]).isEqualTo(1);
    }

    private Experiment with(Schedule schedule) {
        Experiment e = Experiment.defaults();
        var d = e.decay();
        var decay = new decaylab.experiment.DecaySpec(
                d.entry(), d.lambda(), d.gate(), schedule, d.layers(), d.biases(), d.normParameters(), d.coupling());
        return new Experiment(
                e.data(),
                e.network(),
                e.optimizer(),
                decay,
                e.batchSize(),
                e.steps(),
                e.seed(),
                e.precision(),
                e.evaluateEvery(),
                e.instruments(),
                List.of());
    }
}
