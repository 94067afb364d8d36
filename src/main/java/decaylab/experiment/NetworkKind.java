package decaylab.experiment;

/** The family of a network. */
public enum NetworkKind {
    /** Dense layers. */
    MLP("mlp"),
    /** 3x3 convolutions, the first with stride 1, the others with stride 2, then a global average. */
    CNN("cnn"),
    /**
     * Convolutions and no other layer below the head (Springenberg et al. 2015): for each stage some of 3x3 with stride 1 and one
     * with stride 2, then one of 3x3 and one of 1x1, then a global average.
     */
    ALL_CNN("all-cnn"),
    /**
     * Residual blocks of two 3x3 convolutions (He et al. 2016) behind one convolution; each stage after the first begins with
     * stride 2, and a block that changes its input's shape has a 1x1 convolution in its shortcut. Then a global average.
     */
    RESNET("resnet"),
    /** An embedding of tokens as wide as the first layer, then layers of long short-term memory. */
    LSTM("lstm"),
    /** The sum of the embeddings of an example's tokens, as wide as the first width, then dense layers of the others. */
    BAG("bag"),
    /**
     * A translator: long short-term memory reads the source, another one writes the target and attends to what the first one left
     * (Luong, Pham and Manning 2015, with the dot product). One width, that of everything.
     */
    ENCODER_DECODER("encoder-decoder");

    private final String word;

    NetworkKind(String word) {
        this.word = word;
    }

    /** True where it reads images through convolutions. */
    public boolean convolves() {
        return this == CNN || this == ALL_CNN || this == RESNET;
    }

    /** True where it reads tokens, not measurements. */
    public boolean readsTokens() {
        return this == LSTM || this == BAG || this == ENCODER_DECODER;
    }

    /** True where its layers are gates, which have functions of their own in place of an activation. */
    public boolean isRecurrent() {
        return this == LSTM || this == ENCODER_DECODER;
    }

    /** True where its widths are those of stages, each of some blocks. */
    public boolean hasStages() {
        return this == ALL_CNN || this == RESNET;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
