package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.data.DataCatalogue;
import decaylab.instrument.Quantity;
import decaylab.problem.BadInputException;
import decaylab.train.ExperimentData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyFolderTest {
    @TempDir
    private Path folder;

    private static final Study STUDY = new StudyRunTest.Norms();

    private StudyFolder open(Study study) {
        return StudyFolder.open(folder, study.protocol());
    }

    private static StudyRun run(StudyFolder store, int seeds) {
        return new StudyRun(STUDY, seeds, new ExperimentData(new DataCatalogue()), store);
    }

    @Test
    void whatIsKeptReadsBackToTheSameBits() {
        CellResult result = new CellResult(
                "much",
                3,
                null,
                Map.of("a", 1.0 / 3, "nan", Double.NaN, "infinite", Double.NEGATIVE_INFINITY),
                Map.of(Quantity.NORM, new Curve(new long[] {0, 7}, new double[] {Math.PI, Double.NaN})));
        try (StudyFolder store = open(STUDY)) {
            assertThat(store.find(result.key())).isEmpty();
            store.put(result);
            CellResult read = store.find(result.key()).orElseThrow();
            assertThat(read.figures()).isEqualTo(result.figures());
            assertThat(read.divergence()).isNull();
            Curve curve = read.curves().get(Quantity.NORM);
            assertThat(curve).isNotNull();
            assertThat(curve.steps()).containsExactly(0, 7);
            assertThat(curve.values()).containsExactly(Math.PI, Double.NaN);
        }
    }

    @Test
    void moreSeedsAreAddedToThoseThatAreThere() throws IOException {
        String whole = run(CellStore.none(), 3);
        try (StudyFolder store = open(STUDY)) {
            run(store, 2).go(2);
        }
        Path cell = folder.resolve("cells/much-2.json");
        Files.setLastModifiedTime(cell, java.nio.file.attribute.FileTime.fromMillis(1_000));
        try (StudyFolder store = open(STUDY)) {
            StudyRun run = run(store, 3);
            assertThat(run.cells().stream().filter(one -> one.result().isPresent()))
                    .hasSize(4);
            assertThat(run.go(1).json()).isEqualTo(whole);
        }
        assertThat(Files.getLastModifiedTime(cell).toMillis()).isEqualTo(1_000);
    }

    private static String run(CellStore store, int seeds) {
        return new StudyRun(STUDY, seeds, new ExperimentData(new DataCatalogue()), store)
                .go(1)
                .json();
    }

    @Test
    void aDamagedResultIsComputedAgain() throws IOException {
        String whole;
        try (StudyFolder store = open(STUDY)) {
            whole = run(store, 1).go(1).json();
        }
        Path cell = folder.resolve("cells/none-1.json");
        byte[] bytes = Files.readAllBytes(cell);
        for (byte[] damaged : List.of(
                new byte[0],
                java.util.Arrays.copyOf(bytes, bytes.length / 2),
                "[]".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8))) {
            Files.write(cell, damaged);
            try (StudyFolder store = open(STUDY)) {
                StudyRun run = run(store, 1);
                assertThat(run.done()).isEqualTo(0.5);
                assertThat(run.go(1).json()).isEqualTo(whole);
            }
            assertThat(cell).hasBinaryContent(bytes);
        }
    }

    @Test
    void anotherStudyOrOtherSettingsAreRefused() {
        open(STUDY).close();
        Study other = new StudyRunTest.Norms(
                new Arm("none", StudyRunTest.experiment()), new Arm("much", StudyRunTest.experiment()));
        assertThatThrownBy(() -> open(other))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The folder " + folder
                        + " holds the same study with other settings; choose another folder, " + "or delete this one.");
    }

    @Test
    void resultsOfAnotherMachineAreNotMixedIn() throws IOException {
        open(STUDY).close();
        Path file = folder.resolve("study.json");
        Files.writeString(file, Files.readString(file).replaceAll("\"java\" : \"[^\"]*\"", "\"java\" : \"1.8\""));
        assertThatThrownBy(() -> open(STUDY))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("runs of another machine or version of the lab");
    }

    @Test
    void oneAtATimeWrites() {
        try (StudyFolder first = open(STUDY)) {
            assertThat(first.folder()).isEqualTo(folder);
            assertThatThrownBy(() -> open(STUDY))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("is being written by another study");
        }
        open(STUDY).close();
    }

    @Test
    void whatIsThereAlreadyStays() throws IOException {
        Path findings = Files.writeString(folder.resolve("findings.json"), "precious");
        assertThatThrownBy(() -> open(STUDY))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("already holds findings");
        assertThat(findings).hasContent("precious");
        Files.delete(findings);
        Files.writeString(folder.resolve("study.json"), "{");
        assertThatThrownBy(() -> open(STUDY))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("study.json is damaged");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> StudyFolder.open(file.resolve("below"), STUDY.protocol()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("choose another folder");
    }
}
