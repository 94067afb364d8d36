package decaylab.experiment;

import decaylab.problem.BadInputException;
import org.jspecify.annotations.Nullable;

/**
 * Hard control of the size of weights, next to decay's soft one: after every step each layer's matrix V_l, a column for each
 * unit with its bias as row 0, is projected onto a ball (Xu and Wang, "Understanding Weight Normalized Deep Neural Networks with
 * Rectified Linear Units", NeurIPS 2018; the projections are the specification's, section 4.4).
 *
 * @param constraint which ball
 * @param radius c of the hidden layers, above 0; in force where there is a ball
 * @param outputRadius c_o of the last layer, above 0; null for the same c
 */
public record BallSpec(
        Constraint constraint, double radius, @Nullable Double outputRadius) {
    public BallSpec {
        radius = Field.DECAY_RADIUS.require(radius);
        if (outputRadius != null) {
            outputRadius = Field.DECAY_OUTPUT_RADIUS.require(outputRadius);
        }
    }

    /** What an experiment has that says nothing of it. */
    public static BallSpec defaults() {
        return new BallSpec(Constraint.NONE, 5, null);
    }

    /** c_o: its own, or c. */
    public double ofOutput() {
        Double own = outputRadius;
        return own == null ? radius : own;
    }

    BallSpec with(Constraint other) {
        return new BallSpec(other, radius, outputRadius);
    }

    BallSpec withRadius(double other) {
        return new BallSpec(constraint, other, outputRadius);
    }

    /**
     * Refuses a network that has no matrices of units' incoming weights, and what else moves the same weights.
     *
     * @param transplanted whether norms of another run are imposed
     * @throws BadInputException where there is a ball, and it cannot be
     */
    public void requireFor(NetworkSpec network, FeedbackKind feedback, boolean transplanted) {
        if (constraint == Constraint.NONE) {
            return;
        }
        if (transplanted) {
            throw new BadInputException(
                    "decay.constraint is " + constraint
                            + ", but decay.transplant is set, and both would rescale the same weights; set one of them to none or null.");
        }
        if (feedback == FeedbackKind.KOLEN_POLLACK) {
            throw new BadInputException(
                    "decay.constraint is " + constraint + ", but feedback.kind is kolen-pollack, whose matrices "
                            + "take the steps of the weights and would not be projected with them; set decay.constraint to none, or "
                            + "feedback.kind to another.");
        }
        if (network.kind() != NetworkKind.MLP) {
            throw new BadInputException(
                    "decay.constraint is " + constraint + ", which bounds the incoming weights of units, "
                            + "but network.kind is " + network.kind()
                            + ", whose layers are not all dense; set decay.constraint to none or network.kind to mlp.");
        }
    }
}
