package decaylab.train;

import decaylab.optim.FlatArray;
import decaylab.optim.Gate;
import java.util.List;

/**
 * All of a run's state between two steps. What is not here is a function of the experiment and the step: the order of the
 * data, the place in the schedules, every random number.
 *
 * @param step how many steps were done
 * @param gate position of the decay's gate
 * @param lambdaBase base of the decay
 * @param learningRateBase base of the learning rate
 * @param parameters a copy, running statistics included
 * @param buffers copies of the optimiser's buffers, in the update kernel's order
 */
public record Checkpoint(
        long step,
        Gate gate,
        double lambdaBase,
        double learningRateBase,
        FlatArray parameters,
        List<FlatArray> buffers) {
    public Checkpoint {
        buffers = List.copyOf(buffers);
    }

    /** An independent copy. */
    Checkpoint copy() {
        return new Checkpoint(
                step,
                gate,
                lambdaBase,
                learningRateBase,
                parameters.copy(),
                buffers.stream().map(FlatArray::copy).toList());
    }

    /** The memory that its vectors take. */
    public long bytes() {
        long each = parameters instanceof FlatArray.OfFloat ? Float.BYTES : Double.BYTES;
        return each * parameters.length() * (1 + buffers.size());
    }
}
