package decaylab.train;

import decaylab.instrument.SampleLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The past that a run shares with another. Its rows are taken over as they are; the steps between the checkpoint and the fork
 * are done again, since only their rows are known, not their state.
 *
 * @param step the fork: the first step that is the new run's own
 * @param past samples, at least as many rows as the fork
 * @param interventions the changes of the past; those at the fork or after it are left out
 * @param checkpoint at the fork or before it; null where the past is done again from its start
 */
public record Origin(
        long step,
        SampleLog past,
        List<Intervention> interventions,
        @Nullable Checkpoint checkpoint) {
    public Origin {
        if (step < 0 || step > past.rows()) {
            throw new IllegalArgumentException("a fork at step " + step + " of " + past.rows());
        }
        if (checkpoint != null && checkpoint.step() > step) {
            throw new IllegalArgumentException(
                    "a checkpoint at step " + checkpoint.step() + " beyond the fork " + step);
        }
        interventions =
                interventions.stream().filter(made -> made.step() < step).toList();
    }
}
