package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.instrument.SampleLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of a study as it goes: written by the one thread that does it, read by any. */
public final class CellRun {
    private final Arm arm;
    private final CellKey key;
    private final Experiment experiment;
    private volatile double done;
    private volatile @Nullable SampleLog log;
    private volatile @Nullable CellResult result;

    CellRun(Arm arm, long seed) {
        this.arm = arm;
        key = new CellKey(arm.name(), seed);
        experiment = arm.experiment().withSeed(seed);
    }

    /** Which one. */
    public CellKey key() {
        return key;
    }

    /** The arm that it is a run of. */
    public Arm arm() {
        return arm;
    }

    /** What is run, with its seed. */
    public Experiment experiment() {
        return experiment;
    }

    /** The part that is done, in [0, 1]. */
    public double done() {
        return done;
    }

    /** The samples of a run that is under way; empty before and after. */
    public Optional<SampleLog> log() {
        return Optional.ofNullable(log);
    }

    /** What came out; empty before. */
    public Optional<CellResult> result() {
        return Optional.ofNullable(result);
    }

    void begin(SampleLog samples) {
        log = samples;
    }

    void at(double part) {
        done = part;
    }

    void end(CellResult found) {
        result = found;
        log = null;
        done = 1;
    }
}
