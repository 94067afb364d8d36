package decaylab.cli;

import decaylab.journal.ClassChart;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns the journals of a class into one chart. */
@Command(
        name = "journals",
        mixinStandardHelpOptions = true,
        description = "Draws the norms of many students' journals into one chart, and lists their predictions' scores.")
final class JournalsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Journals that the window saved (.html).")
    private List<Path> files = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "What to write: a chart, a name that ends in .png or .svg, or a table, .csv.")
    private Path out = Path.of("");

    JournalsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ClassChart chart = ClassChart.read(files);
        chart.write(out);
        for (ClassChart.Score score : chart.scores()) {
            terminal.out()
                    .println(score.student() + ": " + score.quantity() + " of " + score.run() + ", " + score.score()
                            + " points");
        }
        terminal.out().println("written to " + out);
        return ExitCode.OK;
    }
}
