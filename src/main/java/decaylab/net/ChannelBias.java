package decaylab.net;

import decaylab.experiment.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** A bias for each channel. */
final class ChannelBias implements ChannelFinish {
    private final Activation activation;
    private final Matrix bias;
    private final Matrix gradient;
    private final Matrix[] sums;

    ChannelBias(UnitViews views, Activation activation, DataType type) {
        this.activation = activation;
        bias = views.parameter(BlockParameters.BIAS);
        gradient = views.gradient(BlockParameters.BIAS);
        sums = new Matrix[] {Matrix.of(type, 1, views.count()), Matrix.of(type, 1, views.count())};
    }

    @Override
    public void look(int half, Matrix linear) {
        // a bias does not depend on what it is added to
    }

    @Override
    public void settle(boolean training) {
        bias.pull();
    }

    @Override
    public void apply(Matrix linear, Matrix outputs) {
        linear.activateChannels(outputs, null, bias, activation);
    }

    @Override
    public void lookBack(int half, Matrix slope, Matrix linear) {
        slope.channelSums(sums[half]);
    }

    @Override
    public void settleBack() {
        gradient.add(sums[0], sums[1]);
        gradient.push();
    }

    @Override
    public void applyBack(Matrix slope, Matrix linear) {
        // the slope of a sum is one
    }
}
