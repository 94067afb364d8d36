package decaylab.train;

import decaylab.experiment.DecaySpec;
import decaylab.experiment.Experiment;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.optim.StepRule;
import decaylab.optim.UpdateKernel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large the buffers of an optimiser are between two steps, in one layer or in all matrices but the last layer's.
 *
 * @param step how many steps were done
 * @param decayedNorm length of those weights that decay
 * @param first length of the momentum, or of Adam's m; NaN where there is none
 * @param typicalRoot root mean square of the corrected v, which is the typical divisor; NaN where there is none
 * @param unmoved fraction of the weights whose v is exactly 0, for which {@link UpdateKernel} makes no step; NaN without v
 * @param twinFirst length of the weights' own m; NaN without
 * @param twinTypicalRoot root mean square of the weights' own corrected v; NaN without
 */
public record BufferLook(
        long step,
        double decayedNorm,
        double first,
        double typicalRoot,
        double unmoved,
        double twinFirst,
        double twinTypicalRoot) {
    /**
     * Looks at the buffers of a checkpoint.
     *
     * @param decay in force, which says what decays
     * @param layer null for all but the last
     */
    static BufferLook of(
            Experiment experiment,
            ParameterLayout layout,
            Checkpoint checkpoint,
            DecaySpec decay,
            @Nullable String layer) {
        boolean[] decays = DecayMask.of(layout, decay);
        Sum weights = new Sum();
        Sum[] buffers = new Sum[experiment.buffers()];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = new Sum();
        }
        for (int i = 0; i < decays.length; i++) {
            ParameterBlock block = layout.blocks().get(i);
            boolean chosen = layer == null ? !block.last() : block.layer().equals(layer);
            if (block.role() != ParameterBlock.Role.WEIGHT || !chosen) {
                continue;
            }
            if (decays[i]) {
                weights.addSquares(checkpoint.parameters(), block);
            }
            for (int b = 0; b < buffers.length; b++) {
                boolean second = experiment.optimizer().rule() instanceof StepRule.Adam && b % 2 == 1;
                buffers[b].add(checkpoint.buffers().get(b), block, second);
            }
        }
        boolean adam = experiment.optimizer().rule() instanceof StepRule.Adam;
        double correction =
                adam ? 1 - StrictMath.pow(experiment.optimizer().beta2(), Math.max(1, checkpoint.step())) : Double.NaN;
        List<Sum> all = List.of(buffers);
        return new BufferLook(
                checkpoint.step(),
                weights.root(),
                all.isEmpty() ? Double.NaN : all.get(0).root(),
                adam ? all.get(1).meanRoot(correction) : Double.NaN,
                adam ? (double) all.get(1).zeros / all.get(1).count : Double.NaN,
                all.size() > 2 ? all.get(2).root() : Double.NaN,
                all.size() > 2 ? all.get(3).meanRoot(correction) : Double.NaN);
    }

    /** Of squares, or of what is a square already. */
    private static final class Sum {
        private double sum;
        private long count;
        private long zeros;

        void addSquares(FlatArray values, ParameterBlock block) {
            add(values, block, false);
        }

        void add(FlatArray values, ParameterBlock block, boolean squares) {
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                double value = values.get(i);
                sum += squares ? value : value * value;
                zeros += value == 0 ? 1 : 0;
            }
            count += block.length();
        }

        double root() {
            return Math.sqrt(sum);
        }

        double meanRoot(double correction) {
            return Math.sqrt(sum / count / correction);
        }
    }
}
