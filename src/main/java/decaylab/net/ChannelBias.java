package decaylab.net;

import decaylab.experiment.Activation;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/** A bias for each channel. */
final class ChannelBias implements ChannelFinish {
    private final Activation activation;
    private final Matrix bias;
    private final Matrix gradient;
    private final Matrix[] sums;

    ChannelBias(UnitViews views, Activation activation, DataType type, int parts) {
        this.activation = activation;
        bias = views.parameter(BlockParameters.BIAS);
        gradient = views.gradient(BlockParameters.BIAS);
        sums = new Matrix[parts];
        Arrays.setAll(sums, part -> Matrix.of(type, 1, views.count()));
    }

    @Override
    public void look(int part, Matrix linear) {
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
    public void throughActivation(Matrix slope, Matrix above, Matrix linear) {
        slope.throughChannelActivation(above, linear, null, bias, activation);
    }

    @Override
    public void lookBack(int part, Matrix slope, Matrix linear) {
        slope.channelSums(sums[part]);
    }

    @Override
    public void settleBack() {
        gradient.clear();
        for (Matrix sum : sums) {
            gradient.add(gradient, sum);
        }
        gradient.push();
    }

    @Override
    public void applyBack(Matrix slope, Matrix linear) {
        // the slope of a sum is one
    }
}
