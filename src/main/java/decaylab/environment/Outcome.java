package decaylab.environment;

/**
 * What an action led to.
 *
 * @param reward of the step
 * @param terminated whether the episode ended where nothing more can be earned
 * @param truncated whether it was broken off for its length: more could have been earned
 */
public record Outcome(double reward, boolean terminated, boolean truncated) {
    /** Whether the episode is over, for whichever reason. */
    public boolean over() {
        return terminated || truncated;
    }
}
