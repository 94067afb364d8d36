package decaylab.train;

import decaylab.environment.Environment;
import decaylab.environment.EnvironmentKind;
import decaylab.environment.GridWorld;
import decaylab.experiment.Experiment;
import decaylab.net.NativeLibrary;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A network that tells the values of actions in an environment, and what follows from them. For one thread at a time. */
final class ValueNetwork implements AutoCloseable {
    private final EnvironmentKind kind;
    private final TrainableNetwork network;
    private final double rewardScale;
    private final int features;
    private final int actions;
    private final float[] observation;
    private final float[] valuesOfOne;

    /** @param team does the arithmetic; it stays the caller's to close */
    ValueNetwork(Experiment experiment, EnvironmentKind kind, Team team) {
        this.kind = kind;
        TaskShape task = taskOf(kind);
        rewardScale = experiment.agent().rewardScale();
        features = task.features();
        actions = task.classes();
        NativeLibrary.load(); // OpenMP's number of threads is each calling thread's own
        network = TrainableNetwork.ofValues(experiment.network(), task, experiment.precision(), team);
        observation = new float[features];
        valuesOfOne = new float[actions];
    }

    /** What it reads and tells of an environment. */
    static TaskShape taskOf(EnvironmentKind kind) {
        Environment like = kind.make();
        return new TaskShape(like.observationShape(), 0, 1, like.actions());
    }

    TrainableNetwork network() {
        return network;
    }

    /** Takes over the parameters for what follows. */
    void load(FlatArray parameters) {
        network.load(parameters);
    }

    /**
     * Values of all actions.
     *
     * @param observations row after row
     * @param values receives them, row after row
     */
    void values(float[] observations, int rows, float[] values) {
        network.predict(observations, 0, rows, values);
    }

    /** The action of the largest value in the environment's present state, the first among equals. */
    int greedy(Environment environment) {
        environment.observe(observation, 0);
        values(observation, 1, valuesOfOne);
        return largest(valuesOfOne, 0);
    }

    /** The place of the largest of a row of values, the first among equals. */
    int largest(float[] values, int row) {
        int found = 0;
        for (int k = 1; k < actions; k++) {
            found = values[row * actions + k] > values[row * actions + found] ? k : found;
        }
        return found;
    }

    /**
     * Plays greedy episodes, all at the same time.
     *
     * @param starts whose sub-streams 0, 1, ... the episodes begin with
     * @param abandoned asked now and then; where it is true the rest is left out
     * @return the return of each, not discounted
     */
    double[] play(CounterRandom starts, int episodes, BooleanSupplier abandoned) {
        double[] returns = new double[episodes];
        float[] observations = new float[episodes * features];
        float[] values = new float[episodes * actions];
        List<Environment> environments = IntStream.range(0, episodes)
                .mapToObj(i -> {
                    Environment environment = kind.make();
                    environment.begin(starts.split(i));
                    return environment;
                })
                .toList();
        boolean[] over = new boolean[episodes];
        for (int left = episodes; left > 0 && !abandoned.getAsBoolean(); ) {
            for (int i = 0; i < episodes; i++) {
                environments.get(i).observe(observations, i * features);
            }
            values(observations, episodes, values); // those that are over too: one size of batch
            for (int i = 0; i < episodes; i++) {
                if (!over[i]) {
                    var outcome = environments.get(i).step(largest(values, i));
                    returns[i] += outcome.reward();
                    over[i] = outcome.over();
                    left -= over[i] ? 1 : 0;
                }
            }
        }
        return returns;
    }

    /** The values that belong to a picture of a state: the state's own, or those of every cell of a grid. */
    List<Double> valuesToShow(Environment environment) {
        int rows = kind == EnvironmentKind.GRID_WORLD ? GridWorld.CELLS : 1;
        float[] observations = new float[rows * features];
        for (int i = 0; i < rows; i++) {
            if (kind == EnvironmentKind.GRID_WORLD) {
                GridWorld.observe(i, observations, i * features);
            } else {
                environment.observe(observations, 0);
            }
        }
        float[] values = new float[rows * actions];
        values(observations, rows, values);
        List<Double> shown = new ArrayList<>();
        for (float value : values) {
            shown.add(value / rewardScale);
        }
        return shown;
    }

    static List<Double> boxed(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    @Override
    public void close() {
        network.close();
    }
}
