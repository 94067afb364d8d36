package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.Precision;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.Examples;
import decaylab.instrument.geometry.Jacobians;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import java.util.function.BooleanSupplier;

/**
 * The Jacobian meter: the mean over training examples of ||df/dx||_F^2, f being the outputs before the softmax, exactly, with a
 * pass down for each class (Zhang, Wang, Xu and Grosse, "Three Mechanisms of Weight Decay Regularization", ICLR 2019, section
 * 4.2). In double precision, whatever the run has.
 */
public final class InputJacobian {
    /** Training examples, where there are as many; always the same ones of a data set. */
    public static final int EXAMPLES = 500;

    private static final long CHOICE = 1;

    private InputJacobian() {}

    /**
     * Takes it.
     *
     * @param experiment what was trained
     * @param parameters of its network, of either precision; only read
     * @param abandoned asked now and then
     * @throws java.util.concurrent.CancellationException where it was given up
     * @throws decaylab.problem.BadInputException where a network of that kind cannot be measured
     */
    public static double of(Experiment experiment, DataSet data, FlatArray parameters, BooleanSupplier abandoned) {
        TaskShape task = TaskShapes.of(data);
        try (Team team = Team.of(1);
                TrainableNetwork network = new TrainableNetwork(experiment.network(), task, Precision.DOUBLE, team)) {
            AnalysisNetwork analysis = new AnalysisNetwork(experiment.network(), task, network.layout(), parameters);
            Examples examples = Examples.ofTraining(data, EXAMPLES, CHOICE);
            return new Jacobians(analysis, examples, abandoned).squaredInputNorm();
        }
    }
}
