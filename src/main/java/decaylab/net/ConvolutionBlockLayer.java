package decaylab.net;

import decaylab.experiment.Normalization;
import decaylab.parallel.Team;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
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
final class ConvolutionBlockLayer extends BaseLayer<ConvolutionBlock> implements TeamWork {
    private static final long serialVersionUID = 1L;

    private transient Team team = Team.of(1);
    private final transient Map<Long, Pass> passes = new HashMap<>();
    private transient @Nullable Pass trained;

    ConvolutionBlockLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    public void use(Team forWork) {
        team = forWork;
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
    private final class Pass {
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

        Pass(INDArray images) {
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
            ImageHalf first = new ImageHalf(block, weights, images, output, below, 0, middle, 0);
            halves = count == 1
                    ? new ImageHalf[] {first}
                    : new ImageHalf[] {
                        first, new ImageHalf(block, weights, images, output, below, middle, count, early.length)
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

        INDArray forward(INDArray images, boolean training) {
            if (input != images) {
                input = images;
                for (ImageHalf half : halves) {
                    half.bindInput(images);
                }
            }
            each(convolve);
            finish.settle(training);
            each(apply);
            return output;
        }

        Pair<Gradient, INDArray> backward(INDArray epsilon) {
            if (above != epsilon) {
                above = epsilon;
                for (ImageHalf half : halves) {
                    half.bindAbove(epsilon);
                }
            }
            each(lookBack);
            finish.settleBack();
            each(differentiate);
            weightGradient.clear();
            for (ImageHalf half : halves) {
                weightGradient.add(weightGradient, half.weightGradient());
            }
            weightGradient.push();
            return new Pair<>(gradients, below);
        }

        private void each(IntConsumer work) {
            if (halves.length == 1) {
                work.accept(0);
            } else {
                team.halves(work);
            }
        }
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        Pass pass = passes.computeIfAbsent(input.size(0), size -> new Pass(input));
        trained = training ? pass : null;
        return pass.forward(input, training);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        Pass pass = trained;
        if (pass == null) {
            throw new IllegalStateException("the gradient of " + layerId() + " needs a pass of training first");
        }
        return pass.backward(epsilon);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
