package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.GraphMethod;
import decaylab.graph.NodeGraph;
import decaylab.instrument.SampleLog;
import decaylab.net.NativeLibrary;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Classification of a graph's nodes (Dong et al. 2021, section 6 of the specification). Every step sees all nodes and is an epoch.
 * Training and test accuracy are those of the present parameters; the validation nodes choose at which evaluation it would have
 * been stopped.
 */
final class GraphObjective implements Objective {
    private static final int NUMBERS = 4;

    private final TaskShape task;
    private final NodeGraph graph;
    private final GraphMethod method;
    private final ParameterLayout layout;
    private final FlatArray start;
    private final GraphPass pass;
    private final CounterRandom dropped;

    // State: what the validation nodes chose.
    private double bestAccuracy = -1;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private double stoppedAccuracy = SampleLog.EMPTY;
    private long stoppedStep;

    /** Of the last evaluation. */
    private Validation validation = new Validation(SampleLog.EMPTY, SampleLog.EMPTY, SampleLog.EMPTY, 0);

    private long step;

    GraphObjective(Experiment experiment, DataSet data, NodeGraph graph, Team team) {
        this.graph = graph;
        method = experiment.graph().method();
        task = TaskShapes.of(data);
        MemoryGuard.require(
                experiment, task, graph.nodes(), Runtime.getRuntime().maxMemory());
        NativeLibrary.load(); // OpenMP's number of threads is each calling thread's own
        try (TrainableNetwork network =
                new TrainableNetwork(experiment.network(), task, experiment.precision(), team)) {
            layout = network.layout();
            start = network.initialParameters(experiment.seed());
        }
        pass = new GraphPass(experiment, graph, layout);
        dropped = CounterRandom.of(experiment.seed(), "dropout");
    }

    @Override
    public TaskShape task() {
        return task;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public FlatArray initialParameters() {
        return start.copy();
    }

    @Override
    public long stepsPerEpoch() {
        return 1;
    }

    @Override
    public BatchLoss gradient(long ofStep, FlatArray parameters, FlatArray gradient) {
        step = ofStep + 1;
        return new BatchLoss(pass.gradient(ofStep, parameters, gradient, dropped.split(ofStep)), 1);
    }

    @Override
    public boolean trains() {
        return method != GraphMethod.LABEL_PROPAGATION;
    }

    @Override
    public Optional<Evaluation> evaluate(FlatArray parameters, BooleanSupplier abandoned) {
        double[] predictions = pass.predictions(parameters);
        double[] train = judge(predictions, graph.train(), graph.trainLabels());
        double[] test = judge(predictions, graph.test(), null);
        double[] stopping = judge(predictions, graph.validation(), null);
        boolean better = stopping[1] > bestAccuracy || stopping[1] == bestAccuracy && stopping[0] < bestLoss;
        if (better) {
            bestAccuracy = stopping[1];
            bestLoss = stopping[0];
            stoppedAccuracy = test[1];
            stoppedStep = step;
        }
        validation = new Validation(stopping[1], stopping[0], stoppedAccuracy, stoppedStep);
        return Optional.of(new Evaluation(train[0], test[0], train[1], test[1]));
    }

    /**
     * Mean loss and accuracy of some nodes.
     *
     * @param told labels of the nodes; null for their own
     */
    private double[] judge(double[] predictions, int[] nodes, int @Nullable [] told) {
        int classes = graph.classes();
        double loss = 0;
        int right = 0;
        for (int i = 0; i < nodes.length; i++) {
            int label = told == null ? graph.labels()[nodes[i]] : told[i];
            loss += GraphPass.loss(predictions, nodes[i], label, classes);
            right += isLargest(predictions, nodes[i] * classes, classes, label) ? 1 : 0;
        }
        return new double[] {loss / nodes.length, (double) right / nodes.length};
    }

    /** True where a number above 0 is the largest of its row, and among equals the first; false with a NaN. */
    private static boolean isLargest(double[] rows, int offset, int classes, int place) {
        double value = rows[offset + place];
        for (int c = 0; c < classes; c++) {
            boolean beaten = c < place ? !(rows[offset + c] < value) : !(rows[offset + c] <= value);
            if (c != place && beaten) {
                return false;
            }
        }
        return value > 0;
    }

    @Override
    public boolean remembersEvaluations() {
        return true;
    }

    @Override
    public Optional<Validation> validation() {
        return Optional.of(validation);
    }

    @Override
    public List<FlatArray> state() {
        double[] numbers = new double[NUMBERS];
        numbers[0] = bestAccuracy;
        numbers[1] = bestLoss;
        numbers[2] = stoppedAccuracy;
        numbers[3] = stoppedStep;
        return List.of(new FlatArray.OfDouble(numbers));
    }

    @Override
    public void restore(List<FlatArray> state) {
        FlatArray numbers = state.get(0);
        bestAccuracy = numbers.get(0);
        bestLoss = numbers.get(1);
        stoppedAccuracy = numbers.get(2);
        stoppedStep = (long) numbers.get(3);
    }

    @Override
    public void close() {
        // What is native was needed for the layout alone, and is freed.
    }
}
