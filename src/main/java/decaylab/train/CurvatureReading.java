package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.net.LayerNames;
import decaylab.optim.FlatArray;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * What the instrument {@code damping} tells of a network, at parameters of the caller's choice.
 *
 * @param effectiveDamping gamma times the squared norm of the normalised layers; NaN of a run without curvature, or without such
 *     layers
 * @param ratio the same of each layer by the mean eigenvalue of the curvature at its direction, as the mean over the layers
 * @param fisherNorm theta^T F theta, the sum over the layers
 * @param gaussNewtonNorm theta^T G theta, likewise
 */
public record CurvatureReading(double effectiveDamping, double ratio, double fisherNorm, double gaussNewtonNorm) {
    /**
     * Takes it.
     *
     * @param experiment with a dense network
     * @param abandoned asked now and then
     * @throws CancellationException where it was given up
     */
    public static CurvatureReading of(
            Experiment experiment, DataSet data, FlatArray parameters, BooleanSupplier abandoned) {
        SampleLog sheet =
                SampleLog.ofLayers(LayerNames.of(experiment.network())).sheet(Instrument.DAMPING);
        double[] row = new double[sheet.metrics().size()];
        Arrays.fill(row, SampleLog.EMPTY);
        if (!new DampingMeter(experiment, data).measure(parameters, sheet, row, abandoned)) {
            throw new CancellationException("the measurement was given up");
        }
        sheet.append(row);
        return new CurvatureReading(
                value(sheet, Quantity.EFFECTIVE_DAMPING),
                value(sheet, Quantity.DAMPING_RATIO),
                value(sheet, Quantity.FISHER_NORM),
                value(sheet, Quantity.GAUSS_NEWTON_NORM));
    }

    private static double value(SampleLog sheet, Quantity quantity) {
        double value = sheet.value(quantity, 0);
        return SampleLog.isEmpty(value) ? Double.NaN : value;
    }
}
