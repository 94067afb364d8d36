package decaylab.store;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import decaylab.train.Intervention;
import decaylab.train.PlannedChange;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes a run's folder while the run goes on: it reads the log on from where it last stopped. */
public final class RunFolderWriter implements AutoCloseable {
    private final Path folder;
    private final SampleLog log;
    private final Writer metrics;
    private long written;
    private int eventsWritten;

    /**
     * Makes the folder and starts its files. A folder that holds a run of the very same experiment is written anew, unless it
     * has interventions that this run would not repeat; any other that is not empty is refused.
     *
     * @param folder where
     * @param experiment what is run
     * @param planned the changes that will be made
     * @param log the samples to follow
     * @throws BadInputException where the folder cannot be used
     */
    public RunFolderWriter(Path folder, Experiment experiment, List<PlannedChange> planned, SampleLog log) {
        this.folder = folder;
        this.log = log;
        String yaml = new ExperimentYaml().write(experiment);
        try {
            requireFree(folder, yaml, planned);
            Files.createDirectories(charts());
            deleteOldCharts();
            Files.deleteIfExists(folder.resolve(RunFolder.SUMMARY));
            RunFolder.writeWhole(folder.resolve(RunFolder.EXPERIMENT), yaml);
            RunFolder.writeWhole(folder.resolve(RunFolder.EVENTS), RunFolder.events(List.of()));
            metrics = Files.newBufferedWriter(folder.resolve(RunFolder.METRICS));
            MetricsCsv.header(metrics, log);
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be written (" + IoReason.of(e) + "); choose another with --out.",
                    e);
        }
    }

    private static void requireFree(Path folder, String yaml, List<PlannedChange> planned) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(folder + " is a file, not a folder; choose another with --out.");
        }
        Path before = folder.resolve(RunFolder.EXPERIMENT);
        if (!Files.exists(before)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new BadInputException(
                            "The folder " + folder + " is not empty and holds no run; choose another with --out.");
                }
            }
            return;
        }
        if (!Files.readString(before).equals(yaml)) {
            throw new BadInputException("The folder " + folder
                    + " already holds a run of another experiment; choose another with --out, or delete it.");
        }
        Path events = folder.resolve(RunFolder.EVENTS);
        for (Intervention made : Files.exists(events) ? RunFolder.readEvents(events) : List.<Intervention>of()) {
            if (planned.stream().noneMatch(change -> repeats(change, made))) {
                throw new BadInputException(
                        "The folder " + folder + " already holds a run of this experiment with the intervention "
                                + made.step() + ":" + made.what() + "=" + made.to()
                                + ", which this run does not make; choose another with --out, or delete it.");
            }
        }
    }

    private static boolean repeats(PlannedChange planned, Intervention made) {
        return planned.step() == made.step()
                && planned.change().what().equals(made.what())
                && planned.change().value().equals(made.to());
    }

    private void deleteOldCharts() throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(charts(), "*.png")) {
            for (Path chart : old) {
                Files.delete(chart);
            }
        }
    }

    /** Where the charts go. */
    public Path charts() {
        return folder.resolve(RunFolder.CHARTS);
    }

    /** Writes the samples that came since the last time, and the interventions. */
    public void follow(List<Intervention> interventions) {
        long until = log.rows();
        try {
            MetricsCsv.rows(metrics, log, written, until);
            metrics.flush();
            written = until;
            if (interventions.size() != eventsWritten) {
                RunFolder.writeWhole(folder.resolve(RunFolder.EVENTS), RunFolder.events(interventions));
                eventsWritten = interventions.size();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Writes what is left and the summary. */
    public void finish(List<Intervention> interventions, Summary summary) {
        follow(interventions);
        try {
            RunFolder.writeWhole(folder.resolve(RunFolder.SUMMARY), RunFolder.json(summary));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private LabFailure failed(IOException e) {
        return new LabFailure(
                "The run's files in " + folder + " could not be written (" + IoReason.of(e)
                        + "); make room there, what was written before is kept.",
                e);
    }

    @Override
    public void close() {
        try {
            metrics.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
