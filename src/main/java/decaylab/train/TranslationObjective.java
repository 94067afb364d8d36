package decaylab.train;

import decaylab.data.Augmentation;
import decaylab.data.Batches;
import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.NetworkKind;
import decaylab.net.EncoderDecoder;
import decaylab.net.NativeLibrary;
import decaylab.net.TaskShape;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Translation on mini-batches: mean cross-entropy of a target's tokens, its end included and padding left out, each given those
 * before it.
 *
 * <p>The accuracy is the fraction of examples whose greedy translation, which takes the likeliest token each time and reads it next,
 * is exactly the target, end included. It is had without translating: the greedy translation is the target if and only if at each of the
 * target's places, given the target's tokens before it, the likeliest token is the target's. Of the training set no more than its
 * first 2,000 examples are evaluated, whose order is drawn from the seed.
 */
final class TranslationObjective implements Objective {
    /** Examples a pass of an evaluation. */
    private static final int EVALUATION_ROWS = 100;

    private static final int EVALUATED_OF_TRAINING = 2_000;

    private final Experiment experiment;
    private final DataSet data;
    private final TaskShape task;
    private final Batches batches;
    private final EncoderDecoder network;
    private final int[] indices;
    private final float[] inputs;
    private final int[] labels;
    private final float[] probabilities;

    TranslationObjective(Experiment experiment, DataSet data, Team team) {
        this.experiment = experiment;
        this.data = data;
        task = TaskShapes.of(data);
        if (experiment.network().kind() != NetworkKind.ENCODER_DECODER) {
            throw new BadInputException(
                    "network.kind is " + experiment.network().kind() + ", but the data set " + data.name()
                            + " is to be translated; use network.kind " + NetworkKind.ENCODER_DECODER + ".");
        }
        SupervisedObjective.requireBatch(experiment, data);
        MemoryGuard.require(
                experiment,
                task,
                Math.max(EVALUATION_ROWS, experiment.batchSize()),
                Runtime.getRuntime().maxMemory());
        // Refuses what only images can be.
        new Augmentation(
                data.shape(), experiment.data().flip(), experiment.data().shift(), experiment.seed());
        NativeLibrary.load(); // OpenMP's number of threads is each calling thread's own
        batches = new Batches(data.trainSize(), experiment.batchSize(), experiment.seed());
        network = new EncoderDecoder(experiment.network(), task, experiment.precision(), team);
        int most = batches.maxSize();
        indices = new int[most];
        inputs = new float[most * data.features()];
        labels = new int[most * data.targets()];
        probabilities = new float[EVALUATION_ROWS * data.targets() * data.classes()];
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
        return network.initialParameters(experiment.seed());
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
        network.load(parameters);
        double loss = network.gradient(inputs, labels, size, gradient);
        int told = 0;
        for (int i = 0; i < size * data.targets(); i++) {
            told += labels[i] == DataSet.NO_LABEL ? 0 : 1;
        }
        return new BatchLoss(loss, told);
    }

    @Override
    public Optional<Evaluation> evaluate(FlatArray parameters, BooleanSupplier abandoned) {
        network.load(parameters);
        int most = Math.min(EVALUATED_OF_TRAINING, data.trainSize());
        double[] train = evaluate(data.trainInputs(), data.trainLabels(), most, abandoned);
        double[] test = evaluate(data.testInputs(), data.testLabels(), data.testSize(), abandoned);
        return abandoned.getAsBoolean()
                ? Optional.empty()
                : Optional.of(new Evaluation(train[0], test[0], train[1], test[1]));
    }

    /** Mean loss of a token and the fraction of examples without an error; of the first examples alone where it is given up. */
    private double[] evaluate(float[] examples, int[] tokenOf, int count, BooleanSupplier abandoned) {
        double loss = 0;
        int told = 0;
        int right = 0;
        int classes = data.classes();
        int targets = data.targets();
        for (int first = 0; first < count && !abandoned.getAsBoolean(); first += EVALUATION_ROWS) {
            int size = Math.min(EVALUATION_ROWS, count - first);
            network.predict(examples, tokenOf, first, size, probabilities);
            for (int example = 0; example < size; example++) {
                boolean exact = true;
                for (int place = 0; place < targets; place++) {
                    int label = tokenOf[(first + example) * targets + place];
                    if (label == DataSet.NO_LABEL) {
                        continue;
                    }
                    int row = (example * targets + place) * classes;
                    float ofLabel = probabilities[row + label];
                    loss -= Math.log(Math.max(ofLabel, Float.MIN_NORMAL) + 0 * ofLabel);
                    told++;
                    exact &= SupervisedObjective.isLargest(probabilities, row, classes, label);
                }
                right += exact ? 1 : 0;
            }
        }
        return new double[] {loss / told, (double) right / count};
    }

    @Override
    public void close() {
        network.close();
    }
}
