package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;

/** Where a run gets its data. */
@FunctionalInterface
public interface DataSource {
    /**
     * @throws decaylab.problem.BadInputException where the data cannot be made or read
     */
    DataSet load(Experiment experiment);
}
