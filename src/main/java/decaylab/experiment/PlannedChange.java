package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import decaylab.problem.BadInputException;

/**
 * A change that is due at a step; it shows first in that step's row.
 *
 * @param step from 0
 */
public record PlannedChange(long step, Change change) {
    public PlannedChange {
        if (step < 0) {
            throw new BadInputException("An intervention at step " + step + " is not possible; steps count from 0.");
        }
    }

    /**
     * Refuses a change that a run of so many steps would never come to.
     *
     * @param steps of the run
     */
    public void requireBefore(long steps) {
        if (step >= steps) {
            throw new BadInputException("The intervention " + change.what() + "=" + change.value() + " at step " + step
                    + " is beyond the end; the run's steps are 0 to " + (steps - 1) + ".");
        }
    }

    /** As {@link #parse} reads it. */
    @JsonValue
    public String text() {
        return step + ":" + change.what() + "=" + change.value();
    }

    /** Likewise with a long value in a word or two, for the foot of charts. */
    String brief() {
        return step + ":" + change.what() + "=" + Change.brief(change.value());
    }

    /**
     * Refuses a change in the past of a branch.
     *
     * @param fork the branch's first own step
     */
    public void requireFrom(long fork) {
        if (step < fork) {
            throw new BadInputException("The intervention " + change.what() + "=" + change.value() + " at step " + step
                    + " lies before the branch begins, at step " + fork + "; branch from an earlier step.");
        }
    }

    /**
     * Reads the command line's {@code STEP:what=value}.
     *
     * @throws BadInputException where the text is not of that form
     */
    public static PlannedChange parse(String text) {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=');
        if (colon < 1 || equals < colon + 2) {
            throw new BadInputException(
                    "'" + text + "' is not an intervention; write STEP:WHAT=VALUE with one of " + Change.ALLOWED + ".");
        }
        long step;
        try {
            step = Long.parseLong(text.substring(0, colon).strip());
        } catch (NumberFormatException e) {
            throw new BadInputException(
                    "'" + text.substring(0, colon) + "' in '" + text + "' is not a step; write a whole number from 0.",
                    e);
        }
        return new PlannedChange(
                step,
                Change.parse(
                        text.substring(colon + 1, equals).strip(),
                        text.substring(equals + 1).strip()));
    }
}
