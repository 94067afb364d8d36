package decaylab.cli;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.net.NativeLibrary;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import decaylab.store.Fingerprint;
import decaylab.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it brings that a layer need not wait for those above it: the time of a step of four dense layers of some widths, cut in the
 * middle by a module of synthetic gradients, whose halves train at the same time, by that of back-propagation, which is given the
 * same cores, and one alone. In turns of the same sitting.
 */
public final class UnlockingBenchmark implements Benchmark {
    private static final int FEATURES = 64;
    private static final int CLASSES = 10;
    private static final int ROWS = 50;
    private static final int EXAMPLES = 16 * ROWS;
    /** Steps of a turn: enough that what a part did ahead of it does not count. */
    private static final int TURN = 60;

    private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512);

    private final List<Integer> widths;
    private final int turns;
    private final ExperimentYaml yaml = new ExperimentYaml();

    /** Of the lab's widths. */
    public UnlockingBenchmark() {
        this(WIDTHS, 9);
    }

    /**
     * @param widths of all four layers, one after the other
     * @param turns how many are measured, after two that are not
     */
    UnlockingBenchmark(List<Integer> widths, int turns) {
        this.widths = List.copyOf(widths);
        this.turns = turns;
    }

    @Override
    public String name() {
        return "unlocking";
    }

    @Override
    public List<Map<String, Object>> measure() {
        return widths.stream().map(this::measure).toList();
    }

    private Map<String, Object> measure(int width) {
        Map<String, Trainer> trainers = new LinkedHashMap<>();
        try {
            trainers.put("back_propagation_1_thread_ms", trainer(width, "none", "synchronous", 1));
            trainers.put("back_propagation_ms", trainer(width, "none", "synchronous", Team.most()));
            trainers.put("locked_ms", trainer(width, "[dense2]", "locked", Team.most()));
            trainers.put("synchronous_ms", trainer(width, "[dense2]", "synchronous", Team.most()));
            trainers.put("unlocked_ms", trainer(width, "[dense2]", "unlocked", 1));
            Map<String, List<Double>> times = new LinkedHashMap<>();
            trainers.keySet().forEach(mode -> times.put(mode, new ArrayList<>()));
            for (int turn = -2; turn < turns; turn++) {
                for (Map.Entry<String, Trainer> each : trainers.entrySet()) {
                    double taken = turn(each.getValue());
                    if (turn >= 0) {
                        times.getOrDefault(each.getKey(), List.of()).add(taken);
                    }
                }
            }
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("peer", "decaylab " + Fingerprint.labVersion());
            line.put("workload", name() + "-" + width);
            line.put("threads", Team.most());
            line.put("blas_kernels", NativeLibrary.blasKernels());
            times.forEach((mode, all) -> line.put(mode, NetworkBenchmark.round(median(all))));
            line.put("unlocked_by_synchronous", ratio(times, "unlocked_ms", "synchronous_ms"));
            line.put("unlocked_by_locked", ratio(times, "unlocked_ms", "locked_ms"));
            line.put("unlocked_by_back_propagation", ratio(times, "unlocked_ms", "back_propagation_ms"));
            return line;
        } finally {
            trainers.values().forEach(Trainer::close);
        }
    }

    private static double ratio(Map<String, List<Double>> times, String mode, String by) {
        return NetworkBenchmark.round(
                median(times.getOrDefault(mode, List.of())) / median(times.getOrDefault(by, List.of())));
    }

    private static double median(List<Double> times) {
        return NetworkBenchmark.median(
                times.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Milliseconds a step. */
    private static double turn(Trainer trainer) {
        long start = System.nanoTime();
        for (int i = 0; i < TURN; i++) {
            trainer.advanceUnmeasured();
        }
        return (System.nanoTime() - start) / 1e6 / TURN;
    }

    private Trainer trainer(int width, String at, String mode, int threads) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("network.widths", List.of(width, width, width, width).toString());
        fields.put("network.normalization", "none");
        fields.put("optimizer.kind", "adam");
        fields.put("optimizer.learningRate", "1.0e-4");
        fields.put("optimizer.schedule", "{kind: constant}");
        fields.put("decay.entry", "none");
        fields.put("batchSize", Integer.toString(ROWS));
        fields.put("steps", "1000000000");
        fields.put("evaluateEvery", "1000000000");
        fields.put("synthetic.at", at);
        if (!at.equals("none")) {
            fields.put("synthetic.mode", mode);
        }
        Experiment experiment = yaml.with(Experiment.defaults(), fields);
        return Trainer.create(experiment, data(), List.of(), threads);
    }

    private static DataSet data() {
        CounterRandom random = CounterRandom.of(1, "benchmark");
        float[] inputs = new float[EXAMPLES * FEATURES];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        int[] labels = new int[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
        return new DataSet("unlocking", new int[] {FEATURES}, 0, CLASSES, inputs, labels, labels, inputs, labels);
    }
}
