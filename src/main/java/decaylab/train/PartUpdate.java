package decaylab.train;

import decaylab.net.NetworkPart;
import decaylab.optim.BlockSums;
import decaylab.optim.FlatArray;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;

/** The update of one part's own parameters, by the lab's kernel; keeps the sums of its last steps. For one thread; sums are read by another after their step. */
final class PartUpdate {
    private final NetworkPart part;
    private final UpdateKernel kernel;
    private final FlatArray parameters;
    private final FlatArray gradient;
    private final BlockSums[][] kept;

    /**
     * @param whole the run's kernel, whose buffers are used
     * @param parameters of the whole network
     * @param gradient of the whole network
     * @param steps how many steps' sums are kept
     */
    PartUpdate(NetworkPart part, UpdateKernel whole, FlatArray parameters, FlatArray gradient, int steps) {
        this.part = part;
        this.parameters = parameters;
        this.gradient = gradient;
        kernel = whole.part(part.firstBlock(), part.endBlock());
        kept = new BlockSums[steps][part.endBlock() - part.firstBlock()];
        for (BlockSums[] ofStep : kept) {
            for (int i = 0; i < ofStep.length; i++) {
                ofStep[i] = new BlockSums();
            }
        }
    }

    /** Hands the parameters to the layers. */
    void load() {
        part.load(parameters);
    }

    /** Updates by the gradient that the last way back left. */
    void update(long step, StepSettings settings) {
        part.gradient(gradient);
        kernel.step(parameters, gradient, settings);
        BlockSums[] sums = kept[(int) (step % kept.length)];
        for (int i = 0; i < sums.length; i++) {
            sums[i].clear();
            sums[i].add(kernel.sums(part.firstBlock() + i));
        }
    }

    /** Hands the sums of a step to the run's kernel. */
    void tell(long step, UpdateKernel whole) {
        BlockSums[] sums = kept[(int) (step % kept.length)];
        for (int i = 0; i < sums.length; i++) {
            whole.sums(part.firstBlock() + i).clear();
            whole.sums(part.firstBlock() + i).add(sums[i]);
        }
    }

    /** Changes what decays, from the next step on; while the part stands still. */
    void decay(boolean[] decayed) {
        kernel.decay(decayed);
    }
}
