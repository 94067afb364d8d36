package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.journal.Curve;
import decaylab.journal.Journal;
import decaylab.journal.JournalPage;
import decaylab.journal.JournalPrediction;
import decaylab.journal.JournalRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journals of a class on the command line. */
class JournalsCommandTest {
    @TempDir
    private Path folder;

    private String journal(String author) {
        Curve norm = new Curve(List.of(0L, 50L), List.of(10.0, 12.0));
        JournalRun run = new JournalRun(
                "a run", "always", "proto", 1, 51, "finished", List.of(), Map.of("norm", 12.0), norm, norm);
        JournalPrediction prediction = new JournalPrediction("a run", "Norm", false, norm, norm, 87, "Well seen.");
        Path file = folder.resolve(author + ".html");
        new JournalPage()
                .write(
                        new Journal(
                                "",
                                "",
                                author,
                                "today",
                                "1.0",
                                List.of(run),
                                List.of(prediction),
                                List.of(),
                                List.of(),
                                ""),
                        file);
        return file.toString();
    }

    @Test
    void drawsAChartAndListsTheScores() {
        Path out = folder.resolve("class.svg");
        Session session = Session.of(folder, "journals", journal("Ada"), journal("Bela"), "--out", out.toString());
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .contains("Ada: Norm of a run, 87 points", "Bela: Norm of a run, 87 points", "written to " + out);
        assertThat(out).content().contains("<svg", "always (mean of 2)");
    }

    @Test
    void refusesWhatIsNoJournal() throws Exception {
        Path page = Files.writeString(folder.resolve("page.html"), "<p>none</p>");
        Path out = folder.resolve("class.png");
        Session session = Session.of(folder, "journals", journal("Ada"), page.toString(), "--out", out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err()).contains(page + " is no journal of the lab").hasLineCount(1);
        assertThat(out).doesNotExist();
    }
}
