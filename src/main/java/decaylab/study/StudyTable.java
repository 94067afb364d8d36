package decaylab.study;

import decaylab.problem.BadInputException;
import decaylab.store.IoReason;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The figures of all runs of a study as CSV: a row a run, with what its arm sets; NaN and infinities are words. */
public final class StudyTable {
    /** The file's name. */
    static final String FILE = "table.csv";

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    /**
     * Writes the file, whole or not at all.
     *
     * @throws decaylab.problem.BadInputException where the folder cannot be written
     */
    void write(StudyRun run, Path folder) {
        try {
            WholeFile.write(folder.resolve(FILE), text(run));
        } catch (IOException e) {
            throw StudyFolder.unwritable(folder, e);
        }
    }

    /**
     * Writes the table of the runs that are done to a file of any name, whole or not at all.
     *
     * @throws BadInputException where it cannot be written
     */
    public void writeTo(StudyRun run, Path file) {
        try {
            WholeFile.write(file, text(run));
        } catch (IOException e) {
            throw new BadInputException(
                    "The table " + file + " cannot be written (" + IoReason.of(e) + "); choose another file.", e);
        }
    }

    /** The table of the runs that are done. */
    String text(StudyRun run) throws IOException {
        Set<String> fields = new LinkedHashSet<>();
        Set<String> figures = new LinkedHashSet<>();
        for (Arm arm : run.study().protocol().arms()) {
            fields.addAll(arm.settings().keySet());
        }
        run.cells().forEach(cell -> cell.result()
                .ifPresent(result -> figures.addAll(result.figures().keySet())));
        StringBuilder text = new StringBuilder();
        CSVPrinter printer = new CSVPrinter(text, FORMAT);
        List<String> header = new ArrayList<>(List.of("arm"));
        header.addAll(fields);
        header.addAll(List.of("seed", "diverged"));
        header.addAll(figures);
        printer.printRecord(header);
        for (CellRun cell : run.cells()) {
            if (cell.result().isPresent()) {
                printer.printRecord(row(cell.arm(), fields, cell.result().get(), figures));
            }
        }
        return text.toString();
    }

    private static List<Object> row(Arm arm, Set<String> fields, CellResult result, Set<String> figures) {
        List<Object> row = new ArrayList<>(List.of(arm.name()));
        fields.forEach(field -> row.add(arm.settings().getOrDefault(field, "")));
        row.add(result.seed());
        row.add(result.divergence() != null);
        figures.forEach(figure -> row.add(
                result.figures().containsKey(figure)
                        ? String.valueOf(result.figures().get(figure))
                        : ""));
        return row;
    }
}
