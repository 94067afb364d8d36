package decaylab.optim;

/** A loss of one weight or two, small enough to be drawn and to be solved on paper. */
public sealed interface SmallLoss permits QuadraticLoss, AngleLoss {
    /** The loss over all examples at these weights. */
    double at(WeightPair w);

    /**
     * The gradient that a step uses.
     *
     * @param step counted from 0; matters only where mini-batches take turns
     */
    WeightPair gradient(WeightPair w, long step);
}
