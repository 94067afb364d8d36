package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.parallel.Team;

/** Predictions from snapshots of a run, on a network of its own, so that another thread than the run's can make them. */
public final class Predictor implements AutoCloseable {
    private final TrainableNetwork network;

    /**
     * @param experiment of the run whose snapshots will be used
     * @param task what its network reads and tells
     */
    public Predictor(Experiment experiment, TaskShape task) {
        network = new TrainableNetwork(experiment.network(), task, experiment.precision(), Team.of(1));
    }

    /**
     * @param snapshot of a run of the same experiment
     * @param inputs rows x features, row after row
     * @param rows how many rows
     * @return rows x targets x classes probabilities, row after row
     */
    public float[] probabilities(Snapshot snapshot, float[] inputs, int rows) {
        network.load(snapshot.parameters());
        float[] result =
                new float[rows * network.task().targets() * network.task().classes()];
        network.predict(inputs, 0, rows, result);
        return result;
    }

    @Override
    public void close() {
        network.close();
    }
}
