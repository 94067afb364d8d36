package decaylab.instrument.geometry;

import decaylab.experiment.Activation;
import decaylab.optim.ParameterBlock;
import org.jspecify.annotations.Nullable;

/**
 * A linear map, then a fixed affine map of each channel, which is a bias or a normalisation by running statistics, then the
 * activation.
 *
 * @param block of the weights in the flat vector of all parameters
 * @param input how it reads what is below
 * @param outputs channels
 * @param weights outputs x fan-in, row after row
 * @param scale factor of each channel
 * @param shift summand of each channel
 * @param activation null where none follows, as after the head
 * @param from number of the layer whose outputs it reads; -1 for the inputs
 * @param side number of the layer whose outputs are added before the activation; -1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two layers
record AnalysisLayer(
        ParameterBlock block,
        LayerInput input,
        int outputs,
        double[] weights,
        double[] scale,
        double[] shift,
        @Nullable Activation activation,
        int from,
        int side) {
    /** Numbers an example has in the largest of this layer's matrices. */
    int largest() {
        return Math.max(Math.max(input.fanIn(), outputs) * input.places(), input.below());
    }

    /**
     * From sums of products to outputs, in place: outputs x columns.
     *
     * @param added before the activation; null for nothing
     */
    void finish(double[] values, double @Nullable [] added, int columns) {
        for (int channel = 0; channel < outputs; channel++) {
            double factor = scale[channel];
            double summand = shift[channel];
            for (int i = channel * columns; i < (channel + 1) * columns; i++) {
                double sum = Math.fma(values[i], factor, summand);
                values[i] = activated(added == null ? sum : sum + added[i]);
            }
        }
    }

    private double activated(double value) {
        if (activation == null) {
            return value;
        }
        return switch (activation) {
            case RELU -> Math.max(0, value);
            case TANH -> Math.tanh(value);
            case SIGMOID -> 1 / (1 + Math.exp(-value));
            case IDENTITY -> value;
        };
    }

    /** The activation's slope where the output is this. */
    double slope(double output) {
        if (activation == null) {
            return 1;
        }
        return switch (activation) {
            case RELU -> output > 0 ? 1 : output * 0; // a NaN stays one
            case TANH -> 1 - output * output;
            case SIGMOID -> output * (1 - output);
            case IDENTITY -> 1;
        };
    }

    /** The activation's second derivative where the output is this; at a kink, where there is none, 0. */
    double bend(double output) {
        if (activation == Activation.SIGMOID) {
            return output * (1 - output) * (1 - 2 * output);
        }
        return activation == Activation.TANH ? -2 * output * (1 - output * output) : 0;
    }
}
