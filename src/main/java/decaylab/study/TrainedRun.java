package decaylab.study;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.train.Policy;
import decaylab.train.Task;
import java.util.Optional;

/**
 * A run of an arm at its end.
 *
 * @param arm its name
 * @param experiment with the run's seed
 * @param task what it was trained on
 * @param log its samples
 * @param layout of the parameters
 * @param start the parameters before the first step
 * @param parameters where it ended
 * @param best the policy that earned most at an evaluation, where it acts in an environment
 */
public record TrainedRun(
        String arm,
        Experiment experiment,
        Task task,
        SampleLog log,
        ParameterLayout layout,
        FlatArray start,
        FlatArray parameters,
        Optional<Policy> best) {
    /** The data set that it was trained on. */
    public DataSet data() {
        if (task instanceof Task.Examples examples) {
            return examples.data();
        }
        throw new IllegalStateException(
                arm + " was trained on " + experiment.data().name() + ", which is no data set");
    }

    /** A quantity of the network after its last step; NaN where its instrument took none. */
    public double last(Quantity quantity) {
        SampleLog holding = log.holding(Metric.of(quantity));
        return holding.rows() == 0 ? Double.NaN : holding.value(quantity, holding.rows() - 1);
    }
}
