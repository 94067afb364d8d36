package decaylab.ui.explain;

import decaylab.experiment.Constraint;
import decaylab.experiment.DecayLayers;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.Normalization;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Tunable;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.optim.StepRule;
import decaylab.train.Intervention;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from a run's log what there is to say of its newest steps. */
public final class MomentReader {
    /** How many steps are told of, where nothing was changed in them. */
    static final long WINDOW = 50;

    /** Since a change, at least so many steps are told of; before, the window ends at the change. */
    static final long LEAST_AFTER = 2;

    /** An older change is not news. */
    private static final long NEWS = 200;

    private MomentReader() {}

    /**
     * Reads the newest steps.
     *
     * @param interventions what was changed so far
     * @param diverged whether the run diverged; one whose norm is not finite did in any case
     */
    public static Moment read(
            Experiment experiment, SampleLog log, List<Intervention> interventions, boolean diverged) {
        long rows = log.rows();
        Intervention newest = interventions.isEmpty() ? null : interventions.get(interventions.size() - 1);
        Intervention changed = newest != null && rows - newest.step() <= NEWS ? newest : null;
        long to = rows - 1;
        long from = Math.max(1, to - WINDOW + 1);
        if (changed != null && changed.step() > from) {
            if (rows - changed.step() >= LEAST_AFTER) {
                from = changed.step();
            } else {
                to = changed.step() - 1;
                from = Math.max(1, to - WINDOW + 1);
            }
        }
        from = alike(log, from, to);
        boolean normalized = experiment.network().normalization() != Normalization.NONE;
        Tunable inForce = inForce(experiment, interventions);
        boolean some = rows > 0 && to >= from;
        boolean over = rows > 0 && (diverged || !Double.isFinite(log.value(Quantity.NORM, rows - 1)));
        double decay = rows > 0 ? log.value(Quantity.DECAY, rows - 1) : Double.NaN;
        // A change that no step has felt yet counts already: it is what the run stands before.
        boolean waiting = newest != null && newest.step() >= rows;
        boolean none = rows > 0 && !waiting ? decay == 0 : inForce.decay().gate() == Gate.OFF;
        return new Moment(
                rows,
                some ? from : 1,
                some ? to : 0,
                some ? log.value(Quantity.NORM, from - 1) : Double.NaN,
                some ? log.value(Quantity.NORM, to) : Double.NaN,
                some ? share(experiment, interventions, log, from, to) : null,
                some ? meanSquare(log, Quantity.UPDATE_NORM, from, to) : Double.NaN,
                some ? plain(log.value(Quantity.EFFECTIVE_LEARNING_RATE, from - 1)) : Double.NaN,
                some ? plain(log.value(Quantity.EFFECTIVE_LEARNING_RATE, to)) : Double.NaN,
                some ? mean(log, Quantity.ROTATION, from, to) : Double.NaN,
                decay,
                none ? absence(inForce) : null,
                changed,
                normalized,
                over ? divergence(log) : null);
    }

    /** The first step of a window since when decay is in force, or is not, as at its end. */
    private static long alike(SampleLog log, long from, long to) {
        long first = to;
        while (first > from && (log.value(Quantity.DECAY, first - 1) == 0) == (log.value(Quantity.DECAY, to) == 0)) {
            first--;
        }
        return Math.max(from, first);
    }

    private static Tunable inForce(Experiment experiment, List<Intervention> interventions) {
        Tunable now = Tunable.of(experiment);
        for (Intervention made : interventions) {
            PlannedChange planned = made.planned();
            now = planned.change().in(now);
        }
        return now;
    }

    private static Moment.Absence absence(Tunable inForce) {
        if (inForce.decay().entry() == DecayEntry.NONE) {
            return Moment.Absence.NONE;
        }
        if (inForce.decay().gate() == Gate.OFF) {
            return Moment.Absence.OFF;
        }
        return inForce.decay().lambda() == 0 ? Moment.Absence.ZERO : Moment.Absence.SCHEDULE;
    }

    /** What the budget measured; else what follows exactly from eta lambda ||w||^2; else nothing. */
    private static Moment.@Nullable Share share(
            Experiment experiment, List<Intervention> interventions, SampleLog log, long from, long to) {
        SampleLog sheet = log.sheet(Instrument.BUDGET);
        long first = sheet.rowsBefore(from);
        long end = sheet.rowsBefore(to + 1);
        double decay = 0;
        double rest = 0;
        for (long row = first; row < end; row++) {
            double byDecay = sheet.value(Quantity.BY_DECAY, row);
            decay += byDecay;
            rest += sheet.value(Quantity.CHANGE, row) - byDecay;
        }
        long taken = end - first;
        if (taken > 0) {
            return new Moment.Share(decay / taken, rest / taken, taken, true);
        }
        if (!isExact(experiment, interventions)) {
            return null;
        }
        decay = 0;
        for (long row = from; row <= to; row++) {
            double norm = log.value(Quantity.NORM, row - 1);
            decay -= 2 * log.value(Quantity.LEARNING_RATE, row) * log.value(Quantity.DECAY, row) * norm * norm;
        }
        long steps = to - from + 1;
        double before = log.value(Quantity.NORM, from - 1);
        double after = log.value(Quantity.NORM, to);
        decay /= steps;
        return new Moment.Share(decay, (after * after - before * before) / steps - decay, steps, false);
    }

    /**
     * Whether the decay's part of a step is eta lambda w for all that {@code norm} covers: decoupled decay, coupled to the
     * learning rate, or a penalty without momentum and curvature; and whether the rest of it is the gradient's, since nothing else moves
     * the weights.
     */
    private static boolean isExact(Experiment experiment, List<Intervention> interventions) {
        boolean everywhere = experiment.decay().layers() == DecayLayers.ALL
                && interventions.stream().noneMatch(made -> made.what().equals("layers"));
        DecayEntry entry = experiment.decay().entry();
        boolean plain = experiment.optimizer().rule() instanceof StepRule.Momentum momentum
                && momentum.momentum() == 0
                && !experiment.optimizer().curvature().isOn();
        boolean moved = experiment.decay().ball().constraint() != Constraint.NONE
                || experiment.decay().transplant() != null
                || interventions.stream().anyMatch(made -> made.what().equals("constraint"));
        return everywhere
                && !moved
                && experiment.decay().coupling() == Coupling.LEARNING_RATE
                && (entry == DecayEntry.DECOUPLED || entry == DecayEntry.NONE || entry == DecayEntry.L2 && plain);
    }

    private static Moment.Divergence divergence(SampleLog log) {
        long row = log.rows() - 1;
        while (row > 0 && !Double.isFinite(log.value(Quantity.NORM, row))) {
            row--;
        }
        double norm = log.value(Quantity.NORM, row);
        return new Moment.Divergence(
                log.rows() - 1,
                log.value(Quantity.LOSS, log.rows() - 1),
                Double.isFinite(norm) ? norm : Double.NaN,
                row);
    }

    private static double mean(SampleLog log, Quantity quantity, long from, long to) {
        int place = log.place(Metric.of(quantity)).orElseThrow();
        double sum = 0;
        for (long row = from; row <= to; row++) {
            sum += plain(log.value(place, row));
        }
        return sum / (to - from + 1);
    }

    private static double meanSquare(SampleLog log, Quantity quantity, long from, long to) {
        double sum = 0;
        for (long row = from; row <= to; row++) {
            double value = plain(log.value(quantity, row));
            sum += value * value;
        }
        return sum / (to - from + 1);
    }

    /** A cell without a value as a NaN like any other. */
    private static double plain(double value) {
        return SampleLog.isEmpty(value) ? Double.NaN : value;
    }
}
