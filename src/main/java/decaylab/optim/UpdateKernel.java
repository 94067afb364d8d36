package decaylab.optim;

import decaylab.parallel.Team;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

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
 *   if (twin) u = u + lambda_t Adam(w)                twin-buffers: m and v of w itself
 *   w = w - eta u - (atStep ? decayStep w : 0)        decoupled
 * </pre>
 *
 * Under Adam a second moment of exactly zero gives no step: a weight that never had a gradient would otherwise be divided
 * by eps alone and explode wherever the second moment holds no decay (m-mixed, separate).
 */
public final class UpdateKernel {
    /** Values that stay in the first-level cache between their update and their sums. */
    private static final int CHUNK = 1_024;

    /** Parameters from which on the update is worth two threads. */
    private static final int LEAST_FOR_TEAM = 16_384;

    /** Squared norms below this leave no square in single precision to overflow, whatever the decay. */
    private static final double HARMLESS = 1e20;

    /** Sums of squares in single precision below this may have lost some to underflow. */
    private static final double LEAST_OF_LANES = 1e-25;

    /** Numbers in a row from which on lanes are faster than a chain of additions. */
    private static final int LEAST_FOR_LANES = 2 * CHUNK;

    private final ParameterLayout layout;
    private final StepRule rule;
    private final DecayEntry entry;
    private boolean[] decayed;
    private final Team team;
    private final List<FlatArray> buffers = new ArrayList<>();
    private @Nullable StepShares shares;
    private final BlockSums[] sums;
    private @Nullable RowClasses rows;
    private BlockSums[] ofClasses = {};
    private final Half[] halves;
    /** The blocks that are updated: from the first one up to, not including, the end. */
    private final int firstBlock;

    private final int endBlock;
    private final IntConsumer half = this::runHalf;
    // Of the step under way.
    private FlatArray weights;
    private FlatArray gradient;
    private StepSettings settings = new StepSettings(1, 0, 0, 0, 1);
    private boolean measured;
    private Taking taking = Taking.SUMS;
    private boolean timed;
    private double correction1;
    private double correction2;

    /**
     * @param layout how the parameters are divided
     * @param rule how a gradient becomes a step
     * @param entry where decay enters
     * @param decayed for each block of the layout, whether decay applies to it
     * @param like a vector of the run's precision
     * @param team does the work; the bits do not depend on it
     */
    public UpdateKernel(
            ParameterLayout layout, StepRule rule, DecayEntry entry, boolean[] decayed, FlatArray like, Team team) {
        this(layout, rule, entry, decayed, like, team, 0, layout.blocks().size());
        for (int i = 0; i < rule.buffers() + entry.buffers(); i++) {
            buffers.add(like.zeros(layout.length()));
        }
    }

    private UpdateKernel(
            ParameterLayout layout,
            StepRule rule,
            DecayEntry entry,
            boolean[] decayed,
            FlatArray like,
            Team team,
            int firstBlock,
            int endBlock) {
        this.firstBlock = firstBlock;
        this.endBlock = endBlock;
        if (entry.needsAdam() && !(rule instanceof StepRule.Adam)) {
            throw new IllegalArgumentException(entry + " is defined under Adam only");
        }
        this.layout = layout;
        this.rule = rule;
        this.entry = entry;
        this.decayed = flags(decayed, layout);
        this.team = team;
        weights = like;
        gradient = like;
        sums = new BlockSums[layout.blocks().size()];
        Arrays.setAll(sums, i -> new BlockSums());
        halves = new Half[] {new Half(0, sums.length), new Half(1, sums.length)};
    }

    /**
     * An update of some of the blocks alone, on this one's buffers: kernels of parts that have no block in common may each be
     * used by a thread of its own.
     *
     * @param first block of the layout
     * @param end the block after the last one
     */
    public UpdateKernel part(int first, int end) {
        UpdateKernel part = new UpdateKernel(layout, rule, entry, decayed, weights, Team.of(1), first, end);
        part.buffers.addAll(buffers);
        return part;
    }

    /**
     * Begins or ends to tell the shares of objective and penalty apart, which needs one more buffer where decay enters the
     * momentum or the first moment. The steps are the same. What the momentum holds already counts as the objective's; of it
     * mu^t is left after t steps.
     */
    public void followShares(boolean follow) {
        if (follow == (shares != null)) {
            return;
        }
        shares = follow ? new StepShares(rule, entry, buffers) : null;
        for (Half each : halves) {
            each.shareLanes = shares == null ? null : shares.new Lanes(CHUNK);
        }
    }

    /**
     * Has the shares of one block's rows told apart by their class, where shares are taken; the steps are the same.
     *
     * @param division null for none
     */
    public void divide(@Nullable RowClasses division) {
        rows = division;
        ofClasses = new BlockSums[division == null ? 0 : division.classes()];
        Arrays.setAll(ofClasses, i -> new BlockSums());
        for (Half each : halves) {
            each.rowSums = division == null
                    ? null
                    : new RowSums(
                            division, layout.blocks().get(division.block()).offset());
        }
    }

    /** The sums of a class of rows in the last step that took shares; those that lengths, angle and comparison need. */
    public BlockSums sumsOfClass(int number) {
        return ofClasses[number];
    }

    /**
     * Changes what decays, from the next step on; not while a step is under way.
     *
     * @param others for each block of the layout, whether decay applies to it
     */
    public void decay(boolean[] others) {
        decayed = flags(others, layout);
    }

    private static boolean[] flags(boolean[] decayed, ParameterLayout layout) {
        if (decayed.length != layout.blocks().size()) {
            throw new IllegalArgumentException(
                    decayed.length + " flags for " + layout.blocks().size() + " blocks");
        }
        return decayed.clone();
    }

    /**
     * The optimiser's buffers, live: momentum, or Adam's first and second moment; with twin buffers those of the weights; then
     * the penalty's part of the first, where shares are followed and it has one.
     */
    public List<FlatArray> buffers() {
        List<FlatArray> all = new ArrayList<>(buffers);
        if (shares != null && shares.shadow() != null) {
            all.add(shares.shadow());
        }
        return all;
    }

    /** Whether decay applies to a block. */
    public boolean isDecayed(int block) {
        return decayed[block];
    }

    /** The sums of the last measured step, one a block of the layout; live. */
    public BlockSums sums(int block) {
        return sums[block];
    }

    /**
     * One update in place, with its sums.
     *
     * @param weights all parameters
     * @param gradient the gradient summed over the mini-batch, without penalty; statistics' blocks hold their change
     * @param settings what is in force at this step
     */
    public void step(FlatArray weights, FlatArray gradient, StepSettings settings) {
        step(weights, gradient, settings, Taking.SUMS);
    }

    /**
     * One update in place, with what is to be taken.
     *
     * @param weights all parameters
     * @param gradient the gradient summed over the mini-batch, without penalty; statistics' blocks hold their change
     * @param settings what is in force at this step
     * @param what to take; shares only where they are {@link #followShares followed}, and of the weights alone
     */
    public void step(FlatArray weights, FlatArray gradient, StepSettings settings, Taking what) {
        taking = what;
        work(weights, gradient, settings, true);
        for (int i = 0; i < sums.length; i++) {
            sums[i].clear();
            for (Half half : halves) {
                sums[i].add(half.sums[i]);
            }
        }
        if (what == Taking.SHARES) {
            for (int i = 0; i < ofClasses.length; i++) {
                ofClasses[i].clear();
                for (Half half : halves) {
                    ofClasses[i].add(half.requireRowSums().of(i));
                }
            }
        }
    }

    /** Has the next steps measure, or no longer measure, what their sums and shares cost. */
    public void time(boolean measure) {
        timed = measure;
    }

    /** What the sums of the last timed step cost, in nanoseconds of the step's time. */
    public long sumsNanos() {
        return together(halves[0].laps.sums(), halves[1].laps.sums());
    }

    /** What the shares of the last timed step cost, in nanoseconds of the step's time. */
    public long sharesNanos() {
        return together(halves[0].laps.shares(), halves[1].laps.shares());
    }

    /** The halves' time: one after the other, or side by side. */
    private long together(long first, long second) {
        return layout.length() < LEAST_FOR_TEAM || team.threads() < 2 ? first + second : Math.max(first, second);
    }

    /** One update in place without the sums, which stay as they were: what a step costs that measures nothing. */
    public void stepUnmeasured(FlatArray weights, FlatArray gradient, StepSettings settings) {
        work(weights, gradient, settings, false);
    }

    private void work(FlatArray ofRun, FlatArray slope, StepSettings inForce, boolean withSums) {
        if (ofRun.getClass() != slope.getClass()) {
            throw new IllegalArgumentException("weights and gradient differ in precision");
        }
        weights = ofRun;
        gradient = slope;
        settings = inForce;
        measured = withSums;
        if (rule instanceof StepRule.Adam adam) {
            correction1 = 1 - StrictMath.pow(adam.beta1(), inForce.count());
            correction2 = 1 - StrictMath.pow(adam.beta2(), inForce.count());
        }
        if (layout.length() < LEAST_FOR_TEAM) {
            halves[0].run();
            halves[1].run();
        } else {
            team.halves(half);
        }
    }

    private void runHalf(int number) {
        halves[number].run();
    }

    /** The first or the second half of every block, cut between chunks. */
    private final class Half {
        private final int number;
        private final BlockSums[] sums;
        private final float[] floatsBefore = new float[CHUNK];
        private final LaneSums lanes = new LaneSums(CHUNK);
        private final double[] doublesBefore = new double[CHUNK];
        private StepShares.@Nullable Lanes shareLanes;
        private @Nullable RowSums rowSums;
        private final Laps laps = new Laps();

        Half(int number, int blocks) {
            this.number = number;
            sums = new BlockSums[blocks];
            Arrays.setAll(sums, i -> new BlockSums());
        }

        RowSums requireRowSums() {
            return Objects.requireNonNull(rowSums, "rows that are not divided");
        }

        /** Of the rows of a block, where they are divided. */
        private @Nullable RowSums rowSums(int block) {
            return rows != null && rows.block() == block ? rowSums : null;
        }

        void run() {
            laps.reset(timed && measured);
            if (rowSums != null) {
                rowSums.clear();
            }
            for (int i = firstBlock; i < endBlock; i++) {
                ParameterBlock block = layout.blocks().get(i);
                sums[i].clear();
                int end = block.offset() + block.length();
                int chunks = (block.length() + CHUNK - 1) / CHUNK;
                int middle = Math.min(end, block.offset() + (chunks + 1) / 2 * CHUNK);
                int first = number == 0 ? block.offset() : middle;
                int last = number == 0 ? middle : end;
                boolean inLanes = measured && last - first >= LEAST_FOR_LANES && weights instanceof FlatArray.OfFloat;
                StepShares.Mix mix = mix(i);
                for (int from = first; from < last; from += CHUNK) {
                    chunk(i, from, Math.min(last, from + CHUNK), inLanes, mix);
                }
                laps.begin();
                if (inLanes) {
                    lanes.empty(settings.gradientScale(), sums[i]);
                    check(first, last, sums[i]);
                    laps.forSums();
                }
                if (mix != null && shareLanes != null && weights instanceof FlatArray.OfFloat) {
                    shareLanes.empty(mix, sums[i]);
                    shareLanes.finish(mix, sums[i]);
                    laps.forShares();
                }
            }
        }

        /** Sums of squares that single precision cannot hold are taken again; nothing that is not finite is missed. */
        private void check(int first, int last, BlockSums sum) {
            float[] w = ((FlatArray.OfFloat) weights).values();
            if (!(sum.weightsAfter > LEAST_OF_LANES && sum.weightsAfter < HARMLESS)) {
                sum.weightsAfter = squares(w, first, last);
            }
            if (!(sum.gradient > LEAST_OF_LANES && sum.gradient < HARMLESS)) {
                double scale = settings.gradientScale();
                sum.gradient = squares(((FlatArray.OfFloat) gradient).values(), first, last) * scale * scale;
            }
            finish(sum, first, last);
        }

        private void chunk(int i, int from, int to, boolean inLanes, StepShares.@Nullable Mix mix) {
            ParameterBlock block = layout.blocks().get(i);
            boolean statistic = block.role() == ParameterBlock.Role.STATISTIC;
            double decay = decay(i);
            double decayStep = decayStep(i);
            if (weights instanceof FlatArray.OfFloat w && gradient instanceof FlatArray.OfFloat g) {
                if (statistic) {
                    move(w.values(), g.values(), from, to, sums[i]);
                    return;
                }
                if (measured || entry.twin()) {
                    laps.begin();
                    System.arraycopy(w.values(), from, floatsBefore, 0, to - from);
                    laps.forSums();
                }
                update(w.values(), g.values(), from, to, decay, decayStep);
                if (entry.twin() && rule instanceof StepRule.Adam adam) {
                    twin(adam, w.values(), floatsBefore, from, to, decay);
                }
                laps.begin();
                if (inLanes) {
                    lanes.add(w.values(), floatsBefore, g.values(), from, to - from, settings.gradientScale(), sums[i]);
                } else if (measured) {
                    measure(w.values(), g.values(), floatsBefore, from, to, sums[i]);
                }
                laps.forSums();
                if (mix != null && shareLanes != null) {
                    if (taking == Taking.SUMS) {
                        shareLanes.follow(floatsBefore, from, to - from, mix);
                    } else {
                        if (!inLanes) {
                            lanes.look(w.values(), g.values(), from, to - from);
                        }
                        shareLanes.add(
                                lanes.after(),
                                floatsBefore,
                                lanes.slope(),
                                from,
                                to - from,
                                mix,
                                taking == Taking.SHARES,
                                rowSums(i),
                                sums[i]);
                    }
                    laps.forShares();
                }
            } else if (weights instanceof FlatArray.OfDouble w && gradient instanceof FlatArray.OfDouble g) {
                if (statistic) {
                    move(w.values(), g.values(), from, to, sums[i]);
                    return;
                }
                if (measured || entry.twin()) {
                    laps.begin();
                    System.arraycopy(w.values(), from, doublesBefore, 0, to - from);
                    laps.forSums();
                }
                update(w.values(), g.values(), from, to, decay, decayStep);
                if (entry.twin() && rule instanceof StepRule.Adam adam) {
                    twin(adam, w.values(), doublesBefore, from, to, decay);
                }
                laps.begin();
                if (measured) {
                    measure(w.values(), g.values(), doublesBefore, from, to, sums[i]);
                    laps.forSums();
                }
                if (mix != null && shares != null) {
                    shares.add(
                            w.values(),
                            doublesBefore,
                            g.values(),
                            from,
                            to,
                            mix,
                            taking == Taking.SHARES,
                            rowSums(i),
                            sums[i]);
                    laps.forShares();
                }
            }
        }
    }

    private double decay(int block) {
        return decayed[block] ? settings.decay() : 0;
    }

    private double decayStep(int block) {
        return decayed[block] && entry.atStep() ? settings.decayStep() : 0;
    }

    /** What the shares of a block are made of in this step; null where they are not followed. */
    private StepShares.@Nullable Mix mix(int block) {
        return shares == null || !measured || layout.blocks().get(block).role() != ParameterBlock.Role.WEIGHT
                ? null
                : shares.mix(settings, decay(block), decayStep(block), correction1, correction2);
    }

    private float[] floats(int buffer) {
        return ((FlatArray.OfFloat) buffers.get(buffer)).values();
    }

    private double[] doubles(int buffer) {
        return ((FlatArray.OfDouble) buffers.get(buffer)).values();
    }

    // The two precisions are written out: Java has no arithmetic over both, and a conversion in the loop costs a fifth
    // of a whole training step.

    private static void move(float[] w, float[] g, int from, int to, BlockSums sum) {
        for (int i = from; i < to; i++) {
            w[i] -= g[i];
            sum.finite += w[i] * 0f;
        }
    }

    private void update(float[] w, float[] g, int from, int to, double lambda, double decayStep) {
        float scale = (float) settings.gradientScale();
        float eta = (float) settings.learningRate();
        float off = (float) decayStep;
        if (rule instanceof StepRule.Momentum momentum) {
            float mu = (float) momentum.momentum();
            float into = entry.intoM() ? (float) lambda : 0;
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
            }
        } else if (rule instanceof StepRule.Adam adam) {
            float[] m = floats(0);
            float[] v = floats(1);
            float b1 = (float) adam.beta1();
            float b2 = (float) adam.beta2();
            float c1 = (float) (1 - adam.beta1());
            float c2 = (float) (1 - adam.beta2());
            float correct1 = (float) (1 / correction1);
            float correct2 = (float) (1 / correction2);
            float epsilon = (float) adam.epsilon();
            float intoM = entry.intoM() ? (float) lambda : 0;
            float intoV = entry.intoV() ? (float) lambda : 0;
            float divided = entry.beforeDivision() ? (float) lambda : 0;
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
        }
    }

    /** The penalty's own Adam step, of what the weights were before this step; the objective's has been taken. */
    private void twin(StepRule.Adam adam, float[] w, float[] before, int from, int to, double lambda) {
        float[] m = floats(2);
        float[] v = floats(3);
        float b1 = (float) adam.beta1();
        float b2 = (float) adam.beta2();
        float c1 = (float) (1 - adam.beta1());
        float c2 = (float) (1 - adam.beta2());
        float correct1 = (float) (1 / correction1);
        float correct2 = (float) (1 / correction2);
        float epsilon = (float) adam.epsilon();
        float length = (float) (settings.learningRate() * lambda);
        for (int i = from; i < to; i++) {
            float old = before[i - from];
            float first = b1 * m[i] + c1 * old;
            float second = b2 * v[i] + c2 * old * old;
            m[i] = first;
            v[i] = second;
            float u = first * correct1 / ((float) Math.sqrt(second * correct2) + epsilon);
            w[i] -= length * (second == 0 ? 0 : u);
        }
    }

    /** Four sums of each kind side by side: one after the other would wait for every addition. */
    private void measure(float[] w, float[] g, float[] before, int from, int to, BlockSums sum) {
        double scale = (float) settings.gradientScale();
        double previous = 0;
        double previous2 = 0;
        double previous3 = 0;
        double previous4 = 0;
        double slope = 0;
        double slope2 = 0;
        double slope3 = 0;
        double slope4 = 0;
        double change = 0;
        double change2 = 0;
        double change3 = 0;
        double change4 = 0;
        double product = 0;
        double product2 = 0;
        double product3 = 0;
        double product4 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            double old = before[i - from];
            double d = w[i] - old;
            double g1 = g[i];
            previous = Math.fma(old, old, previous);
            slope = Math.fma(g1, g1, slope);
            change = Math.fma(d, d, change);
            product = Math.fma(old, d, product);
            double old2 = before[i + 1 - from];
            double d2 = w[i + 1] - old2;
            double g2 = g[i + 1];
            previous2 = Math.fma(old2, old2, previous2);
            slope2 = Math.fma(g2, g2, slope2);
            change2 = Math.fma(d2, d2, change2);
            product2 = Math.fma(old2, d2, product2);
            double old3 = before[i + 2 - from];
            double d3 = w[i + 2] - old3;
            double g3 = g[i + 2];
            previous3 = Math.fma(old3, old3, previous3);
            slope3 = Math.fma(g3, g3, slope3);
            change3 = Math.fma(d3, d3, change3);
            product3 = Math.fma(old3, d3, product3);
            double old4 = before[i + 3 - from];
            double d4 = w[i + 3] - old4;
            double g4 = g[i + 3];
            previous4 = Math.fma(old4, old4, previous4);
            slope4 = Math.fma(g4, g4, slope4);
            change4 = Math.fma(d4, d4, change4);
            product4 = Math.fma(old4, d4, product4);
        }
        for (; i < to; i++) {
            double old = before[i - from];
            double d = w[i] - old;
            double g1 = g[i];
            previous = Math.fma(old, old, previous);
            slope = Math.fma(g1, g1, slope);
            change = Math.fma(d, d, change);
            product = Math.fma(old, d, product);
        }
        double squares = previous + previous2 + (previous3 + previous4);
        double changes = change + change2 + (change3 + change4);
        double products = product + product2 + (product3 + product4);
        sum.weightsBefore += squares;
        sum.gradient += (slope + slope2 + (slope3 + slope4)) * scale * scale;
        sum.change += changes;
        sum.weightsTimesChange += products;
        sum.weightsAfter += squares + 2 * products + changes;
        finish(sum, from, to);
    }

    /** Whether everything is finite: a weight that is not shows in the sum, a buffer's is looked for where it can be. */
    private void finish(BlockSums sum, int from, int to) {
        sum.finite += sum.weightsAfter * 0;
        if (!(sum.weightsAfter < HARMLESS && sum.gradient < HARMLESS)) {
            for (FlatArray buffer : buffers) {
                sum.finite += buffer instanceof FlatArray.OfFloat values
                        ? unfinite(values.values(), from, to)
                        : unfinite(((FlatArray.OfDouble) buffer).values(), from, to);
            }
        }
    }

    private static double squares(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }

    /** 0 where all values are finite, NaN otherwise. */
    private static double unfinite(float[] values, int from, int to) {
        double result = 0;
        for (int i = from; i < to; i++) {
            result += values[i] * 0;
        }
        return result;
    }

    private static void move(double[] w, double[] g, int from, int to, BlockSums sum) {
        for (int i = from; i < to; i++) {
            w[i] -= g[i];
            sum.finite += w[i] * 0;
        }
    }

    private void update(double[] w, double[] g, int from, int to, double lambda, double decayStep) {
        double scale = settings.gradientScale();
        double eta = settings.learningRate();
        double off = decayStep;
        if (rule instanceof StepRule.Momentum momentum) {
            double mu = momentum.momentum();
            double into = entry.intoM() ? lambda : 0;
            if (mu == 0) {
                for (int i = from; i < to; i++) {
                    double old = w[i];
                    w[i] = old - eta * (g[i] * scale + into * old) - off * old;
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
                    w[i] = old - eta * (ahead * velocity + now * forM) - off * old;
                }
            }
        } else if (rule instanceof StepRule.Adam adam) {
            double[] m = doubles(0);
            double[] v = doubles(1);
            double intoM = entry.intoM() ? lambda : 0;
            double intoV = entry.intoV() ? lambda : 0;
            double divided = entry.beforeDivision() ? lambda : 0;
            for (int i = from; i < to; i++) {
                double old = w[i];
                double gi = g[i] * scale;
                double forV = gi + intoV * old;
                double first = adam.beta1() * m[i] + (1 - adam.beta1()) * (gi + intoM * old);
                double second = adam.beta2() * v[i] + (1 - adam.beta2()) * forV * forV;
                m[i] = first;
                v[i] = second;
                double u = (first / correction1 + divided * old) / (Math.sqrt(second / correction2) + adam.epsilon());
                w[i] = old - eta * (second == 0 ? 0 : u) - off * old;
            }
        }
    }

    /** The penalty's own Adam step, of what the weights were before this step; the objective's has been taken. */
    private void twin(StepRule.Adam adam, double[] w, double[] before, int from, int to, double lambda) {
        double[] m = doubles(2);
        double[] v = doubles(3);
        double length = settings.learningRate() * lambda;
        for (int i = from; i < to; i++) {
            double old = before[i - from];
            double first = adam.beta1() * m[i] + (1 - adam.beta1()) * old;
            double second = adam.beta2() * v[i] + (1 - adam.beta2()) * old * old;
            m[i] = first;
            v[i] = second;
            double u = first / correction1 / (Math.sqrt(second / correction2) + adam.epsilon());
            w[i] -= length * (second == 0 ? 0 : u);
        }
    }

    /** Four sums of each kind side by side: one after the other would wait for every addition. */
    private void measure(double[] w, double[] g, double[] before, int from, int to, BlockSums sum) {
        double scale = settings.gradientScale();
        double previous = 0;
        double previous2 = 0;
        double previous3 = 0;
        double previous4 = 0;
        double slope = 0;
        double slope2 = 0;
        double slope3 = 0;
        double slope4 = 0;
        double change = 0;
        double change2 = 0;
        double change3 = 0;
        double change4 = 0;
        double product = 0;
        double product2 = 0;
        double product3 = 0;
        double product4 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            double old = before[i - from];
            double d = w[i] - old;
            double g1 = g[i];
            previous = Math.fma(old, old, previous);
            slope = Math.fma(g1, g1, slope);
            change = Math.fma(d, d, change);
            product = Math.fma(old, d, product);
            double old2 = before[i + 1 - from];
            double d2 = w[i + 1] - old2;
            double g2 = g[i + 1];
            previous2 = Math.fma(old2, old2, previous2);
            slope2 = Math.fma(g2, g2, slope2);
            change2 = Math.fma(d2, d2, change2);
            product2 = Math.fma(old2, d2, product2);
            double old3 = before[i + 2 - from];
            double d3 = w[i + 2] - old3;
            double g3 = g[i + 2];
            previous3 = Math.fma(old3, old3, previous3);
            slope3 = Math.fma(g3, g3, slope3);
            change3 = Math.fma(d3, d3, change3);
            product3 = Math.fma(old3, d3, product3);
            double old4 = before[i + 3 - from];
            double d4 = w[i + 3] - old4;
            double g4 = g[i + 3];
            previous4 = Math.fma(old4, old4, previous4);
            slope4 = Math.fma(g4, g4, slope4);
            change4 = Math.fma(d4, d4, change4);
            product4 = Math.fma(old4, d4, product4);
        }
        for (; i < to; i++) {
            double old = before[i - from];
            double d = w[i] - old;
            double g1 = g[i];
            previous = Math.fma(old, old, previous);
            slope = Math.fma(g1, g1, slope);
            change = Math.fma(d, d, change);
            product = Math.fma(old, d, product);
        }
        double squares = previous + previous2 + (previous3 + previous4);
        double changes = change + change2 + (change3 + change4);
        double products = product + product2 + (product3 + product4);
        sum.weightsBefore += squares;
        sum.gradient += (slope + slope2 + (slope3 + slope4)) * scale * scale;
        sum.change += changes;
        sum.weightsTimesChange += products;
        sum.weightsAfter += squares + 2 * products + changes;
        finish(sum, from, to);
    }

    /** 0 where all values are finite, NaN otherwise. */
    private static double unfinite(double[] values, int from, int to) {
        double result = 0;
        for (int i = from; i < to; i++) {
            result += values[i] * 0;
        }
        return result;
    }
}
