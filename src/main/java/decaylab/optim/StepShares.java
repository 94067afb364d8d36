package decaylab.optim;

import java.util.List;
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
    private final List<FlatArray> buffers;
    /** The penalty's part of the momentum or first moment; null where it has none. */
    private final @Nullable FlatArray shadow;

    /** @param buffers of the kernel, which are read after their update */
    StepShares(StepRule rule, DecayEntry entry, List<FlatArray> buffers) {
        this.rule = rule;
        this.entry = entry;
        this.buffers = buffers;
        shadow = entry.intoM() && rule.buffers() > 0
                ? buffers.get(0).zeros(buffers.get(0).length())
                : null;
    }

    /** The penalty's part of the momentum or first moment, live; null where it has none. */
    @Nullable
    FlatArray shadow() {
        return shadow;
    }

    /**
     * What the shares of a step are made of; all but {@code decayStep} before Adam's division.
     *
     * @param keep how much of the shadow stays
     * @param feed how much of the weight the shadow is fed
     * @param ofShadow how much of the shadow, or of the penalty's own first moment, is in u_d
     * @param ofWeight how much of the weight is in u_d
     * @param decayStep how much of the weight is in u_d after the division
     * @param ofGradient how much of the summed gradient is in u_p
     * @param ofMomentum how much of the objective's part of the momentum or first moment is in u_g
     * @param ofSlope how much of the summed gradient is in u_g beside it
     * @param correction2 of Adam's second moment
     * @param epsilon of Adam
     */
    record Mix(
            double keep,
            double feed,
            double ofShadow,
            double ofWeight,
            double decayStep,
            double ofGradient,
            double ofMomentum,
            double ofSlope,
            double correction2,
            double epsilon) {}

    /**
     * The mix of a step.
     *
     * @param lambda decay of the block, 0 for one without
     * @param decayStep what is taken off the block's weights directly
     * @param correction1 of Adam's first moment
     * @param correction2 of Adam's second moment
     */
    Mix mix(StepSettings now, double lambda, double decayStep, double correction1, double correction2) {
        double fed = entry.intoM() ? lambda : 0;
        double eta = now.learningRate();
        double scale = now.gradientScale();
        if (rule instanceof StepRule.Adam adam) {
            double first = eta / correction1;
            return new Mix(
                    adam.beta1(),
                    (1 - adam.beta1()) * fed,
                    entry.twin() ? first * lambda : first,
                    entry.beforeDivision() ? eta * lambda : 0,
                    decayStep,
                    first * (1 - adam.beta1()) * scale,
                    first,
                    0,
                    correction2,
                    adam.epsilon());
        }
        StepRule.Momentum momentum = (StepRule.Momentum) rule;
        double mu = momentum.momentum();
        if (mu == 0) {
            return new Mix(0, 0, 0, eta * fed, decayStep, eta * scale, 0, eta * scale, 1, 0);
        }
        double ahead = momentum.nesterov() ? mu : 1;
        double direct = momentum.nesterov() ? 1 : 0;
        return new Mix(
                mu,
                fed,
                eta * ahead,
                eta * direct * fed,
                decayStep,
                eta * (ahead + direct) * scale,
                eta * ahead,
                eta * direct * scale,
                1,
                0);
    }

    /** 0 for a second moment of 0, as the update has it. */
    private static double inverseRoot(double v, Mix mix) {
        return v == 0 ? 0 : 1 / (Math.sqrt(v / mix.correction2) + mix.epsilon);
    }

    private double[] doubles(int buffer) {
        return ((FlatArray.OfDouble) buffers.get(buffer)).values();
    }

    private float[] floats(int buffer) {
        return ((FlatArray.OfFloat) buffers.get(buffer)).values();
    }

    private boolean adam() {
        return rule instanceof StepRule.Adam;
    }

    /**
     * Takes the sums of some places after their update, and brings the shadow up to date.
     *
     * @param after weights after the step
     * @param before weights before it, from 0
     * @param g the gradient, without penalty
     * @param lengths whether weights are compared one by one
     * @param rows of the block, where they are divided
     */
    void add(
            double[] after,
            double[] before,
            double[] g,
            int from,
            int to,
            Mix mix,
            boolean lengths,
            @Nullable RowSums rows,
            BlockSums into) {
        double[] m = rule.buffers() > 0 ? doubles(0) : before;
        double[] v = adam() ? doubles(1) : before;
        double[] held = shadow instanceof FlatArray.OfDouble values ? values.values() : null;
        boolean adam = adam();
        double first = 0;
        double penalty = 0;
        double penaltySquared = 0;
        double penaltyTimesStep = 0;
        double present = 0;
        long drowned = 0;
        for (int i = from; i < to; i++) {
            double old = before[i - from];
            double live = 1;
            if (adam) {
                live = inverseRoot(v[i], mix);
            }
            if (held != null) {
                first = mix.keep * held[i] + mix.feed * old;
                held[i] = first;
            }
            double decayed = entry.twin()
                    ? inverseRoot(doubles(3)[i], mix) * mix.ofShadow * doubles(2)[i]
                    : live * (mix.ofShadow * first + mix.ofWeight * old) + mix.decayStep * old;
            double step = old - after[i];
            penalty += old * decayed;
            penaltySquared += decayed * decayed;
            penaltyTimesStep += decayed * step;
            present += old * g[i] * live;
            if (lengths) {
                double carried = mix.ofMomentum == 0 ? 0 : mix.ofMomentum * (m[i] - first);
                boolean under = Math.abs(decayed) > Math.abs(live * (carried + mix.ofSlope * g[i]));
                drowned += under ? 1 : 0;
                if (rows != null) {
                    rows.add(i, decayed, step, under);
                }
            }
        }
        if (lengths) {
            into.drowned += drowned;
            into.compared += to - from;
        }
        into.penalty += penalty;
        into.penaltySquared += penaltySquared;
        into.penaltyTimesStep += penaltyTimesStep;
        into.present += present * mix.ofGradient;
    }

    /** The sums of single precision, chunk by chunk, in {@link Lane}s. */
    final class Lanes {
        private final float[] moment;
        private final float[] share;
        private final float[] live;
        private final float[] twinLive;
        private final float[] objective;
        private final Lane penalty;
        private final Lane squares;
        private final Lane products;
        private final Lane present;
        private final Lane drowned;
        private int chunks;

        /** @param length of a chunk */
        Lanes(int length) {
            moment = new float[length];
            share = new float[length];
            live = new float[length];
            twinLive = new float[length];
            objective = new float[length];
            penalty = new Lane(length);
            squares = new Lane(length);
            products = new Lane(length);
            present = new Lane(length);
            drowned = new Lane(length);
        }

        /** Brings a chunk of the shadow up to date, without sums. */
        void follow(float[] before, int from, int length, Mix mix) {
            if (shadow instanceof FlatArray.OfFloat held) {
                System.arraycopy(held.values(), from, moment, 0, length);
                combine(moment, before, (float) mix.keep, (float) mix.feed, length);
                System.arraycopy(moment, 0, held.values(), from, length);
            }
        }

        /**
         * As {@link StepShares#add} for a chunk; {@link #empty} has to follow at last.
         *
         * @param after weights after the step, from 0
         * @param before weights before it, from 0
         * @param slope the gradient without penalty, from 0; is changed
         * @param lengths whether the sums that the shares' lengths need are taken, and weights are compared one by one
         * @param rows of the block, where they are divided
         */
        void add(
                float[] after,
                float[] before,
                float[] slope,
                int from,
                int length,
                Mix mix,
                boolean lengths,
                @Nullable RowSums rows,
                BlockSums into) {
            if (adam()) {
                System.arraycopy(floats(1), from, live, 0, length);
                invertRoots(live, (float) (1 / mix.correction2), (float) mix.epsilon, length);
                multiply(slope, live, length);
            }
            present.products(before, slope, length);
            float[] part = before;
            if (!proportional()) {
                part = addPenalty(before, from, length, mix);
                if (lengths) {
                    Lane.squaresAndProducts(squares, products, part, before, after, length);
                }
            }
            if (lengths) {
                float factor = (float) (proportional() ? mix.ofWeight + mix.decayStep : factor(mix));
                takeObjective(slope, from, length, mix);
                drowned.larger(part, factor, objective, length);
                into.compared += length;
                if (rows != null) {
                    rows.add(from, part, factor, objective, before, after, length);
                }
            }
            chunks++;
            if (chunks == LaneSums.MOST_CHUNKS) {
                empty(mix, into);
            }
        }

        /** The objective's share of a chunk, after the shadow was brought up to date. */
        private void takeObjective(float[] slope, int from, int length, Mix mix) {
            if (rule.buffers() == 0) {
                System.arraycopy(slope, 0, objective, 0, length);
                combine(objective, objective, (float) mix.ofSlope, 0, length);
                return;
            }
            System.arraycopy(floats(0), from, objective, 0, length);
            if (shadow != null) {
                combine(objective, moment, 1, -1, length);
            }
            combine(objective, slope, (float) mix.ofMomentum, (float) mix.ofSlope, length);
            if (adam()) {
                multiply(objective, live, length);
            }
        }

        /** The penalty's share but for {@link #factor}, after its product with the weights was added. */
        private float[] addPenalty(float[] before, int from, int length, Mix mix) {
            if (ofShadowAlone(mix) && shadow instanceof FlatArray.OfFloat held) {
                System.arraycopy(held.values(), from, moment, 0, length);
                penalty.productsWithAverage(moment, before, (float) mix.keep, (float) mix.feed, length);
                System.arraycopy(moment, 0, held.values(), from, length);
                return moment;
            }
            follow(before, from, length, mix);
            float[] part = share(before, from, mix, length);
            penalty.products(before, part, length);
            return part;
        }

        private float[] share(float[] before, int from, Mix mix, int length) {
            if (entry.twin()) {
                System.arraycopy(floats(2), from, share, 0, length);
                combine(share, before, (float) mix.ofShadow, 0, length);
                System.arraycopy(floats(3), from, twinLive, 0, length);
                invertRoots(twinLive, (float) (1 / mix.correction2), (float) mix.epsilon, length);
                multiply(share, twinLive, length);
                return share;
            }
            System.arraycopy(shadow == null ? before : moment, 0, share, 0, length);
            float ofOwn = (float) (shadow == null ? mix.ofWeight : mix.ofShadow);
            float ofWeight = shadow == null ? 0 : (float) mix.ofWeight;
            combine(share, before, ofOwn, ofWeight, length);
            if (adam()) {
                multiply(share, live, length);
            }
            return share;
        }

        /** Adds what the lanes hold to the sums. */
        void empty(Mix mix, BlockSums into) {
            double factor = factor(mix);
            into.present += present.empty() * mix.ofGradient;
            into.drowned += drowned.empty();
            into.penalty += penalty.empty() * factor;
            into.penaltySquared += squares.empty() * factor * factor;
            into.penaltyTimesStep += products.empty() * factor;
            chunks = 0;
        }

        /** What the sums of the penalty's share are still to be multiplied by. */
        private double factor(Mix mix) {
            return ofShadowAlone(mix) ? mix.ofShadow : 1;
        }

        /** Whether u_d is the shadow times a number, as with heavy-ball momentum. */
        private boolean ofShadowAlone(Mix mix) {
            return shadow != null && mix.ofWeight == 0 && !adam();
        }

        /** Whether u_d is the weights times a number, so that its sums follow from those that are taken anyway. */
        private boolean proportional() {
            return shadow == null && !entry.beforeDivision() && !entry.twin();
        }

        /** The sums of a whole block that follow from others. */
        void finish(Mix mix, BlockSums into) {
            if (proportional()) {
                double factor = mix.ofWeight + mix.decayStep;
                into.penalty = factor * into.weightsBefore;
                into.penaltySquared = factor * factor * into.weightsBefore;
                into.penaltyTimesStep = -factor * into.weightsTimesChange;
            }
        }

        private static void combine(float[] own, float[] other, float ofOwn, float ofOther, int length) {
            for (int i = 0; i < length; i++) {
                own[i] = ofOwn * own[i] + ofOther * other[i];
            }
        }

        private static void multiply(float[] own, float[] other, int length) {
            for (int i = 0; i < length; i++) {
                own[i] *= other[i];
            }
        }

        /** 1 / (sqrt(v / correction) + epsilon), and 0 for a v of 0, as the update has it. */
        private static void invertRoots(float[] v, float inverse, float epsilon, int length) {
            for (int i = 0; i < length; i++) {
                v[i] = v[i] == 0 ? 0 : 1 / ((float) Math.sqrt(v[i] * inverse) + epsilon);
            }
        }
    }
}
