package decaylab.ui.schedule;

import decaylab.experiment.Experiment;
import decaylab.experiment.Normalization;
import decaylab.experiment.OptimizerKind;
import decaylab.experiment.Tunable;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.DecayEntry;
import decaylab.optim.StepRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the norm would go under drawn schedules if the gradients stayed as they are now: the balance
 *
 * <pre>
 *   ||w_(t+1)||^2 = (1 - eta lambda)^2 ||w_t||^2 + eta^2 ghat^2 / ||w_t||^2,   ghat = ||g|| ||w||
 * </pre>
 *
 * folded over the steps to come, with ghat the root mean square of the latest rows. It is exact for plain SGD on normalised
 * layers while ghat stays. Momentum enters to first order as eta / (1 - mu). Adam's step does not grow with the gradient: there
 * the latest size of an update at learning rate 1 takes the place of ghat / ||w||. With either it is a guide line.
 *
 * @param knots the norm after steps
 * @param guide whether it is a guide line only
 */
record NormForecast(List<Knot> knots, boolean guide) {
    private static final int TRAILING = 50;
    private static final int POINTS = 300;
    private static final long MOST_FOLDS = 20_000;

    /**
     * The forecast from the latest row of a run on.
     *
     * @return empty where there is no row to go by, or where nothing is normalised
     */
    static Optional<NormForecast> of(Experiment experiment, Tunable inForce, SampleLog log, Drawing drawing) {
        long rows = log.rows();
        if (rows < 2 || experiment.network().normalization() == Normalization.NONE) {
            return Optional.empty();
        }
        StepRule rule = experiment.optimizer().rule();
        double momentum = rule instanceof StepRule.Momentum with ? with.momentum() : 0;
        boolean adam = rule instanceof StepRule.Adam;
        double push = push(log, rows, adam);
        double squared = Math.pow(log.value(Quantity.NORM, rows - 1), 2);
        long steps = experiment.steps();
        long left = Math.max(1, steps - rows);
        long stride = Math.max(1, left / MOST_FOLDS); // of a very long run, several steps at once
        long each = Math.max(1, left / POINTS);
        boolean atStep = experiment.decay().entry().atStep();
        boolean decays = experiment.decay().entry() != DecayEntry.NONE;
        List<Knot> knots = new ArrayList<>();
        knots.add(new Knot(rows - 1, Math.sqrt(squared)));
        double rateBase = Math.max(Double.MIN_NORMAL, inForce.optimizer().learningRate());
        for (long step = rows; step < steps; step += stride) {
            double eta = drawing.rate().value(step);
            double lambda = decays ? drawing.decay().value(step) : 0;
            double taken = atStep
                    ? experiment.decay().coupling().taken(eta, eta / rateBase, lambda)
                    : eta / (1 - momentum) * lambda;
            double moved = eta / (1 - momentum) * push;
            double growth = adam ? moved * moved : moved * moved / squared;
            squared = Math.pow(1 - Math.min(1, taken), 2.0 * stride) * squared + stride * growth;
            if ((step - rows) / each != (step - rows - stride) / each || step + stride >= steps) {
                knots.add(new Knot(step, Math.sqrt(squared)));
            }
        }
        return Optional.of(new NormForecast(knots, experiment.optimizer().kind() != OptimizerKind.SGD));
    }

    /** ghat of the latest rows; under Adam the size of an update at learning rate 1. */
    private static double push(SampleLog log, long rows, boolean adam) {
        double sum = 0;
        long count = 0;
        for (long row = Math.max(1, rows - TRAILING); row < rows; row++) {
            double eta = log.value(Quantity.LEARNING_RATE, row);
            if (adam && eta <= 0) {
                continue;
            }
            double size = adam
                    ? log.value(Quantity.UPDATE_NORM, row) / eta
                    : log.value(Quantity.GRADIENT_NORM, row) * log.value(Quantity.NORM, row - 1);
            sum += size * size;
            count++;
        }
        return count == 0 ? 0 : Math.sqrt(sum / count);
    }

    /** The norm that is forecast for a step; NaN before the latest row. */
    double at(long step) {
        return step < knots.get(0).step() ? Double.NaN : new Curve(knots).value(step);
    }
}
