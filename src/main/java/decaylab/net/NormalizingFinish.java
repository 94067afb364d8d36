package decaylab.net;

import decaylab.experiment.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** Batch normalisation (Ioffe and Szegedy 2015), with or without gamma and beta. */
final class NormalizingFinish implements UnitFinish {
    private final Activation activation;
    private final double epsilon;
    private final BatchStatistics statistics;
    private final Matrix sums;
    private final Matrix products;

    NormalizingFinish(UnitViews views, DenseBlock block, DataType type) {
        activation = block.getActivation();
        epsilon = block.getEpsilon();
        statistics = new BatchStatistics(views, block.getNormalization(), type);
        BatchStatistics.Affine affine = statistics.affine;
        // The gradients of beta and gamma are these sums.
        sums = affine == null ? Matrix.of(type, 1, views.count()) : affine.betaGradient();
        products = affine == null ? Matrix.of(type, 1, views.count()) : affine.gammaGradient();
    }

    @Override
    public void forward(Matrix linear, Matrix outputs, int firstColumn, boolean training) {
        statistics.pull();
        if (training) {
            linear.means(statistics.mean);
        }
        linear.centre(training ? statistics.mean : statistics.runningMean);
        if (training) {
            linear.meanSquares(statistics.variance);
        }
        statistics.inverse.inverseDeviations(training ? statistics.variance : statistics.runningVariance, epsilon);
        linear.scale(statistics.inverse);
        linear.activate(outputs, firstColumn, statistics.gamma(), statistics.beta(), activation);
    }

    @Override
    public void backward(Matrix slope, Matrix standardized) {
        slope.sums(sums);
        slope.products(standardized, products);
        slope.throughStandardization(standardized, statistics.inverse, sums, products, statistics.gamma());
        statistics.pushGradients();
    }
}
