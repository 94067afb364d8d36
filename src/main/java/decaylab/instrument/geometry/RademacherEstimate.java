package decaylab.instrument.geometry;

import decaylab.optim.MatrixNorm;
import decaylab.random.CounterRandom;
import java.util.Arrays;

/**
 * Estimates from below of what {@link CapacityBound} bounds, the Rademacher complexity of one output on given examples: the mean
 * over random signs e of the largest (1/n) sum_i e_i f(x_i) of any network f of the class (Bartlett and Mendelson 2002). Radii
 * are 1, p is 1.
 */
public final class RademacherEstimate {
    private final float[] inputs;
    private final int features;
    private final int examples;
    private final int draws;
    private final CounterRandom random;

    /**
     * @param inputs of the examples, row after row
     * @param features numbers an example has
     * @param draws of signs, at least 1
     * @param random where signs and units come from
     */
    public RademacherEstimate(float[] inputs, int features, int draws, CounterRandom random) {
        this.inputs = inputs;
        this.features = features;
        examples = inputs.length / features;
        this.draws = draws;
        this.random = random;
    }

    /** Without a hidden layer: the largest is known, (1/n) ||sum_i e_i (1, x_i)||_inf, so the estimate errs by chance alone. */
    public double linear() {
        double sum = 0;
        double[] total = new double[features + 1];
        for (int d = 0; d < draws; d++) {
            double[] signs = signs(d);
            Arrays.fill(total, 0);
            for (int i = 0; i < examples; i++) {
                total[0] += signs[i];
                for (int j = 0; j < features; j++) {
                    total[j + 1] += signs[i] * inputs[i * features + j];
                }
            }
            sum += MatrixNorm.vector(total, Double.POSITIVE_INFINITY) / examples;
        }
        return sum / draws;
    }

    /**
     * With one hidden layer: the output has its weight on the one unit, or the bias, that follows the signs best, and units are
     * tried at random, so that the true value is at least this but for chance.
     *
     * @param tries units for all draws of signs
     */
    public double oneHidden(int tries) {
        double[] best = new double[draws];
        double[][] signs = new double[draws][];
        for (int d = 0; d < draws; d++) {
            signs[d] = signs(d);
            double bias = 0;
            for (double sign : signs[d]) {
                bias += sign;
            }
            best[d] = Math.abs(bias);
        }
        double[] unit = new double[features + 1];
        double[] activations = new double[examples];
        for (int t = 0; t < tries; t++) {
            draw(unit, t);
            for (int i = 0; i < examples; i++) {
                double sum = unit[0];
                for (int j = 0; j < features; j++) {
                    sum += unit[j + 1] * inputs[i * features + j];
                }
                activations[i] = Math.max(0, sum);
            }
            for (int d = 0; d < draws; d++) {
                double follows = 0;
                for (int i = 0; i < examples; i++) {
                    follows += signs[d][i] * activations[i];
                }
                best[d] = Math.max(best[d], Math.abs(follows));
            }
        }
        double sum = 0;
        for (double each : best) {
            sum += each / examples;
        }
        return sum / draws;
    }

    /** A unit whose absolute weights sum to 1: first those with one weight, then any. */
    private void draw(double[] unit, int number) {
        Arrays.fill(unit, 0);
        if (number < 2 * unit.length) {
            unit[number / 2] = number % 2 == 0 ? 1 : -1;
            return;
        }
        CounterRandom own = random.split(-1L - number);
        for (int j = 0; j < unit.length; j++) {
            unit[j] = own.nextGaussian();
        }
        double size = MatrixNorm.vector(unit, 1);
        for (int j = 0; j < unit.length; j++) {
            unit[j] /= size;
        }
    }

    private double[] signs(int number) {
        CounterRandom own = random.split(number);
        double[] signs = new double[examples];
        for (int i = 0; i < examples; i++) {
            signs[i] = own.nextDouble() < 0.5 ? -1 : 1;
        }
        return signs;
    }
}
