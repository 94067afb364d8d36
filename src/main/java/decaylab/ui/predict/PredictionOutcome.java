package decaylab.ui.predict;

import decaylab.chart.ChartKind;
import decaylab.ui.run.RunEntry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A prediction and what happened.
 *
 * @param run of which run
 * @param kind on which chart
 * @param quantity what was predicted, as the chart names it
 * @param curve what was drawn
 * @param measured what happened, from the first step of the prediction on
 * @param measure how near it came; null where nothing could be compared
 * @param sentence all of that in words
 */
public record PredictionOutcome(
        RunEntry run,
        ChartKind kind,
        String quantity,
        PredictedCurve curve,
        List<PredictionScore.Measured> measured,
        @Nullable PredictionScore measure,
        String sentence) {
    public PredictionOutcome {
        measured = List.copyOf(measured);
    }

    /** How near it came; empty where nothing could be compared. */
    public Optional<PredictionScore> score() {
        return Optional.ofNullable(measure);
    }
}
