package decaylab.instrument.geometry;

import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.net.ConvolutionPlan;
import decaylab.net.TaskShape;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.optim.ParameterLayout;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A perceptron, convolutional or residual network at fixed parameters, in double precision and as it predicts: normalisations
 * use their running statistics, which makes them affine maps, so that no example feels another. Tells losses, gradients of
 * single examples, and products with the curvature of the mean loss. What is long asks now and then whether it is given up, and
 * then ends with a {@link CancellationException}. For one thread at a time.
 */
public final class AnalysisNetwork {
    /** Numbers in the largest matrix of a block of examples: a megabyte, which stays in the second cache. */
    private static final int LARGEST = 131_072;

    private static final int MOST_EXAMPLES = 128;

    private final List<AnalysisLayer> layers;
    private final int channels;
    private final int classes;
    private final int capacity;
    private final Sweep sweep;

    /**
     * Why a network cannot be analysed.
     *
     * @return a sentence, or empty where it can
     */
    public static Optional<String> refusal(NetworkSpec spec) {
        return spec.kind().readsTokens()
                ? Optional.of("network.kind " + spec.kind()
                        + " cannot be measured this way: gradients of single examples and curvature are "
                        + "there for mlp, cnn, all-cnn and resnet.")
                : Optional.empty();
    }

    /**
     * Copies the parameters.
     *
     * @param layout of the parameters, as the network that was trained tells it
     * @param parameters of either precision
     * @throws BadInputException where {@link #refusal} gives a reason
     */
    public AnalysisNetwork(NetworkSpec spec, TaskShape task, ParameterLayout layout, FlatArray parameters) {
        refusal(spec).ifPresent(reason -> {
            throw new BadInputException(reason);
        });
        if (layout.length() != parameters.length()) {
            throw new IllegalArgumentException(
                    parameters.length() + " parameters where the layout has " + layout.length());
        }
        boolean images = spec.kind().convolves();
        List<ConvolutionPlan.Convolution> convolutions =
                images ? ConvolutionPlan.of(spec).convolutions() : List.of();
        int hidden = images ? convolutions.size() : spec.widths().size();
        int[] shape = task.input();
        channels = images ? shape[0] : task.features();
        classes = task.classes();
        List<AnalysisLayer> all = new ArrayList<>();
        for (int i = 0; i < hidden; i++) {
            int outputs;
            LayerInput input;
            ConvolutionPlan.Links links;
            if (images) {
                ConvolutionPlan.Convolution convolution = convolutions.get(i);
                links = convolution.links();
                outputs = convolution.channels();
                int[] below = links.from() < 0 ? shape : outputShape(all.get(links.from()));
                input = new LayerInput.Patches(
                        below[0], below[1], below[2], convolution.kernel(), convolution.stride());
            } else {
                links = new ConvolutionPlan.Links(i - 1, ConvolutionPlan.Links.NONE, true);
                outputs = spec.widths().get(i);
                input = new LayerInput.Plain(i == 0 ? channels : all.get(i - 1).outputs());
            }
            all.add(layer(spec, layout.weights().get(i), layout, parameters, input, outputs, links));
        }
        AnalysisLayer below = all.get(hidden - 1);
        LayerInput ofHead = images
                ? new LayerInput.Average(below.outputs(), below.input().places())
                : new LayerInput.Plain(below.outputs());
        all.add(layer(
                spec,
                layout.weights().get(hidden),
                layout,
                parameters,
                ofHead,
                classes,
                new ConvolutionPlan.Links(hidden - 1, ConvolutionPlan.Links.NONE, false)));
        layers = List.copyOf(all);
        int largest = layers.stream().mapToInt(AnalysisLayer::largest).max().orElse(1);
        capacity = Math.max(1, Math.min(MOST_EXAMPLES, LARGEST / largest));
        sweep = new Sweep(layers, capacity);
    }

    private static int[] outputShape(AnalysisLayer layer) {
        LayerInput.Patches patches = (LayerInput.Patches) layer.input();
        return new int[] {layer.outputs(), patches.outHeight(), patches.outWidth()};
    }

    private static AnalysisLayer layer(
            NetworkSpec spec,
            ParameterBlock weights,
            ParameterLayout layout,
            FlatArray parameters,
            LayerInput input,
            int outputs,
            ConvolutionPlan.Links links) {
        double[] scale = new double[outputs];
        double[] shift = new double[outputs];
        Arrays.fill(scale, 1);
        if (weights.last() || spec.normalization() == Normalization.NONE) {
            shift = values(layout, weights, Role.BIAS, parameters).get(0);
        } else {
            List<double[]> statistics = values(layout, weights, Role.STATISTIC, parameters); // mean, then variance
            if (spec.normalization() == Normalization.BATCH_AFFINE) {
                scale = values(layout, weights, Role.SCALE, parameters).get(0);
                shift = values(layout, weights, Role.SHIFT, parameters).get(0);
            }
            for (int i = 0; i < outputs; i++) {
                scale[i] /= Math.sqrt(statistics.get(1)[i] + spec.bnEpsilon());
                shift[i] -= scale[i] * statistics.get(0)[i];
            }
        }
        return new AnalysisLayer(
                weights,
                input,
                outputs,
                WeightSet.values(weights, parameters),
                scale,
                shift,
                links.activated() ? spec.activation() : null,
                links.from(),
                links.side());
    }

    private static List<double[]> values(
            ParameterLayout layout, ParameterBlock weights, Role role, FlatArray parameters) {
        return layout.blocks().stream()
                .filter(block -> block.role() == role && block.layer().equals(weights.layer()))
                .map(block -> WeightSet.values(block, parameters))
                .toList();
    }

    /** How many outputs. */
    int classes() {
        return classes;
    }

    /** From the lowest to the head. */
    List<AnalysisLayer> layers() {
        return layers;
    }

    /** A block of examples that went up. */
    @FunctionalInterface
    interface OnBlock {
        /**
         * @param first number of the block's first example
         * @param labels of the block's examples
         */
        void of(Sweep sweep, int first, int[] labels);
    }

    /**
     * Has the examples go up, some at a time.
     *
     * @throws CancellationException where it was given up
     */
    void forward(Examples examples, BooleanSupplier abandoned, OnBlock work) {
        for (int first = 0; first < examples.count(); first += capacity) {
            if (abandoned.getAsBoolean()) {
                throw new CancellationException("the analysis was given up");
            }
            int size = Math.min(capacity, examples.count() - first);
            sweep.forward(examples, channels, first, size);
            work.of(sweep, first, Arrays.copyOfRange(examples.labels(), first, first + size));
        }
    }

    /**
     * What the head says before the softmax.
     *
     * @return examples x classes, row after row
     */
    public double[] logits(Examples examples, BooleanSupplier abandoned) {
        double[] all = new double[examples.count() * classes];
        forward(examples, abandoned, (now, first, labels) -> {
            double[] rows = new double[labels.length * classes];
            Products.transpose(now.logits(), classes, labels.length, rows);
            System.arraycopy(rows, 0, all, first * classes, rows.length);
        });
        return all;
    }

    /** The cross-entropy of each example, in nats. */
    public double[] losses(Examples examples, BooleanSupplier abandoned) {
        double[] all = new double[examples.count()];
        forward(examples, abandoned, (now, first, labels) -> {
            double[] logarithms = softmax(now.logits().clone(), labels.length);
            for (int i = 0; i < labels.length; i++) {
                all[first + i] = logarithms[i] - now.logits()[labels[i] * labels.length + i];
            }
        });
        return all;
    }

    /** The mean cross-entropy, in nats. */
    public double meanLoss(Examples examples, BooleanSupplier abandoned) {
        return Arrays.stream(losses(examples, abandoned)).sum() / examples.count();
    }

    /**
     * From logits to probabilities, in place: classes x examples.
     *
     * @return the logarithm of each example's sum of exponentials
     */
    private double[] softmax(double[] values, int count) {
        double[] logarithms = new double[count];
        for (int i = 0; i < count; i++) {
            double most = values[i];
            for (int k = 1; k < classes; k++) {
                most = Math.max(most, values[k * count + i]);
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                values[k * count + i] = Math.exp(values[k * count + i] - most);
                sum += values[k * count + i];
            }
            for (int k = 0; k < classes; k++) {
                values[k * count + i] /= sum;
            }
            logarithms[i] = most + Math.log(sum);
        }
        return logarithms;
    }

    /** Gradient of each example's loss with respect to its logits: probabilities, but 1 less at the label. */
    private double[] lossSlope(double[] probabilities, int[] labels) {
        double[] slope = probabilities.clone();
        for (int i = 0; i < labels.length; i++) {
            slope[labels[i] * labels.length + i] -= 1;
        }
        return slope;
    }

    private double[] probabilities(Sweep now) {
        double[] probabilities = now.logits().clone();
        softmax(probabilities, now.count());
        return probabilities;
    }

    /**
     * The gradient of the mean loss.
     *
     * @param set with respect to these
     */
    public double[] gradient(Examples examples, WeightSet set, BooleanSupplier abandoned) {
        int[] offsets = offsets(set);
        double[] gradient = new double[set.length()];
        forward(examples, abandoned, (now, first, labels) -> {
            now.backward(lossSlope(probabilities(now), labels), Sweep.lowest(offsets));
            for (int l = 0; l < offsets.length; l++) {
                if (offsets[l] >= 0) {
                    now.addGradient(l, gradient, offsets[l]);
                }
            }
        });
        divide(gradient, examples.count());
        return gradient;
    }

    /**
     * The mean over the examples of the squared norm of the gradient of an example's loss, for each layer's weights: the trace
     * of the layer's block of the empirical Fisher matrix.
     *
     * @return one number a layer, from the lowest to the head
     */
    public double[] squaredLossGradients(Examples examples, BooleanSupplier abandoned) {
        double[] sums = new double[layers.size()];
        forward(examples, abandoned, (now, first, labels) -> {
            now.backward(lossSlope(probabilities(now), labels), 0);
            addSquares(now, sums);
        });
        divide(sums, examples.count());
        return sums;
    }

    /**
     * The mean over the examples of the squared norm of the logits' gradients, summed over the classes, for each layer's
     * weights. It is the expectation of ||grad of v . f(x)||^2 over v ~ N(0, I), taken exactly.
     *
     * @return one number a layer, from the lowest to the head
     */
    public double[] squaredLogitGradients(Examples examples, BooleanSupplier abandoned) {
        double[] sums = new double[layers.size()];
        forward(examples, abandoned, (now, first, labels) -> {
            for (int k = 0; k < classes; k++) {
                double[] slope = new double[classes * labels.length];
                Arrays.fill(slope, k * labels.length, (k + 1) * labels.length, 1);
                now.backward(slope, 0);
                addSquares(now, sums);
            }
        });
        divide(sums, examples.count());
        return sums;
    }

    private static void addSquares(Sweep now, double[] sums) {
        for (int l = 0; l < sums.length; l++) {
            sums[l] += now.squaredGradients(l);
        }
    }

    /**
     * The Hessian of the mean loss, exact but for the kinks of relu.
     *
     * @param set with respect to these; at least one
     */
    public SymmetricOperator hessian(Examples examples, WeightSet set, BooleanSupplier abandoned) {
        return new Curvature(examples, set, true, abandoned);
    }

    /**
     * The generalised Gauss-Newton matrix J^T H_L J of the mean loss, where H_L is the cross-entropy's Hessian with respect to
     * the logits (Schraudolph, "Fast Curvature Matrix-Vector Products", 2002). It has no negative eigenvalue.
     *
     * @param set with respect to these; at least one
     */
    public SymmetricOperator gaussNewton(Examples examples, WeightSet set, BooleanSupplier abandoned) {
        return new Curvature(examples, set, false, abandoned);
    }

    private final class Curvature implements SymmetricOperator {
        private final Examples examples;
        private final int dimension;
        private final int[] offsets;
        private final boolean curved;
        private final BooleanSupplier abandoned;

        Curvature(Examples examples, WeightSet set, boolean curved, BooleanSupplier abandoned) {
            this.examples = examples;
            this.curved = curved;
            this.abandoned = abandoned;
            dimension = set.length();
            offsets = offsets(set);
        }

        @Override
        public int dimension() {
            return dimension;
        }

        @Override
        public void apply(double[] vector, double[] into) {
            Arrays.fill(into, 0);
            forward(examples, abandoned, (now, first, labels) -> {
                double[] probabilities = probabilities(now);
                if (curved) {
                    now.backward(lossSlope(probabilities, labels), Sweep.lowest(offsets));
                }
                double[] move = throughLoss(probabilities, now.forwardMove(vector, offsets), labels.length);
                now.addBackwardMove(move, vector, offsets, curved, into);
            });
            divide(into, examples.count());
        }

        /** (diag p - p p^T) times how the logits move. */
        private double[] throughLoss(double[] probabilities, double[] move, int count) {
            double[] result = new double[classes * count];
            for (int i = 0; i < count; i++) {
                double mean = 0;
                for (int k = 0; k < classes; k++) {
                    mean += probabilities[k * count + i] * move[k * count + i];
                }
                for (int k = 0; k < classes; k++) {
                    result[k * count + i] = probabilities[k * count + i] * (move[k * count + i] - mean);
                }
            }
            return result;
        }
    }

    private int[] offsets(WeightSet set) {
        return layers.stream().mapToInt(layer -> set.offset(layer.block())).toArray();
    }

    private static void divide(double[] values, int by) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= by;
        }
    }
}
