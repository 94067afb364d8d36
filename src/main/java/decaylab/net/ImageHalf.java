package decaylab.net;

import decaylab.experiment.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Some images of a batch on their way through a {@link ConvolutionBlock}. */
final class ImageHalf {
    private final ConvolutionBlock block;
    private final INDArray weights;
    private final int first;
    private final int count;
    private final int channels;
    private final int places;
    private final INDArray linearImages;
    private final INDArray slopeImages;
    private final INDArray belowImages;
    private final INDArray weightSlopes;
    private final Matrix linear;
    private final Matrix slope;
    private final Matrix outputs;
    private final Matrix weightGradient;
    private Matrix above;
    private CustomOp convolution;
    private CustomOp gradient;

    /**
     * @param input of the whole batch, as it will come
     * @param output of the whole batch
     * @param below gradient with respect to the whole batch's input
     * @param first image
     * @param end after the last image
     */
    ImageHalf(
            ConvolutionBlock block,
            INDArray weights,
            INDArray input,
            INDArray output,
            INDArray below,
            int first,
            int end) {
        this.block = block;
        this.weights = weights;
        this.first = first;
        count = end - first;
        channels = Math.toIntExact(block.getNOut());
        places = block.outHeight() * block.outWidth();
        DataType type = output.dataType();
        long[] shape = {count, channels, block.outHeight(), block.outWidth()};
        linearImages = Nd4j.createUninitialized(type, shape, 'c');
        slopeImages = Nd4j.createUninitialized(type, shape, 'c');
        belowImages = some(below);
        weightSlopes = Nd4j.createUninitialized(type, weights.shape(), 'c');
        linear = Matrix.on(linearImages, count * channels, places);
        slope = Matrix.on(slopeImages, count * channels, places);
        outputs = ofThese(output);
        above = outputs;
        weightGradient = Matrix.on(weightSlopes, channels, Math.toIntExact(weights.length() / channels));
        INDArray images = some(input);
        convolution = convolution(images);
        gradient = gradient(images);
    }

    private INDArray some(INDArray batch) {
        return batch.get(
                NDArrayIndex.interval(first, first + count),
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.all());
    }

    private Matrix ofThese(INDArray batch) {
        return Matrix.on(batch, Math.toIntExact(batch.size(0)) * channels, places)
                .rowsFrom(first * channels, count * channels);
    }

    private CustomOp convolution(INDArray images) {
        return DynamicCustomOp.builder("conv2d")
                .addInputs(images, weights)
                .addOutputs(linearImages)
                .addIntegerArguments(arguments())
                .build();
    }

    private CustomOp gradient(INDArray images) {
        return DynamicCustomOp.builder("conv2d_bp")
                .addInputs(images, weights, slopeImages)
                .addOutputs(belowImages, weightSlopes)
                .addIntegerArguments(arguments())
                .build();
    }

    /** Kernel, stride, padding, dilation, no "same" padding, channels first, weights with outputs first. */
    private int[] arguments() {
        int kernel = ConvolutionBlock.KERNEL;
        int stride = block.getStride();
        return new int[] {kernel, kernel, stride, stride, 1, 1, 1, 1, 0, 0, 1};
    }

    /** Reads these images of another batch from now on. */
    void bindInput(INDArray batch) {
        INDArray images = some(batch);
        convolution = convolution(images);
        gradient = gradient(images);
    }

    /** Takes the gradient of these images' outputs from another batch from now on. */
    void bindAbove(INDArray batch) {
        above = ofThese(batch);
    }

    Matrix linear() {
        return linear;
    }

    Matrix slope() {
        return slope;
    }

    Matrix outputs() {
        return outputs;
    }

    Matrix weightGradient() {
        return weightGradient;
    }

    /** Sums of products, without bias. */
    void convolve() {
        Nd4j.exec(convolution);
        linear.pull();
    }

    /** From the gradient of the outputs to that behind the finish. */
    void throughActivation(Activation activation) {
        above.pull();
        slope.throughActivation(above, outputs, 0, activation);
    }

    /** Gradients of the weights and of the input. */
    void differentiate() {
        slope.push();
        Nd4j.exec(gradient);
        weightGradient.pull();
    }
}
