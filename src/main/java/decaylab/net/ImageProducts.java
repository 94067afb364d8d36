package decaylab.net;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The products of a convolution, for some images of a batch. */
interface ImageProducts {
    /** Reads these images from now on. */
    void bindInput(INDArray images);

    /**
     * From images and weights to sums, in native memory. Called for run after run of the images, so that what one step leaves
     * in the cache is there for the next.
     *
     * @param first of the run
     * @param count images in the run
     */
    void sums(int first, int count);

    /** From the gradient of the sums to that of the weights and, where something is below, of the images; likewise. */
    void gradients(int first, int count);

    /** Of the weights, for these images: in the array, a row for each channel of the output. */
    Matrix weightGradient();
}
