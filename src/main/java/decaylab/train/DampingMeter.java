package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Curvature;
import decaylab.experiment.Experiment;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.net.KroneckerFactors;
import decaylab.net.NativeLibrary;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * How the damping of K-FAC compares with the curvature (Zhang, Wang, Xu and Grosse, "Three Mechanisms of Weight Decay
 * Regularization", ICLR 2019, section 4.3): the curvature of a normalised layer is C(theta) = C(u) / ||theta||^2 with u the
 * weights' direction, so that its direction feels the damping gamma ||theta||^2. Both curvatures are estimated anew, from the
 * same mini-batches in the order of the training set, whatever the run is preconditioned with: the same parameters give the
 * same bits.
 */
final class DampingMeter {
    /** Examples of the training set, at least; as many whole mini-batches as hold them. */
    private static final int EXAMPLES = 500;

    private final Experiment experiment;
    private final DataSet data;

    DampingMeter(Experiment experiment, DataSet data) {
        this.experiment = experiment;
        this.data = data;
    }

    /**
     * Fills a row of the instrument's sheet.
     *
     * @return false where it was given up
     */
    boolean measure(FlatArray parameters, SampleLog sheet, double[] row, BooleanSupplier abandoned) {
        NativeLibrary.load(); // OpenMP's number of threads is each calling thread's own
        try (Team team = Team.of(1);
                TrainableNetwork network =
                        new TrainableNetwork(experiment.network(), TaskShapes.of(data), experiment.precision(), team)) {
            network.load(parameters);
            for (Curvature curvature : new Curvature[] {Curvature.FISHER, Curvature.GAUSS_NEWTON}) {
                KroneckerFactors factors = network.kroneckerFactors();
                if (!estimate(network, factors, curvature, abandoned)) {
                    return false;
                }
                norms(network, factors, curvature, parameters, sheet, row);
                if (curvature == experiment.optimizer().curvature().kind()) {
                    damping(network, factors, parameters, sheet, row);
                }
            }
            return true;
        }
    }

    private boolean estimate(
            TrainableNetwork network, KroneckerFactors factors, Curvature curvature, BooleanSupplier abandoned) {
        int size = experiment.batchSize();
        int batches = Math.max(1, Math.min(data.trainSize() / size, (EXAMPLES + size - 1) / size));
        float[] inputs = new float[size * data.features()];
        int[] labels = new int[size];
        int[] chosen = new int[size];
        CounterRandom random = CounterRandom.of(experiment.seed(), "curvature meter");
        for (int batch = 0; batch < batches; batch++) {
            if (abandoned.getAsBoolean()) {
                return false;
            }
            for (int i = 0; i < size; i++) {
                chosen[i] = batch * size + i;
            }
            data.gatherTrain(chosen, size, inputs, labels);
            network.tap(
                    inputs,
                    size,
                    CurvatureTransform.errors(curvature, random.split(batch), size, data.classes()),
                    factors);
            factors.blend(batch == 0 ? 0 : 1, 1.0 / batches);
        }
        return true;
    }

    private static void norms(
            TrainableNetwork network,
            KroneckerFactors factors,
            Curvature curvature,
            FlatArray parameters,
            SampleLog sheet,
            double[] row) {
        Quantity quantity = curvature == Curvature.FISHER ? Quantity.FISHER_NORM : Quantity.GAUSS_NEWTON_NORM;
        double sum = 0;
        for (ParameterBlock block : network.layout().weights()) {
            double norm = factors.squaredNorm(block.layer(), parameters);
            put(sheet, row, Metric.of(quantity, block.layer()), norm);
            sum += norm;
        }
        put(sheet, row, Metric.of(quantity), sum);
    }

    private void damping(
            TrainableNetwork network, KroneckerFactors factors, FlatArray parameters, SampleLog sheet, double[] row) {
        double gamma = experiment.optimizer().curvature().damping();
        double effective = 0;
        double ratios = 0;
        int layers = 0;
        for (ParameterBlock block : network.layout().weights()) {
            if (!block.normalized()) {
                continue;
            }
            double squares = 0;
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                squares += parameters.get(i) * parameters.get(i);
            }
            // The mean eigenvalue of C(u) is ||theta||^2 times that of C(theta).
            double ratio = gamma / factors.meanEigenvalue(block.layer());
            put(sheet, row, Metric.of(Quantity.EFFECTIVE_DAMPING, block.layer()), gamma * squares);
            put(sheet, row, Metric.of(Quantity.DAMPING_RATIO, block.layer()), ratio);
            effective += gamma * squares;
            ratios += ratio;
            layers++;
        }
        if (layers > 0) {
            put(sheet, row, Metric.of(Quantity.EFFECTIVE_DAMPING), effective);
            put(sheet, row, Metric.of(Quantity.DAMPING_RATIO), ratios / layers);
        }
    }

    private static void put(SampleLog sheet, double[] row, Metric metric, double value) {
        OptionalInt place = sheet.place(metric);
        row[place.orElseThrow()] = value;
    }
}
