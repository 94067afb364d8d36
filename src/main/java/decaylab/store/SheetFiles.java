package decaylab.store;

import decaylab.experiment.Instrument;
import decaylab.instrument.SampleLog;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;

/** What instruments have taken in a run, one file an instrument: instruments/budget.csv and so on. None for one without a row. */
final class SheetFiles implements AutoCloseable {
    private final Path folder;
    private final Map<Instrument, Writer> writers = new EnumMap<>(Instrument.class);
    private final Map<Instrument, Long> written = new EnumMap<>(Instrument.class);

    /** @param run folder of the run */
    SheetFiles(Path run) {
        folder = run.resolve(RunFolder.INSTRUMENTS);
    }

    /** Deletes what an earlier run left. */
    static void clear(Path run) throws IOException {
        Path folder = run.resolve(RunFolder.INSTRUMENTS);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*.csv")) {
                for (Path sheet : old) {
                    Files.delete(sheet);
                }
            }
        }
    }

    /**
     * Reads what there is into a log's sheets; only of steps that the log has.
     *
     * @throws decaylab.problem.BadInputException where a file is damaged
     */
    static void read(Path run, SampleLog log, boolean growing) {
        for (Instrument instrument : Instrument.values()) {
            Path file = file(run.resolve(RunFolder.INSTRUMENTS), instrument);
            if (Files.exists(file)) {
                MetricsCsv.readSheet(file, log.sheet(instrument), log.rows(), growing);
            }
        }
    }

    private static Path file(Path folder, Instrument instrument) {
        return folder.resolve(instrument + ".csv");
    }

    /**
     * Appends what is new, of the steps before one.
     *
     * @throws IOException where it cannot be written
     */
    void follow(SampleLog log, long beforeStep) throws IOException {
        for (Instrument instrument : Instrument.values()) {
            SampleLog sheet = log.sheet(instrument);
            long until = sheet.rowsBefore(beforeStep);
            long from = written.getOrDefault(instrument, 0L);
            if (until == from) {
                continue;
            }
            Writer writer = writers.get(instrument);
            if (writer == null) {
                writer = open(file(folder, instrument), sheet);
                writers.put(instrument, writer);
            }
            MetricsCsv.rows(writer, sheet, from, until);
            writer.flush();
            written.put(instrument, until);
        }
    }

    /** The first rows are written anew: a file that a process left may end in the middle of a line. */
    private Writer open(Path file, SampleLog sheet) throws IOException {
        Files.createDirectories(folder);
        StringBuilder header = new StringBuilder();
        MetricsCsv.header(header, sheet);
        WholeFile.write(file, header.toString());
        return Files.newBufferedWriter(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException {
        for (Writer writer : writers.values()) {
            writer.close();
        }
    }
}
