package decaylab.net;

import decaylab.experiment.Activation;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/** Batch normalisation of channels (Ioffe and Szegedy 2015, 3.2), with or without gamma and beta. */
final class ChannelNormalization implements ChannelFinish {
    private final Activation activation;
    private final double epsilon;
    private final BatchStatistics statistics;
    private final Matrix centre;
    private final Matrix factors;
    private final Matrix slopeMeans;
    private final Matrix productMeans;
    private final double[] places;
    private final Matrix[] means;
    private final Matrix[] squares;
    private final Matrix[] sums;
    private final Matrix[] products;

    /**
     * @param places of one channel in each part of the batch
     */
    ChannelNormalization(UnitViews views, ConvolutionBlock block, DataType type, double[] places) {
        this.places = places.clone();
        activation = block.getActivation();
        epsilon = block.getEpsilon();
        statistics = new BatchStatistics(views, block.getNormalization(), type);
        int count = views.count();
        centre = Matrix.of(type, 1, count);
        factors = Matrix.of(type, 1, count);
        slopeMeans = Matrix.of(type, 1, count);
        productMeans = Matrix.of(type, 1, count);
        means = rows(type, count);
        squares = rows(type, count);
        sums = rows(type, count);
        products = rows(type, count);
    }

    private Matrix[] rows(DataType type, int count) {
        Matrix[] rows = new Matrix[places.length];
        Arrays.setAll(rows, part -> Matrix.of(type, 1, count));
        return rows;
    }

    @Override
    public void look(int part, Matrix linear) {
        linear.channelMoments(means[part], squares[part]);
    }

    @Override
    public void settle(boolean training) {
        statistics.pull();
        for (int k = 0; k < centre.columns(); k++) {
            double all = 0;
            double average = 0;
            double sum = 0;
            for (int part = 0; part < places.length; part++) {
                // Two means and sums of squares as one (Chan, Golub and LeVeque 1983).
                double apart = means[part].get(0, k) - average;
                double before = all;
                all += places[part];
                average += apart * places[part] / all;
                sum += squares[part].get(0, k) + apart * apart * before * places[part] / all;
            }
            statistics.mean.set(0, k, average);
            statistics.variance.set(0, k, sum / all);
            centre.set(0, k, (training ? statistics.mean : statistics.runningMean).get(0, k));
        }
        statistics.inverse.inverseDeviations(training ? statistics.variance : statistics.runningVariance, epsilon);
    }

    @Override
    public void apply(Matrix linear, Matrix outputs) {
        linear.standardizeChannels(centre, statistics.inverse);
        linear.activateChannels(outputs, statistics.gamma(), statistics.beta(), activation);
    }

    @Override
    public void throughActivation(Matrix slope, Matrix above, Matrix standardized) {
        slope.throughChannelActivation(above, standardized, statistics.gamma(), statistics.beta(), activation);
    }

    @Override
    public void lookBack(int part, Matrix slope, Matrix standardized) {
        slope.channelSumsAndProducts(standardized, sums[part], products[part]);
    }

    @Override
    public void settleBack() {
        BatchStatistics.Affine affine = statistics.affine;
        double all = Arrays.stream(places).sum();
        for (int k = 0; k < centre.columns(); k++) {
            double sum = 0;
            double product = 0;
            for (int part = 0; part < places.length; part++) {
                sum += sums[part].get(0, k);
                product += products[part].get(0, k);
            }
            slopeMeans.set(0, k, sum / all);
            productMeans.set(0, k, product / all);
            factors.set(
                    0,
                    k,
                    statistics.inverse.get(0, k)
                            * (affine == null ? 1 : affine.gamma().get(0, k)));
            if (affine != null) {
                affine.betaGradient().set(0, k, sum);
                affine.gammaGradient().set(0, k, product);
            }
        }
        statistics.pushGradients();
    }

    @Override
    public void applyBack(Matrix slope, Matrix standardized) {
        slope.throughChannels(standardized, factors, slopeMeans, productMeans);
    }
}
