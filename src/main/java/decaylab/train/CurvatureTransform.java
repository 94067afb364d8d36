package decaylab.train;

import decaylab.data.Batches;
import decaylab.data.DataSet;
import decaylab.experiment.Curvature;
import decaylab.experiment.CurvatureSpec;
import decaylab.experiment.Experiment;
import decaylab.net.KroneckerFactors;
import decaylab.net.OutputErrors;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.optim.UpdateKernel;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.List;

/**
 * K-FAC as a transform of a run's gradient (Martens and Grosse, "Optimizing Neural Networks with Kronecker-factored Approximate
 * Curvature", ICML 2015; Zhang, Wang, Xu and Grosse, "Three Mechanisms of Weight Decay Regularization", ICLR 2019). The order of a
 * step is: gradient; with l2, plus lambda w; times the inverse curvature; momentum; step, at which decoupled decay is taken
 * off. Running factors begin as the mean over up to {@link #FIRST_BATCHES} mini-batches of the training set at the first
 * parameters; from then on the mini-batch of a step is blended in. What is drawn at the outputs comes from streams of their own.
 */
public final class CurvatureTransform {
    /** Mini-batches of the training set, at most an epoch, that the factors begin with. */
    static final int FIRST_BATCHES = 64;

    /** Above this a factor alone would take a gigabyte and minutes to invert. */
    private static final int MOST_INPUTS = 8_192;

    private final CurvatureSpec spec;
    private final DataSet data;
    private final Batches batches;
    private final TrainableNetwork network;
    private final KroneckerFactors factors;
    private final CounterRandom random;
    private final CounterRandom randomAtFirst;
    private final double[] plain;

    /** @param network of the experiment, shared with the objective */
    CurvatureTransform(Experiment experiment, DataSet data, Batches batches, TrainableNetwork network) {
        spec = experiment.optimizer().curvature();
        this.data = data;
        this.batches = batches;
        this.network = network;
        for (ParameterBlock block : network.layout().weights()) {
            int most = Math.max(block.fanIn(), block.length() / block.fanIn());
            if (most > MOST_INPUTS) {
                throw new BadInputException("optimizer.curvature is " + spec.kind() + ", but layer " + block.layer()
                        + " has " + most + " inputs or units, more than the " + MOST_INPUTS
                        + " whose curvature can be inverted; make network.widths smaller, or set optimizer.curvature to "
                        + "none.");
            }
        }
        factors = network.kroneckerFactors();
        random = CounterRandom.of(experiment.seed(), "curvature");
        randomAtFirst = CounterRandom.of(experiment.seed(), "curvature at first");
        plain = new double[network.layout().blocks().size()];
    }

    /** Running factors and inverses, live. */
    List<FlatArray> state() {
        return factors.state();
    }

    void restore(List<FlatArray> state) {
        factors.restore(state);
    }

    /**
     * Estimates and inverts where it is time; the network has the step's parameters.
     *
     * @param inputs the step's mini-batch; only the first size rows are read
     */
    void observe(long step, float[] inputs, int size) {
        if (step == 0) {
            begin(inputs.length);
        } else if (step % spec.every() == 0) {
            network.tap(
                    inputs,
                    size,
                    errors(spec.kind(), random.split(step), size, network.task().classes()),
                    factors);
            factors.blend(spec.average(), 1 - spec.average());
        }
        if (step % spec.inverseEvery() == 0) {
            factors.invert(spec.damping());
        }
    }

    private void begin(int room) {
        int[] indices = new int[batches.maxSize()];
        float[] inputs = new float[room];
        int[] labels = new int[batches.maxSize()];
        int count = (int) Math.min(batches.stepsPerEpoch(), FIRST_BATCHES);
        for (int i = 0; i < count; i++) {
            int size = batches.size(i);
            batches.indices(i, indices);
            data.gatherTrain(indices, size, inputs, labels);
            network.tap(
                    inputs,
                    size,
                    errors(
                            spec.kind(),
                            randomAtFirst.split(i),
                            size,
                            network.task().classes()),
                    factors);
            factors.blend(i == 0 ? 0 : 1, 1.0 / count);
        }
    }

    /** What is sent back from the outputs of some rows. */
    static OutputErrors errors(Curvature curvature, CounterRandom random, int rows, int classes) {
        double[] noise = new double[OutputErrors.length(curvature, rows, classes)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = curvature == Curvature.FISHER ? random.nextDouble() : random.nextGaussian();
        }
        return new OutputErrors(curvature, noise);
    }

    /**
     * Replaces the summed gradient of a mini-batch by the direction of the step.
     *
     * @param scale what the sum is multiplied by first
     * @param penalty lambda of l2, which is added before the inverse curvature; 0 for none
     * @param learningRate of the step, for the bound on its length
     * @param kernel that knows what decays
     */
    void apply(
            FlatArray parameters,
            FlatArray gradient,
            double scale,
            double penalty,
            double learningRate,
            UpdateKernel kernel) {
        List<ParameterBlock> blocks = network.layout().blocks();
        for (int b = 0; b < plain.length; b++) {
            ParameterBlock block = blocks.get(b);
            if (block.role() == Role.STATISTIC) {
                continue;
            }
            double lambda = kernel.isDecayed(b) ? penalty : 0;
            double squares = 0;
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                double slope = gradient.get(i) * scale;
                squares += slope * slope;
                gradient.set(i, lambda == 0 ? slope : slope + lambda * parameters.get(i));
            }
            plain[b] = squares;
        }
        if (spec.klClip() == 0) {
            factors.precondition(gradient);
        } else {
            FlatArray before = gradient.copy();
            factors.precondition(gradient);
            shorten(before, gradient, learningRate);
        }
    }

    /** Multiplies the direction by min(1, sqrt(kappa / (eta^2 g^T C^-1 g))). */
    private void shorten(FlatArray before, FlatArray direction, double learningRate) {
        List<ParameterBlock> blocks = network.layout().blocks();
        double product = 0;
        for (ParameterBlock block : blocks) {
            if (block.role() == Role.STATISTIC) {
                continue;
            }
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                product += before.get(i) * direction.get(i);
            }
        }
        double factor = Math.sqrt(spec.klClip() / (learningRate * learningRate * product));
        if (!(factor < 1)) {
            return;
        }
        for (ParameterBlock block : blocks) {
            if (block.role() == Role.STATISTIC) {
                continue;
            }
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                direction.set(i, factor * direction.get(i));
            }
        }
    }

    /** The squared norm of the plain mean gradient in a block of the layout, without penalty, at the last step. */
    double squaredGradient(int block) {
        return plain[block];
    }
}
