package decaylab.instrument.geometry;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Sizes of a network's Jacobians, exactly, as means over examples (Zhang, Wang, Xu and Grosse, "Three Mechanisms of Weight Decay
 * Regularization", ICLR 2019). f(x) are the outputs before the softmax, theta the weights without biases. Of a network of D
 * matrices with relu or no activation, and biases of 0: J_theta theta = D f(x), so that the Gauss-Newton norm is D^2 E||f||^2 and
 * that of its blocks, one a layer, D E||f||^2. Normalisations are the affine maps that they predict with. For one thread.
 */
public final class Jacobians {
    private final AnalysisNetwork network;
    private final Examples examples;
    private final BooleanSupplier abandoned;

    /**
     * @param abandoned asked now and then; where it is true every measure ends with a {@link java.util.concurrent.CancellationException}
     */
    public Jacobians(AnalysisNetwork network, Examples examples, BooleanSupplier abandoned) {
        this.network = network;
        this.examples = examples;
        this.abandoned = abandoned;
    }

    /** E||df/dx||_F^2, the squared norm of the Jacobian of outputs and inputs: a pass down for each class. */
    public double squaredInputNorm() {
        double[] sum = new double[1];
        network.forward(examples, abandoned, (now, first, labels) -> {
            int count = labels.length;
            int classes = network.classes();
            double[] slope = new double[classes * count];
            for (int k = 0; k < classes; k++) {
                Arrays.fill(slope, 0);
                Arrays.fill(slope, k * count, (k + 1) * count, 1);
                now.backward(slope, 0);
                sum[0] += now.squaredInputGradients();
            }
        });
        return sum[0] / examples.count();
    }

    /** E||f||^2. */
    public double squaredOutputs() {
        double[] logits = network.logits(examples, abandoned);
        return Products.dot(logits, logits) / examples.count();
    }

    /** theta^T G theta = E||J_theta theta||^2, the squared Gauss-Newton norm of all weights. */
    public double squaredGaussNewtonNorm() {
        return squaredMove(-1);
    }

    /** The sum over the layers of theta_l^T G_ll theta_l: the same with a Gauss-Newton matrix of one block a layer. */
    public double squaredBlockNorm() {
        double sum = 0;
        for (int l = 0; l < network.layers().size(); l++) {
            sum += squaredMove(l);
        }
        return sum;
    }

    /** How far the outputs move with one layer's weights along themselves, or with those of all for -1. */
    private double squaredMove(int only) {
        int layers = network.layers().size();
        int[] offsets = new int[layers];
        int length = 0;
        for (int l = 0; l < layers; l++) {
            boolean moves = only < 0 || l == only;
            offsets[l] = moves ? length : -1;
            length += moves ? network.layers().get(l).weights().length : 0;
        }
        double[] direction = new double[length];
        for (int l = 0; l < layers; l++) {
            double[] weights = network.layers().get(l).weights();
            if (offsets[l] >= 0) {
                System.arraycopy(weights, 0, direction, offsets[l], weights.length);
            }
        }
        double[] sum = new double[1];
        network.forward(examples, abandoned, (now, first, labels) -> {
            double[] move = now.forwardMove(direction, offsets);
            for (int i = 0; i < network.classes() * labels.length; i++) {
                sum[0] += move[i] * move[i];
            }
        });
        return sum[0] / examples.count();
    }
}
