package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.experiment.Normalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Batch normalisation (Ioffe and Szegedy 2015), with or without gamma and beta. */
final class NormalizingFinish implements UnitFinish {
    /** Share of a batch in the running statistics, as in DL4J. */
    static final double SHARE_OF_BATCH = 0.1;

    private final Activation activation;
    private final double epsilon;
    private final @Nullable Affine affine;
    private final Matrix runningMean;
    private final Matrix runningVariance;
    private final Matrix meanChange;
    private final Matrix varianceChange;
    private final Matrix mean;
    private final Matrix variance;
    private final Matrix inverse;
    private final Matrix sums;
    private final Matrix products;

    private record Affine(Matrix gamma, Matrix beta, Matrix gammaGradient, Matrix betaGradient) {}

    NormalizingFinish(UnitViews views, DenseBlock block, DataType type) {
        activation = block.getActivation();
        epsilon = block.getEpsilon();
        affine = block.getNormalization() != Normalization.BATCH_AFFINE
                ? null
                : new Affine(
                        views.parameter(BlockParameters.GAMMA),
                        views.parameter(BlockParameters.BETA),
                        views.gradient(BlockParameters.GAMMA),
                        views.gradient(BlockParameters.BETA));
        runningMean = views.parameter(BlockParameters.MEAN);
        runningVariance = views.parameter(BlockParameters.VARIANCE);
        meanChange = views.gradient(BlockParameters.MEAN);
        varianceChange = views.gradient(BlockParameters.VARIANCE);
        int count = views.count();
        mean = Matrix.of(type, 1, count);
        variance = Matrix.of(type, 1, count);
        inverse = Matrix.of(type, 1, count);
        sums = Matrix.of(type, 1, count);
        products = Matrix.of(type, 1, count);
    }

    @Override
    public void forward(Matrix linear, Matrix outputs, int firstColumn, boolean training) {
        runningMean.pull();
        runningVariance.pull();
        if (training) {
            linear.means(mean);
            linear.variances(mean, variance);
            inverse.inverseDeviations(variance, epsilon);
            linear.standardize(mean, inverse);
        } else {
            inverse.inverseDeviations(runningVariance, epsilon);
            linear.standardize(runningMean, inverse);
        }
        if (affine == null) {
            linear.activate(outputs, firstColumn, null, null, activation);
        } else {
            affine.gamma.pull();
            affine.beta.pull();
            linear.activate(outputs, firstColumn, affine.gamma, affine.beta, activation);
        }
    }

    @Override
    public void backward(Matrix slope, Matrix standardized) {
        slope.sums(sums);
        slope.products(standardized, products);
        if (affine != null) {
            slope.sums(affine.betaGradient);
            slope.products(standardized, affine.gammaGradient);
            affine.betaGradient.push();
            affine.gammaGradient.push();
        }
        slope.throughStandardization(standardized, inverse, sums, products, affine == null ? null : affine.gamma);
        // What DL4J's updater would subtract, so that a running statistic moves towards the batch's.
        meanChange.differences(runningMean, mean, SHARE_OF_BATCH);
        varianceChange.differences(runningVariance, variance, SHARE_OF_BATCH);
        meanChange.push();
        varianceChange.push();
    }
}
