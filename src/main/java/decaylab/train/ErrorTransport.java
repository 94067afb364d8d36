package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.experiment.FeedbackKind;
import decaylab.instrument.SampleLog;
import decaylab.net.FeedbackPath;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The matrices that carry the error of a run in place of its weights, and how they learn (Akrout et al., "Deep Learning without
 * Weight Transport", NeurIPS 2019). Under Kolen and Pollack's rule B takes the step of W^T: the same gradient, the same rule, the
 * same decay of the same layers. With D = W - B^T the gradient cancels, so that D_t is D_0 times a number that no data has a
 * part in: prod (1 - eta_t lambda_t) for a decoupled decay; for l2 with momentum that of a ball on a parabola of curvature lambda.
 * It is computed by the update itself, of one weight without gradient a layer.
 */
final class ErrorTransport implements AutoCloseable {
    private final Experiment experiment;
    private final FeedbackKind kind;
    private final FeedbackPath path;
    private final ParameterLayout layout;
    private final FlatArray matrices;
    private final CounterRandom noise;
    private final @Nullable Follower follower;
    /** ||W - B^T||^2 of each matrix at the start. */
    private final double[] startDifferences;

    private final List<String> layers;
    private final int[] widths;

    /**
     * @param experiment with feedback of its own
     * @param network that it is laid into, before its first batch
     * @param team does the work; it stays the caller's to close
     */
    ErrorTransport(Experiment experiment, TrainableNetwork network, Team team) {
        this.experiment = experiment;
        kind = experiment.feedback().kind();
        path = new FeedbackPath(network, experiment.feedback(), experiment.batchSize(), team);
        layout = path.layout();
        matrices = path.initial(experiment.seed());
        noise = CounterRandom.of(experiment.seed(), "mirror");
        follower = kind == FeedbackKind.KOLEN_POLLACK ? new Follower(network.layout(), team) : null;
        FlatArray start = network.initialParameters(
                experiment.seed(), experiment.feedback().startVariance());
        startDifferences = new double[layout.blocks().size()];
        Arrays.setAll(startDifferences, i -> path.isComparable(i) ? compare(start, i)[3] : 0);
        layers = network.layout().weights().stream().map(ParameterBlock::layer).toList();
        widths = experiment.network().widths().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        path.load(matrices);
    }

    /** Before the gradient of a step, at the parameters that the network loaded: mirror mode, and the matrices that result. */
    void begin(long step) {
        if (kind == FeedbackKind.MIRROR) {
            CounterRandom ofStep = noise.split(step);
            for (int pass = 0; pass < experiment.feedback().mirrorPasses(); pass++) {
                path.mirror(matrices, ofStep.split(pass));
            }
        }
        load();
    }

    private void load() {
        if (kind == FeedbackKind.MIRROR || kind == FeedbackKind.KOLEN_POLLACK) {
            path.load(matrices);
        }
    }

    /**
     * After the update of a step: the same to the matrices, where they follow.
     *
     * @param gradient of the parameters, as the update took it
     * @param settings in force at the step
     * @param decays whether a block of the parameters decays
     */
    void follow(FlatArray gradient, StepSettings settings, IntPredicate decays) {
        if (follower != null) {
            follower.step(gradient, settings, decays);
        }
    }

    /** What is no function of the step, live. */
    List<FlatArray> state() {
        List<FlatArray> state = new ArrayList<>();
        if (kind == FeedbackKind.MIRROR || follower != null) {
            state.add(matrices);
        }
        if (follower != null) {
            state.addAll(follower.kernel.buffers());
            state.add(follower.line);
            state.addAll(follower.lineKernel.buffers());
        }
        return state;
    }

    /** Takes over a state that {@link #state} told. */
    void restore(List<FlatArray> from) {
        List<FlatArray> own = state();
        for (int i = 0; i < own.size(); i++) {
            own.get(i).assign(from.get(i));
        }
        load();
    }

    /**
     * Angles between the errors at the hidden layers as the matrices carry them and as the weights would, in degrees, mean over
     * the rows.
     *
     * @param rows of the mini-batch
     * @param gradient has the network take the gradient of the last mini-batch at the parameters that it loaded last
     */
    double[] errorAngles(int rows, Runnable gradient) {
        double[][] exact = new double[widths.length][];
        double[][] carried = new double[widths.length][];
        Arrays.setAll(exact, i -> new double[rows * widths[i]]);
        Arrays.setAll(carried, i -> new double[rows * widths[i]]);
        load();
        path.carryExactly(true);
        errors(exact, gradient);
        path.carryExactly(false);
        errors(carried, gradient);
        double[] angles = new double[widths.length];
        Arrays.setAll(angles, i -> meanAngle(exact[i], carried[i], rows));
        return angles;
    }

    /**
     * Compares the matrices with the weights.
     *
     * @param parameters as they are after a step
     * @param angles of the errors at the hidden layers; none where they were not compared
     * @return each weight layer's figures in their order, then the network's
     */
    List<Alignment> measure(FlatArray parameters, double[] angles) {
        List<Alignment> all = new ArrayList<>();
        double[] sums = new double[4];
        double wanted = 0;
        double before = 0;
        for (int i = 0; i < layers.size(); i++) {
            double errorAngle = i < angles.length ? angles[i] : SampleLog.EMPTY;
            if (i == 0 || !path.isComparable(i - 1)) {
                all.add(new Alignment(layers.get(i), SampleLog.EMPTY, SampleLog.EMPTY, SampleLog.EMPTY, errorAngle));
                continue;
            }
            double[] own = compare(parameters, i - 1);
            all.add(figures(own, i - 1, errorAngle));
            for (int j = 0; j < sums.length; j++) {
                sums[j] += own[j];
            }
            before += startDifferences[i - 1];
            double line = line(i - 1);
            wanted += line * line * startDifferences[i - 1];
        }
        all.add(new Alignment(
                null,
                angle(sums),
                Math.sqrt(sums[3] / before),
                follower == null ? SampleLog.EMPTY : Math.sqrt(wanted / before),
                Arrays.stream(angles).average().orElse(SampleLog.EMPTY)));
        return all;
    }

    private void errors(double[][] into, Runnable gradient) {
        gradient.run();
        for (int i = 0; i < into.length; i++) {
            path.errors(i, into[i]);
        }
    }

    private Alignment figures(double[] sums, int block, double errorAngle) {
        return new Alignment(
                layout.blocks().get(block).layer(),
                angle(sums),
                Math.sqrt(sums[3] / startDifferences[block]),
                line(block),
                errorAngle);
    }

    private double line(int block) {
        return follower == null ? SampleLog.EMPTY : Math.abs(follower.line.get(block));
    }

    /** ||W||^2, ||B||^2, their product and ||W - B^T||^2 of a matrix. */
    private double[] compare(FlatArray parameters, int block) {
        ParameterBlock own = layout.blocks().get(block);
        int from = path.replaced(block).offset() - own.offset();
        double[] sums = new double[4];
        for (int i = own.offset(); i < own.offset() + own.length(); i++) {
            double w = parameters.get(from + i);
            double b = matrices.get(i);
            sums[0] += w * w;
            sums[1] += b * b;
            sums[2] += w * b;
            sums[3] += (w - b) * (w - b);
        }
        return sums;
    }

    private static double angle(double[] sums) {
        return degrees(sums[2], sums[0], sums[1]);
    }

    private static double degrees(double product, double squareOfOne, double squareOfOther) {
        double cosine = product / Math.sqrt(squareOfOne * squareOfOther);
        return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
    }

    /** Mean over the rows; those where there is no error at all are left out. */
    private static double meanAngle(double[] one, double[] other, int rows) {
        int width = one.length / rows;
        double sum = 0;
        int count = 0;
        for (int row = 0; row < rows; row++) {
            double product = 0;
            double ofOne = 0;
            double ofOther = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                product += one[i] * other[i];
                ofOne += one[i] * one[i];
                ofOther += other[i] * other[i];
            }
            if (ofOne > 0 && ofOther > 0) {
                sum += degrees(product, ofOne, ofOther);
                count++;
            }
        }
        return count == 0 ? SampleLog.EMPTY : sum / count;
    }

    /**
     * The matrices and the weights as they are, to be drawn.
     *
     * @param update how many updates were done
     */
    FeedbackScene scene(FlatArray parameters, long update) {
        List<FeedbackScene.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < layout.blocks().size(); i++) {
            if (path.isComparable(i)) {
                pairs.add(pair(parameters, i));
            }
        }
        return new FeedbackScene(update, pairs);
    }

    private FeedbackScene.Pair pair(FlatArray parameters, int block) {
        ParameterBlock own = layout.blocks().get(block);
        int offset = path.replaced(block).offset();
        int units = own.length() / own.fanIn();
        int everyUnit = (units + FeedbackScene.MOST - 1) / FeedbackScene.MOST;
        int everyInput = (own.fanIn() + FeedbackScene.MOST - 1) / FeedbackScene.MOST;
        int rows = (units + everyUnit - 1) / everyUnit;
        int columns = (own.fanIn() + everyInput - 1) / everyInput;
        float[] weights = new float[rows * columns];
        float[] feedback = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int place = row * everyUnit * own.fanIn() + column * everyInput;
                weights[row * columns + column] = (float) parameters.get(offset + place);
                feedback[row * columns + column] = (float) matrices.get(own.offset() + place);
            }
        }
        Alignment figures = figures(compare(parameters, block), block, SampleLog.EMPTY);
        return new FeedbackScene.Pair(own.layer(), rows, columns, everyUnit, everyInput, weights, feedback, figures);
    }

    @Override
    public void close() {
        path.close();
    }

    /** Does to the matrices what is done to the weights, and to one weight without gradient for each. */
    private final class Follower {
        private final UpdateKernel kernel;
        private final FlatArray slope;
        private final UpdateKernel lineKernel;
        private final FlatArray line;
        private final FlatArray noSlope;
        /** The matrices' weights among all blocks of the parameters. */
        private final int[] places;

        private final boolean[] decayed;

        Follower(ParameterLayout parameters, Team team) {
            int count = layout.blocks().size();
            places = new int[count];
            Arrays.setAll(places, i -> parameters.blocks().indexOf(path.replaced(i)));
            decayed = new boolean[count];
            slope = matrices.zeros(layout.length());
            List<ParameterBlock> single = new ArrayList<>();
            for (ParameterBlock block : layout.blocks()) {
                single.add(new ParameterBlock(
                        block.layer(), ParameterBlock.Role.WEIGHT, single.size(), 1, 1, false, block.last()));
            }
            noSlope = new FlatArray.OfDouble(new double[count]);
            line = noSlope.copy();
            for (int i = 0; i < count; i++) {
                line.set(i, 1);
            }
            kernel = kernel(layout, matrices, team);
            lineKernel = kernel(new ParameterLayout(single), line, team);
        }

        private UpdateKernel kernel(ParameterLayout of, FlatArray like, Team team) {
            return new UpdateKernel(
                    of, experiment.optimizer().rule(), experiment.decay().entry(), decayed, like, team);
        }

        void step(FlatArray gradient, StepSettings settings, IntPredicate decays) {
            boolean changed = false;
            for (int i = 0; i < places.length; i++) {
                boolean now = decays.test(places[i]);
                changed |= now != decayed[i];
                decayed[i] = now;
                ParameterBlock own = layout.blocks().get(i);
                copy(gradient, path.replaced(i).offset(), slope, own.offset(), own.length());
            }
            if (changed) {
                kernel.decay(decayed);
                lineKernel.decay(decayed);
            }
            kernel.stepUnmeasured(matrices, slope, settings);
            lineKernel.stepUnmeasured(line, noSlope, settings);
        }
    }

    private static void copy(FlatArray from, int first, FlatArray to, int place, int length) {
        if (from instanceof FlatArray.OfFloat source && to instanceof FlatArray.OfFloat target) {
            System.arraycopy(source.values(), first, target.values(), place, length);
        } else if (from instanceof FlatArray.OfDouble source && to instanceof FlatArray.OfDouble target) {
            System.arraycopy(source.values(), first, target.values(), place, length);
        }
    }
}
