package decaylab.ui.schedule;

import decaylab.experiment.Experiment;
import decaylab.experiment.Tunable;
import decaylab.instrument.SampleLog;
import decaylab.schedule.Horizon;
import decaylab.train.Intervention;
import decaylab.train.RunStatus;
import decaylab.ui.run.RunEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the editor is about: the run that is going, or the experiment of the next one.
 *
 * @param run the run once it has begun; null while the experiment can still be changed as a whole
 * @param name of run or experiment
 * @param experiment at its start
 * @param inForce as changed since
 * @param horizon how long it is
 */
record Subject(@Nullable RunEntry run, String name, Experiment experiment, Tunable inForce, Horizon horizon) {
    /** The subject that a current run is. */
    static Subject of(RunEntry run, RunStatus status, long stepsPerEpoch) {
        Experiment experiment = run.experiment();
        return new Subject(
                run, run.name(), experiment, status.inForce(), new Horizon(stepsPerEpoch, experiment.steps()));
    }

    /** The subject that the experiment of the next run is. */
    static Subject of(String name, Experiment experiment) {
        Integer examples = experiment.data().trainSize(); // null: how long an epoch is, only the data will tell
        long batch = experiment.batchSize();
        long perEpoch = examples == null ? 1 : (examples + batch - 1) / batch;
        return new Subject(null, name, experiment, Tunable.of(experiment), new Horizon(perEpoch, experiment.steps()));
    }

    /** The first step that can still be changed. */
    long now() {
        return run == null ? 0 : run.log().rows();
    }

    @Nullable
    SampleLog log() {
        return run == null ? null : run.log();
    }

    List<Intervention> interventions() {
        return run == null ? List.of() : run.interventions();
    }

    /** Whether another is about the same run, or likewise about the experiment of the next one. */
    boolean isOfTheSame(@Nullable Subject other) {
        return other != null
                && run == other.run
                && experiment.steps() == other.experiment.steps()
                && horizon.equals(other.horizon);
    }
}
