package decaylab.instrument;

import decaylab.optim.DecayEntry;
import decaylab.optim.StepRule;
import decaylab.optim.StepSettings;
import java.util.List;
import java.util.Optional;

/**
 * Where the norm of a layer settles whose function does not depend on it, if gradients stayed as now and so did learning rate
 * and decay: there the growth by the steps' length and the decay cancel. Exact to first order in eta lambda for plain SGD with
 * L2 or decoupled decay and gradients that are independent from step to step; with momentum, and for Adam with decoupled
 * decay, a guide line (Kosson, Messmer and Jaggi 2024). For Adam with the penalty in its buffers or divided by its second
 * moment nothing is known.
 */
public final class Equilibrium {
    private static final double NEAR = 1e-3;

    private final StepRule rule;
    private final DecayEntry entry;

    /**
     * @param rule how a gradient becomes a step
     * @param entry where decay enters
     */
    public Equilibrium(StepRule rule, DecayEntry entry) {
        this.rule = rule;
        this.entry = entry;
    }

    /**
     * Where a layer is going.
     *
     * @param norm ||w*||, at which it would settle; at least 0
     * @param rotation root mean square angle of a step there, in radians
     * @param rate fraction of the weights that decay takes a step
     * @param power 4 or 2, how the norm approaches: ||w||^power - ||w*||^power falls by the factor exp(-power rate) a step
     */
    public record Target(double norm, double rotation, double rate, int power) {}

    /** True where the target is a published approximation, to be shown as a guide line. */
    public boolean isGuideLine() {
        return !(rule instanceof StepRule.Momentum momentum) || momentum.momentum() > 0;
    }

    /** True where there is a formula for this optimiser and this decay. */
    public boolean isKnown() {
        return rule instanceof StepRule.Momentum || entry == DecayEntry.DECOUPLED;
    }

    /**
     * Where a normalised layer is going.
     *
     * @param now what is in force
     * @param decayed whether decay applies to the layer
     * @param squaredGradientSize mean of ||g||^2 ||w||^2 over the last steps: the squared gradient at unit norm
     * @param weights how many the layer has
     * @return empty where nothing is decayed, so that the norm only grows, or nothing is known
     */
    public Optional<Target> of(StepSettings now, boolean decayed, double squaredGradientSize, int weights) {
        double eta = now.learningRate();
        if (!isKnown() || !decayed) {
            return Optional.empty();
        }
        if (rule instanceof StepRule.Adam adam) {
            double rate = now.decayStep();
            double norm = eta * Math.sqrt(weights / (2 * rate)); // each weight goes eta a step, in the long run
            double rotation = Math.sqrt(2 * rate * (1 - adam.beta1()) / (1 + adam.beta1()));
            return rate > 0 ? Optional.of(new Target(norm, rotation, rate, 2)) : Optional.empty();
        }
        StepRule.Momentum momentum = (StepRule.Momentum) rule;
        double mu = momentum.momentum();
        double rate = entry.atStep() ? now.decayStep() : entry.intoM() ? eta * now.decay() / (1 - mu) : 0;
        if (!(rate > 0)) {
            return Optional.empty();
        }
        double inAll = eta / (1 - mu); // how far a gradient goes until it is forgotten
        double fourth = inAll * inAll * squaredGradientSize / (2 * rate);
        double ofStep = momentum.nesterov() // sum of the squared weights of all gradients in a step
                ? (1 + mu) * (1 + mu) + mu * mu * mu * mu / (1 - mu * mu)
                : 1 / (1 - mu * mu);
        double rotation = eta * Math.sqrt(ofStep * squaredGradientSize / fourth);
        return Optional.of(new Target(Math.pow(fourth, 0.25), rotation, rate, 4));
    }

    /** The norm to which several layers lead together. */
    public static double norm(List<Target> layers) {
        return Math.sqrt(layers.stream().mapToDouble(t -> t.norm() * t.norm()).sum());
    }

    /** The rotation of several layers together, at their targets. */
    public static double rotation(List<Target> layers) {
        double across = 0;
        for (Target layer : layers) {
            across += layer.rotation() * layer.norm() * layer.rotation() * layer.norm();
        }
        return Math.sqrt(across) / norm(layers);
    }

    /**
     * After how many steps the norm of several layers together has gone half of its way.
     *
     * @param layers of one network: they have rate and power in common
     * @param norms of the layers now
     * @return NaN where it is there already
     */
    public static double halfWay(List<Target> layers, double[] norms) {
        Target any = layers.get(0);
        double[] ends = new double[norms.length];
        double[] distances = new double[norms.length];
        for (int i = 0; i < norms.length; i++) {
            ends[i] = Math.pow(layers.get(i).norm(), any.power());
            distances[i] = Math.pow(norms[i], any.power()) - ends[i];
        }
        double end = norm(layers);
        double now = norm(ends, distances, 1, any.power());
        double half = (now + end) / 2;
        if (!(Math.abs(now - end) > NEAR * end)) {
            return Double.NaN;
        }
        double low = 0; // the part of the way that is left: none
        double high = 1;
        while (high - low > NEAR * high) {
            double middle = (low + high) / 2;
            boolean beyond = norm(ends, distances, middle, any.power()) > half == end < half;
            low = beyond ? low : middle;
            high = beyond ? middle : high;
        }
        return -Math.log(high) / (any.power() * any.rate());
    }

    /** The norm where a part of the distance to the ends is left, both as powers of each layer's norm. */
    private static double norm(double[] ends, double[] distances, double left, int power) {
        double sum = 0;
        for (int i = 0; i < ends.length; i++) {
            double inPower = Math.max(0, ends[i] + distances[i] * left);
            sum += power == 4 ? Math.sqrt(inPower) : inPower;
        }
        return Math.sqrt(sum);
    }
}
