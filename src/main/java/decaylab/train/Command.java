package decaylab.train;

import decaylab.experiment.Change;

/** What a run's mailbox takes. The training thread empties it between two steps, so each is in force on the next mini-batch. */
public sealed interface Command {
    /** Goes on, to the end or until paused. */
    record Play() implements Command {}

    /** Waits after the step that is being done. */
    record Pause() implements Command {}

    /** Does so many steps, then waits. */
    record Advance(long steps) implements Command {
        public Advance {
            if (steps < 1) {
                throw new IllegalArgumentException("advance by " + steps);
            }
        }
    }

    /** Bounds the speed; positive infinity takes the bound away. */
    record LimitSpeed(double stepsPerSecond) implements Command {
        public LimitSpeed {
            if (!(stepsPerSecond > 0)) {
                throw new IllegalArgumentException("speed limit " + stepsPerSecond);
            }
        }
    }

    /** Makes a change and records it as an intervention. */
    record Intervene(Change change) implements Command {}

    /** Ends the run for good; what was logged stays. */
    record Stop() implements Command {}
}
