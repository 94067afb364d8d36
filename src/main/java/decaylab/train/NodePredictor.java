package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.GraphMethod;
import decaylab.graph.Equivalence;
import decaylab.graph.LabelSpreading;
import decaylab.graph.NodeGraph;
import decaylab.graph.Propagation;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import java.util.List;
import java.util.Optional;

/** Looks at snapshots of a run on a graph, on memory of its own, so that another thread than the run's can do it. */
public final class NodePredictor {
    private final NodeGraph graph;
    private final GraphPass pass;
    private final boolean trains;
    /** Rows of Abar of the labelled nodes, made when they are first needed. */
    private double[] rows = new double[0];

    /** @param layout of the parameters of the run */
    public NodePredictor(Experiment experiment, NodeGraph graph, ParameterLayout layout) {
        this.graph = graph;
        pass = new GraphPass(experiment, graph, layout);
        trains = experiment.graph().method() != GraphMethod.LABEL_PROPAGATION;
    }

    /**
     * @param data of a graph
     * @throws IllegalArgumentException where it is of none
     */
    public static NodePredictor of(Experiment experiment, DataSet data) {
        NodeGraph graph = data.graph();
        if (graph == null) {
            throw new IllegalArgumentException(data.name() + " is no graph");
        }
        try (TrainableNetwork network =
                new TrainableNetwork(experiment.network(), TaskShapes.of(data), experiment.precision(), Team.of(1))) {
            return new NodePredictor(experiment, graph, network.layout());
        }
    }

    /** What is told of every node. */
    public NodeLook look(long step, FlatArray parameters) {
        double[] told = pass.predictions(parameters);
        int classes = graph.classes();
        int[] largest = LabelSpreading.largest(told, classes);
        double[] confidences = new double[largest.length];
        for (int node = 0; node < largest.length; node++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += told[node * classes + c];
            }
            confidences[node] = largest[node] < 0 ? 0 : told[node * classes + largest[node]] / sum;
        }
        return new NodeLook(step, largest, confidences, equivalence(parameters));
    }

    /** The theorem in numbers; empty where nothing is trained, or the graph is too large for it. */
    public Optional<Equivalence> equivalence(FlatArray parameters) {
        if (!trains || !Equivalence.fits(graph.train().length, graph.nodes())) {
            return Optional.empty();
        }
        Propagation along = pass.along();
        if (rows.length == 0) {
            rows = along.rows(graph.train());
        }
        return Optional.of(Equivalence.of(
                along, rows, pass.logits(parameters), graph.classes(), graph.train(), graph.trainLabels()));
    }

    /** For each number of hops, from 0 on, the class that label propagation tells of each node; -1 where no label has come yet. */
    public List<int[]> hops() {
        return LabelSpreading.hopByHop(pass.along(), graph.told(), graph.classes()).stream()
                .map(labels -> LabelSpreading.largest(labels, graph.classes()))
                .toList();
    }
}
