package decaylab.ui.weight;

import decaylab.optim.Descent;
import decaylab.optim.WeightPair;
import java.util.List;

/**
 * Where the weights are, and how they came there.
 *
 * @param kind of the loss
 * @param descent the settings in force
 * @param done steps so far
 * @param trail the latest weights, the present ones last
 * @param next the step that comes
 * @param enlarged how many times longer than the step its arrows are drawn
 */
public record Walk(LossKind kind, Descent descent, long done, List<WeightPair> trail, Descent.Step next, int enlarged) {
    public Walk {
        trail = List.copyOf(trail);
    }

    /** The present weights. */
    public WeightPair now() {
        return next.from();
    }
}
