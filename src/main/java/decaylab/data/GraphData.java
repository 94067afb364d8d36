package decaylab.data;

import decaylab.graph.BlockModel;
import decaylab.graph.Edges;
import decaylab.graph.NodeGraph;
import decaylab.graph.SparseMatrix;
import decaylab.graph.Split;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Data sets whose examples are the nodes of a graph. First edges are rewired, then what does not hang together is left out
 * where that is asked for, then nodes are divided. The labelled nodes are the training set, with label noise; the test nodes
 * the test set.
 */
final class GraphData {
    /** Nodes of each class that are told of a graph that is not divided: Planetoid's number. */
    private static final int TOLD_OF_CLASS = 20;

    /** The same of the made one, as the specification has it. */
    private static final int TOLD_OF_BLOCK = 5;

    /** Nodes of the made graph that stop training. */
    private static final int STOPPING_OF_MADE = 40;

    private GraphData() {}

    /** Nodes with what is known of them, and edges. */
    record Raw(
            int[] edges,
            SparseMatrix features,
            int classes,
            int[] labels,
            @Nullable Split split) {}

    /** A stochastic block model from the seed. */
    static DataSet made(DataRequest request) {
        BlockModel model = BlockModel.of(request.seed());
        Raw raw = new Raw(model.edges(), model.features(), BlockModel.BLOCKS, model.labels(), null);
        return prepared(raw, request, TOLD_OF_BLOCK, STOPPING_OF_MADE);
    }

    /**
     * A graph from the files of a folder.
     *
     * @throws BadInputException where there is none, or the files are not as they should be
     */
    static DataSet read(DataRequest request) {
        return prepared(GraphFiles.read(request), request, TOLD_OF_CLASS, Split.STOPPING);
    }

    private static DataSet prepared(Raw raw, DataRequest request, int toldOfClass, int stopping) {
        int nodes = raw.labels.length;
        int[] edges = Edges.rewired(raw.edges, nodes, request.graph().edgeNoise(), request.seed());
        int[] kept = request.graph().largestComponent() ? Edges.largestComponent(edges, nodes) : all(nodes);
        int[] labels = Arrays.stream(kept).map(node -> raw.labels[node]).toArray();
        Split split = split(raw, kept, labels, request, toldOfClass, stopping);
        int[] clean = Arrays.stream(split.train()).map(node -> labels[node]).toArray();
        NodeGraph graph = new NodeGraph(
                Edges.among(edges, nodes, kept),
                raw.features.ofRows(kept).rowNormalized(),
                raw.classes,
                labels,
                split.train(),
                LabelNoise.redraw(clean, raw.classes, request.labelNoise(), request.seed()),
                split.validation(),
                split.test(),
                split.kind());
        SparseMatrix features = graph.features();
        MemoryNeed.require(request.name(), (long) split.train().length + split.test().length, features.columns());
        return new DataSet(
                request.name(),
                new int[] {features.columns()},
                0,
                1,
                raw.classes,
                features.ofRows(split.train()).dense(),
                graph.trainLabels(),
                clean,
                features.ofRows(split.test()).dense(),
                Arrays.stream(split.test()).map(node -> labels[node]).toArray(),
                null,
                graph);
    }

    private static int[] all(int nodes) {
        int[] all = new int[nodes];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** The files' split where there is one and it is wanted, else one that is drawn. */
    private static Split split(Raw raw, int[] kept, int[] labels, DataRequest request, int toldOfClass, int stopping) {
        Split own = raw.split;
        Integer told = request.trainSize();
        if (own == null || request.graph().split() == Split.Kind.DRAWN) {
            return Split.drawn(
                    labels,
                    raw.classes,
                    told == null ? toldOfClass * raw.classes : told,
                    stopping,
                    request.testSize(),
                    request.seed());
        }
        if (told != null || request.testSize() != null) {
            throw new BadInputException(
                    (told != null ? "data.trainSize is " + told : "data.testSize is " + request.testSize())
                            + ", but the files of " + request.name()
                            + " divide its nodes themselves; leave it null, or set "
                            + "graph.split to drawn.");
        }
        int[] number = new int[raw.labels.length];
        Arrays.fill(number, -1);
        for (int i = 0; i < kept.length; i++) {
            number[kept[i]] = i;
        }
        Split among = new Split(
                renumbered(own.train(), number),
                renumbered(own.validation(), number),
                renumbered(own.test(), number),
                Split.Kind.FILES);
        if (among.train().length == 0 || among.test().length == 0) {
            throw new BadInputException(
                    "graph.largestComponent is true, but of the largest component of " + request.name()
                            + " the files have no node " + (among.train().length == 0 ? "to train on" : "to test")
                            + "; set graph.split to drawn.");
        }
        return among;
    }

    private static int[] renumbered(int[] nodes, int[] number) {
        return Arrays.stream(nodes)
                .map(node -> number[node])
                .filter(node -> node >= 0)
                .toArray();
    }
}
