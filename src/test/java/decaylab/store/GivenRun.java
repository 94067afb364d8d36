package decaylab.store;

import decaylab.instrument.SampleLog;
import decaylab.train.CheckpointRing;
import decaylab.train.Intervention;
import decaylab.train.RunView;
import java.util.List;

/** A run that says what a test wants it to. */
record GivenRun(SampleLog log, List<Intervention> interventions, CheckpointRing checkpoints) implements RunView {
    GivenRun(SampleLog log, List<Intervention> interventions) {
        this(log, interventions, new CheckpointRing(Long.MAX_VALUE, 64));
    }
}
