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
 * @param objective copies of what the objective keeps beside, each of its own length and precision; none where it keeps nothing
 */
public record Checkpoint(
        long step,
        Gate gate,
        double lambdaBase,
        double learningRateBase,
        FlatArray parameters,
        List<FlatArray> buffers,
        List<FlatArray> objective) {
    public Checkpoint {
        buffers = List.copyOf(buffers);
        objective = List.copyOf(objective);
    }

    /** One of an objective that keeps nothing beside the parameters. */
    public Checkpoint(
            long step,
            Gate gate,
            double lambdaBase,
            double learningRateBase,
            FlatArray parameters,
            List<FlatArray> buffers) {
        this(step, gate, lambdaBase, learningRateBase, parameters, buffers, List.of());
    }

    /** An independent copy. */
    Checkpoint copy() {
        return new Checkpoint(
                step,
                gate,
                lambdaBase,
                learningRateBase,
                parameters.copy(),
                buffers.stream().map(FlatArray::copy).toList(),
                objective.stream().map(FlatArray::copy).toList());
    }

    /** The memory that its vectors take. */
    public long bytes() {
        return bytes(parameters) * (1 + buffers.size())
                + objective.stream().mapToLong(Checkpoint::bytes).sum();
    }

    private static long bytes(FlatArray vector) {
        long each = vector instanceof FlatArray.OfFloat ? Float.BYTES : Double.BYTES;
        return each * vector.length();
    }
}
