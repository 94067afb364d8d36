package decaylab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudoLabelLossTest {
    private static final int CLASSES = 3;

    private static double[] normal(int length, String name) {
        CounterRandom random = CounterRandom.of(5, name);
        double[] values = new double[length];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    /** The definition, in which the weights are those of other logits and stay what they are. */
    private static double loss(double[] soft, double[] logits, double[] ofWeights, double gamma) {
        double[] f = new double[logits.length];
        double[] logs = new double[logits.length];
        double[] weights = new double[logits.length];
        double[] unused = new double[logits.length];
        SoftmaxNodes.of(logits, CLASSES, f, logs);
        SoftmaxNodes.of(ofWeights, CLASSES, weights, unused);
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum -= soft[i] * Math.pow(weights[i], gamma) * logs[i] / CLASSES;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 0.4, 2.7})
    void theGradientHoldsTheWeightsConstant(double gamma) {
        double[] soft = normal(15, "soft");
        Arrays.setAll(soft, i -> Math.abs(soft[i]));
        double[] logits = normal(15, "logits");
        double[] f = new double[15];
        double[] logs = new double[15];
        double[] gradient = new double[15];
        SoftmaxNodes.of(logits, CLASSES, f, logs);
        double loss = PseudoLabelLoss.of(soft, f, logs, CLASSES, gamma, gradient);
        assertThat(loss).isCloseTo(loss(soft, logits, logits, gamma), within(1e-14));
        for (int i = 0; i < logits.length; i++) {
            double[] moved = logits.clone();
            moved[i] += 1e-6;
            double up = loss(soft, moved, logits, gamma);
            moved[i] -= 2e-6;
            double down = loss(soft, moved, logits, gamma);
            assertThat(gradient[i]).isCloseTo((up - down) / 2e-6, within(1e-8));
        }
    }

    @Test
    void theAdaptiveWeightsBeginAsNone() {
        assertThat(PseudoLabelLoss.adaptiveGamma(0)).isZero();
        assertThat(PseudoLabelLoss.adaptiveGamma(100)).isEqualTo(Math.log(2));
        double[] gradient = new double[2];
        // A probability of 0 whose label is spread: 0^0 is 1, so that its weight is that of the label.
        double[] f = {0, 1};
        double[] logs = {-800, 0};
        assertThat(PseudoLabelLoss.of(new double[] {1, 0}, f, logs, 2, 0, gradient))
                .isEqualTo(400);
        assertThat(gradient).containsExactly(-0.5, 0.5);
        assertThat(PseudoLabelLoss.of(
                        new double[] {1, 0}, f, new double[] {Double.NEGATIVE_INFINITY, 0}, 2, 1, gradient))
                .isZero();
        assertThat(gradient).containsExactly(0, 0);
    }
}
