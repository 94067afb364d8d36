package decaylab.study;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.GeneralizationMeter;
import decaylab.instrument.geometry.GeneralizationMetrics;
import decaylab.instrument.geometry.MeterSettings;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.store.RunFolder.StoredRun;
import decaylab.train.DataSource;
import decaylab.train.Trainer;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * A stored run with the measures of generalisation where it ended.
 *
 * @param name of the run
 * @param seed of the run
 * @param testAccuracy as the run evaluated it last
 * @param metrics at the end
 */
public record StoredMeasures(String name, long seed, double testAccuracy, GeneralizationMetrics metrics) {
    /**
     * Comes to the run's last step, from its newest checkpoint, and measures.
     *
     * @param data where its data comes from
     * @param warn receives a sentence for each checkpoint that cannot be used
     * @throws BadInputException where the run was never evaluated, its data is not there, or its network has no such measures
     * @throws CancellationException where it was given up
     */
    public static StoredMeasures of(
            StoredRun run, DataSource data, Consumer<String> warn, DoubleConsumer progress, BooleanSupplier abandoned) {
        Experiment experiment = run.experiment();
        DataSet set = data.load(experiment);
        double accuracy = lastAccuracy(run);
        long end = run.log().rows();
        GeneralizationMeter meter = new GeneralizationMeter(
                experiment, set, MeterSettings.fitting(experiment.network().kind()));
        FlatArray parameters;
        try (Trainer trainer =
                Trainer.create(experiment, set, run.pastUntil(end, warn), run.changesFrom(end), Team.most())) {
            parameters = trainer.snapshot().parameters();
        }
        GeneralizationMetrics metrics = meter.measure(parameters, progress, abandoned)
                .orElseThrow(() -> new CancellationException("the measuring was given up"));
        return new StoredMeasures(run.folderName(), experiment.seed(), accuracy, metrics);
    }

    private static double lastAccuracy(StoredRun run) {
        SampleLog log = run.log();
        for (long row = log.rows() - 1; row >= 0; row--) {
            double accuracy = log.value(Quantity.TEST_ACCURACY, row);
            if (!Double.isNaN(accuracy)) {
                return accuracy;
            }
        }
        throw new BadInputException("The run in " + run.folder()
                + " was never evaluated on the test set; run it to its first evaluation, or leave it out.");
    }

    /** For the scoreboard; runs of one seed are drawn together. */
    Scoreboard.Entry entry() {
        return new Scoreboard.Entry(testAccuracy, seed, new EnumMap<>(metrics.values()));
    }

    /** The scoreboard of several. */
    public static Table scoreboard(List<StoredMeasures> runs) {
        return Scoreboard.table(
                "Scoreboard of " + runs.size() + " runs",
                Scoreboard.of(runs.stream().map(StoredMeasures::entry).toList()));
    }
}
