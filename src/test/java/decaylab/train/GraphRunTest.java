package decaylab.train;

import static decaylab.train.SmallRuns.DATA;
import static decaylab.train.SmallRuns.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Instrument;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Presets;
import decaylab.graph.Equivalence;
import decaylab.graph.NodeGraph;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on a graph: gradients, what is remembered, what is refused. */
class GraphRunTest {
    private static final ExperimentYaml YAML = new ExperimentYaml();

    private static Experiment experiment(String preset, String... settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String setting : settings) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return YAML.with(new Presets(YAML).get(preset), fields);
    }

    private static Trainer trainer(Experiment experiment, @Nullable Origin origin, String... changes) {
        return Trainer.create(
                experiment,
                DATA.task(experiment),
                origin,
                Arrays.stream(changes).map(PlannedChange::parse).toList(),
                1);
    }

    private static GraphObjective objective(Experiment experiment) {
        DataSet data = DATA.load(experiment);
        NodeGraph graph = Objects.requireNonNull(data.graph());
        return new GraphObjective(experiment, data, graph, Team.of(1));
    }

    /** Central differences of the loss; where weights are constants of the gradient they are checked at gamma 0, where they are 1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "graph.method=mlp",
                "graph.method=appnp",
                "graph.method=appnp,graph.propagate=probabilities",
                "graph.method=sgc,graph.hops=2",
                "graph.method=pts",
                "graph.method=pta", // at epoch 0 as pts
                "graph.method=appnp,graph.dropout=0.5", // what is dropped is a function of the step
                "graph.method=appnp,graph.dropout=0.3,network.activation=tanh,graph.lossDecay=1"
            })
    void theGradientIsThatOfTheLoss(String settings) {
        Experiment experiment =
                YAML.with(experiment("graph", "precision=double", "network.widths=[5]"), fields(settings));
        double weight = experiment.graph().lossDecay();
        try (GraphObjective objective = objective(experiment)) {
            FlatArray parameters = objective.initialParameters();
            for (int i = 0; i < parameters.length(); i++) {
                parameters.set(i, 3 * parameters.get(i) + 0.1 * Math.cos(i));
            }
            FlatArray gradient = parameters.zeros(parameters.length());
            FlatArray unused = parameters.zeros(parameters.length());
            objective.gradient(0, parameters, gradient);
            for (int i = 0; i < parameters.length(); i += 7) {
                double value = parameters.get(i);
                parameters.set(i, value + 1e-6);
                double up = objective.gradient(0, parameters, unused).loss();
                parameters.set(i, value - 1e-6);
                double down = objective.gradient(0, parameters, unused).loss();
                parameters.set(i, value);
                double difference = weight * (up - down) / 2e-6;
                assertThat(gradient.get(i)).isCloseTo(difference, within(1e-6 * Math.max(0.01, Math.abs(difference))));
            }
        }
    }

    @Test
    void whereLabelsAreOnlyPropagatedNoWeightMoves() {
        Experiment experiment = experiment("graph", "graph.method=label-propagation", "steps=5");
        try (Trainer trainer = trainer(experiment, null)) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            for (long row = 0; row < 5; row++) {
                assertThat(trainer.log().value(Quantity.DECAY, row)).isZero();
                assertThat(trainer.log().value(Quantity.UPDATE_NORM, row)).isZero();
            }
        }
    }

    private static Map<String, String> fields(String settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String setting : settings.split(",", -1)) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return fields;
    }

    @ParameterizedTest
    @CsvSource({"graph, 37", "appnp, 50", "label-propagation, 3"})
    void goingOnFromACheckpointIsTheSameToTheLastBit(String preset, long at) {
        Experiment experiment = experiment(preset, "evaluateEvery=4", "network.widths=[8]", "steps=60");
        String[] changes = {"20:decay=off", "40:lr=0.05"};
        Checkpoint taken = null;
        Checkpoint end;
        Trainer whole = trainer(experiment, null, changes);
        try (whole) {
            while (!whole.finished()) {
                taken = whole.step() == at ? whole.checkpoint() : taken;
                whole.advance();
            }
            end = whole.checkpoint();
        }
        for (Checkpoint checkpoint : new Checkpoint[] {taken, null}) { // and with the past done again
            Origin origin = new Origin(at, whole.log(), whole.interventions(), checkpoint);
            String[] later = Arrays.stream(changes)
                    .filter(change -> PlannedChange.parse(change).step() >= at)
                    .toArray(String[]::new);
            try (Trainer branch = trainer(experiment, origin, later)) {
                while (!branch.finished()) {
                    branch.advance();
                }
                assertThat(branch.deviation()).isEmpty();
                assertSameRows(whole.log(), branch.log(), 60);
                SampleLog sheet = whole.log().sheet(Instrument.VALIDATION);
                assertThat(sheet.rows()).isEqualTo(15);
                assertSameRows(sheet, branch.log().sheet(Instrument.VALIDATION), 15);
                Checkpoint reached = branch.checkpoint();
                for (int i = 0; i < end.parameters().length(); i++) {
                    assertThat(reached.parameters().get(i))
                            .isEqualTo(end.parameters().get(i));
                }
                for (int i = 0; i < 4; i++) {
                    assertThat(reached.objective().get(0).get(i))
                            .isEqualTo(end.objective().get(0).get(i));
                }
            }
        }
    }

    @Test
    void theValidationNodesChooseTheEvaluation() {
        Experiment experiment = experiment("graph");
        try (Trainer run = trainer(experiment, null)) {
            while (!run.finished()) {
                run.advance();
            }
            SampleLog sheet = run.log().sheet(Instrument.VALIDATION);
            double best = -1;
            double bestLoss = 0;
            double expected = 0;
            for (long row = 0; row < sheet.rows(); row++) {
                double accuracy = sheet.value(Quantity.VALIDATION_ACCURACY, row);
                double loss = sheet.value(Quantity.VALIDATION_LOSS, row);
                if (accuracy > best || accuracy == best && loss < bestLoss) {
                    best = accuracy;
                    bestLoss = loss;
                    expected = run.log().value(Quantity.TEST_ACCURACY, row);
                }
                assertThat(sheet.value(Quantity.STOPPED_ACCURACY, row)).isEqualTo(expected);
            }
            assertThat(expected).isGreaterThan(0.7);
            assertThat(run.log().value(Quantity.TRAIN_ACCURACY, 149)).isGreaterThan(0.9);
            // Only the first layer decays, and keeps small.
            assertThat(run.log().value(Quantity.NORM, 149)).isBetween(3.0, 6.0);
            Equivalence found = new NodePredictor(
                            experiment,
                            Objects.requireNonNull(DATA.load(experiment).graph()),
                            run.layout())
                    .equivalence(run.snapshot().parameters())
                    .orElseThrow();
            assertThat(found.probabilities()).isLessThanOrEqualTo(1e-12);
            assertThat(found.rowSums()).isLessThanOrEqualTo(1e-12);
            assertThat(found.logits()).isGreaterThan(1e-3);
        }
    }

    /** Penalty and objective share Adam's buffers: without decay the first layer grows twentyfold. */
    @Test
    void theDecaySwitchWorksLive() {
        double on = normAfter("0:decay=auto");
        double off = normAfter("75:decay=off");
        assertThat(off).isGreaterThan(2 * on);
    }

    private static double normAfter(String change) {
        try (Trainer run = trainer(experiment("graph"), null, change)) {
            while (!run.finished()) {
                run.advance();
            }
            return run.log().value(Quantity.NORM, 149);
        }
    }

    @Test
    void spreadingLabelsTrainsNothingAndLooksTheSameInEveryHop() {
        Experiment experiment = experiment("label-propagation");
        DataSet data = DATA.load(experiment);
        try (Trainer run = trainer(experiment, null)) {
            FlatArray start = run.snapshot().parameters();
            while (!run.finished()) {
                run.advance();
            }
            FlatArray end = run.snapshot().parameters();
            for (int i = 0; i < start.length(); i++) {
                assertThat(end.get(i)).isEqualTo(start.get(i));
            }
            NodePredictor predictor = NodePredictor.of(experiment, data);
            NodeLook look = predictor.look(run.step(), start);
            List<int[]> hops = predictor.hops();
            assertThat(hops).hasSize(11);
            assertThat(hops.get(10)).isEqualTo(look.classes());
            assertThat(Arrays.stream(hops.get(0)).filter(c -> c >= 0)).hasSize(20);
            assertThat(look.equivalence()).isEmpty();
            NodeGraph graph = Objects.requireNonNull(data.graph());
            double right = Arrays.stream(graph.test())
                    .filter(node -> look.classes()[node] == graph.labels()[node])
                    .count();
            assertThat(run.log().value(Quantity.TEST_ACCURACY, 9)).isEqualTo(right / graph.test().length);
        }
    }

    @Test
    void labelNoiseIsInWhatIsToldAlone() {
        NodeGraph clean = Objects.requireNonNull(DATA.load(experiment("graph")).graph());
        NodeGraph noisy = Objects.requireNonNull(
                DATA.load(experiment("graph", "data.labelNoise=1")).graph());
        assertThat(noisy.labels()).isEqualTo(clean.labels());
        assertThat(noisy.edges()).isEqualTo(clean.edges());
        assertThat(noisy.train()).isEqualTo(clean.train());
        assertThat(noisy.trainLabels()).isNotEqualTo(clean.trainLabels());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.normalization=batch | network.normalization is batch, but data.name is sbm, a graph, whose methods have "
                        + "none; set network.normalization to none.",
                "network.kind=cnn | network.kind is cnn, but data.name is sbm, a graph, whose nodes a perceptron classifies; set "
                        + "network.kind to mlp.",
                "data.inputNoise=0.5 | data.inputNoise is 0.5, but data.name is sbm, a graph, whose features are 0 for the most "
                        + "part; set it to 0, and use graph.edgeNoise or data.labelNoise.",
                "data.flip=true | data.flip is true, but data.name is sbm, a graph, and only images can be moved; set data.flip "
                        + "to false and data.shift to 0.",
                "graph.teleport=1.5 | graph.teleport is 1.5; it must be a number from 0 to 1.",
                "graph.method=gcn | graph.method is 'gcn'; it must be one of mlp, appnp, sgc, pts, ptd, pta, label-propagation."
            })
    void whatCannotBeIsRefused(String setting, String sentence) {
        assertThatThrownBy(() -> experiment("graph", setting))
                .isInstanceOf(BadInputException.class)
                .hasMessage(sentence);
    }

    @Test
    void fieldsOfGraphsAreForGraphsAlone() {
        assertThatThrownBy(() -> experiment("always", "graph.hops=3"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "graph is set, but data.name is proto, which is no graph; leave it out, or set data.name to one of "
                                + "sbm, cora, graph.");
        // Who goes back from a graph to other data leaves them behind.
        Experiment back = experiment("graph", "data.name=moons", "decay.layers=all");
        assertThat(back.instruments()).doesNotContainKey(Instrument.VALIDATION);
        assertThat(YAML.write(back)).doesNotContain("graph:");
        Experiment graph = experiment("graph", "graph.edgeNoise=0.25");
        assertThat(YAML.parse(YAML.write(graph), "test")).isEqualTo(graph);
        assertThatThrownBy(() -> trainer(experiment("graph", "instruments={generalization: 10}"), null))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("instruments.generalization cannot be taken: data.name is sbm, a graph");
    }
}
