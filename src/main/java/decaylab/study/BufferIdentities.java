package decaylab.study;

import decaylab.experiment.Shortest;
import decaylab.optim.DecayEntry;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.optim.StepRule;
import decaylab.optim.StepSettings;
import decaylab.optim.Taking;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.Team;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * What the mathematics of Adam and decay says without any data, asked of the lab's own update: D1 to D3 of the specification's
 * section 1.5.
 */
final class BufferIdentities {
    private static final double[] CURVATURE = {1, 10, 0.1};
    private static final double[] MINIMUM = {3, 1, -1};
    private static final double[] START = {1, -2, 3};

    /** Of weights that are computed in double precision, as the identities allow. */
    private static final double NEAR = 1e-9;

    private static final double LEAST_DIFFERENCE = 1e-3;

    // w after 100 steps of 1e-3 without any gradient, in closed form; one for each lambda.
    private static final double[] UNUSED_LAMBDAS = {1e-6, 1e-4, 1e-2};
    private static final double[] UNUSED_L2 = {0.902722663535, 0.901753488196, 0.901743696500};
    private static final double[] UNUSED_DECOUPLED = {0.999999900000, 0.999990000050, 0.999000494838};

    private static final double SLOPE = 0.01;
    private static final double[] DROWNING_LAMBDAS = {0.01, 0.1, 1};

    private BufferIdentities() {}

    /** The three claims. */
    static List<Claim> claims() {
        return List.of(unused(), drowning(), lossScale());
    }

    /** D1: a weight whose gradient is always 0. */
    private static Claim unused() {
        Map<String, Double> measured = new LinkedHashMap<>();
        double error = 0;
        for (int i = 0; i < UNUSED_LAMBDAS.length; i++) {
            double l2 = unused(DecayEntry.L2, UNUSED_LAMBDAS[i]);
            double decoupled = unused(DecayEntry.DECOUPLED, UNUSED_LAMBDAS[i]);
            measured.put("l2At" + Shortest.of(UNUSED_LAMBDAS[i]), l2);
            measured.put("decoupledAt" + Shortest.of(UNUSED_LAMBDAS[i]), decoupled);
            error = Math.max(error, Math.abs(l2 - UNUSED_L2[i]));
            error = Math.max(error, Math.abs(decoupled - UNUSED_DECOUPLED[i]));
        }
        measured.put("mMixedAt" + Shortest.of(UNUSED_LAMBDAS[2]), unused(DecayEntry.M_MIXED, UNUSED_LAMBDAS[2]));
        measured.put("largestError", error);
        return Claim.asserted(
                        "D1",
                        "L2 in Adam shrinks an unused weight by about the learning rate a step whatever lambda is; decoupled "
                                + "decay does what lambda says. This is what befalls the rows of rare tokens.",
                        "a weight of 1 without gradient after 100 steps at learning rate 0.001, for three lambdas: within 1e-9 of "
                                + "the closed form",
                        measured,
                        error <= NEAR)
                .reconstructed(
                        "An identity, computed with the lab's own update. With m mixed alone, or the decay divided by a clean "
                                + "v, v is 0 and the division would be by epsilon alone: the lab's update then makes no step.");
    }

    private static double unused(DecayEntry entry, double lambda) {
        FlatArray w = new FlatArray.OfDouble(new double[] {1});
        UpdateKernel kernel = kernel(1, entry, 1e-8);
        for (int t = 1; t <= 100; t++) {
            kernel.step(w, w.zeros(1), new StepSettings(t, 1e-3, lambda, 1e-3 * lambda, 1));
        }
        return w.get(0);
    }

    /** D2: a constant gradient at a weight that is held at 1. */
    private static Claim drowning() {
        Map<String, Double> measured = new LinkedHashMap<>();
        double error = 0;
        for (double lambda : DROWNING_LAMBDAS) {
            double l2 = objective(DecayEntry.L2, lambda);
            double decoupled = objective(DecayEntry.DECOUPLED, lambda);
            measured.put("l2At" + Shortest.of(lambda), l2);
            measured.put("decoupledAt" + Shortest.of(lambda), decoupled);
            error = Math.max(error, Math.abs(l2 - SLOPE / (SLOPE + lambda)));
            error = Math.max(error, Math.abs(decoupled - 1));
        }
        measured.put("largestError", error);
        return Claim.asserted(
                        "D2",
                        "In L2-Adam the penalty drowns out the objective; decoupled decay leaves the objective's step whole.",
                        "objective's share of the step at gradient 0.01 and weight 1: 0.01 / (0.01 + lambda) with L2, 1 decoupled, "
                                + "within 1e-9",
                        measured,
                        error <= NEAR)
                .reconstructed("An identity, read off the instrument of the shares.");
    }

    private static double objective(DecayEntry entry, double lambda) {
        FlatArray w = new FlatArray.OfDouble(new double[1]);
        FlatArray g = new FlatArray.OfDouble(new double[] {SLOPE});
        UpdateKernel kernel = kernel(1, entry, 0);
        kernel.followShares(true);
        for (int t = 1; t <= 60; t++) {
            w.set(0, 1);
            kernel.step(w, g, new StepSettings(t, 1, lambda, lambda, 1), Taking.SHARES);
        }
        return kernel.sums(0).objectiveLength();
    }

    /** D3: the loss in other units. */
    private static Claim lossScale() {
        double decoupled = distance(end(DecayEntry.DECOUPLED, 0.1, 1), end(DecayEntry.DECOUPLED, 0.1, 100));
        double l2 = distance(end(DecayEntry.L2, 0.1, 1), end(DecayEntry.L2, 0.1, 100));
        double l2Both = distance(end(DecayEntry.L2, 0.1, 1), end(DecayEntry.L2, 10, 100));
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("differenceDecoupled", decoupled);
        measured.put("differenceL2", l2);
        measured.put("differenceL2WithLambda", l2Both);
        return Claim.asserted(
                        "D3",
                        "The best lambda of L2-Adam moves with the scale of the loss, that of decoupled decay does not.",
                        "50 steps with the loss times 1 and times 100: decoupled differs by <= 1e-9, L2 by > 1e-3, L2 with lambda "
                                + "times 100 too by <= 1e-9",
                        measured,
                        decoupled <= NEAR && l2 > LEAST_DIFFERENCE && l2Both <= NEAR)
                .reconstructed("An identity where Adam's epsilon is 0. It is the core of what easier tuning means.");
    }

    private static double[] end(DecayEntry entry, double lambda, double lossScale) {
        FlatArray.OfDouble w = new FlatArray.OfDouble(START.clone());
        UpdateKernel kernel = kernel(START.length, entry, 0);
        for (int t = 1; t <= 50; t++) {
            IntToDoubleFunction slope = i -> lossScale * CURVATURE[i] * (w.get(i) - MINIMUM[i]);
            double[] g = new double[START.length];
            Arrays.setAll(g, slope);
            kernel.step(w, new FlatArray.OfDouble(g), new StepSettings(t, 0.1, lambda, 0.1 * lambda, 1));
        }
        return w.values();
    }

    private static double distance(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static UpdateKernel kernel(int length, DecayEntry entry, double epsilon) {
        ParameterLayout layout = new ParameterLayout(
                List.of(new ParameterBlock("w", ParameterBlock.Role.WEIGHT, 0, length, length, false, false)));
        return new UpdateKernel(
                layout,
                new StepRule.Adam(0.9, 0.999, epsilon),
                entry,
                new boolean[] {true},
                new FlatArray.OfDouble(new double[length]),
                Team.of(1));
    }
}
