package decaylab.net;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Half of a batch's images on their way through a {@link ConvolutionBlock}. What comes before and after the convolution is
 * done part by part, each small enough to stay in the processor's cache from one loop to the next.
 */
final class ImageHalf {
    /** Numbers of a part, about: 128 KB in single precision. */
    private static final int PART = 32_768;

    private final int first;
    private final int count;
    private final int channels;
    private final int places;
    private final int firstPart;
    private final int imagesOfPart;
    private final Matrix[] linear;
    private final Matrix[] slope;
    private final Matrix[] outputs;
    private final ImageProducts products;

    @SuppressWarnings("UnusedVariable") // the matrices are on their memory, which is freed with them
    private final List<INDArray> arrays;

    private final Matrix[] above;
    /** Of one part at a time: outputs, or their gradient. */
    private final Matrix full;
    /** The same for the last part, which may be smaller. */
    private final Matrix last;

    /**
     * @param layer number of the layer, 0 for the lowest
     * @param input of the whole batch, as it will come
     * @param output of the whole batch
     * @param below gradient with respect to the whole batch's input
     * @param first image
     * @param end after the last image
     * @param firstPart number of this half's first part within the batch
     */
    ImageHalf(
            ConvolutionBlock block,
            int layer,
            INDArray weights,
            INDArray input,
            INDArray output,
            INDArray below,
            int first,
            int end,
            int firstPart) {
        this.first = first;
        this.firstPart = firstPart;
        count = end - first;
        channels = Math.toIntExact(block.getNOut());
        places = block.outHeight() * block.outWidth();
        DataType type = output.dataType();
        imagesOfPart = imagesOfPart(block);
        boolean patches = PatchProducts.suit(block, layer);
        // Products of patches are done part by part, each in the native memory of the one before, which is in the
        // cache.
        int images = patches ? Math.min(imagesOfPart, count) : count;
        long[] shape = {images, channels, block.outHeight(), block.outWidth()};
        INDArray linearImages = Nd4j.createUninitialized(type, shape, 'c');
        INDArray slopeImages = Nd4j.createUninitialized(type, shape, 'c');
        int[] sizes = sizesOfParts(block, count);
        int apart = patches ? 0 : imagesOfPart;
        Matrix allLinear = Matrix.inNativeMemory(linearImages, images * channels, places);
        Matrix allSlopes = Matrix.inNativeMemory(slopeImages, images * channels, places);
        linear = parts(sizes, part -> allLinear.rowsFrom(part * apart * channels, sizes[part] * channels));
        slope = parts(sizes, part -> allSlopes.rowsFrom(part * apart * channels, sizes[part] * channels));
        Matrix allOutputs = all(output);
        outputs = parts(sizes, part -> allOutputs.rowsInNativeMemory(row(part), sizes[part] * channels));
        above = parts(sizes, part -> allOutputs.rowsInNativeMemory(row(part), sizes[part] * channels));
        full = Matrix.inHeap(type, sizes[0] * channels, places);
        last = Matrix.inHeap(type, sizes[sizes.length - 1] * channels, places);
        products = patches
                ? new PatchProducts(block, weights, some(input), linearImages, slopeImages)
                : new DirectProducts(block, weights, some(input), linearImages, slopeImages, some(below));
        arrays = List.of(linearImages, slopeImages);
    }

    private INDArray some(INDArray batch) {
        return batch.get(
                NDArrayIndex.interval(first, first + count),
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.all());
    }

    private static int imagesOfPart(ConvolutionBlock block) {
        long image = block.getNOut() * block.outHeight() * block.outWidth();
        return Math.toIntExact(Math.max(1, PART / image));
    }

    /** How many images each part of a run of images has. */
    static int[] sizesOfParts(ConvolutionBlock block, int images) {
        int most = imagesOfPart(block);
        int[] sizes = new int[(images + most - 1) / most];
        Arrays.setAll(sizes, part -> Math.min(most, images - part * most));
        return sizes;
    }

    private static Matrix[] parts(int[] sizes, IntFunction<Matrix> maker) {
        return IntStream.range(0, sizes.length).mapToObj(maker).toArray(Matrix[]::new);
    }

    private Matrix all(INDArray batch) {
        return Matrix.inNativeMemory(batch, Math.toIntExact(batch.size(0)) * channels, places);
    }

    /** The first row of a part in a matrix of the whole batch. */
    private int row(int part) {
        return (first + part * imagesOfPart) * channels;
    }

    /** Reads these images of another batch from now on. */
    void bindInput(INDArray batch) {
        products.bindInput(some(batch));
    }

    /** Takes the gradient of these images' outputs from another batch from now on. */
    void bindAbove(INDArray batch) {
        Matrix all = all(batch);
        Arrays.setAll(above, part -> all.rowsInNativeMemory(row(part), linear[part].rows()));
    }

    Matrix weightGradient() {
        return products.weightGradient();
    }

    /** Sums of products, without bias; shown to the finish. */
    void convolve(ChannelFinish finish) {
        for (int i = 0; i < linear.length; i++) {
            products.sums(i * imagesOfPart, images(i));
            linear[i].pull();
            finish.look(firstPart + i, linear[i]);
        }
    }

    /** From sums to outputs. */
    void apply(ChannelFinish finish) {
        for (int i = 0; i < linear.length; i++) {
            Matrix ofPart = i == linear.length - 1 ? last : full;
            finish.apply(linear[i], ofPart);
            ofPart.pushTo(outputs[i]);
        }
    }

    /** From the gradient of the outputs to that behind the finish; shown to it. */
    void lookBack(ChannelFinish finish) {
        for (int i = 0; i < slope.length; i++) {
            Matrix ofPart = i == slope.length - 1 ? last : full;
            ofPart.pullFrom(above[i]);
            finish.throughActivation(slope[i], ofPart, linear[i]);
            finish.lookBack(firstPart + i, slope[i], linear[i]);
        }
    }

    /** Gradients of the weights and of the input. */
    void differentiate(ChannelFinish finish) {
        for (int i = 0; i < slope.length; i++) {
            finish.applyBack(slope[i], linear[i]);
            slope[i].push();
            products.gradients(i * imagesOfPart, images(i));
        }
    }

    private int images(int part) {
        return linear[part].rows() / channels;
    }

    /** The sums again, and nothing else. */
    void multiply() {
        products.sums(0, count);
    }

    /** The gradients' products again, and nothing else. */
    void multiplyBack() {
        products.gradients(0, count);
    }
}
