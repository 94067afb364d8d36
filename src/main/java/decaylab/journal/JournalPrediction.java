package decaylab.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A prediction of a journal.
 *
 * @param run the run's name
 * @param quantity what was predicted, as its chart is called
 * @param logarithmic whether it was drawn on a logarithmic axis
 * @param predicted what was drawn
 * @param measured what happened
 * @param score from 0 to 100; null where nothing could be compared
 * @param sentence what the student was told
 */
public record JournalPrediction(
        String run,
        String quantity,
        boolean logarithmic,
        Curve predicted,
        Curve measured,
        @Nullable Integer score,
        String sentence) {
    public JournalPrediction {
        Objects.requireNonNull(run);
        Objects.requireNonNull(quantity);
        Objects.requireNonNull(predicted);
        Objects.requireNonNull(measured);
    }
}
