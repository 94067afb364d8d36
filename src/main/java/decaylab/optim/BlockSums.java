package decaylab.optim;

/**
 * Sums over one block that the update takes in its own pass, in double precision. w is the block before the step, d its
 * change, g the mean gradient of the mini-batch without penalty. Mutable, and used again at every step.
 */
public final class BlockSums {
    /** ||w + d||^2, the squared norm after the step. */
    public double weightsAfter;
    /** ||w||^2, the squared norm before the step. */
    public double weightsBefore;
    /** ||g||^2. */
    public double gradient;
    /** ||d||^2. */
    public double change;
    /** <w, d>. */
    public double weightsTimesChange;
    /** 0 where every weight and buffer of the block is finite after the step, NaN where one is not. */
    public double finite;

    /** Sets every sum to zero. */
    public void clear() {
        weightsAfter = 0;
        weightsBefore = 0;
        gradient = 0;
        change = 0;
        weightsTimesChange = 0;
        finite = 0;
    }

    /** Adds another block's sums, for quantities of several layers together. */
    public void add(BlockSums other) {
        weightsAfter += other.weightsAfter;
        weightsBefore += other.weightsBefore;
        gradient += other.gradient;
        change += other.change;
        weightsTimesChange += other.weightsTimesChange;
        finite += other.finite;
    }

    /**
     * The angle in radians between the weights before and after the step: atan2(sqrt(||w||^2 ||d||^2 - <w,d>^2), <w, w+d>).
     * An arc cosine would be zero below about 1e-4 in single precision.
     */
    public double rotation() {
        double cross = weightsBefore * change - weightsTimesChange * weightsTimesChange;
        // Rounding can leave a tiny negative number where the change is parallel to the weights; NaN passes through.
        return Math.atan2(Math.sqrt(cross < 0 ? 0 : cross), weightsBefore + weightsTimesChange);
    }
}
