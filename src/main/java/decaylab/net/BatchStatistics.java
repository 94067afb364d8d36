package decaylab.net;

import decaylab.experiment.Normalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** What a batch normalisation knows of each unit or channel: of the batch, of all batches, and gamma and beta. */
final class BatchStatistics {
    /** Share of a batch in the running statistics, as in DL4J. */
    private static final double SHARE_OF_BATCH = 0.1;

    final Matrix runningMean;
    final Matrix runningVariance;
    final Matrix mean;
    final Matrix variance;
    /** One over the deviation that was divided by last. */
    final Matrix inverse;

    /** Null where gamma is 1 and beta 0. */
    final @Nullable Affine affine;

    private final Matrix meanChange;
    private final Matrix varianceChange;

    record Affine(Matrix gamma, Matrix beta, Matrix gammaGradient, Matrix betaGradient) {}

    BatchStatistics(UnitViews views, Normalization normalization, DataType type) {
        affine = normalization != Normalization.BATCH_AFFINE
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
        mean = Matrix.of(type, 1, views.count());
        variance = Matrix.of(type, 1, views.count());
        inverse = Matrix.of(type, 1, views.count());
    }

    @Nullable
    Matrix gamma() {
        return affine == null ? null : affine.gamma();
    }

    @Nullable
    Matrix beta() {
        return affine == null ? null : affine.beta();
    }

    /** Takes over the parameters. */
    void pull() {
        runningMean.pull();
        runningVariance.pull();
        if (affine != null) {
            affine.gamma().pull();
            affine.beta().pull();
        }
    }

    /** What DL4J's updater would subtract, so that the running statistics move towards the batch's; gradients with it. */
    void pushGradients() {
        meanChange.differences(runningMean, mean, SHARE_OF_BATCH);
        varianceChange.differences(runningVariance, variance, SHARE_OF_BATCH);
        meanChange.push();
        varianceChange.push();
        if (affine != null) {
            affine.gammaGradient().push();
            affine.betaGradient().push();
        }
    }
}
