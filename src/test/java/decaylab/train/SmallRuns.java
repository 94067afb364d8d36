package decaylab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs of some milliseconds. */
final class SmallRuns {
    private static final ExperimentYaml YAML = new ExperimentYaml();
    static final ExperimentData DATA = new ExperimentData(new DataCatalogue());

    static Experiment experiment(String... settings) {
        Map<String, String> fields = new java.util.LinkedHashMap<>(
                Map.of("steps", "60", "data.trainSize", "200", "data.testSize", "100", "network.widths", "[16, 8]"));
        for (String setting : settings) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return YAML.with(new Presets(YAML).get("always"), fields);
    }

    static Trainer trainer(Experiment experiment, String... changes) {
        return Trainer.create(
                experiment,
                DATA.load(experiment),
                java.util.Arrays.stream(changes).map(PlannedChange::parse).toList(),
                1);
    }

    static SampleLog run(Experiment experiment, String... changes) {
        try (Trainer trainer = trainer(experiment, changes)) {
            while (!trainer.finished()) {
                trainer.advance();
            }
            return trainer.log();
        }
    }

    static double value(SampleLog log, Quantity quantity, long row) {
        return log.value(log.place(Metric.of(quantity)).orElseThrow(), row);
    }

    static void assertSameRows(SampleLog a, SampleLog b, long rows) {
        for (long row = 0; row < rows; row++) {
            for (int i = 0; i < a.metrics().size(); i++) {
                if (Double.doubleToRawLongBits(a.value(i, row)) != Double.doubleToRawLongBits(b.value(i, row))) {
                    fail("row %d, %s: %s and %s", row, a.metrics().get(i).column(), a.value(i, row), b.value(i, row));
                }
            }
        }
    }

    static void await(LiveRun live, Predicate<RunStatus> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.test(live.status())) {
            assertThat(System.nanoTime()).as("waiting, %s", live.status()).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(100_000);
        }
    }

    private SmallRuns() {}
}
