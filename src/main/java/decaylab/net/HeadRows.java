package decaylab.net;

/** What the last layer makes of the sums of its rows: outputs, or loss and gradient. For one thread. */
interface HeadRows {
    /** Makes one for some rows. */
    @FunctionalInterface
    interface Maker {
        HeadRows of(int rows, int columns);
    }

    /**
     * Turns sums into outputs.
     *
     * @param sums in the array, without bias
     */
    void outputs(Matrix sums, double[] bias);

    /**
     * Turns sums into the gradient of the summed loss.
     *
     * @param sums in the array, without bias
     * @param labels the class, or the action, of each row
     * @param wanted what the action's value should be, where values are told
     * @param first where the rows begin in both
     * @return the summed loss
     */
    double gradient(Matrix sums, double[] bias, int[] labels, double[] wanted, int first);
}
