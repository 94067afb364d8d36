package decaylab.ui.graph;

import decaylab.graph.GraphLayout;
import decaylab.graph.NodeGraph;
import decaylab.train.NodeLook;
import java.util.List;

/**
 * What is drawn of a graph.
 *
 * @param graph its nodes and edges
 * @param layout where they are
 * @param look what the run says of them
 * @param hops for each number of hops, from 0 on, the class that label propagation says of each; -1 where no label has come
 */
record GraphPicture(NodeGraph graph, GraphLayout layout, NodeLook look, List<int[]> hops) {
    GraphPicture {
        hops = List.copyOf(hops);
    }

    /** How many of the test nodes have their own class among those told. */
    int right(int[] told) {
        int right = 0;
        for (int node : graph.test()) {
            right += told[node] == graph.labels()[node] ? 1 : 0;
        }
        return right;
    }
}
