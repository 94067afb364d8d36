package decaylab.train;

import decaylab.data.Augmentation;
import decaylab.data.Batches;
import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.net.NativeLibrary;
import decaylab.net.SyntheticGradients;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.Team;
import decaylab.parallel.WorkLog;
import decaylab.problem.BadInputException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Classification on mini-batches: mean cross-entropy of a DL4J network. */
final class SupervisedObjective implements Objective {
    /** Examples a forward pass of an evaluation, a compromise of speed and memory. */
    private static final int EVALUATION_ROWS = 250;
    /** Targets a forward pass where an example has many. */
    private static final int EVALUATION_TARGETS = 2_048;

    private final Experiment experiment;
    private final DataSet data;
    private final Batches batches;
    private final Augmentation augmentation;
    private final TaskShape task;
    private final TrainableNetwork network;
    /** Modules that predict gradients; null where back-propagation does without. */
    private final @Nullable SyntheticTraining synthetic;

    private final int[] indices;
    private final float[] inputs;
    private final int[] labels;
    private final float[] probabilities;
    private final int evaluated;
    /** Null where the gradient stays what it is. */
    private final @Nullable CurvatureTransform curvature;
    /** What carries the error in place of the weights; null where they do. */
    private final @Nullable ErrorTransport transport;

    private final @Nullable FlatArray measured;
    private int lastSize;
    private long updates;

    SupervisedObjective(Experiment experiment, DataSet data, Team team) {
        this.experiment = experiment;
        this.data = data;
        task = TaskShapes.of(data);
        requireBatch(experiment, data);
        evaluated = Math.max(1, Math.min(EVALUATION_ROWS, EVALUATION_TARGETS / data.targets()));
        MemoryGuard.require(
                experiment,
                task,
                Math.max(evaluated, experiment.batchSize()),
                Runtime.getRuntime().maxMemory());
        augmentation = new Augmentation(
                data.shape(), experiment.data().flip(), experiment.data().shift(), experiment.seed());
        NativeLibrary.load(); // OpenMP's number of threads is each calling thread's own
        batches = new Batches(data.trainSize(), experiment.batchSize(), experiment.seed());
        Team own = experiment.synthetic().unlocked() ? Team.of(1) : team; // parts have threads of their own
        network = new TrainableNetwork(experiment.network(), task, experiment.precision(), own);
        curvature = experiment.optimizer().curvature().isOn()
                ? new CurvatureTransform(experiment, data, batches, network)
                : null;
        transport = experiment.feedback().ownMatrices() ? new ErrorTransport(experiment, network, team) : null;
        measured = transport == null ? null : network.zeros();
        synthetic = experiment.synthetic().present() ? new SyntheticTraining(experiment, network) : null;
        int most = batches.maxSize();
        indices = new int[most];
        inputs = new float[most * data.features()];
        labels = new int[most * data.targets()];
        probabilities = new float[evaluated * data.targets() * data.classes()];
    }

    /** Refuses a mini-batch that is larger than the training set. */
    static void requireBatch(Experiment experiment, DataSet data) {
        if (experiment.batchSize() > data.trainSize()) {
            throw new BadInputException("batchSize " + experiment.batchSize()
                    + " is larger than the training set of " + data.trainSize()
                    + " examples; make batchSize smaller or data.trainSize larger.");
        }
    }

    @Override
    public TaskShape task() {
        return task;
    }

    @Override
    public ParameterLayout layout() {
        return network.layout();
    }

    @Override
    public FlatArray initialParameters() {
        return network.initialParameters(
                experiment.seed(), experiment.feedback().startVariance());
    }

    @Override
    public long stepsPerEpoch() {
        return batches.stepsPerEpoch();
    }

    @Override
    public BatchLoss gradient(long step, FlatArray parameters, FlatArray gradient) {
        int size = batches.size(step);
        batches.indices(step, indices);
        data.gatherTrain(indices, size, inputs, labels);
        augmentation.apply(step, inputs, size);
        network.load(parameters);
        if (curvature != null) {
            curvature.observe(step, inputs, size);
        }
        if (transport != null) {
            transport.begin(step);
            lastSize = size;
            updates = step + 1;
        }
        double loss = synthetic == null
                ? network.gradient(inputs, labels, size, gradient)
                : synthetic.gradient(network, step, inputs, labels, size, gradient);
        return new BatchLoss(loss, size * data.targets());
    }

    @Override
    public Optional<SyntheticGradients> synthetic() {
        return Optional.ofNullable(synthetic).map(SyntheticTraining::modules);
    }

    @Override
    public Optional<CurvatureTransform> transform() {
        return Optional.ofNullable(curvature);
    }

    @Override
    public void follow(FlatArray gradient, StepSettings settings, IntPredicate decays) {
        if (transport != null) {
            transport.follow(gradient, settings, decays);
        }
    }

    @Override
    public List<Alignment> alignment(FlatArray parameters, boolean errors) {
        FlatArray into = measured;
        if (transport == null || into == null || lastSize == 0) {
            return List.of();
        }
        double[] angles = {};
        if (errors) {
            network.load(parameters);
            angles = transport.errorAngles(lastSize, () -> network.gradient(inputs, labels, lastSize, into));
        }
        return transport.measure(parameters, angles);
    }

    @Override
    public Optional<FeedbackScene> feedback(FlatArray parameters) {
        return transport == null ? Optional.empty() : Optional.of(transport.scene(parameters, updates));
    }

    /** A curvature, matrices of the feedback's own and modules exclude each other, so that this is the state of one of them. */
    @Override
    public List<FlatArray> state() {
        if (curvature != null) {
            return curvature.state();
        }
        if (transport != null) {
            return transport.state();
        }
        return synthetic == null ? List.of() : synthetic.state();
    }

    @Override
    public void restore(List<FlatArray> state) {
        if (curvature != null) {
            curvature.restore(state);
        }
        if (transport != null) {
            transport.restore(state);
        }
        if (synthetic != null) {
            synthetic.restore(state);
        }
    }

    @Override
    public Optional<WorkLog> work() {
        return Optional.ofNullable(synthetic).map(SyntheticTraining::work);
    }

    @Override
    public Optional<UnlockedParts> unlocked(FlatArray parameters, UpdateKernel kernel, StepPlan plan) {
        if (synthetic == null || !experiment.synthetic().unlocked()) {
            return Optional.empty();
        }
        network.prepare(batches.size(0));
        network.prepare(batches.size(batches.stepsPerEpoch() - 1));
        Supplier<PartBatches> ofThread = () -> new PartBatches(
                data,
                new Batches(data.trainSize(), experiment.batchSize(), experiment.seed()),
                new Augmentation(
                        data.shape(),
                        experiment.data().flip(),
                        experiment.data().shift(),
                        experiment.seed()));
        return Optional.of(new UnlockedParts(
                network.parts(synthetic.modules()), synthetic.updates(), kernel, parameters, ofThread, plan));
    }

    @Override
    public Optional<Evaluation> evaluate(FlatArray parameters, BooleanSupplier abandoned) {
        network.load(parameters);
        double[] train = evaluate(data.trainInputs(), data.trainLabels(), abandoned);
        double[] test = evaluate(data.testInputs(), data.testLabels(), abandoned);
        return abandoned.getAsBoolean()
                ? Optional.empty()
                : Optional.of(new Evaluation(train[0], test[0], train[1], test[1]));
    }

    /** Mean loss and accuracy; of the first examples alone where the evaluation is given up. */
    private double[] evaluate(float[] examples, int[] classOf, BooleanSupplier abandoned) {
        double loss = 0;
        int right = 0;
        int classes = data.classes();
        int targets = data.targets();
        int count = classOf.length / targets;
        for (int first = 0; first < count && !abandoned.getAsBoolean(); first += evaluated) {
            int size = Math.min(evaluated, count - first);
            network.predict(examples, first, size, probabilities);
            for (int i = 0; i < size * targets; i++) {
                int label = classOf[first * targets + i];
                float ofLabel = probabilities[i * classes + label];
                loss -= Math.log(Math.max(ofLabel, Float.MIN_NORMAL) + 0 * ofLabel);
                right += isLargest(probabilities, i * classes, classes, label) ? 1 : 0;
            }
        }
        return new double[] {loss / classOf.length, (double) right / classOf.length};
    }

    /** True where the label's probability is the largest, and among equals the first; false with a NaN. */
    static boolean isLargest(float[] row, int offset, int classes, int label) {
        float ofLabel = row[offset + label];
        for (int k = 0; k < classes; k++) {
            boolean beaten = k < label ? !(row[offset + k] < ofLabel) : !(row[offset + k] <= ofLabel);
            if (k != label && beaten) {
                return false;
            }
        }
        return !Float.isNaN(ofLabel);
    }

    @Override
    public void close() {
        if (transport != null) {
            transport.close();
        }
        if (synthetic != null) {
            synthetic.close();
        }
        network.close();
    }
}
