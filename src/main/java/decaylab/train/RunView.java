package decaylab.train;

import decaylab.instrument.SampleLog;
import java.util.List;

/** What may be read of a run while it goes on, from any thread. */
public interface RunView {
    /** The samples so far. */
    SampleLog log();

    /** The changes so far; one is here before the row of its step is in the log. */
    List<Intervention> interventions();

    /** The checkpoints that are in memory. */
    CheckpointRing checkpoints();
}
