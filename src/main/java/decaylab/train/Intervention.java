package decaylab.train;

import decaylab.experiment.Change;
import decaylab.experiment.PlannedChange;

/**
 * A change that was made, as events.csv records it.
 *
 * @param step the first step that it was in force
 * @param what as {@link Change#what} has it, for example {@code decay}, {@code lambda} or {@code lr}
 * @param from the value before
 * @param to the value after
 */
public record Intervention(long step, String what, String from, String to) {
    /** The change that makes it again. */
    public PlannedChange planned() {
        return new PlannedChange(step, Change.parse(what, to));
    }

    /** What was changed and to what in a few words, for marks and captions. */
    public String brief() {
        return what + " " + Change.brief(to);
    }

    /** Whether a planned change made it. */
    public boolean isMadeBy(PlannedChange change) {
        return step == change.step()
                && what.equals(change.change().what())
                && to.equals(change.change().value());
    }
}
