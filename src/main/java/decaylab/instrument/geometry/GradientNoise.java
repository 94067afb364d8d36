package decaylab.instrument.geometry;

import decaylab.data.DataSet;
import decaylab.net.NativeLibrary;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * How much the gradients of mini-batches differ: the trace of their covariance, Tr Sigma_B. The gradients are those of
 * training, with the batch's own statistics in the normalisations, since that is the noise that training feels; all other
 * measures are taken with running statistics.
 */
final class GradientNoise {
    private GradientNoise() {}

    /**
     * The sample variance of the mean gradient of a mini-batch, summed over each layer's weights. Batches are drawn
     * independently of each other, each without replacement.
     *
     * @param network in double precision
     * @param parameters where, in double precision
     * @param batchSize examples a batch
     * @param batches how many, at least 2
     * @param progress told how many are done
     * @return one number a layer, from the lowest to the head
     * @throws CancellationException where it was given up
     */
    static double[] traces(
            TrainableNetwork network,
            FlatArray parameters,
            DataSet data,
            int batchSize,
            int batches,
            long seed,
            IntConsumer progress,
            BooleanSupplier abandoned) {
        if (batchSize > data.trainSize()) {
            throw new IllegalArgumentException("batches of " + batchSize + " of " + data.trainSize() + " examples");
        }
        NativeLibrary.load(); // OpenMP's number of threads is each calling thread's own
        network.load(parameters);
        CounterRandom random = CounterRandom.of(seed, "noise");
        float[] inputs = new float[batchSize * data.features()];
        int[] labels = new int[batchSize];
        FlatArray gradient = network.zeros();
        double[] means = new double[gradient.length()];
        List<ParameterBlock> layers = network.layout().weights();
        double[] squares = new double[layers.size()];
        for (int batch = 0; batch < batches; batch++) {
            if (abandoned.getAsBoolean()) {
                throw new CancellationException("the noise was given up");
            }
            int[] indices = Arrays.copyOf(random.split(batch).permutation(data.trainSize()), batchSize);
            data.gatherTrain(indices, batchSize, inputs, labels);
            network.gradient(inputs, labels, batchSize, gradient);
            for (int l = 0; l < squares.length; l++) {
                ParameterBlock block = layers.get(l);
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    // Means and sums of squares in one pass (Welford 1962).
                    double value = gradient.get(i) / batchSize;
                    double before = value - means[i];
                    means[i] += before / (batch + 1);
                    squares[l] += before * (value - means[i]);
                }
            }
            progress.accept(batch + 1);
        }
        return Arrays.stream(squares).map(sum -> sum / (batches - 1)).toArray();
    }
}
