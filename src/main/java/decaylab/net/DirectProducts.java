package decaylab.net;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Products by ND4J's convolutions, which are oneDNN's. */
final class DirectProducts implements ImageProducts {
    private final ConvolutionBlock block;
    private final INDArray weights;
    private final INDArray sums;
    private final INDArray slopes;
    private final INDArray below;
    private final INDArray weightSlopes;
    private final Matrix weightGradient;
    private CustomOp convolution;
    private CustomOp gradient;

    /**
     * @param sums receives the sums
     * @param slopes where the gradient of the sums will be
     * @param below receives the gradient of the images
     */
    DirectProducts(
            ConvolutionBlock block, INDArray weights, INDArray images, INDArray sums, INDArray slopes, INDArray below) {
        this.block = block;
        this.weights = weights;
        this.sums = sums;
        this.slopes = slopes;
        this.below = below;
        weightSlopes = Nd4j.createUninitialized(weights.dataType(), weights.shape(), 'c');
        int channels = Math.toIntExact(block.getNOut());
        weightGradient = Matrix.on(weightSlopes, channels, Math.toIntExact(weights.length() / channels));
        convolution = convolution(images);
        gradient = gradient(images);
    }

    private CustomOp convolution(INDArray images) {
        return DynamicCustomOp.builder("conv2d")
                .addInputs(images, weights)
                .addOutputs(sums)
                .addIntegerArguments(arguments())
                .build();
    }

    private CustomOp gradient(INDArray images) {
        return DynamicCustomOp.builder("conv2d_bp")
                .addInputs(images, weights, slopes)
                .addOutputs(below, weightSlopes)
                .addIntegerArguments(arguments())
                .build();
    }

    /** Kernel, stride, padding, dilation, no "same" padding, channels first, weights with outputs first. */
    private int[] arguments() {
        int kernel = block.getKernel();
        int stride = block.getStride();
        int border = kernel / 2;
        return new int[] {kernel, kernel, stride, stride, border, border, 1, 1, 0, 0, 1};
    }

    @Override
    public void bindInput(INDArray images) {
        convolution = convolution(images);
        gradient = gradient(images);
    }

    /** All of them with the first run: oneDNN is slower in pieces. */
    @Override
    public void sums(int first, int count) {
        if (first == 0) {
            Nd4j.exec(convolution);
        }
    }

    /** All of them with the last run. */
    @Override
    public void gradients(int first, int count) {
        if (first + count == sums.size(0)) {
            Nd4j.exec(gradient);
            weightGradient.pull();
        }
    }

    @Override
    public Matrix weightGradient() {
        return weightGradient;
    }
}
