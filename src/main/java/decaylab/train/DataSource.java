package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;

/** Where a run gets what it learns from. */
@FunctionalInterface
public interface DataSource {
    /**
     * The data set of an experiment that learns from one.
     *
     * @throws decaylab.problem.BadInputException where the data cannot be made or read, or there is no data but an environment
     */
    DataSet load(Experiment experiment);

    /**
     * What an experiment learns from.
     *
     * @throws decaylab.problem.BadInputException where its data cannot be made or read
     */
    default Task task(Experiment experiment) {
        return experiment.environment().<Task>map(Task.World::new).orElseGet(() -> new Task.Examples(load(experiment)));
    }
}
