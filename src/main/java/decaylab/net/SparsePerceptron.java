package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.graph.SparseMatrix;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A perceptron on all rows of a sparse matrix at once, whose parameters lie in the flat vector as those of a network of
 * {@link DenseBlock dense layers} without normalisation do. Its first layer costs as much as the matrix has numbers other
 * than 0. The arithmetic is in double precision; only the parameters and the gradient that it hands over are in the run's.
 * Memory is made once. Not for use by several threads at once.
 */
public final class SparsePerceptron {
    private final SparseMatrix inputs;
    private final Activation activation;
    private final double dropout;
    private final List<Layer> layers = new ArrayList<>();
    private double[] numbers;
    private final double[] dropped;

    /** One linear map, and what is kept of all rows. */
    private static final class Layer {
        private final ParameterBlock weightBlock;
        private final ParameterBlock biasBlock;
        private final int in;
        private final int out;
        /** in x out, row after row. */
        private final double[] weights;

        private final double[] biases;
        private final double[] weightSlopes;
        private final double[] biasSlopes;
        /** rows x out: what goes up, and then the gradient with respect to the sums. */
        private final double[] values;

        private final double[] slopes;
        /** What each value was multiplied by: 0 where it was dropped. */
        private final double[] kept;

        Layer(ParameterBlock weightBlock, ParameterBlock biasBlock, int rows, boolean last) {
            this.weightBlock = weightBlock;
            this.biasBlock = biasBlock;
            in = weightBlock.fanIn();
            out = weightBlock.length() / in;
            weights = new double[weightBlock.length()];
            weightSlopes = new double[weightBlock.length()];
            biases = new double[out];
            biasSlopes = new double[out];
            values = new double[Math.multiplyExact(rows, out)];
            slopes = new double[values.length];
            kept = last ? new double[0] : new double[values.length];
        }

        void load(FlatArray parameters) {
            for (int o = 0; o < out; o++) { // one unit's weights after the other's
                int from = weightBlock.offset() + o * in;
                for (int i = 0; i < in; i++) {
                    weights[i * out + o] = parameters.get(from + i);
                }
                biases[o] = parameters.get(biasBlock.offset() + o);
            }
        }

        void store(FlatArray gradient) {
            for (int o = 0; o < out; o++) {
                int to = weightBlock.offset() + o * in;
                for (int i = 0; i < in; i++) {
                    gradient.set(to + i, weightSlopes[i * out + o]);
                }
                gradient.set(biasBlock.offset() + o, biasSlopes[o]);
            }
        }

        void addBiases() {
            for (int row = 0; row < values.length; row += out) {
                for (int o = 0; o < out; o++) {
                    values[row + o] += biases[o];
                }
            }
        }

        void sumBiasSlopes() {
            Arrays.fill(biasSlopes, 0);
            for (int row = 0; row < slopes.length; row += out) {
                for (int o = 0; o < out; o++) {
                    biasSlopes[o] += slopes[row + o];
                }
            }
        }
    }

    /**
     * @param inputs rows x features
     * @param layout weights and biases of each layer, in turn, the last one's last
     * @param activation after each layer but the last
     * @param dropout probability with which an input or a hidden value is dropped in training, below 1
     */
    public SparsePerceptron(SparseMatrix inputs, ParameterLayout layout, Activation activation, double dropout) {
        this.inputs = inputs;
        this.activation = activation;
        this.dropout = dropout;
        List<ParameterBlock> blocks = layout.blocks();
        for (int i = 0; i < blocks.size(); i += 2) {
            layers.add(new Layer(blocks.get(i), blocks.get(i + 1), inputs.rows(), i + 2 == blocks.size()));
        }
        numbers = inputs.values();
        dropped = dropout > 0 ? new double[inputs.count()] : new double[0];
    }

    /** Takes over parameters. */
    public void load(FlatArray parameters) {
        layers.forEach(layer -> layer.load(parameters));
    }

    /** The logits of all rows at the parameters last loaded, nothing dropped: rows x classes, valid until the next call. */
    public double[] logits() {
        numbers = inputs.values();
        return forward(null);
    }

    /**
     * The same in training.
     *
     * @param chance of what is dropped; nothing is drawn from it where dropout is 0
     */
    public double[] logits(CounterRandom chance) {
        if (dropout == 0) {
            return logits();
        }
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = inputs.values()[i] * keep(chance);
        }
        numbers = dropped;
        return forward(chance);
    }

    /** 0, or what makes up for those that are dropped. */
    private double keep(CounterRandom chance) {
        return chance.nextDouble() < dropout ? 0 : 1 / (1 - dropout);
    }

    private double[] forward(@Nullable CounterRandom chance) {
        double[] below = new double[0];
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            if (l == 0) {
                inputs.multiply(numbers, layer.weights, layer.out, layer.values);
            } else {
                multiply(below, layer);
            }
            layer.addBiases();
            if (l < layers.size() - 1) {
                activate(layer, chance);
            }
            below = layer.values;
        }
        return below;
    }

    private static void multiply(double[] below, Layer layer) {
        int in = layer.in;
        int out = layer.out;
        Arrays.fill(layer.values, 0);
        for (int row = 0; row < layer.values.length / out; row++) {
            for (int i = 0; i < in; i++) {
                double number = below[row * in + i];
                if (number != 0) {
                    for (int o = 0; o < out; o++) {
                        layer.values[row * out + o] += number * layer.weights[i * out + o];
                    }
                }
            }
        }
    }

    private void activate(Layer layer, @Nullable CounterRandom chance) {
        for (int i = 0; i < layer.values.length; i++) {
            double value = layer.values[i];
            double activated =
                    switch (activation) {
                        case RELU -> value <= 0 ? 0 : value; // NaN stays
                        case TANH -> Math.tanh(value);
                        case SIGMOID -> 1 / (1 + Math.exp(-value));
                        case IDENTITY -> value;
                    };
            double factor = chance == null ? 1 : keep(chance);
            layer.kept[i] = factor * slope(activated);
            layer.values[i] = factor * activated;
        }
    }

    private double slope(double activated) {
        return switch (activation) {
            case RELU -> activated == 0 ? 0 : 1;
            case TANH -> 1 - activated * activated;
            case SIGMOID -> activated * (1 - activated);
            case IDENTITY -> 1;
        };
    }

    /**
     * The gradient of something of the logits last told.
     *
     * @param ofLogits its gradient with respect to them: rows x classes
     * @param gradient receives that with respect to the parameters
     */
    public void back(double[] ofLogits, FlatArray gradient) {
        System.arraycopy(ofLogits, 0, layers.get(layers.size() - 1).slopes, 0, ofLogits.length);
        for (int l = layers.size() - 1; l >= 0; l--) {
            Layer layer = layers.get(l);
            layer.sumBiasSlopes();
            if (l == 0) {
                inputs.multiplyTransposed(numbers, layer.slopes, layer.out, layer.weightSlopes);
            } else {
                back(layer, layers.get(l - 1));
            }
            layer.store(gradient);
        }
    }

    /** Slopes of a layer's weights, and of the sums of the layer below. */
    private static void back(Layer layer, Layer below) {
        int in = layer.in;
        int out = layer.out;
        Arrays.fill(layer.weightSlopes, 0);
        for (int row = 0; row < layer.slopes.length / out; row++) {
            for (int i = 0; i < in; i++) {
                double value = below.values[row * in + i];
                double sum = 0;
                for (int o = 0; o < out; o++) {
                    double slope = layer.slopes[row * out + o];
                    layer.weightSlopes[i * out + o] += value * slope;
                    sum += layer.weights[i * out + o] * slope;
                }
                below.slopes[row * in + i] = sum * below.kept[row * in + i];
            }
        }
    }
}
