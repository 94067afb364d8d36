package decaylab.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.chart.ChartSpec;
import decaylab.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many journals as one chart and one table. */
class ClassChartTest {
    @TempDir
    private Path folder;

    private Path ada;
    private Path bela;
    private Path carl;

    @BeforeEach
    void write() {
        ada = write("ada", Journals.of("Ada", "always", 10, 20));
        bela = write("bela", Journals.of("Bela", "always", 10, 24));
        carl = write(
                "carl",
                Journals.of("", List.of(Journals.run("old", "never", 9, 9), Journals.run("new", "never", 10, 40)), ""));
    }

    private Path write(String name, Journal journal) {
        Path file = folder.resolve(name + ".html");
        new JournalPage().write(journal, file);
        return file;
    }

    @Test
    void thinLinesHaveTheirMeanAndBandAboveThem() {
        ChartSpec chart = ClassChart.read(List.of(ada, bela, carl)).chart();
        assertThat(chart.title()).isEqualTo("Norm, 3 students");
        assertThat(chart.lines().stream().map(ChartSpec.Line::name))
                .containsExactly("Ada", "Bela", "never (carl)", "always (mean of 2)");
        assertThat(chart.lines().get(0).weight()).isEqualTo(ChartSpec.Weight.PALE);
        ChartSpec.Line mean = chart.lines().get(3);
        long last = mean.series().count() - 1;
        assertThat(mean.series().step(last)).isEqualTo(100);
        assertThat(mean.series().value(last)).isCloseTo(22, within(1e-9));
        ChartSpec.Band band = mean.band();
        assertThat(band).isNotNull();
        assertThat(band.low().value(last)).isCloseTo(22 - Math.sqrt(8), within(1e-9));
        assertThat(band.high().value(last)).isCloseTo(22 + Math.sqrt(8), within(1e-9));
        assertThat(mean.series().value(0)).isCloseTo(10, within(1e-9));
        ChartSpec.Line alone = chart.lines().get(2);
        assertThat(alone.series().value(alone.series().count() - 1)).isEqualTo(40); // the last of what was tried twice
    }

    @Test
    void aSessionThatCameTwiceCountsOnce() {
        Journal early = session("s1", "", List.of(Journals.run("a", "always", 1, 2)));
        Journal late = session("s1", "", List.of(Journals.run("a", "always", 1, 2), Journals.run("b", "never", 1, 3)));
        ClassChart chart = ClassChart.read(List.of(
                write("kept", late), write("saved", early), write("other", session("s2", "Bela", early.runs()))));
        assertThat(chart.size()).isEqualTo(2);
        assertThat(chart.chart().lines().stream().map(ChartSpec.Line::name))
                .containsExactly("kept", "Bela", "never (kept)", "always (mean of 2)");
        Journal named = session("s1", "Ada", early.runs());
        chart = ClassChart.read(List.of(write("kept", late), write("saved", named)));
        assertThat(chart.chart().lines().stream().map(ChartSpec.Line::name))
                .containsExactly("always (Ada)", "never (Ada)");
    }

    @Test
    void differentExperimentsAreNotOneGroupAndAMeanIsOfAll() {
        JournalRun run = Journals.run("a", "always", 10, 20);
        JournalRun faster = with(run, "proto, mlp 8, sgd lr 0.2, seed 7", run.norm());
        JournalRun seeded = with(run, "proto, mlp 8, sgd lr 0.1, seed 2", run.norm());
        JournalRun shorter = with(
                run,
                "proto, mlp 8, sgd lr 0.1, seed 3, interventions 40:decay=off",
                new Curve(List.of(0L, 50L), List.of(10.0, 13.0)));
        ChartSpec chart = ClassChart.read(List.of(
                        write("a", session("1", "A", List.of(seeded))),
                        write("b", session("2", "B", List.of(shorter))),
                        write("c", session("3", "C", List.of(faster)))))
                .chart();
        assertThat(chart.lines().stream().map(ChartSpec.Line::name))
                .containsExactly("A", "B", "always; sgd lr 0.2 (C)", "always; sgd lr 0.1 (mean of 2)");
        ChartSpec.Line mean = chart.lines().get(3);
        long last = mean.series().count() - 1;
        assertThat(mean.series().step(last)).isEqualTo(50);
        assertThat(mean.series().value(last)).isCloseTo(14, within(1e-9));
    }

    private static Journal session(String id, String author, List<JournalRun> runs) {
        return new Journal(id, "", author, "today", "1", runs, List.of(), List.of(), List.of(), "");
    }

    private static JournalRun with(JournalRun run, String settings, Curve norm) {
        return new JournalRun(
                run.name(), run.tried(), settings, 1, 101, "finished", List.of(), run.end(), norm, run.elr());
    }

    @Test
    void writesPictureVectorAndTable() throws Exception {
        ClassChart chart = ClassChart.ofFolder(folder);
        assertThat(chart.size()).isEqualTo(3);
        chart.write(folder.resolve("class.png"));
        assertThat(ImageIO.read(folder.resolve("class.png").toFile()).getWidth())
                .isEqualTo(1920);
        chart.write(folder.resolve("class.svg"));
        assertThat(Files.readString(folder.resolve("class.svg"))).contains("always (mean of 2)");
        chart.write(folder.resolve("class.csv"));
        assertThat(Files.readAllLines(folder.resolve("class.csv")))
                .hasSize(1 + 4 + 6)
                .contains(
                        "kind,student,run,tried,seed,steps,norm,elr,test_accuracy,quantity,score",
                        "run,Ada,run of Ada,always,1,101,20.0,,0.75,,",
                        "prediction,Bela,a run,,,,,,,Norm,100",
                        "prediction,carl,a run,,,,,,,Loss,");
        assertThat(chart.scores())
                .contains(
                        new ClassChart.Score("Ada", "Norm", "a run", "100"),
                        new ClassChart.Score("carl", "Loss", "a run", "\u2013"));
    }

    @Test
    void whatSomebodyTypesIsNoFormulaAndNoCommand() throws Exception {
        Path file = write("mean", Journals.of("=1+1\u001b[31m\n", "always", 1, 2));
        ClassChart chart = ClassChart.read(List.of(file));
        assertThat(chart.scores().get(0).student()).isEqualTo("=1+1 [31m");
        assertThat(chart.table()).contains("run,'=1+1 [31m,").doesNotContain("\u001b");
    }

    @Test
    void badNamesFoldersAndEmptyJournalsAreRefused() throws Exception {
        ClassChart chart = ClassChart.read(List.of(ada));
        assertThatThrownBy(() -> chart.write(folder.resolve("class.pdf")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("class.pdf; give a name that ends in .png, .svg or .csv.");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> ClassChart.ofFolder(empty))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("holds no file that ends in .html");
        Path notes = write(
                "notes",
                new Journal("", "", "Dora", "today", "1", List.of(), List.of(), List.of(), List.of(), "only words"));
        assertThatThrownBy(() -> ClassChart.read(List.of(notes)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("hold no run and no prediction");
    }
}
