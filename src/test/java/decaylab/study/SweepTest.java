package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.chart.HeatMap;
import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.problem.BadInputException;
import decaylab.train.ExperimentData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {
    private static final Experiment BASE = StudyRunTest.experiment("network.normalization=none");

    @TempDir
    private Path folder;

    private static Sweep sweep(String... grid) {
        return new Sweep(
                "small", BASE, List.of(grid).stream().map(SweepAxis::parse).toList(), null);
    }

    private static List<String> arms(Sweep sweep) {
        return sweep.protocol().arms().stream().map(Arm::name).toList();
    }

    @Test
    void everyCombinationIsAnArmOfItsOwn() {
        Sweep sweep =
                sweep("decay.lambda=1e-2,0.001", "optimizer.learningRate=.1,1e-1,0.2", "network.widths=[8],[8, 4]");
        assertThat(arms(sweep))
                .hasSize(8)
                .startsWith("lambda 0.001, learningRate 0.1, widths [8]", "lambda 0.01, learningRate 0.1, widths [8]");
        assertThat(sweep.protocol().arms().get(7).experiment().network().widths())
                .containsExactly(8, 4);
        assertThat(sweep.protocol().arms().get(7).settings())
                .isEqualTo(Map.of("decay.lambda", "0.01", "optimizer.learningRate", "0.2", "network.widths", "[8, 4]"));
        assertThat(sweep.command(2))
                .isEqualTo(
                        "sweep experiment.yaml --grid 'decay.lambda=0.001,0.01' --grid 'optimizer.learningRate=0.1,0.2' "
                                + "--grid 'network.widths=[8],[8, 4]' --seeds 2 --out DIR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decay.lambda | --grid decay.lambda is not a field with values; write FIELD=A,B,C",
                "decay.lambda= | --grid decay.lambda= is not a field with values",
                "decay.lambda=1,,2 | decay.lambda=1,,2 has an empty value",
                "network.widths=[8,4 | has a bracket that is not closed",
                "decay.lamda=1 | There is no field decay.lamda (did you mean lambda?)",
                "decay.lambda=-1 | decay.lambda is -1.0; it must be",
                "decay.lambda=NaN | decay.lambda is 'NaN'; it must be",
                "seed=1,2 | seed cannot be swept; the seeds are 1 to N of --seeds."
            })
    void aGridThatCannotBeRunIsRefused(String grid, String sentence) {
        assertThatThrownBy(() -> sweep(grid))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void whatIsVariedTwiceOrNotAtAllOrTooOftenIsRefused() {
        assertThatThrownBy(() -> sweep("steps=1,2", "steps=3")).hasMessageContaining("steps is varied twice");
        assertThatThrownBy(() -> sweep()).hasMessageContaining("Nothing is varied");
        String many = "batchSize="
                + String.join(
                        ",",
                        java.util.stream.IntStream.range(2, 500)
                                .mapToObj(String::valueOf)
                                .toList());
        String more = many.replace("batchSize", "steps");
        assertThatThrownBy(() -> sweep(many, more)).hasMessageContaining("248004 combinations; 100000 are possible");
    }

    /** The first of three learning rates trains, the last diverges. */
    @Test
    void mapsShowTheMeanOfTheSeedsAndWhatDiverged() throws IOException {
        Sweep sweep = sweep("optimizer.learningRate=1e-3,1e-2,1e9", "decay.lambda=1e-3,1e-2");
        try (StudyJob job = open(sweep)) {
            job.go(2);
            Figures figures = job.run().figures();
            ArmMap map = sweep.maps(figures, "test_accuracy").get(0);
            HeatMap.Place first = new HeatMap.Place(0, 0);
            assertThat(map.arm(first)).isEqualTo("learningRate 0.001, lambda 0.001");
            double[] seeds = figures.of(map.arm(first), "test_accuracy");
            assertThat(seeds).hasSize(2);
            assertThat(map.map().at(first).value()).isEqualTo(100 * (seeds[0] + seeds[1]) / 2);
            assertThat(map.map().at(new HeatMap.Place(2, 1)).state()).isEqualTo(HeatMap.State.DIVERGED);
            assertThat(sweep.maps(figures, "elr").get(0).map().at(first).state())
                    .isEqualTo(HeatMap.State.MISSING); // nothing is normalised
            Claim claim = sweep.claims(figures).get(0);
            assertThat(claim.measured()).containsKeys("best", "goodPart", "slope");
            assertThat(claim.verdict()).isEqualTo(Claim.Verdict.REPORTED);
        }
        List<String> table = Files.readAllLines(folder.resolve("table.csv"));
        assertThat(table.get(0))
                .startsWith("arm,optimizer.learningRate,decay.lambda,seed,diverged,test_accuracy,test_loss,");
        assertThat(table).hasSize(1 + 12);
        assertThat(table).filteredOn(row -> row.contains(",true,")).hasSize(4).allSatisfy(row -> assertThat(row)
                .contains("1e9"));
        assertThat(folder.resolve("map-test_accuracy.png")).isNotEmptyFile();
        assertThat(folder.resolve("map-elr.png")).doesNotExist();
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("4 of 12 runs diverged; the maps show where.", "<h2>Maps</h2>")
                .doesNotContain("<h2>Charts</h2>");
        assertThat(Files.readString(folder.resolve("experiment.yaml"))).contains("batchSize: 50");
    }

    private StudyJob open(Sweep sweep) {
        return StudyJob.open(sweep, 2, new ExperimentData(new DataCatalogue()), folder);
    }

    @Test
    void aLargerSweepTakesOverWhatIsThere() throws IOException {
        try (StudyJob job = open(sweep("decay.lambda=1e-3,1e-2"))) {
            job.go(2);
        }
        List<String> small = Files.readAllLines(folder.resolve("table.csv"));
        Path cell = folder.resolve("cells/lambda-0.01-2.json");
        Files.setLastModifiedTime(cell, FileTime.fromMillis(1_000));
        try (StudyJob job = open(sweep("decay.lambda=1e-3,1e-2,1e-1"))) {
            assertThat(job.run().done()).isEqualTo(4.0 / 6);
            job.go(2);
        }
        assertThat(Files.getLastModifiedTime(cell).toMillis()).isEqualTo(1_000);
        assertThat(Files.readAllLines(folder.resolve("table.csv")))
                .containsAll(small)
                .hasSize(7);
        try (StudyJob job = open(sweep("decay.lambda=1e-3,1e-2"))) {
            assertThat(job.run().done()).isEqualTo(1);
        }
        Sweep other = new Sweep(
                "small",
                StudyRunTest.experiment("network.normalization=none", "steps=21"),
                List.of(SweepAxis.parse("decay.lambda=1e-3")),
                null);
        assertThatThrownBy(() -> open(other)).hasMessageContaining("holds the same study with other settings");
    }

    @Test
    void drawnPointsStayTheSameWhereMoreAreDrawn() {
        for (SweepDraw.Kind kind : SweepDraw.Kind.values()) {
            List<Map<String, String>> few = draw(kind, 8).settings();
            List<Map<String, String>> many = draw(kind, 64).settings();
            assertThat(many.subList(0, 8)).isEqualTo(few);
            assertThat(many).doesNotHaveDuplicates();
            assertThat(many).allSatisfy(point -> {
                assertThat(Double.parseDouble(point.getOrDefault("decay.lambda", "")))
                        .isBetween(1e-4, 1.0);
                assertThat(Long.parseLong(point.getOrDefault("batchSize", ""))).isBetween(10L, 20L);
            });
            // by the logarithm: half of the points below the geometric middle
            long low = many.stream()
                    .filter(point -> Double.parseDouble(point.getOrDefault("decay.lambda", "")) < 1e-2)
                    .count();
            assertThat(low)
                    .isBetween(kind == SweepDraw.Kind.SOBOL ? 31L : 20L, kind == SweepDraw.Kind.SOBOL ? 33L : 44L);
        }
    }

    private static SweepDraw draw(SweepDraw.Kind kind, int points) {
        return new SweepDraw(
                List.of(SweepDraw.Range.parse("decay.lambda=1e-4..1"), SweepDraw.Range.parse("batchSize=10..20")),
                kind,
                points);
    }

    @Test
    void drawnPointsAreCombinedWithTheGrid() {
        Sweep sweep = new Sweep(
                "small", BASE, List.of(SweepAxis.parse("decay.entry=none,l2")), draw(SweepDraw.Kind.SOBOL, 5));
        assertThat(sweep.protocol().arms()).hasSize(10);
        assertThat(sweep.command(1))
                .contains("--range decay.lambda=1e-4..1 --range batchSize=10..20 --points 5 --draw sobol");
        assertThatThrownBy(() -> SweepDraw.Range.parse("decay.lambda=2..1")).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> SweepDraw.Range.parse("decay.lambda=2")).hasMessageContaining("write FIELD=LOW..HIGH");
    }

    @Test
    void aSweepIsFoundAgainInItsFolder() throws IOException {
        Sweep sweep = new Sweep(
                "small",
                BASE,
                List.of(SweepAxis.parse("decay.entry=none,l2")),
                new SweepDraw(List.of(SweepDraw.Range.parse("decay.lambda=1e-3..1")), SweepDraw.Kind.RANDOM, 2));
        try (StudyJob job = StudyJob.open(sweep, 3, new ExperimentData(new DataCatalogue()), folder)) {
            job.run().stop();
            assertThatThrownBy(() -> job.go(1)).isInstanceOf(java.util.concurrent.CancellationException.class);
        }
        SweepFile there = SweepFile.read(folder);
        assertThat(there.seeds()).isEqualTo(3);
        assertThat(there.sweep().protocol()).isEqualTo(sweep.protocol());
        assertThat(there.sweep().command(3)).isEqualTo(sweep.command(3));

        Files.writeString(folder.resolve("sweep.json"), "{\"name\": \"small\"}");
        assertThatThrownBy(() -> SweepFile.read(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("sweep.json is damaged; give the sweep again");
        Files.delete(folder.resolve("sweep.json"));
        assertThatThrownBy(() -> SweepFile.read(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("holds no sweep; choose one with a file sweep.json");
    }
}
