package decaylab.train;

/** Which of many checkpoints to give up: the newest stay dense, the older grow thin. */
public final class Thinning {
    /** A checkpoint before an intervention is worth that many others: it is what a rewind most often goes to. */
    private static final double WORTH_OF_A_CHANGE = 8;

    private Thinning() {}

    /**
     * The place of the one without which the gap that opens is the smallest beside its distance from the newest; never the
     * newest itself.
     *
     * @param steps of the checkpoints, rising, at least 2
     * @param beforeChange for each whether an intervention follows on it
     */
    public static int leastMissed(long[] steps, boolean[] beforeChange) {
        long newest = steps[steps.length - 1];
        int least = 0;
        double leastLoss = Double.POSITIVE_INFINITY;
        for (int i = 0; i < steps.length - 1; i++) {
            long before = i == 0 ? 0 : steps[i - 1];
            double loss = (double) (steps[i + 1] - before)
                    / (newest - before + 1)
                    * (beforeChange[i] ? WORTH_OF_A_CHANGE : 1);
            if (loss < leastLoss) {
                leastLoss = loss;
                least = i;
            }
        }
        return least;
    }
}
