package decaylab.net;

/** What happens in a unit after its products are summed: a bias or a normalisation, then the activation. */
interface UnitFinish {
    /**
     * From sums to outputs.
     *
     * @param linear rows of sums; the finish may change them and finds them again in {@link #backward}
     * @param outputs of the whole layer
     * @param firstColumn where these units' outputs begin
     * @param training whether statistics are the batch's
     */
    void forward(Matrix linear, Matrix outputs, int firstColumn, boolean training);

    /**
     * From the gradient behind the finish, without the activation, to that before it; pushes the gradients of the finish's
     * own parameters.
     *
     * @param slope the gradient, changed in place
     * @param linear as {@link #forward} left it
     */
    void backward(Matrix slope, Matrix linear);
}
