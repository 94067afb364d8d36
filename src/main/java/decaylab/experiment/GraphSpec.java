package decaylab.experiment;

import decaylab.graph.Split;

/**
 * How classes of a graph's nodes are learned, and what is done to the graph before. Hyper-parameters as in Dong et al.,
 * "On the Equivalence of Decoupled Graph Convolution Network and Label Propagation" (WWW 2021), section 6.3 of the specification.
 *
 * @param method which algorithm
 * @param hops along how many edges something flows, K
 * @param teleport part that comes back to where it was in each hop, alpha; SGC has none
 * @param propagate what flows while training, under {@link GraphMethod#propagatesPredictions}
 * @param lossDecay what the loss is multiplied by, beside the decay of the weights ({@code loss_decay} in the published code)
 * @param dropout probability with which a feature or a hidden value is dropped in training
 * @param edgeNoise fraction of the edges that are rewired at random, before anything is learned
 * @param split who divides the nodes: the files where they do, or the seed
 * @param largestComponent whether only the largest connected component is kept
 */
public record GraphSpec(
        GraphMethod method,
        int hops,
        double teleport,
        Propagated propagate,
        double lossDecay,
        double dropout,
        double edgeNoise,
        Split.Kind split,
        boolean largestComponent) {
    public GraphSpec {
        Field.GRAPH_HOPS.require(hops);
        teleport = Field.GRAPH_TELEPORT.require(teleport);
        lossDecay = Field.GRAPH_LOSS_DECAY.require(lossDecay);
        dropout = Field.GRAPH_DROPOUT.require(dropout);
        edgeNoise = Field.GRAPH_EDGE_NOISE.require(edgeNoise);
    }

    /** What an experiment has that says nothing of it. */
    public static GraphSpec defaults() {
        return new GraphSpec(GraphMethod.PTA, 10, 0.1, Propagated.LOGITS, 0.05, 0, 0, Split.Kind.FILES, false);
    }
}
