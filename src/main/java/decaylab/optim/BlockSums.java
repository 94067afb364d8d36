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
    /** <w, u_d>, where d = -(u_g + u_d) and u_d is the penalty's share; of a kernel that takes shares. */
    public double penalty;
    /** ||u_d||^2; of a kernel that takes shares. */
    public double penaltySquared;
    /** <u_d, u_g + u_d>; of a kernel that takes shares. */
    public double penaltyTimesStep;
    /** <w, u_p>, where u_p is the part of u_g that the present gradient makes; of a kernel that takes shares. */
    public double present;
    /** How many weights have |u_d| > |u_g|; of a kernel that takes the shares' lengths. */
    public double drowned;
    /** Of how many weights {@link #drowned} tells. */
    public double compared;
    /** 0 where every weight and buffer of the block is finite after the step, NaN where one is not. */
    public double finite;

    /** Sets every sum to zero. */
    public void clear() {
        weightsAfter = 0;
        weightsBefore = 0;
        gradient = 0;
        change = 0;
        weightsTimesChange = 0;
        penalty = 0;
        penaltySquared = 0;
        penaltyTimesStep = 0;
        present = 0;
        drowned = 0;
        compared = 0;
        finite = 0;
    }

    /** Adds another block's sums, for quantities of several layers together. */
    public void add(BlockSums other) {
        weightsAfter += other.weightsAfter;
        weightsBefore += other.weightsBefore;
        gradient += other.gradient;
        change += other.change;
        weightsTimesChange += other.weightsTimesChange;
        penalty += other.penalty;
        penaltySquared += other.penaltySquared;
        penaltyTimesStep += other.penaltyTimesStep;
        present += other.present;
        drowned += other.drowned;
        compared += other.compared;
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

    /** What decay did to ||w||^2 in this step: -2 <w, u_d>. */
    public double byDecay() {
        return -2 * penalty;
    }

    /** What the present gradient did to ||w||^2: -2 <w, u_p>; zero for a layer whose function does not depend on its norm. */
    public double byPresentGradient() {
        return -2 * present;
    }

    /** What earlier gradients, which momentum or the first moment still holds, did to ||w||^2: -2 <w, u_g - u_p>. */
    public double byEarlierGradients() {
        return 2 * (weightsTimesChange + penalty + present);
    }

    /**
     * What the length of the step added to ||w||^2: ||u||^2. With the three others the whole change of ||w||^2
     * (Bjorck, Weinberger and Gomes 2021 argue with its growth; for plain SGD it is all there is).
     */
    public double byLength() {
        return change;
    }

    /** ||u_g||, the length of the objective's share of the step. */
    public double objectiveLength() {
        return Math.sqrt(Math.max(0, change - 2 * penaltyTimesStep + penaltySquared));
    }

    /** ||u_d||, the length of the penalty's share of the step. */
    public double penaltyLength() {
        return Math.sqrt(penaltySquared);
    }

    /**
     * The fraction of the weights whose penalty's share of the step is larger than the objective's, |u_d| > |u_g|, in [0, 1]; NaN
     * where a weight or buffer is not finite.
     */
    public double drownedFraction() {
        return drowned / compared + finite;
    }

    /** Cosine of the angle between the two shares, in [-1, 1]; NaN where one of them is zero. */
    public double cosineOfShares() {
        return (penaltyTimesStep - penaltySquared) / (objectiveLength() * penaltyLength());
    }
}
