package decaylab.optim;

import org.jspecify.annotations.Nullable;

/**
 * Splits each step u, where w becomes w - u, into the objective's share and the penalty's, u = u_g + u_d, exactly: the momentum
 * and Adam's first moment are linear in what they are fed, so a shadow buffer that is fed the penalty's gradient alone holds its
 * part (a decomposition, not an approximation; the second moment divides both parts alike). From the objective's share it tells
 * apart what the present gradient does from what earlier ones still do.
 */
final class StepShares {
    private final StepRule rule;
    private final DecayEntry entry;
    /** The penalty's part of the momentum or first moment; null where it has none. */
    private final @Nullable FlatArray shadow;

    /**
     * @param like a vector of the run's precision
     * @param length of all parameters
     */
    StepShares(StepRule rule, DecayEntry entry, FlatArray like, int length) {
        this.rule = rule;
        this.entry = entry;
        shadow = entry.intoM() && rule.buffers() > 0 ? like.zeros(length) : null;
    }

    /** The penalty's part of the momentum or first moment, live; null where it has none. */
    @Nullable
    FlatArray shadow() {
        return shadow;
    }

    /**
     * What is in force in a step.
     *
     * @param scale of the gradient
     * @param eta learning rate
     * @param lambda decay, 0 for a block without
     * @param decayStep what is taken off the weights directly
     * @param correction1 of Adam's first moment
     * @param correction2 of Adam's second moment
     */
    record InForce(double scale, double eta, double lambda, double decayStep, double correction1, double correction2) {}

    /**
     * Takes the sums of some places after their update, and brings the shadow up to date.
     *
     * @param after weights after the step
     * @param before weights before it, from 0
     * @param g the gradient, without penalty
     * @param v the second moment after the step; ignored but under Adam
     */
    void add(double[] after, double[] before, double[] g, double[] v, int from, int to, InForce now, BlockSums into) {
        double[] held = shadow instanceof FlatArray.OfDouble values ? values.values() : null;
        double first = 0;
        double penalty = 0;
        double penaltySquared = 0;
        double penaltyTimesStep = 0;
        double present = 0;
        boolean adam = rule instanceof StepRule.Adam;
        Weights weights = weights(now);
        for (int i = from; i < to; i++) {
            double old = before[i - from];
            double live = 1;
            if (adam) {
                live = v[i] == 0 ? 0 : 1 / (Math.sqrt(v[i] / now.correction2()) + weights.epsilon);
            }
            if (held != null) {
                first = weights.keep * held[i] + weights.feed * old;
                held[i] = first;
            }
            double decayed = live * (weights.ofShadow * first + weights.ofWeight * old) + now.decayStep() * old;
            double step = old - after[i];
            penalty += old * decayed;
            penaltySquared += decayed * decayed;
            penaltyTimesStep += decayed * step;
            present += old * g[i] * live;
        }
        into.penalty += penalty;
        into.penaltySquared += penaltySquared;
        into.penaltyTimesStep += penaltyTimesStep;
        into.present += present * weights.ofGradient;
    }

    /** As in double precision, with the sums in double precision all the same. */
    void add(float[] after, float[] before, float[] g, float[] v, int from, int to, InForce now, BlockSums into) {
        float[] held = shadow instanceof FlatArray.OfFloat values ? values.values() : null;
        double penalty = 0;
        double penaltySquared = 0;
        double penaltyTimesStep = 0;
        double present = 0;
        boolean adam = rule instanceof StepRule.Adam;
        Weights weights = weights(now);
        float keep = (float) weights.keep;
        float feed = (float) weights.feed;
        float first = 0;
        for (int i = from; i < to; i++) {
            float old = before[i - from];
            double live = 1;
            if (adam) {
                live = v[i] == 0 ? 0 : 1 / (Math.sqrt(v[i] / now.correction2()) + weights.epsilon);
            }
            if (held != null) {
                first = keep * held[i] + feed * old;
                held[i] = first;
            }
            double decayed = live * (weights.ofShadow * first + weights.ofWeight * old) + now.decayStep() * old;
            double step = old - after[i];
            penalty += old * decayed;
            penaltySquared += decayed * decayed;
            penaltyTimesStep += decayed * step;
            present += old * g[i] * live;
        }
        into.penalty += penalty;
        into.penaltySquared += penaltySquared;
        into.penaltyTimesStep += penaltyTimesStep;
        into.present += present * weights.ofGradient;
    }

    /** How much of what makes the step; before Adam's division. */
    private record Weights(
            double keep, double feed, double ofShadow, double ofWeight, double ofGradient, double epsilon) {}

    private Weights weights(InForce now) {
        double fed = entry.intoM() ? now.lambda() : 0;
        if (rule instanceof StepRule.Adam adam) {
            double first = now.eta() / now.correction1();
            return new Weights(
                    adam.beta1(),
                    (1 - adam.beta1()) * fed,
                    first,
                    entry.beforeDivision() ? now.eta() * now.lambda() : 0,
                    first * (1 - adam.beta1()) * now.scale(),
                    adam.epsilon());
        }
        StepRule.Momentum momentum = (StepRule.Momentum) rule;
        double mu = momentum.momentum();
        if (mu == 0) {
            return new Weights(0, 0, 0, now.eta() * fed, now.eta() * now.scale(), 0);
        }
        double ahead = momentum.nesterov() ? mu : 1;
        double direct = momentum.nesterov() ? 1 : 0;
        return new Weights(
                mu, fed, now.eta() * ahead, now.eta() * direct * fed, now.eta() * (ahead + direct) * now.scale(), 0);
    }
}
