package decaylab.train;

import decaylab.experiment.ControlQuantity;
import decaylab.experiment.ControlSpec;
import decaylab.experiment.Shortest;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.schedule.Horizon;
import java.util.List;
import java.util.Locale;

/**
 * Whether control holds its target, by the log alone.
 *
 * @param state of the latest rows
 * @param sentence with the figures
 */
public record ControlVerdict(State state, String sentence) {
    private static final double TOLERANCE = 0.03;

    /** The means of so few rotations scatter by this much by themselves. */
    private static final double ROTATION_TOLERANCE = 0.1;

    private static final int HELD_ROWS = 20;
    private static final int STUCK_ROWS = 100;

    /** Over {@link #STUCK_ROWS} rows at a limit of lambda, a deviation that keeps more than this is going nowhere. */
    private static final double STUCK = 0.8;

    private static final int DIGITS = 3;

    /** How it stands. */
    public enum State {
        /** Within 3 % for the last 20 steps, the rotation within 10 %. */
        HELD,
        /** Not held, and lambda can still do something about it. */
        APPROACHING,
        /** Lambda has been at its limit for 100 steps or more, and the deviation hardly shrank. */
        UNREACHABLE
    }

    /** The first step of the control in force: that of the last change of it or of the gate; 0 where there was none. */
    public static long since(List<Intervention> interventions) {
        return interventions.stream()
                .filter(made -> made.what().equals("control") || made.what().equals("decay"))
                .mapToLong(Intervention::step)
                .max()
                .orElse(0);
    }

    /**
     * Judges the rows of a control.
     *
     * @param since its first step
     */
    public static ControlVerdict of(ControlSpec control, SampleLog log, long since, Horizon horizon) {
        long last = log.rows() - 1;
        Held held = new Held(log, horizon);
        if (last < since) {
            return new ControlVerdict(
                    State.APPROACHING,
                    String.format(
                            Locale.ROOT,
                            "Control begins with the next step: %s at %s with lambda at most %s.",
                            control.quantity(),
                            figure(held.target(control, Math.max(0, last))),
                            figure(control.max())));
        }
        double deviation = deviation(held, control, last);
        String figures = String.format(
                Locale.ROOT,
                "%s is %s, %+.1f %% from its target %s",
                control.quantity(),
                figure(held.measured(control.quantity(), last)),
                100 * Math.expm1(deviation),
                figure(held.target(control, last)));
        double lambda = held.value(Quantity.DECAY, last);
        if (isHeld(held, control, since, last)) {
            return new ControlVerdict(
                    State.HELD, String.format(Locale.ROOT, "Held: %s; lambda is %s.", figures, figure(lambda)));
        }
        long stuck = rowsAtLimit(held, control, since, last);
        boolean hopeless = stuck >= STUCK_ROWS
                && !(Math.abs(deviation) < STUCK * Math.abs(deviation(held, control, last - STUCK_ROWS + 1)))
                && Math.abs(deviation) > Math.log1p(tolerance(control));
        if (hopeless) {
            return new ControlVerdict(
                    State.UNREACHABLE,
                    String.format(
                            Locale.ROOT,
                            "It cannot be reached: %s, though lambda has been at its %s, %s, for %d steps; %s.",
                            figures,
                            lambda > 0 ? "most" : "least",
                            figure(lambda),
                            stuck,
                            lambda > 0 ? "allow a larger max or choose another target" : "choose another target"));
        }
        return new ControlVerdict(
                State.APPROACHING,
                String.format(
                        Locale.ROOT,
                        "On its way: %s; lambda is %s of at most %s.",
                        figures,
                        figure(lambda),
                        figure(control.max())));
    }

    private static boolean isHeld(Held held, ControlSpec control, long since, long last) {
        if (last - since + 1 < HELD_ROWS) {
            return false;
        }
        for (long row = last - HELD_ROWS + 1; row <= last; row++) {
            if (!(Math.abs(Math.expm1(deviation(held, control, row))) <= tolerance(control))) {
                return false;
            }
        }
        return true;
    }

    private static String figure(double value) {
        return Shortest.rounded(value, DIGITS);
    }

    private static double tolerance(ControlSpec control) {
        return control.quantity() == ControlQuantity.ROTATION ? ROTATION_TOLERANCE : TOLERANCE;
    }

    /** How many rows at the end have lambda at one of its limits. */
    private static long rowsAtLimit(Held held, ControlSpec control, long since, long last) {
        double limit = held.value(Quantity.DECAY, last);
        if (limit != 0 && limit != control.max()) {
            return 0;
        }
        long row = last;
        while (row >= since && held.value(Quantity.DECAY, row) == limit) {
            row--;
        }
        return last - row;
    }

    private static double deviation(Held held, ControlSpec control, long row) {
        return Math.log(held.measured(control.quantity(), row) / held.target(control, row));
    }
}
