package decaylab.ui.study;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.HeatMap;
import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Field;
import decaylab.experiment.Presets;
import decaylab.instrument.QuantityTexts;
import decaylab.store.LabFolder;
import decaylab.study.Sweep;
import decaylab.train.ExperimentData;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WorkerTasks;
import decaylab.ui.designer.DesignerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of a sweep and its maps, without a window; what is done in the background is done at once. */
class SweepsModelTest {
    @TempDir
    private Path folder;

    private final List<String> warned = new ArrayList<>();
    private final Map<String, Experiment> opened = new java.util.LinkedHashMap<>();
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final DesignerModel designer = new DesignerModel(yaml, new Presets(yaml), new DataCatalogue());
    private final Texts texts = new Texts();
    private StudiesModel studies;
    private SweepsModel model;
    private MapsModel maps;

    private final Notices notices = new Notices() {
        @Override
        public void tell(String sentence) {}

        @Override
        public void warn(String sentence) {
            warned.add(sentence);
        }

        @Override
        public void tellWithUndo(String sentence, Runnable undo) {}

        @Override
        public void offer(String sentence, String action, Runnable done) {}
    };

    @BeforeEach
    void open() {
        BackgroundTasks atOnce = new WorkerTasks(Runnable::run, Runnable::run);
        LabFolder lab = new LabFolder(folder);
        studies = new StudiesModel(
                List.of(), lab, new ExperimentData(new DataCatalogue()), atOnce, atOnce, notices, texts, () -> 0);
        model = new SweepsModel(studies, designer, lab, atOnce, notices, texts);
        maps = new MapsModel(studies, (experiment, name) -> opened.put(name, experiment), new QuantityTexts(), texts);
        designer.load(
                yaml.parse(
                        "{data: {name: moons, trainSize: 60, testSize: 40}, network: {widths: [8]}, batchSize: 20, steps: 20,"
                                + " evaluateEvery: 10, optimizer: {kind: adam, learningRate: 1.0e-3}, decay: {entry: decoupled,"
                                + " lambda: 0.5}}",
                        "test"),
                "small");
        model.begin();
    }

    private SweepsModel.Line across() {
        return model.lines().get(0);
    }

    private SweepsModel.Line up() {
        return model.lines().get(1);
    }

    @Test
    void theFormBeginsAroundThePresentValues() {
        assertThat(across().field().get()).isEqualTo(Field.OPTIMIZER_LEARNING_RATE);
        assertThat(across().values().get()).isEqualTo("1e-4, 3e-4, 0.001, 0.003, 0.01");
        assertThat(up().field().get()).isEqualTo(Field.DECAY_LAMBDA);
        assertThat(up().values().get()).isEqualTo("0.005, 0.05, 0.5, 5, 50");
        model.seeds().set(2);
        assertThat(model.summary().get())
                .startsWith("25 combinations, 50 runs. They are kept in " + folder.resolve("sweeps/small"));
        up().field().set(Field.BATCH_SIZE);
        assertThat(up().values().get()).isEqualTo("10, 20, 40");
        up().field().set(Field.DECAY_ENTRY);
        assertThat(up().values().get()).startsWith("none, l2, m-mixed");
        up().field().set(Field.NETWORK_WIDTHS);
        assertThat(up().values().get()).isEqualTo("[8]");
        up().field().set(null);
        assertThat(model.summary().get()).startsWith("5 combinations, 10 runs.");
        assertThat(model.startable().get()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,,2 | optimizer.learningRate=1,,2 has an empty value; write FIELD=A,B,C.",
                "'' | optimizer.learningRate has no values to sweep; write optimizer.learningRate=A,B,C.",
                "0.1, x | optimizer.learningRate is 'x'; it must be a number from 0 to 1e9.",
                "0.1, -1 | optimizer.learningRate is -1.0; it must be a number from 0 to 1e9."
            })
    void whatCannotBeUsedIsToldAtItsField(String values, String sentence) {
        across().values().set(values);
        assertThat(across().error().get()).isEqualTo(sentence);
        assertThat(up().error().get()).isEmpty();
        assertThat(model.sweep().get()).isNull();
        assertThat(model.startable().get()).isFalse();
        model.start();
        assertThat(studies.all()).isEmpty();
    }

    @Test
    void whatBelongsToNoFieldIsToldBelow() {
        up().field().set(Field.OPTIMIZER_LEARNING_RATE);
        assertThat(model.problem().get())
                .isEqualTo("optimizer.learningRate is varied twice; give all of its values at once.");
        across().field().set(null);
        up().field().set(null);
        assertThat(model.problem().get()).isEqualTo("Nothing is varied; choose a field and write its values.");
        up().field().set(Field.STEPS);
        up().values()
                .set(String.join(
                        ",",
                        java.util.stream.IntStream.range(1, 2002)
                                .mapToObj(String::valueOf)
                                .toList()));
        assertThat(model.problem().get()).startsWith("These are 2,001 combinations; here 2,000 are possible.");
        up().values().set("10, 20");
        model.name().set("../elsewhere");
        assertThat(model.nameProblem().get()).startsWith("The name is '../elsewhere'; write up to 60 letters");
        assertThat(model.sweep().get()).isNull();
        model.name().set("fine");
        assertThat(model.sweep().get()).isNotNull();
        designer.text(Field.STEPS).set("none");
        assertThat(model.problem().get())
                .startsWith("The experiment on the left of the lab cannot be used: steps is 'none'");
    }

    private void start() {
        across().values().set("1e-3, 1e-2, 0.1");
        up().values().set("0.1, 1");
        model.seeds().set(2);
        model.start();
    }

    @Test
    void aSweepIsDoneShownAndItsCellsAreOpened() {
        start();
        assertThat(warned).isEmpty();
        assertThat(studies.chosen().get()).isInstanceOf(Sweep.class);
        assertThat(folder.resolve("sweeps/small/map-test_accuracy.png")).exists();
        MapsModel.Shown shown = maps.shown().get();
        assertThat(shown).isNotNull();
        assertThat(shown.maps()).hasSize(1);
        HeatMap map = shown.maps().get(0).map();
        assertThat(map.places()).allMatch(place -> map.at(place).state() == HeatMap.State.MEASURED);
        assertThat(maps.figureTitle(maps.figure().get())).isEqualTo("Test accuracy");
        assertThat(maps.words().get()).startsWith("Point at a cell");

        maps.move(0, 0);
        assertThat(maps.focus().get())
                .isEqualTo(new MapsModel.Spot(0, map.best().orElseThrow()));
        maps.focus().set(new MapsModel.Spot(0, new HeatMap.Place(0, 0)));
        maps.move(1, 1);
        maps.move(0, 1); // the edge holds
        assertThat(maps.words().get())
                .startsWith("optimizer.learningRate 0.01, decay.lambda 1: Test accuracy ")
                .containsPattern("% \\(seed 1: [\\d.]+; seed 2: [\\d.]+\\)");
        maps.seed().set(2);
        maps.openCell(new MapsModel.Spot(0, new HeatMap.Place(1, 1)));
        assertThat(opened).containsOnlyKeys("learningRate 0.01, lambda 1, seed 2");
        Experiment cell = opened.values().iterator().next();
        assertThat(cell.seed()).isEqualTo(2);
        assertThat(cell.optimizer().learningRate()).isEqualTo(0.01);
        assertThat(cell.decay().lambda()).isEqualTo(1);

        maps.figure().set("norm");
        assertThat(maps.shown().get().maps().get(0).map().best()).isEmpty();
    }

    @Test
    void sweepsAreFoundAgain() throws IOException {
        start();
        Files.createDirectories(folder.resolve("sweeps/other"));
        studies.open().set(true); // which lists what is there
        assertThat(studies.all()).hasSize(1); // the one that was just done
        model.open(folder.resolve("sweeps/small"));
        assertThat(studies.all()).hasSize(1);
        assertThat(studies.seeds().get()).isEqualTo(2);
        assertThat(studies.findings().get()).isNotNull();
        model.open(folder.resolve("sweeps/other"));
        assertThat(warned)
                .singleElement()
                .asString()
                .contains("other holds no sweep; choose one with a file sweep.json");
        model.begin();
        assertThat(model.name().get()).isEqualTo("small-2");
    }
}
