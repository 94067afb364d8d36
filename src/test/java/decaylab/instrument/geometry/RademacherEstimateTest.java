package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.optim.MatrixNorm;
import decaylab.random.CounterRandom;
import org.junit.jupiter.api.Test;

class RademacherEstimateTest {
    /** One example x = 0: the bias alone follows the sign, always. */
    @Test
    void oneExampleIsFollowedAsFarAsTheRadiusLets() {
        RademacherEstimate estimate = new RademacherEstimate(new float[] {0}, 1, 50, CounterRandom.of(1, "estimate"));
        assertThat(estimate.linear()).isEqualTo(1);
        assertThat(estimate.oneHidden(10)).isEqualTo(1);
    }

    /** Two examples x = 1 and x = -1: sum e_i z_i is (2, 0) or (0, 2), by turns, whatever the signs. */
    @Test
    void twoOppositeExamplesAreFollowedByTheBiasOrTheInput() {
        RademacherEstimate estimate =
                new RademacherEstimate(new float[] {1, -1}, 1, 50, CounterRandom.of(2, "estimate"));
        assertThat(estimate.linear()).isEqualTo(1);
        double hidden = estimate.oneHidden(200); // two different signs leave relu(x) one of the two
        assertThat(hidden).isBetween(0.5, 1.0);
    }

    /** X5 of the specification: .144 <= .279 without a hidden layer, and less than .426 with one. */
    @Test
    void theBoundIsAbove() {
        Claimed claimed = claimed(64, 5);
        assertThat(claimed.linear).isCloseTo(0.144, within(0.006));
        assertThat(claimed.boundOfLinear).isCloseTo(0.279, within(0.0005));
        assertThat(claimed.hidden).isBetween(0.09, claimed.boundOfHidden);
        assertThat(claimed.boundOfHidden).isCloseTo(0.426, within(0.0005));
    }

    private record Claimed(double linear, double boundOfLinear, double hidden, double boundOfHidden) {}

    private static Claimed claimed(int examples, int features) {
        CounterRandom random = CounterRandom.of(3, "inputs");
        float[] inputs = new float[examples * features];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) (2 * random.nextDouble() - 1);
        }
        MatrixNorm norm = new MatrixNorm(1, Double.POSITIVE_INFINITY);
        RademacherEstimate estimate = new RademacherEstimate(inputs, features, 2_000, random.split(1));
        return new Claimed(
                estimate.linear(),
                CapacityBound.of(norm, new double[0], new int[0], 1, inputs, features)
                        .value(),
                estimate.oneHidden(500),
                CapacityBound.of(norm, new double[] {1}, new int[] {1}, 1, inputs, features)
                        .value());
    }
}
