package decaylab.cli;

import decaylab.instrument.geometry.FairComparison;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.problem.BadInputException;
import decaylab.store.IoReason;
import decaylab.store.RunFolder;
import decaylab.store.WholeFile;
import decaylab.study.StoredMeasures;
import decaylab.study.Table;
import decaylab.train.DataSource;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells which measures of generalisation rank stored runs as their test accuracy does. */
@Command(
        name = "scoreboard",
        mixinStandardHelpOptions = true,
        description =
                "Takes every measure of generalisation at the end of each run, and tells how well each ranks the runs: "
                        + "Kendall's tau with the test accuracy, raw measures and scale-invariant ones side by side.")
final class ScoreboardCommand implements Callable<Integer> {
    private static final int PARTS = 100;

    private final Terminal terminal;
    private final DataSource data;

    @Parameters(arity = "2..*", paramLabel = "RUN_DIR", description = "Folders of runs.")
    private List<Path> folders = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "A CSV file for the measures, a row for each run.")
    private @Nullable Path out;

    ScoreboardCommand(Terminal terminal, DataSource data) {
        this.terminal = terminal;
        this.data = data;
    }

    @Override
    public Integer call() {
        List<RunFolder.StoredRun> runs = folders.stream().map(RunFolder::read).toList();
        List<StoredMeasures> measured = new ArrayList<>();
        try (Progress progress = Progress.of(terminal, "measuring", "part", 0, (long) PARTS * runs.size())) {
            for (RunFolder.StoredRun run : runs) {
                long before = (long) PARTS * measured.size();
                measured.add(StoredMeasures.of(
                        run,
                        data,
                        terminal.err()::println,
                        part -> progress.at(before + Math.round(PARTS * part)),
                        () -> false));
            }
        }
        print(StoredMeasures.scoreboard(measured));
        DoubleSummaryStatistics losses =
                measured.stream().mapToDouble(run -> run.metrics().trainLoss()).summaryStatistics();
        terminal.out()
                .println(FairComparison.of(losses.getMin(), losses.getMax()).sentence());
        if (out != null) {
            write(measured, out);
            terminal.out().println("written to " + out);
        }
        return ExitCode.OK;
    }

    private void print(Table table) {
        int columns = table.columns().size();
        int[] widths = new int[columns];
        List<List<String>> lines = new ArrayList<>();
        lines.add(table.columns());
        lines.addAll(table.rows());
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        terminal.out().println(table.title());
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                text.append("  ")
                        .append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length()));
            }
            terminal.out().println(text.toString().stripTrailing());
        }
        terminal.out().println(table.note());
    }

    private static void write(List<StoredMeasures> runs, Path file) {
        StringWriter text = new StringWriter();
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            List<String> head = new ArrayList<>(List.of("run", "seed", "test_accuracy", "train_loss"));
            Arrays.stream(GeneralizationMetric.values())
                    .map(GeneralizationMetric::key)
                    .forEach(head::add);
            csv.printRecord(head);
            for (StoredMeasures run : runs) {
                List<Object> row = new ArrayList<>(List.of(
                        run.name(),
                        run.seed(),
                        run.testAccuracy(),
                        run.metrics().trainLoss()));
                for (GeneralizationMetric metric : GeneralizationMetric.values()) {
                    var value = run.metrics().value(metric);
                    row.add(value.isPresent() ? value.getAsDouble() : "");
                }
                csv.printRecord(row);
            }
            WholeFile.write(file, text.toString());
        } catch (IOException e) {
            throw new BadInputException(
                    "The file " + file + " cannot be written (" + IoReason.of(e) + "); choose another with --out.", e);
        }
    }
}
