package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Precision;
import decaylab.net.ConvolutionPlan;
import decaylab.net.LayerNames;
import decaylab.net.TaskShape;
import decaylab.problem.BadInputException;
import java.util.List;
import java.util.Locale;

/**
 * Refuses a network that does not fit into memory before anything is reserved for it: the native library answers a request
 * that is too large by ending the process.
 */
final class MemoryGuard {
    /** Parameters, gradient and a spare copy; the optimiser's buffers come on top. */
    private static final int COPIES = 3;
    /** What carries the error in place of the weights, its gradient and buffer, in native memory and in Java's. */
    private static final int OF_FEEDBACK = 4;

    /** What a layer keeps of each example: sum, output and their gradients, each in native memory and in a Java array. */
    private static final int VALUES_PER_UNIT = 8;

    /** Weights of the kernel of the lowest convolution for each channel of the image. */
    private static final int PATCH = 9;

    private static final int GATES = 4;
    /** Bias, or scale, shift, mean and variance. */
    private static final int OF_UNIT = 4;

    private MemoryGuard() {}

    /**
     * @param task what the network reads and tells
     * @param rows the most examples that go through the network at once
     * @param available bytes that the lab may use
     * @throws BadInputException where the network needs more
     */
    static void require(Experiment experiment, TaskShape task, int rows, long available) {
        NetworkSpec spec = experiment.network();
        double parameters = parameters(spec, task) + modules(experiment, task);
        double bytes = experiment.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        int buffers = Math.max(1, experiment.buffers()) + (experiment.feedback().ownMatrices() ? OF_FEEDBACK : 0);
        double need = bytes * (parameters * (COPIES + buffers) + VALUES_PER_UNIT * rows * units(spec, task));
        if (need > available || parameters > Integer.MAX_VALUE) {
            throw new BadInputException(String.format(
                    Locale.ROOT,
                    "network.widths is %s, which makes %.0f parameters and needs %s of memory, but the lab may use %s; "
                            + "make the widths smaller.",
                    spec.widths(),
                    parameters,
                    gigabytes(need),
                    gigabytes(available)));
        }
    }

    /** Of linear modules of synthetic gradients, each with a weight for every pair of units of its layer. */
    private static double modules(Experiment experiment, TaskShape task) {
        double sum = 0;
        if (experiment.synthetic().present()) {
            List<String> hidden = LayerNames.of(experiment.network())
                    .subList(0, experiment.network().widths().size());
            for (String cut : experiment.synthetic().at().of(hidden)) {
                double width = experiment.network().widths().get(hidden.indexOf(cut));
                sum += width * (width + task.classes() + 1);
            }
        }
        return sum;
    }

    // In double: no product of widths overflows, and the last digits do not matter.
    private static double parameters(NetworkSpec spec, TaskShape task) {
        int[] shape = task.input();
        double sum = 0;
        double inputs;
        if (spec.kind().convolves()) {
            ConvolutionPlan plan = ConvolutionPlan.of(spec);
            for (ConvolutionPlan.Convolution each : plan.convolutions()) {
                double below = each.inputs() == 0 ? shape[0] : each.inputs();
                sum += (below * each.kernel() * each.kernel() + OF_UNIT) * each.channels();
            }
            inputs = plan.outputs();
        } else if (spec.kind() == NetworkKind.ENCODER_DECODER) {
            inputs = spec.widths().get(0);
            sum += ((double) task.vocabulary() + task.classes() + 1) * inputs; // embeddings
            sum += 2 * (2 * inputs + 1) * GATES * inputs + 2 * inputs * inputs; // both LSTMs, attention
        } else if (spec.kind() == NetworkKind.BAG) {
            inputs = spec.widths().get(0);
            sum += task.vocabulary() * inputs;
            for (double width : spec.widths().subList(1, spec.widths().size())) {
                sum += (inputs + OF_UNIT) * width;
                inputs = width;
            }
        } else {
            boolean recurrent = spec.kind() == NetworkKind.LSTM;
            inputs = recurrent ? spec.widths().get(0) : features(shape);
            sum += (double) task.vocabulary() * inputs;
            for (double width : spec.widths()) {
                sum += recurrent ? (inputs + width + 1) * GATES * width : (inputs + OF_UNIT) * width;
                inputs = width;
            }
        }
        return sum + (inputs + 1) * task.classes();
    }

    private static double units(NetworkSpec spec, TaskShape task) {
        int[] shape = task.input();
        double sum = features(shape) + (double) task.targets() * task.classes();
        if (spec.kind().convolves()) {
            ConvolutionPlan plan = ConvolutionPlan.of(spec);
            double pixels = shape.length == 3 ? (double) shape[1] * shape[2] : 1;
            sum += PATCH * features(shape) / VALUES_PER_UNIT; // patches of the images, once
            for (ConvolutionPlan.Convolution each : plan.convolutions()) {
                double places = Math.max(1, pixels / each.reduction() / each.reduction());
                sum += places * each.channels();
            }
            return sum;
        }
        double tokens = features(shape) + (task.translates() ? task.targets() : 0);
        if (task.translates()) {
            sum += tokens * spec.widths().get(0); // contexts, and what becomes of them
            sum += features(shape) * task.targets() / VALUES_PER_UNIT * 2; // weights of the attention, twice
        }
        double places = spec.kind().isRecurrent() ? 2 * tokens : 1; // gates and states of every token
        for (int width : spec.widths()) {
            sum += places * width;
        }
        return sum;
    }

    private static double features(int[] shape) {
        double product = 1;
        for (int length : shape) {
            product *= length;
        }
        return product;
    }

    private static String gigabytes(double bytes) {
        return String.format(Locale.ROOT, bytes < 1e10 ? "%.1f GB" : "%.0f GB", bytes / 1e9);
    }
}
