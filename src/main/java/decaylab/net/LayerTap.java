package decaylab.net;

/** Reads what a layer's gradient is made of, in the batch that went through it last. */
@FunctionalInterface
interface LayerTap {
    /**
     * @param inputs of the layer, rows x fan-in, in native memory
     * @param errors the summed loss's gradient with respect to the layer's sums, rows x some of its units each, in native memory;
     *     together all units in order
     */
    void take(Matrix inputs, Matrix[] errors);
}
