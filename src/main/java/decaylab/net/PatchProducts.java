package decaylab.net;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Products by BLAS, of weights with patches: a row for each weight of a kernel, a column for each place where it stands. For
 * the lowest layer and stride 1, where it is more than twice as fast as a direct convolution: nobody needs the gradient of the
 * images, which that computes all the same, and patches are kept from the way there for the way back.
 */
final class PatchProducts implements ImageProducts {
    /** Rows whose distance is a power of two fall on each other in the cache; so they are longer than they need be. */
    private static final int GAP = 16;

    private static final int PATCH = 3;

    private final int height;
    private final int width;
    private final int channels;
    private final Matrix weights;
    private final Matrix image;
    private final Matrix patches;
    private final Matrix[] kept;
    private final Matrix[] factors;
    private final Matrix[] sums;
    private final Matrix[] slopes;
    private final Matrix weightGradient;
    private final Matrix[] images;

    /**
     * @param sums receives the sums of a run of images, one run after the other
     * @param slopes where the gradient of a run's sums will be
     */
    PatchProducts(ConvolutionBlock block, INDArray weights, INDArray images, INDArray sums, INDArray slopes) {
        height = block.getHeight();
        width = block.getWidth();
        channels = Math.toIntExact(block.getNIn());
        int places = height * width;
        int count = Math.toIntExact(images.size(0));
        int outputs = Math.toIntExact(block.getNOut());
        int inner = channels * block.getKernel() * block.getKernel();
        DataType type = images.dataType();
        this.weights = Matrix.inNativeMemory(weights, outputs, inner);
        image = Matrix.inHeap(type, channels, places);
        patches = Matrix.inHeap(type, inner, places + GAP);
        kept = new Matrix[count];
        factors = new Matrix[count];
        for (int i = 0; i < count; i++) {
            kept[i] = Matrix.inNativeMemory(type, inner, places + GAP);
            factors[i] = kept[i].columnsInNativeMemory(0, places);
        }
        this.sums = each(sums, outputs, places);
        this.slopes = each(slopes, outputs, places);
        this.images = each(images, channels, places);
        weightGradient = Matrix.of(type, outputs, inner);
    }

    /** Whether a layer's products are better made of patches. */
    static boolean suit(ConvolutionBlock block, int layer) {
        return layer == 0 && block.getStride() == 1 && block.getKernel() == PATCH;
    }

    private static Matrix[] each(INDArray images, int channels, int places) {
        int count = Math.toIntExact(images.size(0));
        Matrix all = Matrix.inNativeMemory(images, count * channels, places);
        Matrix[] each = new Matrix[count];
        Arrays.setAll(each, i -> all.rowsInNativeMemory(i * channels, channels));
        return each;
    }

    @Override
    public void bindInput(INDArray batch) {
        System.arraycopy(each(batch, channels, height * width), 0, images, 0, images.length);
    }

    @Override
    public void sums(int first, int count) {
        for (int i = first; i < first + count; i++) {
            image.pullFrom(images[i]);
            patches.takePatches(image, height, width);
            patches.pushTo(kept[i]);
            sums[i % sums.length].multiply(weights, false, factors[i], false, false);
        }
    }

    @Override
    public void gradients(int first, int count) {
        for (int i = first; i < first + count; i++) {
            weightGradient.multiply(slopes[i % slopes.length], false, factors[i], true, i > 0);
        }
        if (first + count == images.length) {
            weightGradient.pull();
        }
    }

    @Override
    public Matrix weightGradient() {
        return weightGradient;
    }
}
