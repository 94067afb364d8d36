package decaylab.graph;

import java.util.Arrays;

/**
 * A graph whose nodes have features and a class, of which some are told. Undirected, without loops, no edge twice. The arrays are
 * shared, not copied: they are read only.
 *
 * @param edges two ends for each edge, one after the other
 * @param features nodes x features, each row divided by its sum
 * @param classes how many, at least 2
 * @param labels class of each node, without noise
 * @param train the nodes whose labels are told
 * @param trainLabels what is told of them, noise included
 * @param validation the nodes by which training is stopped
 * @param test the nodes by which it is judged
 * @param split what divided the nodes, in words
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two graphs
public record NodeGraph(
        int[] edges,
        SparseMatrix features,
        int classes,
        int[] labels,
        int[] train,
        int[] trainLabels,
        int[] validation,
        int[] test,
        Split.Kind split) {
    public NodeGraph {
        if (features.rows() != labels.length || train.length != trainLabels.length || edges.length % 2 != 0) {
            throw new IllegalArgumentException(features.rows() + " rows of features, " + labels.length + " labels, "
                    + train.length + " and " + trainLabels.length + " told, " + edges.length + " ends");
        }
    }

    /** How many nodes. */
    public int nodes() {
        return labels.length;
    }

    /** The class told of each node; -1 where none is. */
    public int[] told() {
        int[] told = new int[nodes()];
        Arrays.fill(told, -1);
        for (int i = 0; i < train.length; i++) {
            told[train[i]] = trainLabels[i];
        }
        return told;
    }

    /** Where each node has its place in a group of nodes: true for those of the group. */
    public boolean[] among(int[] group) {
        boolean[] among = new boolean[nodes()];
        for (int node : group) {
            among[node] = true;
        }
        return among;
    }
}
