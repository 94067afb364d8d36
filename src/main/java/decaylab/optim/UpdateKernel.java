package decaylab.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The optimiser's update, written once: one pass over the parameters that scales the gradient, lets the decay in where
 * {@link DecayEntry} says, steps, and takes the sums that the cheap instruments need.
 *
 * <p>With l = lambda_t w, and sigma(v) = sqrt(v / (1 - beta2^t)) + eps:
 *
 * <pre>
 *   forM = g + (intoM ? l : 0);   forV = g + (intoV ? l : 0)
 *   u = rule(forM, forV)                              m, v and bias correction
 *   if (beforeDivision) u = (mhat + l) / sigma(v)     separate
 *   w = w - eta u - (atStep ? decayStep w : 0)        decoupled
 * </pre>
 *
 * Under Adam a second moment of exactly zero gives no step: a weight that never had a gradient would otherwise be divided
 * by eps alone and explode wherever the second moment holds no decay (m-mixed, separate).
 */
public final class UpdateKernel {
    private static final int CHUNK = 1024;

    private final ParameterLayout layout;
    private final StepRule rule;
    private final DecayEntry entry;
    private final boolean[] decayed;
    private final List<FlatArray> buffers = new ArrayList<>();
    private final BlockSums[] sums;
    private final float[] floatsBefore = new float[CHUNK];
    private final double[] doublesBefore = new double[CHUNK];

    /**
     * @param layout how the parameters are divided
     * @param rule how a gradient becomes a step
     * @param entry where decay enters
     * @param decayed for each block of the layout, whether decay applies to it
     * @param like a vector of the run's precision
     */
    public UpdateKernel(ParameterLayout layout, StepRule rule, DecayEntry entry, boolean[] decayed, FlatArray like) {
        if (decayed.length != layout.blocks().size()) {
            throw new IllegalArgumentException(
                    decayed.length + " flags for " + layout.blocks().size() + " blocks");
        }
        if ((entry.intoM() != entry.intoV() || entry.beforeDivision()) && !(rule instanceof StepRule.Adam)) {
            throw new IllegalArgumentException(entry + " is defined under Adam only");
        }
        this.layout = layout;
        this.rule = rule;
        this.entry = entry;
        this.decayed = decayed.clone();
        for (int i = 0; i < rule.buffers(); i++) {
            buffers.add(like.zeros(layout.length()));
        }
        sums = new BlockSums[layout.blocks().size()];
        Arrays.setAll(sums, i -> new BlockSums());
    }

    /** The optimiser's buffers, live: momentum; or Adam's first and second moment. */
    public List<FlatArray> buffers() {
        return List.copyOf(buffers);
    }

    /** The sums of the last step, one a block of the layout; live. */
    public BlockSums sums(int block) {
        return sums[block];
    }

    /**
     * One update in place.
     *
     * @param weights all parameters
     * @param gradient the gradient summed over the mini-batch, without penalty; statistics' blocks hold their change
     * @param settings what is in force at this step
     */
    public void step(FlatArray weights, FlatArray gradient, StepSettings settings) {
        for (int i = 0; i < sums.length; i++) {
            ParameterBlock block = layout.blocks().get(i);
            sums[i].clear();
            double decay = decayed[i] ? settings.decay() : 0;
            double decayStep = decayed[i] && entry.atStep() ? settings.decayStep() : 0;
            int end = block.offset() + block.length();
            for (int from = block.offset(); from < end; from += CHUNK) {
                int to = Math.min(end, from + CHUNK);
                if (weights instanceof FlatArray.OfFloat w && gradient instanceof FlatArray.OfFloat g) {
                    chunk(block, w.values(), g.values(), from, to, settings, decay, decayStep, sums[i]);
                } else if (weights instanceof FlatArray.OfDouble w && gradient instanceof FlatArray.OfDouble g) {
                    chunk(block, w.values(), g.values(), from, to, settings, decay, decayStep, sums[i]);
                } else {
                    throw new IllegalArgumentException("weights and gradient differ in precision");
                }
            }
        }
    }

    private float[] floats(int buffer) {
        return ((FlatArray.OfFloat) buffers.get(buffer)).values();
    }

    private double[] doubles(int buffer) {
        return ((FlatArray.OfDouble) buffers.get(buffer)).values();
    }

    // The two precisions are written out: Java has no arithmetic over both, and a conversion in the loop costs a fifth
    // of
    // a whole training step. Each chunk stays in the first-level cache between its update and its sums.

    private void chunk(
            ParameterBlock block,
            float[] w,
            float[] g,
            int from,
            int to,
            StepSettings s,
            double decay,
            double decayStep,
            BlockSums sum) {
        float scale = (float) s.gradientScale();
        if (block.role() == ParameterBlock.Role.STATISTIC) {
            for (int i = from; i < to; i++) {
                w[i] -= g[i];
                sum.finite += w[i] * 0f;
            }
            return;
        }
        float eta = (float) s.learningRate();
        float[] before = floatsBefore;
        System.arraycopy(w, from, before, 0, to - from);
        float off = (float) decayStep;
        if (rule instanceof StepRule.Momentum momentum) {
            float mu = (float) momentum.momentum();
            float into = entry.intoM() ? (float) decay : 0;
            if (mu == 0) {
                for (int i = from; i < to; i++) {
                    float old = w[i];
                    w[i] = old - eta * (g[i] * scale + into * old) - off * old;
                }
            } else {
                float[] m = floats(0);
                float ahead = momentum.nesterov() ? mu : 1;
                float now = momentum.nesterov() ? 1 : 0;
                for (int i = from; i < to; i++) {
                    float old = w[i];
                    float forM = g[i] * scale + into * old;
                    float velocity = mu * m[i] + forM;
                    m[i] = velocity;
                    w[i] = old - eta * (ahead * velocity + now * forM) - off * old;
                }
                sum.finite += unfinite(m, from, to);
            }
        } else if (rule instanceof StepRule.Adam adam) {
            float[] m = floats(0);
            float[] v = floats(1);
            float b1 = (float) adam.beta1();
            float b2 = (float) adam.beta2();
            float c1 = (float) (1 - adam.beta1());
            float c2 = (float) (1 - adam.beta2());
            float correct1 = (float) (1 / (1 - StrictMath.pow(adam.beta1(), s.count())));
            float correct2 = (float) (1 / (1 - StrictMath.pow(adam.beta2(), s.count())));
            float epsilon = (float) adam.epsilon();
            float intoM = entry.intoM() ? (float) decay : 0;
            float intoV = entry.intoV() ? (float) decay : 0;
            float divided = entry.beforeDivision() ? (float) decay : 0;
            for (int i = from; i < to; i++) {
                float old = w[i];
                float gi = g[i] * scale;
                float forV = gi + intoV * old;
                float first = b1 * m[i] + c1 * (gi + intoM * old);
                float second = b2 * v[i] + c2 * forV * forV;
                m[i] = first;
                v[i] = second;
                float u = (first * correct1 + divided * old) / ((float) Math.sqrt(second * correct2) + epsilon);
                w[i] = old - eta * (second == 0 ? 0 : u) - off * old;
            }
            sum.finite += unfinite(m, from, to) + unfinite(v, from, to);
        }
        for (int i = from; i < to; i++) {
            double old = before[i - from];
            double next = w[i];
            double d = next - old;
            double gi = (double) g[i] * scale;
            sum.weightsAfter += next * next;
            sum.weightsBefore += old * old;
            sum.gradient += gi * gi;
            sum.change += d * d;
            sum.weightsTimesChange += old * d;
        }
        sum.finite += sum.weightsAfter * 0;
    }

    private void chunk(
            ParameterBlock block,
            double[] w,
            double[] g,
            int from,
            int to,
            StepSettings s,
            double decay,
            double decayStep,
            BlockSums sum) {
        double scale = s.gradientScale();
        if (block.role() == ParameterBlock.Role.STATISTIC) {
            for (int i = from; i < to; i++) {
                w[i] -= g[i];
                sum.finite += w[i] * 0;
            }
            return;
        }
        double eta = s.learningRate();
        double[] before = doublesBefore;
        System.arraycopy(w, from, before, 0, to - from);
        if (rule instanceof StepRule.Momentum momentum) {
            double mu = momentum.momentum();
            double into = entry.intoM() ? decay : 0;
            if (mu == 0) {
                for (int i = from; i < to; i++) {
                    double old = w[i];
                    w[i] = old - eta * (g[i] * scale + into * old) - decayStep * old;
                }
            } else {
                double[] m = doubles(0);
                double ahead = momentum.nesterov() ? mu : 1;
                double now = momentum.nesterov() ? 1 : 0;
                for (int i = from; i < to; i++) {
                    double old = w[i];
                    double forM = g[i] * scale + into * old;
                    double velocity = mu * m[i] + forM;
                    m[i] = velocity;
                    w[i] = old - eta * (ahead * velocity + now * forM) - decayStep * old;
                }
                sum.finite += unfinite(m, from, to);
            }
        } else if (rule instanceof StepRule.Adam adam) {
            double[] m = doubles(0);
            double[] v = doubles(1);
            double correct1 = 1 - StrictMath.pow(adam.beta1(), s.count());
            double correct2 = 1 - StrictMath.pow(adam.beta2(), s.count());
            double intoM = entry.intoM() ? decay : 0;
            double intoV = entry.intoV() ? decay : 0;
            double divided = entry.beforeDivision() ? decay : 0;
            for (int i = from; i < to; i++) {
                double old = w[i];
                double gi = g[i] * scale;
                double forV = gi + intoV * old;
                double first = adam.beta1() * m[i] + (1 - adam.beta1()) * (gi + intoM * old);
                double second = adam.beta2() * v[i] + (1 - adam.beta2()) * forV * forV;
                m[i] = first;
                v[i] = second;
                double u = (first / correct1 + divided * old) / (Math.sqrt(second / correct2) + adam.epsilon());
                w[i] = old - eta * (second == 0 ? 0 : u) - decayStep * old;
            }
            sum.finite += unfinite(m, from, to) + unfinite(v, from, to);
        }
        for (int i = from; i < to; i++) {
            double old = before[i - from];
            double next = w[i];
            double d = next - old;
            double gi = g[i] * scale;
            sum.weightsAfter += next * next;
            sum.weightsBefore += old * old;
            sum.gradient += gi * gi;
            sum.change += d * d;
            sum.weightsTimesChange += old * d;
        }
        sum.finite += sum.weightsAfter * 0;
    }

    /** 0 where all values are finite, NaN otherwise. */
    private static double unfinite(float[] values, int from, int to) {
        float result = 0;
        for (int i = from; i < to; i++) {
            result += values[i] * 0f;
        }
        return result;
    }

    private static double unfinite(double[] values, int from, int to) {
        double result = 0;
        for (int i = from; i < to; i++) {
            result += values[i] * 0;
        }
        return result;
    }
}
