package decaylab.study;

import decaylab.instrument.geometry.CapacityBound;
import decaylab.instrument.geometry.RademacherEstimate;
import decaylab.optim.MatrixNorm;
import decaylab.random.CounterRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What of the capacity's bound can be asked without training a network: X5 of the specification's section 4.5. */
final class CapacityIdentities {
    private static final MatrixNorm L1_INF = new MatrixNorm(1, Double.POSITIVE_INFINITY);
    private static final int EXAMPLES = 64;
    private static final int FEATURES = 5;
    private static final int DRAWS = 2_000;
    private static final int TRIES = 2_000;

    private CapacityIdentities() {}

    /** X5: what is bounded, estimated on 64 examples of 5 numbers, uniform within -1 and 1. */
    static Claim underTheBound() {
        CounterRandom random = CounterRandom.of(1, "rademacher");
        float[] inputs = new float[EXAMPLES * FEATURES];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) (2 * random.nextDouble() - 1);
        }
        RademacherEstimate estimate = new RademacherEstimate(inputs, FEATURES, DRAWS, random.split(1));
        double linear = estimate.linear();
        double hidden = estimate.oneHidden(TRIES);
        double boundOfLinear = bound(new double[0], inputs);
        double boundOfHidden = bound(new double[] {1}, inputs);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("linear", linear);
        measured.put("boundLinear", boundOfLinear);
        measured.put("oneHidden", hidden);
        measured.put("boundOneHidden", boundOfHidden);
        return Claim.asserted(
                        "X5",
                        "The Rademacher complexity is below its bound.",
                        "64 examples of 5 numbers, c = 1, L1-inf: Monte-Carlo without a hidden layer, and a search of units at random "
                                + "with one, at most their bounds",
                        measured,
                        linear <= boundOfLinear && hidden <= boundOfHidden)
                .reconstructed(
                        "The bound is the lab's own derivation. With a hidden layer the search finds less than there is.");
    }

    private static double bound(double[] radii, float[] inputs) {
        int[] widths = new int[radii.length];
        Arrays.fill(widths, 1);
        return CapacityBound.of(L1_INF, radii, widths, 1, inputs, FEATURES).value();
    }
}
