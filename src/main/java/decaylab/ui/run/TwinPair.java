package decaylab.ui.run;

import decaylab.train.Intervention;

/**
 * A run and its twin, which goes on without one intervention.
 *
 * @param run with the intervention
 * @param twin without it
 * @param intervention the newest of those at the fork
 */
public record TwinPair(RunEntry run, RunEntry twin, Intervention intervention) {
    /** The first step at which they differ. */
    public long fork() {
        return intervention.step();
    }
}
