package decaylab.cli;

import decaylab.optim.DecayEntry;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.optim.StepRule;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.Team;
import decaylab.store.Fingerprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The update with all sums on eleven million weights, as a share of what memory gives: heavy ball reads weight, gradient and
 * momentum and writes weight and momentum, 20 bytes a weight; beside it a plain copy of as many numbers, 8 bytes each.
 */
public final class UpdateBenchmark implements Benchmark {
    private static final int WEIGHTS = 11_000_000;
    private static final int REPETITIONS = 40;

    @Override
    public String name() {
        return "update-11m";
    }

    @Override
    public List<Map<String, Object>> measure() {
        float[] weights = new float[WEIGHTS];
        float[] slopes = new float[WEIGHTS];
        for (int i = 0; i < WEIGHTS; i++) {
            weights[i] = (float) Math.sin(i);
            slopes[i] = (float) Math.cos(i);
        }
        FlatArray parameters = new FlatArray.OfFloat(weights);
        FlatArray gradient = new FlatArray.OfFloat(slopes);
        ParameterLayout layout = new ParameterLayout(
                List.of(new ParameterBlock("weights", ParameterBlock.Role.WEIGHT, 0, WEIGHTS, 1000, true, false)));
        try (Team team = Team.of(Team.most())) {
            UpdateKernel kernel = new UpdateKernel(
                    layout, new StepRule.Momentum(0.9, false), DecayEntry.L2, new boolean[] {true}, parameters, team);
            StepSettings settings = new StepSettings(1, 1e-3, 5e-4, 0, 1);
            double step = median(() -> kernel.step(parameters, gradient, settings));
            double bare = median(() -> kernel.stepUnmeasured(parameters, gradient, settings));
            double copy = median(() -> System.arraycopy(slopes, 0, weights, 0, WEIGHTS));
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("peer", "decaylab " + Fingerprint.labVersion());
            line.put("workload", name());
            line.put("threads", Team.most());
            line.put("median_ms", NetworkBenchmark.round(step));
            line.put("bare_ms", NetworkBenchmark.round(bare));
            line.put("gb_per_s", gigabytes(20, step));
            line.put("copy_gb_per_s", gigabytes(8, copy));
            return List.of(line);
        }
    }

    private static double gigabytes(int bytesEach, double milliseconds) {
        return Math.round(bytesEach * (double) WEIGHTS / milliseconds / 1e4) / 1e2;
    }

    private static double median(Runnable task) {
        double[] milliseconds = new double[REPETITIONS];
        for (int i = -REPETITIONS; i < REPETITIONS; i++) { // the first half warms up
            long start = System.nanoTime();
            task.run();
            milliseconds[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
        }
        return NetworkBenchmark.median(milliseconds);
    }
}
