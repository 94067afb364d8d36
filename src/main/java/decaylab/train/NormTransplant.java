package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.experiment.Normalization;
import decaylab.experiment.TransplantSpec;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.Rescaling;
import decaylab.net.LayerNames;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.optim.ParameterLayout;
import decaylab.optim.UpdateKernel;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rescales normalised layers to the norms of another run (Zhang, Wang, Xu and Grosse, "Three Mechanisms of Weight Decay
 * Regularization", ICLR 2019): with s = N / ||W||, W becomes s W, the running mean s times and the running variance s^2 times
 * itself, so that the network tells the same; where it is asked for the momentum is divided by s, as the gradient is. The paper
 * does not say what becomes of the momentum.
 */
public final class NormTransplant {
    private final TransplantSpec spec;
    private final ParameterLayout layout;

    /** @throws BadInputException where the network has not such layers, or they are not normalised */
    NormTransplant(TransplantSpec spec, ParameterLayout layout) {
        this.spec = spec;
        this.layout = layout;
        List<String> possible = layout.weights().stream()
                .filter(ParameterBlock::normalized)
                .map(ParameterBlock::layer)
                .toList();
        for (String layer : spec.norms().keySet()) {
            if (!possible.contains(layer)) {
                throw new BadInputException("decay.transplant.norms has " + layer
                        + ", which is no normalised layer of this network; "
                        + (possible.isEmpty()
                                ? "it has none: set network.normalization to batch."
                                : "those are " + String.join(", ", possible) + "."));
            }
        }
    }

    /**
     * Rescales where it is time.
     *
     * @param step that was done
     * @param kernel whose sums of the step tell the norms, and are corrected
     */
    void apply(long step, FlatArray parameters, UpdateKernel kernel) {
        if (!spec.isDue(step)) {
            return;
        }
        List<ParameterBlock> blocks = layout.blocks();
        for (int b = 0; b < blocks.size(); b++) {
            ParameterBlock block = blocks.get(b);
            if (block.role() != Role.WEIGHT || !spec.norms().containsKey(block.layer())) {
                continue;
            }
            double wanted = spec.norm(block.layer(), step);
            double s = wanted / Math.sqrt(squares(parameters, block));
            if (!(s > 0 && s < Double.POSITIVE_INFINITY)) {
                continue; // there is nothing to rescale, or the run has diverged
            }
            Rescaling.apply(layout, parameters, block.layer(), s);
            if (spec.buffers()) {
                List<FlatArray> buffers = kernel.buffers();
                for (int i = 0; i < buffers.size(); i++) {
                    scale(buffers.get(i), block, i == 0 ? 1 / s : 1 / (s * s)); // Adam's second one is of squares
                }
            }
            kernel.sums(b).weightsAfter = wanted * wanted;
        }
    }

    private static void scale(FlatArray values, ParameterBlock block, double factor) {
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            values.set(i, factor * values.get(i));
        }
    }

    private static double squares(FlatArray values, ParameterBlock block) {
        double sum = 0;
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            sum += values.get(i) * values.get(i);
        }
        return sum;
    }

    /**
     * An experiment without decay that takes the norms of a run at the end of each of its epochs.
     *
     * @param experiment with the same network as the run's
     * @param of the run's experiment
     * @param log of the run
     * @param source what the run is called in messages
     * @param buffers whether the momentum is divided, as {@link TransplantSpec} has it
     * @throws BadInputException where the run has no normalised layers, no epoch of it is whole, or it ended before the experiment will
     */
    public static Experiment with(Experiment experiment, Experiment of, SampleLog log, String source, boolean buffers) {
        List<String> layers = LayerNames.of(of.network());
        long perEpoch = firstOfEpoch(log);
        if (perEpoch == 0) {
            throw new BadInputException(source + " has " + log.rows()
                    + " steps, less than an epoch of which norms could be " + "taken; train it for longer.");
        }
        Map<String, List<Double>> norms = new LinkedHashMap<>();
        for (String layer : layers) {
            if (of.network().normalization() == Normalization.NONE
                    || layer.equals(LayerNames.OUTPUT)
                    || layer.equals(LayerNames.EMBEDDING)) {
                continue;
            }
            int place = log.place(Metric.of(Quantity.LAYER_NORM, layer)).orElseThrow();
            List<Double> values = new ArrayList<>();
            for (long row = perEpoch - 1; row < log.rows(); row += perEpoch) {
                values.add(log.value(place, row));
            }
            norms.put(layer, values);
        }
        if (norms.isEmpty()) {
            throw new BadInputException(source + " has no normalised layer, so that a layer's size is not only a "
                    + "learning rate; choose a run whose network.normalization is batch or batch-affine.");
        }
        long held = perEpoch * (log.rows() / perEpoch);
        if (held <= experiment.steps() - perEpoch || perEpoch > experiment.steps()) {
            throw new BadInputException(source + " has norms after every " + perEpoch + " steps up to step " + held
                    + ", and the experiment has " + experiment.steps() + " steps; set steps to between " + perEpoch
                    + " and " + held
                    + ", or take a run that went to its end.");
        }
        return experiment.withTransplant(new TransplantSpec(Math.toIntExact(perEpoch), norms, buffers));
    }

    /** The first row of the second epoch; 0 where there is none: the steps of an epoch. */
    private static long firstOfEpoch(SampleLog log) {
        for (long row = 0; row < log.rows(); row++) {
            if (log.value(Quantity.EPOCH, row) > 0) {
                return row;
            }
        }
        return 0;
    }
}
