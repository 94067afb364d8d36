package decaylab.ui.chart;

import decaylab.experiment.Experiment;
import decaylab.instrument.SampleLog;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as the charts see it, live or finished. */
public interface ChartRun {
    /** What tells it from every other run of this window. */
    String id();

    /** Its name on screen. */
    String name();

    /** Its place in the palette, from 0. */
    int colour();

    /** What was run. */
    Experiment experiment();

    /** Its samples so far; always the same object. */
    SampleLog log();

    /** What was changed so far. */
    List<Intervention> interventions();

    /** The first step that is its own; those before are the parent's. 0 for a run from its start. */
    default long fork() {
        return 0;
    }

    /** The {@link #id} of the run that it branched from; empty for a run from its start. */
    default Optional<String> parentId() {
        return Optional.empty();
    }

    /** The {@link #id} of the run that it is the twin of, as long as the two are compared. */
    default Optional<String> comparedWith() {
        return Optional.empty();
    }

    /** What its bits depend on beside its experiment; empty where that is not known. */
    default Map<String, String> fingerprint() {
        return Map.of();
    }

    /** Where it stands. */
    RunState state();

    /** A sentence where it diverged or failed. */
    Optional<String> problem();
}
