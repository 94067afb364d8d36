package decaylab.net;

import decaylab.experiment.Activation;

/** A bias. */
final class BiasFinish implements UnitFinish {
    private final Activation activation;
    private final Matrix bias;
    private final Matrix gradient;

    BiasFinish(UnitViews views, Activation activation) {
        this.activation = activation;
        bias = views.parameter(BlockParameters.BIAS);
        gradient = views.gradient(BlockParameters.BIAS);
    }

    @Override
    public void forward(Matrix linear, Matrix outputs, int firstColumn, boolean training) {
        bias.pull();
        linear.activate(outputs, firstColumn, null, bias, activation);
    }

    @Override
    public void backward(Matrix slope, Matrix linear) {
        slope.sums(gradient);
        gradient.push();
    }
}
