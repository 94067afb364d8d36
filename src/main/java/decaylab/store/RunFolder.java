package decaylab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.instrument.SampleLog;
import decaylab.net.LayerNames;
import decaylab.problem.BadInputException;
import decaylab.train.Intervention;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The files of one run: experiment.yaml, metrics.csv, events.csv, summary.json and charts/. */
public final class RunFolder {
    static final String EXPERIMENT = "experiment.yaml";
    static final String METRICS = "metrics.csv";
    static final String EVENTS = "events.csv";
    static final String SUMMARY = "summary.json";
    static final String CHARTS = "charts";
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RunFolder() {}

    /**
     * A run as it stands on disk.
     *
     * @param folder where
     * @param experiment what was run
     * @param log its samples
     * @param interventions what was changed while it ran
     * @param summary how it ended; null where the lab was ended from outside before it could say so
     */
    public record StoredRun(
            Path folder,
            Experiment experiment,
            SampleLog log,
            List<Intervention> interventions,
            @Nullable Summary summary) {}

    /**
     * Reads a run.
     *
     * @throws BadInputException where the folder does not hold one, or a file of it is damaged
     */
    public static StoredRun read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException("There is no folder " + folder + "; give the folder of a run.");
        }
        for (String name : List.of(EXPERIMENT, METRICS, EVENTS)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new BadInputException("The folder " + folder + " has no " + name
                        + "; give the folder of a run, as 'decaylab run' writes it.");
            }
        }
        Experiment experiment = new ExperimentYaml().read(folder.resolve(EXPERIMENT));
        return new StoredRun(
                folder,
                experiment,
                MetricsCsv.read(folder.resolve(METRICS), LayerNames.of(experiment.network())),
                readEvents(folder.resolve(EVENTS)),
                readSummary(folder.resolve(SUMMARY)));
    }

    private static @Nullable Summary readSummary(Path file) {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            Summary summary = JSON.readValue(Files.readString(file), Summary.class);
            if (summary == null) {
                throw new BadInputException("The file " + file + " is empty; run the experiment again.");
            }
            return summary;
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
            throw new BadInputException(
                    "The file " + file + " is damaged (" + reason + "); run the experiment again.", e);
        }
    }

    static String events(List<Intervention> interventions) {
        StringWriter out = new StringWriter();
        try {
            CSVPrinter printer = new CSVPrinter(out, CSV);
            printer.printRecord("step", "what", "from", "to");
            for (Intervention i : interventions) {
                printer.printRecord(i.step(), i.what(), i.from(), i.to());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return out.toString();
    }

    static List<Intervention> readEvents(Path file) {
        List<Intervention> interventions = new ArrayList<>();
        try (Reader in = Files.newBufferedReader(file);
                CSVParser parser = CSVParser.parse(in, CSV)) {
            for (CSVRecord record : parser) {
                if (record.getRecordNumber() > 1) {
                    interventions.add(new Intervention(
                            Long.parseLong(record.get(0)), record.get(1), record.get(2), record.get(3)));
                }
            }
        } catch (IOException | UncheckedIOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new BadInputException(
                    "The file " + file + " is damaged (" + e.getMessage()
                            + "); it must have the columns step,what,from,to.",
                    e);
        }
        return interventions;
    }

    static String json(Summary summary) {
        try {
            return JSON.writeValueAsString(summary) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary that cannot be written", e);
        }
    }

    /** Writes a whole file or none: to a temporary file beside it, which is then moved. */
    public static void writeWhole(Path file, String text) throws IOException {
        // Not a file for temporary use: that would be readable by its owner only, and so would what it becomes.
        Path temporary = file.resolveSibling("." + file.getFileName() + ".writing");
        try {
            Files.writeString(temporary, text);
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
