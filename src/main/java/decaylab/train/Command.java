package decaylab.train;

import decaylab.experiment.Change;
import decaylab.experiment.Instrument;

/** What a run's mailbox takes. The training thread empties it between two steps, so each is in force on the next mini-batch. */
public sealed interface Command {
    /** Goes on, to the end or until paused. */
    record Play() implements Command {}

    /** Goes on until so many steps are done since the run's start, then waits; where they are done already, to the end. */
    record PlayTo(long steps) implements Command {}

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

    /** Turns an instrument on, to be taken every so many steps, or off with 0. */
    record Watch(Instrument instrument, int interval) implements Command {
        public Watch {
            if (interval < 0) {
                throw new IllegalArgumentException("every " + interval + " steps");
            }
        }
    }

    /** Bounds what measuring may cost, as a fraction of the time that steps take without; infinite for no bound. */
    record LimitOverhead(double most) implements Command {
        public LimitOverhead {
            if (!(most > 0)) {
                throw new IllegalArgumentException("an overhead of " + most);
            }
        }
    }

    /** Ends the run for good; what was logged stays. */
    record Stop() implements Command {}
}
