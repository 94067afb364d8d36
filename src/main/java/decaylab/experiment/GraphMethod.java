package decaylab.experiment;

/** How classes of a graph's nodes are told. */
public enum GraphMethod {
    /** A perceptron on each node's features; no edge is looked at. */
    MLP("mlp"),
    /** A perceptron whose predictions flow along the edges, and come back to where they were (Gasteiger et al. 2019). */
    APPNP("appnp"),
    /** The same without coming back: the K-th power of the adjacency matrix (Wu et al. 2019), behind the same perceptron. */
    SGC("sgc"),
    /** A perceptron trained on labels that flowed along the edges (Dong et al. 2021): all weights 1. */
    PTS("pts"),
    /** The same, each label weighted by how likely the perceptron holds it. */
    PTD("ptd"),
    /** The same, weighted the more so the longer it trains. */
    PTA("pta"),
    /** Labels that flow along the edges; nothing is trained. */
    LABEL_PROPAGATION("label-propagation");

    private final String word;

    GraphMethod(String word) {
        this.word = word;
    }

    /** True where it trains on labels that flowed along the edges. */
    public boolean onPseudoLabels() {
        return this == PTS || this == PTD || this == PTA;
    }

    /** True where what flows while it trains are predictions: logits or probabilities. */
    public boolean propagatesPredictions() {
        return this == APPNP || this == SGC;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
