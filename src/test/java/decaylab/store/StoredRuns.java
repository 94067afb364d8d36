package decaylab.store;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.SampleLog;
import decaylab.net.LayerNames;
import decaylab.optim.FlatArray;
import decaylab.optim.Gate;
import decaylab.train.Checkpoint;
import decaylab.train.Intervention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs in a lab folder that nobody had to train. */
final class StoredRuns {
    private StoredRuns() {}

    static Experiment experiment(long seed) {
        ExperimentYaml yaml = new ExperimentYaml();
        return yaml.with(new Presets(yaml).get("never"), Map.of("seed", Long.toString(seed), "steps", "10"));
    }

    /** Writes a run of ten steps; its norm at the end is the seed. */
    static Path write(LabFolder lab, String name, long seed) {
        Experiment experiment = experiment(seed);
        SampleLog log = SampleLog.ofLayers(LayerNames.of(experiment.network()));
        double[] row = new double[log.metrics().size()];
        java.util.Arrays.fill(row, seed);
        for (int i = 0; i < 10; i++) {
            row[0] = i;
            row[1] = 0;
            log.append(row);
        }
        Path folder = lab.newRun(LabFolder.folderName(name));
        GivenRun run = new GivenRun(log, List.of(new Intervention(4, "lr", "0.4", "0.1")));
        run.checkpoints()
                .add(new Checkpoint(10, Gate.AUTO, 0.005, 0.1, new FlatArray.OfFloat(new float[50]), List.of()));
        try (RunRecorder recorder = RunRecorder.create(folder, experiment, RunFacts.now(name, null, List.of()), run)) {
            recorder.finish(new Summary("finished", 10, null, Summary.lastValues(log), 0.5, 20, Map.of("lab", "0")));
        }
        try {
            RunFolder.checkpoints(folder, experiment)
                    .write(
                            new Checkpoint(4, Gate.AUTO, 0.005, 0.4, new FlatArray.OfFloat(new float[50]), List.of()),
                            Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
