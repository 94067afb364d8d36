package decaylab.optim;

/**
 * A loss of the direction of two weights and not of their length, as of weights in front of a normalisation: two mini-batches
 * take turns, and batch b has L_b(w) = a (1 - cos(angle of w - best -+ spread)). Their gradients stand at a right angle to w and
 * shrink as 1/||w||. Since the batches never agree, the gradients do not vanish at the best direction, as they do not in a network.
 *
 * @param depth a, at least 0
 * @param best the direction of least loss over both batches, in radians
 * @param spread between the best direction of a batch and that of both, in radians
 */
public record AngleLoss(double depth, double best, double spread) implements SmallLoss {
    /** The mean over both batches; not a number for weights of 0, which have no direction. */
    @Override
    public double at(WeightPair w) {
        return w.squared() == 0 ? Double.NaN : depth * (1 - Math.cos(w.angle() - best) * Math.cos(spread));
    }

    /** Of the batch whose turn it is; even steps pull to best + spread. Not a number for weights of 0. */
    @Override
    public WeightPair gradient(WeightPair w, long step) {
        double target = Math.floorMod(step, 2L) == 0 ? best + spread : best - spread;
        double slope = depth * Math.sin(w.angle() - target);
        return new WeightPair(-w.y(), w.x()).times(slope / w.squared());
    }
}
