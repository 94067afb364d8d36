package decaylab.cli;

import decaylab.data.DataSet;
import decaylab.experiment.Activation;
import decaylab.experiment.CsvHeader;
import decaylab.experiment.DataSpec;
import decaylab.experiment.DecaySpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.OptimizerKind;
import decaylab.experiment.OptimizerSpec;
import decaylab.net.NativeLibrary;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.DecayEntry;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import decaylab.schedule.Schedule;
import decaylab.store.Fingerprint;
import decaylab.train.Trainer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The time of one optimiser step of one network: heavy-ball momentum 0.9, learning rate 0.05, L2 5e-4 on all parameters,
 * batch normalisation with scale and shift, normal random inputs; for tokens AdamW, learning rate 1e-3, decay 1e-2. In the mode {@code instrumented} every step takes all that
 * the live charts need, in {@code bare} none, in {@code all instruments} also budget, shares and equilibrium at every step, without and with the budget that
 * the window gives them. Beside them the time of the step's matrix products alone, the limit that no
 * step of this design can go below.
 */
public final class NetworkBenchmark implements Benchmark {
    /** Examples, in batches; enough that a step does not find the last one's in the processor's cache. */
    private static final int BATCHES = 16;

    private static final long SEED = 1;

    private static final double BUDGET = 0.05;

    private final String name;
    private final NetworkSpec network;
    private final int[] shape;
    private final int batchSize;
    private final int classes;
    private final int steps;
    private final long warmUpNanos;

    /**
     * @param name the workload's
     * @param network what is trained
     * @param shape of an example: {features}, {channels, height, width}, or {tokens}
     * @param batchSize examples a step
     * @param classes of the labels
     * @param steps how many are measured
     * @param warmUpNanos how long to train before, at the least: the virtual machine compiles while it runs
     */
    NetworkBenchmark(
            String name, NetworkSpec network, int[] shape, int batchSize, int classes, int steps, long warmUpNanos) {
        this.name = name;
        this.network = network;
        this.shape = shape.clone();
        this.batchSize = batchSize;
        this.classes = classes;
        this.steps = steps;
        this.warmUpNanos = warmUpNanos;
    }

    /** The lab's workloads. */
    public static List<Benchmark> all() {
        long warmUp = 3_000_000_000L;
        return List.of(
                new NetworkBenchmark("tiny", mlp(Normalization.NONE, 32, 32), new int[] {2}, 32, 2, 3000, warmUp),
                new NetworkBenchmark(
                        "proto-bn", mlp(Normalization.BATCH_AFFINE, 128, 64), new int[] {64}, 50, 10, 2000, warmUp),
                new NetworkBenchmark(
                        "mlp-bn", mlp(Normalization.BATCH_AFFINE, 256, 128), new int[] {784}, 128, 10, 600, warmUp),
                new NetworkBenchmark(
                        "cnn-bn",
                        new NetworkSpec(
                                NetworkKind.CNN,
                                List.of(16, 32, 64),
                                Activation.RELU,
                                Normalization.BATCH_AFFINE,
                                1.0e-5),
                        new int[] {3, 32, 32},
                        64,
                        10,
                        80,
                        warmUp),
                new NetworkBenchmark(
                        "char-lstm",
                        new NetworkSpec(NetworkKind.LSTM, List.of(128), Activation.TANH, Normalization.NONE, 1.0e-5),
                        new int[] {64},
                        32,
                        65,
                        80,
                        warmUp));
    }

    private static NetworkSpec mlp(Normalization normalization, Integer... widths) {
        return new NetworkSpec(NetworkKind.MLP, List.of(widths), Activation.RELU, normalization, 1.0e-5);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Map<String, Object>> measure() {
        Pair instrumented = times(Map.of(), Double.POSITIVE_INFINITY);
        Map<Instrument, Integer> all = Map.of(Instrument.BUDGET, 1, Instrument.SHARES, 1, Instrument.EQUILIBRIUM, 1);
        Map<String, Object> first = line("bare", instrumented.bare());
        Map<String, Object> second = line("instrumented", instrumented);
        second.put("products_ms", round(products()));
        return List.of(
                first,
                second,
                line("all instruments", times(all, Double.POSITIVE_INFINITY)),
                line("all instruments, budget 5 %", times(all, BUDGET)));
    }

    /** The median time of a step in milliseconds, with and without what is measured. */
    private record Pair(double measured, double bare) {}

    private Pair times(Map<Instrument, Integer> instruments, double budget) {
        try (Trainer trainer = Trainer.create(experiment(), randomData(), List.of(), Team.most())) {
            instruments.forEach(trainer::watch);
            trainer.limitOverhead(budget);
            // In turn, so that both see the same weights, caches and neighbours on the machine.
            double[][] times = times(trainer::advance, trainer::advanceUnmeasured);
            return new Pair(median(times[0]), median(times[1]));
        }
    }

    private Map<String, Object> line(String mode, Pair pair) {
        Map<String, Object> line = line(mode, pair.measured());
        line.put("overhead", Math.round(pair.measured() / pair.bare() * 1e3) / 1e3);
        return line;
    }

    private double products() {
        DataSet data = randomData();
        TaskShape task = new TaskShape(data.shape(), data.vocabulary(), data.targets(), data.classes());
        NativeLibrary.load();
        try (Team team = Team.of(Team.most(), 0, NativeLibrary::load);
                TrainableNetwork products =
                        new TrainableNetwork(network, task, experiment().precision(), team)) {
            products.load(products.initialParameters(SEED));
            products.gradient(data.trainInputs(), data.trainLabels(), batchSize, products.zeros());
            return median(times(products::products)[0]);
        }
    }

    /** Times of each of some tasks in milliseconds, done in turn, after a warm-up. */
    private double[][] times(Runnable... tasks) {
        double[][] milliseconds = new double[tasks.length][steps];
        long until = System.nanoTime() + warmUpNanos;
        for (int i = 0; i < 20 || i < steps / 5 || System.nanoTime() < until; i++) {
            for (Runnable task : tasks) {
                task.run();
            }
        }
        for (int i = 0; i < steps; i++) {
            for (int k = 0; k < tasks.length; k++) {
                long start = System.nanoTime();
                tasks[k].run();
                milliseconds[k][i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return milliseconds;
    }

    private Map<String, Object> line(String mode, double milliseconds) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("peer", "decaylab " + Fingerprint.labVersion());
        line.put("workload", name);
        line.put("mode", mode);
        line.put("threads", Team.most());
        line.put("blas_kernels", NativeLibrary.blasKernels());
        line.put("median_ms", round(milliseconds));
        return line;
    }

    static double round(double milliseconds) {
        return Math.round(milliseconds * 1e4) / 1e4;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private Experiment experiment() {
        Experiment defaults = Experiment.defaults();
        DecaySpec decay = defaults.decay();
        long never = 1_000_000_000;
        return new Experiment(
                new DataSpec(
                        "proto",
                        null,
                        null,
                        null,
                        0,
                        0,
                        false,
                        0,
                        CsvHeader.AUTO,
                        "last",
                        null), // not looked at: the data is made below
                network,
                tokens()
                        ? new OptimizerSpec(
                                OptimizerKind.ADAM, 1.0e-3, 0.9, 0.9, 0.999, 1.0e-8, 1, new Schedule.Constant())
                        : new OptimizerSpec(
                                OptimizerKind.HEAVY_BALL, 0.05, 0.9, 0.9, 0.999, 1.0e-8, 1, new Schedule.Constant()),
                new DecaySpec(
                        tokens() ? DecayEntry.DECOUPLED : DecayEntry.L2,
                        tokens() ? 1.0e-2 : 5.0e-4,
                        decay.gate(),
                        new Schedule.Constant(),
                        decay.layers(),
                        true,
                        true,
                        decay.coupling()),
                batchSize,
                never,
                SEED,
                defaults.precision(),
                (int) never,
                Map.of(),
                List.of());
    }

    private DataSet randomData() {
        int examples = BATCHES * batchSize;
        int features = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        CounterRandom random = CounterRandom.of(SEED, "benchmark");
        float[] inputs = new float[examples * features];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = tokens() ? random.nextInt(classes) : (float) random.nextGaussian();
        }
        int[] labels = new int[tokens() ? examples * features : examples];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(classes);
        }
        return new DataSet(name, shape, tokens() ? classes : 0, classes, inputs, labels, labels, inputs, labels);
    }

    private boolean tokens() {
        return network.kind() == NetworkKind.LSTM;
    }
}
