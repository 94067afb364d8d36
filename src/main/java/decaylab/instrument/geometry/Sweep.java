package decaylab.instrument.geometry;

import decaylab.instrument.geometry.Products.View;
import java.util.Arrays;
import java.util.List;

/**
 * A few examples on their way up and down the layers, with everything that they leave on it: inputs, outputs, gradients, and
 * the derivatives of all these along a direction of the weights (the R-operator of Pearlmutter, "Fast Exact Multiplication by
 * the Hessian", 1994). Matrices have a row for each channel, and columns for the places of one example after those of the
 * other. A layer may read any one before it, and another one's outputs may be added to its sums.
 */
final class Sweep {
    private final List<AnalysisLayer> layers;
    private final int top;
    private final double[] image;
    private final double[][] inputs;
    private final double[][] outputs;
    /** Gradient with respect to the outputs, and to the sums of products. */
    private final double[][] outputSlopes;

    private final double[][] slopes;
    /** Derivatives along the direction: of the inputs, and of what goes into the activation. */
    private final double[][] inputMoves;

    private final double[][] moves;
    /** Derivatives of the gradients with respect to the outputs. */
    private final double[][] slopeMoves;
    /** Whether a layer's outputs go to several, whose gradients add up. */
    private final boolean[] shared;

    // For the moment.
    private final double[] work;
    private final double[] turned;
    private int count;

    /**
     * @param layers from the lowest to the head
     * @param capacity most examples at a time
     */
    Sweep(List<AnalysisLayer> layers, int capacity) {
        this.layers = layers;
        top = layers.size() - 1;
        image = new double[layers.get(0).input().below() * capacity];
        inputs = matrices(capacity, false);
        inputMoves = matrices(capacity, false);
        outputs = matrices(capacity, true);
        outputSlopes = matrices(capacity, true);
        slopes = matrices(capacity, true);
        moves = matrices(capacity, true);
        slopeMoves = matrices(capacity, true);
        shared = new boolean[layers.size()];
        int[] readers = new int[layers.size()];
        for (AnalysisLayer layer : layers) {
            if (layer.from() >= 0) {
                shared[layer.from()] |= ++readers[layer.from()] > 1;
            }
            if (layer.side() >= 0) {
                shared[layer.side()] = true;
            }
        }
        int most = layers.stream().mapToInt(AnalysisLayer::largest).max().orElse(0) * capacity;
        work = new double[most];
        turned = new double[most];
    }

    private double[][] matrices(int capacity, boolean ofOutputs) {
        return layers.stream()
                .map(layer -> new double
                        [(ofOutputs ? layer.outputs() : layer.input().fanIn())
                                * layer.input().places()
                                * capacity])
                .toArray(double[][]::new);
    }

    private int columns(int layer) {
        return layers.get(layer).input().places() * count;
    }

    private int size(int layer) {
        return layers.get(layer).outputs() * columns(layer);
    }

    /** How many examples are on their way. */
    int count() {
        return count;
    }

    /** Outputs of a layer: channels x (examples x places). */
    double[] outputs(int layer) {
        return outputs[layer];
    }

    /** What the head says, classes x examples: the logits. */
    double[] logits() {
        return outputs[top];
    }

    /**
     * Up.
     *
     * @param channels of an example
     * @param first example
     * @param size how many, no more than the capacity
     */
    void forward(Examples examples, int channels, int first, int size) {
        count = size;
        int pixels = examples.features() / channels;
        for (int example = 0; example < size; example++) {
            for (int channel = 0; channel < channels; channel++) {
                int from = (first + example) * examples.features() + channel * pixels;
                int to = (channel * size + example) * pixels;
                for (int pixel = 0; pixel < pixels; pixel++) {
                    image[to + pixel] = examples.inputs()[from + pixel];
                }
            }
        }
        for (int l = 0; l <= top; l++) {
            AnalysisLayer layer = layers.get(l);
            layer.input().gather(layer.from() < 0 ? image : outputs[layer.from()], count, inputs[l]);
            Arrays.fill(outputs[l], 0, size(l), 0);
            times(l, layer.weights(), 0, inputs[l], outputs[l]);
            layer.finish(outputs[l], layer.side() < 0 ? null : outputs[layer.side()], columns(l));
        }
    }

    /** Adds weights x values. */
    private void times(int l, double[] weights, int offset, double[] values, double[] into) {
        AnalysisLayer layer = layers.get(l);
        int fanIn = layer.input().fanIn();
        int columns = columns(l);
        View left = new View(weights, offset, fanIn, 1);
        Products.add(layer.outputs(), columns, fanIn, left, View.rows(values, columns), View.rows(into, columns));
    }

    /** Adds transposed weights x values. */
    private void timesTransposed(int l, double[] weights, int offset, double[] values, double[] into) {
        AnalysisLayer layer = layers.get(l);
        int fanIn = layer.input().fanIn();
        int columns = columns(l);
        View left = new View(weights, offset, fanIn, 1).transposed();
        Products.add(fanIn, columns, layer.outputs(), left, View.rows(values, columns), View.rows(into, columns));
    }

    /**
     * Down, after {@link #forward}.
     *
     * @param slope gradient with respect to the logits, classes x examples
     * @param lowest layer whose gradient is needed
     */
    void backward(double[] slope, int lowest) {
        begin(outputSlopes, slope, lowest);
        for (int l = top; l >= lowest; l--) {
            AnalysisLayer layer = layers.get(l);
            int columns = columns(l);
            for (int i = 0; i < size(l); i++) {
                slopes[l][i] = outputSlopes[l][i] * layer.slope(outputs[l][i]);
            }
            if (layer.side() >= lowest) {
                add(slopes[l], outputSlopes[layer.side()], size(l));
            }
            for (int i = 0; i < size(l); i++) {
                slopes[l][i] *= layer.scale()[i / columns];
            }
            if (layer.from() >= lowest) {
                Arrays.fill(work, 0, layer.input().fanIn() * columns, 0);
                timesTransposed(l, layer.weights(), 0, slopes[l], work);
                scatter(layer, outputSlopes);
            }
        }
    }

    /** Sets what comes from above the head, and 0 where several will add to each other. */
    private void begin(double[][] ofOutputs, double[] ofLogits, int lowest) {
        System.arraycopy(ofLogits, 0, ofOutputs[top], 0, size(top));
        for (int l = lowest; l < top; l++) {
            if (shared[l]) {
                Arrays.fill(ofOutputs[l], 0, size(l), 0);
            }
        }
    }

    /** Brings the work from a layer's inputs to the outputs of the one that it reads. */
    private void scatter(AnalysisLayer layer, double[][] ofOutputs) {
        if (shared[layer.from()]) {
            layer.input().scatter(work, count, turned);
            add(turned, ofOutputs[layer.from()], size(layer.from()));
        } else {
            layer.input().scatter(work, count, ofOutputs[layer.from()]);
        }
    }

    private static void add(double[] values, double[] into, int length) {
        for (int i = 0; i < length; i++) {
            into[i] += values[i];
        }
    }

    /** Adds the gradient of a layer's weights, outputs x fan-in, summed over the examples. */
    void addGradient(int l, double[] into, int offset) {
        addOuter(l, slopes[l], inputs[l], into, offset);
    }

    /** Adds slopes x transposed inputs. */
    private void addOuter(int l, double[] slope, double[] input, double[] into, int offset) {
        AnalysisLayer layer = layers.get(l);
        int fanIn = layer.input().fanIn();
        int columns = columns(l);
        Products.transpose(input, fanIn, columns, turned);
        Products.add(
                layer.outputs(),
                fanIn,
                columns,
                View.rows(slope, columns),
                View.rows(turned, fanIn),
                new View(into, offset, fanIn, 1));
    }

    /**
     * The squared norm of the gradient of a layer's weights at each example by itself, summed over the examples. Of one place
     * an example it is the product of two squared norms (Goodfellow, "Efficient Per-Example Gradient Computations", 2015); of
     * several the gradient is computed.
     */
    double squaredGradients(int l) {
        AnalysisLayer layer = layers.get(l);
        int fanIn = layer.input().fanIn();
        int columns = columns(l);
        int places = layer.input().places();
        double sum = 0;
        if (places == 1) {
            double[] ofInputs = squaredColumns(inputs[l], fanIn, columns);
            double[] ofSlopes = squaredColumns(slopes[l], layer.outputs(), columns);
            for (int example = 0; example < columns; example++) {
                sum += ofInputs[example] * ofSlopes[example];
            }
            return sum;
        }
        Products.transpose(inputs[l], fanIn, columns, turned);
        double[] gradient = new double[layer.outputs() * fanIn];
        for (int example = 0; example < count; example++) {
            Arrays.fill(gradient, 0);
            Products.add(
                    layer.outputs(),
                    fanIn,
                    places,
                    new View(slopes[l], example * places, columns, 1),
                    new View(turned, example * places * fanIn, fanIn, 1),
                    View.rows(gradient, fanIn));
            sum += Products.dot(gradient, gradient);
        }
        return sum;
    }

    /** The squared norm of the gradient with respect to the inputs, summed over the examples, after {@link #backward} to layer 0. */
    double squaredInputGradients() {
        double[] sum = new double[image.length];
        for (int l = 0; l <= top; l++) {
            AnalysisLayer layer = layers.get(l);
            if (layer.from() >= 0) {
                continue;
            }
            Arrays.fill(work, 0, layer.input().fanIn() * columns(l), 0);
            timesTransposed(l, layer.weights(), 0, slopes[l], work);
            layer.input().scatter(work, count, turned);
            add(turned, sum, layer.input().below() * count);
        }
        return Products.dot(sum, sum);
    }

    private static double[] squaredColumns(double[] values, int rows, int columns) {
        double[] sums = new double[columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = values[row * columns + column];
                sums[column] += value * value;
            }
        }
        return sums;
    }

    /**
     * How the logits move with the weights, after {@link #forward}.
     *
     * @param offsets where each layer's part of the direction begins; -1 for a layer that does not move
     * @return classes x examples
     */
    double[] forwardMove(double[] direction, int[] offsets) {
        int lowest = lowest(offsets);
        for (int l = lowest; l <= top; l++) {
            AnalysisLayer layer = layers.get(l);
            int columns = columns(l);
            Arrays.fill(moves[l], 0, size(l), 0);
            if (layer.from() >= lowest) {
                moveOutputs(layer.from());
                layer.input().gather(work, count, inputMoves[l]);
                times(l, layer.weights(), 0, inputMoves[l], moves[l]);
            }
            if (offsets[l] >= 0) {
                times(l, direction, offsets[l], inputs[l], moves[l]);
            }
            for (int i = 0; i < size(l); i++) {
                moves[l][i] *= layer.scale()[i / columns];
            }
            if (layer.side() >= lowest) {
                moveOutputs(layer.side());
                add(work, moves[l], size(l));
            }
        }
        return moves[top];
    }

    /** How a layer's outputs move, into the work. */
    private void moveOutputs(int l) {
        AnalysisLayer layer = layers.get(l);
        for (int i = 0; i < size(l); i++) {
            work[i] = moves[l][i] * layer.slope(outputs[l][i]);
        }
    }

    /** The lowest layer that moves; above the head where none does. */
    static int lowest(int[] offsets) {
        int l = 0;
        while (l < offsets.length && offsets[l] < 0) {
            l++;
        }
        return l;
    }

    /**
     * Adds how the gradient moves with the weights, after {@link #forwardMove}.
     *
     * @param slopeMove how the gradient with respect to the logits moves, classes x examples
     * @param curved whether the layers' own curvature counts, which needs {@link #backward} before: with it the sum is a
     *     product of the Hessian, without it one of the Gauss-Newton matrix
     * @param into receives the sum over the examples, laid out as the direction
     */
    void addBackwardMove(double[] slopeMove, double[] direction, int[] offsets, boolean curved, double[] into) {
        int lowest = lowest(offsets);
        begin(slopeMoves, slopeMove, lowest);
        for (int l = top; l >= lowest; l--) {
            AnalysisLayer layer = layers.get(l);
            int columns = columns(l);
            boolean moving = offsets[l] >= 0;
            for (int i = 0; i < size(l); i++) {
                double output = outputs[l][i];
                double move = slopeMoves[l][i] * layer.slope(output);
                if (curved) {
                    move += outputSlopes[l][i] * layer.bend(output) * moves[l][i];
                }
                // From here on the moves of the gradient take the place of those of the sums.
                moves[l][i] = move;
            }
            if (layer.side() >= lowest) {
                add(moves[l], slopeMoves[layer.side()], size(l));
            }
            for (int i = 0; i < size(l); i++) {
                moves[l][i] *= layer.scale()[i / columns];
            }
            if (moving) {
                addOuter(l, moves[l], inputs[l], into, offsets[l]);
                if (curved && layer.from() >= lowest) {
                    addOuter(l, slopes[l], inputMoves[l], into, offsets[l]);
                }
            }
            if (layer.from() >= lowest) {
                Arrays.fill(work, 0, layer.input().fanIn() * columns, 0);
                timesTransposed(l, layer.weights(), 0, moves[l], work);
                if (curved && moving) {
                    timesTransposed(l, direction, offsets[l], slopes[l], work);
                }
                scatter(layer, slopeMoves);
            }
        }
    }
}
