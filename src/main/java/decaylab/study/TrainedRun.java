package decaylab.study;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;

/**
 * A run of an arm at its end.
 *
 * @param arm its name
 * @param experiment with the run's seed
 * @param data that it was trained on
 * @param log its samples
 * @param layout of the parameters
 * @param start the parameters before the first step
 * @param parameters where it ended
 */
public record TrainedRun(
        String arm,
        Experiment experiment,
        DataSet data,
        SampleLog log,
        ParameterLayout layout,
        FlatArray start,
        FlatArray parameters) {
    /** A quantity of the network after its last step. */
    public double last(Quantity quantity) {
        return log.value(quantity, log.rows() - 1);
    }
}
