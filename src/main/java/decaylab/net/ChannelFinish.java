package decaylab.net;

/**
 * What happens to the channels of a convolution after its products are summed: a bias or a normalisation, then the
 * activation. A batch comes in parts of some images each; every part is looked at by itself, and they meet in between.
 */
interface ChannelFinish {
    /** Takes what is needed of a part of the sums. */
    void look(int part, Matrix linear);

    /** Puts together what was seen of the parts, in their order. */
    void settle(boolean training);

    /** From a part of the sums, which may change and comes again in the way back, to its outputs. */
    void apply(Matrix linear, Matrix outputs);

    /**
     * From the gradient of a part's outputs to that behind the finish, without the activation.
     *
     * @param slope receives it
     * @param above gradient of the outputs
     * @param linear as {@link #apply} left it
     */
    void throughActivation(Matrix slope, Matrix above, Matrix linear);

    /**
     * Takes what is needed of a part of the gradient.
     *
     * @param slope behind the finish, without the activation
     * @param linear as {@link #apply} left it
     */
    void lookBack(int part, Matrix slope, Matrix linear);

    /** Puts together what was seen of the parts, in their order, and pushes the gradients of the finish's own parameters. */
    void settleBack();

    /** From the gradient behind the finish, without the activation, to that before it, in place. */
    void applyBack(Matrix slope, Matrix linear);
}
