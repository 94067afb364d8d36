package decaylab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.PlannedChange;
import decaylab.instrument.SampleLog;
import decaylab.net.LayerNames;
import decaylab.problem.BadInputException;
import decaylab.train.Intervention;
import decaylab.train.Origin;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The files of one run: experiment.yaml, metrics.csv, events.csv, run.json, summary.json, instruments/, charts/ and checkpoints/. */
public final class RunFolder {
    static final String EXPERIMENT = "experiment.yaml";
    static final String METRICS = "metrics.csv";
    static final String EVENTS = "events.csv";
    static final String SUMMARY = "summary.json";
    static final String FACTS = "run.json";
    static final String CHECKPOINTS = "checkpoints";
    static final String CHARTS = "charts";
    static final String INSTRUMENTS = "instruments";
    private static final List<String> EVENT_COLUMNS = List.of("step", "what", "from", "to");
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RunFolder() {}

    /**
     * A run as it stands on disk.
     *
     * @param head all but its samples
     * @param log its samples
     */
    public record StoredRun(RunHead head, SampleLog log) {
        /** Where. */
        public Path folder() {
            return head.folder();
        }

        /** What was run. */
        public Experiment experiment() {
            return head.experiment();
        }

        /** What was changed while it ran. */
        public List<Intervention> interventions() {
            return head.interventions();
        }

        /** Its name, tags, note and parent. */
        public RunFacts facts() {
            return head.facts();
        }

        /** How it ended; null where it goes on or was interrupted. */
        public @Nullable Summary summary() {
            return head.summary();
        }

        /** Its checkpoints. */
        public CheckpointFolder checkpoints() {
            return RunFolder.checkpoints(folder(), experiment());
        }

        /** The name of its folder. */
        public String folderName() {
            return String.valueOf(folder().toAbsolutePath().normalize().getFileName());
        }

        /**
         * The past of this run, for a branch or for going on.
         *
         * @param step the first step that is not of the past, at most the number of rows
         * @param damaged receives a sentence for each checkpoint that cannot be used
         */
        public Origin pastUntil(long step, Consumer<String> damaged) {
            return new Origin(
                    step,
                    log,
                    interventions(),
                    checkpoints().upTo(step, damaged).orElse(null));
        }

        /** The changes that lie ahead of a step: those that were made, and those planned that were never come to. */
        public List<PlannedChange> changesFrom(long step) {
            List<PlannedChange> changes = new ArrayList<>(head.changes());
            for (PlannedChange planned : facts().plannedChanges()) {
                boolean made = interventions().stream().anyMatch(each -> each.isMadeBy(planned));
                if (planned.step() >= log.rows() && !made) {
                    changes.add(planned);
                }
            }
            changes.removeIf(change -> change.step() < step);
            return changes;
        }
    }

    /**
     * What is known of a run without its samples.
     *
     * @param folder where
     * @param experiment what was run
     * @param interventions what was changed while it ran
     * @param facts its name, tags, note and parent
     * @param summary how it ended; null where it goes on or was interrupted
     */
    public record RunHead(
            Path folder,
            Experiment experiment,
            List<Intervention> interventions,
            RunFacts facts,
            @Nullable Summary summary) {
        /** The file of its samples. */
        public Path metrics() {
            return folder.resolve(METRICS);
        }

        /** All changes that were made. */
        public List<PlannedChange> changes() {
            return interventions.stream().map(Intervention::planned).toList();
        }
    }

    /**
     * Reads a run.
     *
     * @throws BadInputException where the folder does not hold one, or a file of it is damaged
     */
    public static StoredRun read(Path folder) {
        RunHead head = readHead(folder);
        Summary summary = head.summary();
        SampleLog log =
                MetricsCsv.read(head.metrics(), LayerNames.of(head.experiment().network()), summary == null);
        if (summary != null && summary.steps() != log.rows()) {
            throw new BadInputException("The file " + head.metrics() + " has " + log.rows() + " rows and the run had "
                    + summary.steps() + " steps; it is damaged, delete summary.json to go on from what is there.");
        }
        SheetFiles.read(folder, log, summary == null);
        return new StoredRun(head, log);
    }

    /**
     * Reads all of a run but its samples.
     *
     * @throws BadInputException where the folder does not hold one, or a file of it is damaged
     */
    public static RunHead readHead(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException("There is no folder " + folder + "; give the folder of a run.");
        }
        for (String name : List.of(EXPERIMENT, METRICS, EVENTS)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new BadInputException("The folder " + folder + " has no " + name
                        + "; give the folder of a run, as 'decaylab run' writes it.");
            }
        }
        return new RunHead(
                folder,
                new ExperimentYaml().read(folder.resolve(EXPERIMENT)),
                readEvents(folder.resolve(EVENTS)),
                RunFacts.read(folder),
                readSummary(folder.resolve(SUMMARY)));
    }

    /**
     * Gives a run another name.
     *
     * @throws BadInputException where its folder cannot be read or written
     */
    public static void rename(Path folder, String name) {
        RunFacts facts = RunFacts.read(folder);
        describe(folder, name, facts.tags(), facts.note());
    }

    /** Gives a run another name, other tags and another note. */
    static void describe(Path folder, String name, List<String> tags, String note) {
        try {
            RunFacts.read(folder).with(name, tags, note).write(folder.resolve(FACTS));
        } catch (IOException e) {
            throw new BadInputException(
                    "The run in " + folder + " cannot be described (" + IoReason.of(e) + "); make its folder writable.",
                    e);
        }
    }

    /** The checkpoints of the run in a folder; those of another experiment are not taken for its own. */
    public static CheckpointFolder checkpoints(Path folder, Experiment experiment) {
        CRC32C mark = new CRC32C();
        // Interventions make no state of their own: a branch, whose experiment has none, may use its parent's. Nor do
        // instruments.
        String yaml = new ExperimentYaml()
                .write(experiment.withInterventions(List.of()).withInstruments(Map.of()));
        mark.update(yaml.getBytes(StandardCharsets.UTF_8));
        return new CheckpointFolder(folder.resolve(CHECKPOINTS), (int) mark.getValue());
    }

    static @Nullable Summary readSummary(Path file) {
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
            throw new BadInputException(
                    "The file " + file + " is damaged (" + JsonReason.of(e) + "); delete it to go on from the samples.",
                    e);
        }
    }

    static String events(List<Intervention> interventions) {
        StringWriter out = new StringWriter();
        try {
            CSVPrinter printer = new CSVPrinter(out, CSV);
            printer.printRecord(EVENT_COLUMNS);
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
                if (record.getRecordNumber() == 1 && !record.toList().equals(EVENT_COLUMNS)) {
                    throw new BadInputException("its first line is another");
                }
                if (record.size() != EVENT_COLUMNS.size()) {
                    throw new BadInputException("line " + parser.getCurrentLineNumber() + " has " + record.size()
                            + " cells instead of " + EVENT_COLUMNS.size());
                }
                if (record.getRecordNumber() > 1) {
                    Change.parse(record.get(1), record.get(3)); // what cannot be repeated is damaged
                    interventions.add(new Intervention(
                            Long.parseLong(record.get(0)), record.get(1), record.get(2), record.get(3)));
                }
            }
        } catch (IOException e) {
            throw damagedEvents(file, IoReason.of(e), e);
        } catch (UncheckedIOException e) {
            throw damagedEvents(file, IoReason.of(e), e);
        } catch (NumberFormatException | BadInputException e) {
            throw damagedEvents(file, String.valueOf(e.getMessage()), e);
        }
        return interventions;
    }

    private static BadInputException damagedEvents(Path file, String how, Exception e) {
        return new BadInputException(
                "The file " + file + " is damaged (" + how + "); it must have the columns step,what,from,to.", e);
    }

    static String json(Summary summary) {
        try {
            return JSON.writeValueAsString(summary) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary that cannot be written", e);
        }
    }
}
