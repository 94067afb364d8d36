package decaylab.net;

import decaylab.experiment.Normalization;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes a {@link ConvolutionBlock}: convolutions by ND4J, which has oneDNN's, everything else in Java loops, in memory that
 * is made once for each size of batch. A batch is computed in two halves of its images, which meet where statistics are those
 * of the whole batch.
 */
final class ConvolutionBlockLayer extends BlockLayer<ConvolutionBlock> {
    private static final long serialVersionUID = 1L;

    ConvolutionBlockLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /**
     * Where a batch is cut: in the middle, or beside it where a half would have a multiple of sixteen images, for which oneDNN
     * takes a way that is half as fast where there are few channels.
     */
    private static int middle(int images) {
        int half = (images + 1) / 2;
        boolean slow = half % 16 == 0 || (images - half) % 16 == 0;
        return slow && half > 1 ? half + 1 : half;
    }

    /** A batch of one size. */
    private final class BatchPass implements Pass {
        private final INDArray output;
        private final INDArray below;
        private final ImageHalf[] halves;
        private final ChannelFinish finish;
        private final Matrix weightGradient;
        private final Gradient gradients = new DefaultGradient();
        private final IntConsumer convolve;
        private final IntConsumer apply;
        private final IntConsumer lookBack;
        private final IntConsumer differentiate;
        private INDArray input;
        private @Nullable INDArray above;

        BatchPass(INDArray images) {
            ConvolutionBlock block = layerConf();
            input = images;
            int count = Math.toIntExact(images.size(0));
            int channels = Math.toIntExact(block.getNOut());
            int places = block.outHeight() * block.outWidth();
            output = Nd4j.createUninitialized(
                    dataType, new long[] {count, channels, block.outHeight(), block.outWidth()}, 'c');
            below = Nd4j.createUninitialized(dataType, images.shape(), 'c');
            INDArray weights = Objects.requireNonNull(params.get(BlockParameters.WEIGHT));
            INDArray slopes = Objects.requireNonNull(gradientViews.get(BlockParameters.WEIGHT));
            weightGradient = Matrix.on(slopes, channels, Math.toIntExact(slopes.length() / channels));
            int middle = middle(count);
            int[] early = ImageHalf.sizesOfParts(block, middle);
            int[] late = ImageHalf.sizesOfParts(block, count - middle);
            ImageHalf first = new ImageHalf(block, index, weights, images, output, below, 0, middle, 0);
            halves = count == 1
                    ? new ImageHalf[] {first}
                    : new ImageHalf[] {
                        first, new ImageHalf(block, index, weights, images, output, below, middle, count, early.length)
                    };
            UnitViews views = new UnitViews(params, gradientViews, 0, channels);
            double[] placesOfParts = IntStream.concat(Arrays.stream(early), Arrays.stream(late))
                    .mapToDouble(size -> (double) size * places)
                    .toArray();
            finish = block.getNormalization() == Normalization.NONE
                    ? new ChannelBias(views, block.getActivation(), dataType, placesOfParts.length)
                    : new ChannelNormalization(views, block, dataType, placesOfParts);
            gradientViews.forEach(gradients::setGradientFor);
            convolve = half -> halves[half].convolve(finish);
            apply = half -> halves[half].apply(finish);
            lookBack = half -> halves[half].lookBack(finish);
            differentiate = half -> halves[half].differentiate(finish);
        }

        @Override
        public INDArray forward(INDArray images, boolean training) {
            if (input != images) {
                input = images;
                for (ImageHalf half : halves) {
                    half.bindInput(images);
                }
            }
            each(halves.length, convolve);
            finish.settle(training);
            each(halves.length, apply);
            return output;
        }

        @Override
        public Pair<Gradient, INDArray> backward(INDArray epsilon) {
            if (above != epsilon) {
                above = epsilon;
                for (ImageHalf half : halves) {
                    half.bindAbove(epsilon);
                }
            }
            each(halves.length, lookBack);
            finish.settleBack();
            each(halves.length, differentiate);
            weightGradient.clear();
            for (ImageHalf half : halves) {
                weightGradient.add(weightGradient, half.weightGradient());
            }
            weightGradient.push();
            return new Pair<>(gradients, index == 0 ? null : below);
        }

        @Override
        public void products() {
            each(halves.length, half -> halves[half].multiply());
            each(halves.length, half -> halves[half].multiplyBack());
        }
    }

    @Override
    Pass passFor(INDArray batch) {
        return new BatchPass(batch);
    }

    @Override
    public Type type() {
        return Type.CONVOLUTIONAL;
    }
}
