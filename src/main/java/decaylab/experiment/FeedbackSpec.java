package decaylab.experiment;

import decaylab.problem.BadInputException;

/**
 * How the error travels back (Akrout et al., "Deep Learning without Weight Transport", NeurIPS 2019). With B the matrix that
 * carries the error of a layer to the one below, and W the layer's weights, a column of B for each of its units:
 *
 * <pre>
 *   exact           delta_l = phi' W^T delta_(l+1)
 *   fixed           delta_l = phi' B delta_(l+1)             B as it was drawn
 *   direct          delta_l = phi' B_l delta_L               from the output
 *   mirror          B = (1 - mirrorDecay) B + mirrorRate y z^T   mean over a batch of noise y, with z = W y
 *   kolen-pollack   B takes the step of W^T, decay included
 * </pre>
 *
 * @param kind which of these
 * @param startVariance variance of W and of B at the start, times the fan-in of W; 2 is what other experiments start with (He
 *     et al. 2015)
 * @param mirrorNoise standard deviation of the mirror's noise
 * @param mirrorRate learning rate of the mirror
 * @param mirrorDecay the part of B that each pass of the mirror takes off, so that B stays bounded
 * @param mirrorPasses passes of the mirror before each step, each of as much noise as a mini-batch
 */
public record FeedbackSpec(
        FeedbackKind kind,
        double startVariance,
        double mirrorNoise,
        double mirrorRate,
        double mirrorDecay,
        int mirrorPasses) {
    public FeedbackSpec {
        startVariance = Field.FEEDBACK_START_VARIANCE.require(startVariance);
        mirrorNoise = Field.FEEDBACK_MIRROR_NOISE.require(mirrorNoise);
        mirrorRate = Field.FEEDBACK_MIRROR_RATE.require(mirrorRate);
        mirrorDecay = Field.FEEDBACK_MIRROR_DECAY.require(mirrorDecay);
        Field.FEEDBACK_MIRROR_PASSES.require(mirrorPasses);
    }

    /** What an experiment has that says nothing of it: back-propagation. */
    public static FeedbackSpec defaults() {
        return new FeedbackSpec(FeedbackKind.EXACT, 2, 1, 0.1, 0.05, 1);
    }

    /** Whether there are matrices of its own. */
    public boolean ownMatrices() {
        return kind != FeedbackKind.EXACT;
    }

    /**
     * Refuses what it cannot carry the error of.
     *
     * @throws BadInputException naming the field
     */
    void requireFor(DataSpec data, NetworkSpec network, OptimizerSpec optimizer, DecaySpec decay, boolean acts) {
        boolean usual = startVariance == defaults().startVariance;
        if (!ownMatrices() && usual) {
            return;
        }
        if (network.kind() != NetworkKind.MLP || acts) {
            throw new BadInputException(
                    (ownMatrices() ? "feedback.kind is " + kind : "feedback.startVariance is " + startVariance)
                            + ", but "
                            + (acts ? "data.name is " + data.name() : "network.kind is " + network.kind())
                            + "; it is for dense networks that learn from a data set: set "
                            + (ownMatrices() ? "feedback.kind to exact" : "feedback.startVariance to 2") + ", or "
                            + (acts ? "data.name to a data set" : "network.kind to mlp") + ".");
        }
        if (ownMatrices() && optimizer.curvature().isOn()) {
            throw new BadInputException("feedback.kind is " + kind + ", but optimizer.curvature is "
                    + optimizer.curvature().kind()
                    + ", whose factors are made of exact errors; set optimizer.curvature to none, "
                    + "or feedback.kind to exact.");
        }
        if (kind == FeedbackKind.KOLEN_POLLACK && decay.transplant() != null) {
            throw new BadInputException(
                    "feedback.kind is kolen-pollack, but decay.transplant is set, which would rescale the "
                            + "weights and not the matrices that follow them; set decay.transplant to null, or feedback.kind to another.");
        }
        if (kind == FeedbackKind.KOLEN_POLLACK && optimizer.kind() == OptimizerKind.ADAM) {
            throw new BadInputException(
                    "feedback.kind is kolen-pollack, but optimizer.kind is adam, which divides the steps of "
                            + "W and of B by different second moments, so that decay would no longer bring them together; set "
                            + "optimizer.kind to sgd, heavy-ball or nesterov, or feedback.kind to fixed, direct or mirror.");
        }
    }
}
