package decaylab.store;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import decaylab.train.Intervention;
import java.io.IOException;
import java.io.Writer;
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

    /**
     * Makes the folder and starts its files. A folder that already holds a run of the very same experiment is written anew;
     * any other that is not empty is refused.
     *
     * @throws BadInputException where the folder cannot be used
     */
    public RunFolderWriter(Path folder, Experiment experiment, SampleLog log) {
        this.folder = folder;
        this.log = log;
        String yaml = new ExperimentYaml().write(experiment);
        requireFree(folder, yaml);
        try {
            Files.createDirectories(folder.resolve(RunFolder.CHARTS));
            Files.deleteIfExists(folder.resolve(RunFolder.SUMMARY));
            RunFolder.writeWhole(folder.resolve(RunFolder.EXPERIMENT), yaml);
            RunFolder.writeWhole(folder.resolve(RunFolder.EVENTS), RunFolder.events(List.of()));
            metrics = Files.newBufferedWriter(folder.resolve(RunFolder.METRICS));
            MetricsCsv.header(metrics, log);
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage() + "); choose another with --out.",
                    e);
        }
    }

    private static void requireFree(Path folder, String yaml) {
        Path before = folder.resolve(RunFolder.EXPERIMENT);
        try {
            if (!Files.exists(folder)) {
                return;
            }
            if (!Files.isDirectory(folder)) {
                throw new BadInputException(folder + " is a file, not a folder; choose another with --out.");
            }
            if (Files.exists(before)) {
                if (!Files.readString(before).equals(yaml)) {
                    throw new BadInputException("The folder " + folder
                            + " already holds a run of another experiment; choose another with --out, or delete it.");
                }
                return;
            }
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new BadInputException(
                            "The folder " + folder + " is not empty and holds no run; choose another with --out.");
                }
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be read (" + e.getMessage() + "); choose another with --out.", e);
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
            RunFolder.writeWhole(folder.resolve(RunFolder.EVENTS), RunFolder.events(interventions));
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
                "The run's files in " + folder + " could not be written (" + e.getMessage()
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
