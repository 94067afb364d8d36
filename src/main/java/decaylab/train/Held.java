package decaylab.train;

import decaylab.experiment.ControlQuantity;
import decaylab.experiment.ControlSpec;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.schedule.Horizon;

/** The quantity that control holds, as the log has it, beside its target. */
public final class Held {
    /** Rows over which the rotation is taken: that of one mini-batch is mostly chance. */
    static final int SMOOTHING = 60;

    private final SampleLog log;
    private final Horizon horizon;

    /** @param log of a run
     * @param horizon how long the run is */
    public Held(SampleLog log, Horizon horizon) {
        this.log = log;
        this.horizon = horizon;
    }

    /** The column of a quantity. */
    public static Quantity column(ControlQuantity quantity) {
        return switch (quantity) {
            case NORM -> Quantity.NORM;
            case ELR -> Quantity.EFFECTIVE_LEARNING_RATE;
            case ROTATION -> Quantity.ROTATION;
        };
    }

    double value(Quantity quantity, long row) {
        return log.value(quantity, row);
    }

    /** The quantity in a row; the rotation's mean over the rows that end there. */
    public double measured(ControlQuantity held, long row) {
        Quantity quantity = column(held);
        if (held != ControlQuantity.ROTATION) {
            return value(quantity, row);
        }
        long first = Math.max(0, row + 1 - SMOOTHING);
        double sum = 0;
        for (long i = first; i <= row; i++) {
            sum += value(quantity, i);
        }
        return sum / (row + 1 - first);
    }

    /** The target of a step. */
    double target(ControlSpec control, long step) {
        return control.target() * control.schedule().factor(step, horizon);
    }
}
