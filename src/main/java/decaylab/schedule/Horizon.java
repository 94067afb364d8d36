package decaylab.schedule;

/**
 * How long a run is.
 *
 * @param stepsPerEpoch at least 1
 * @param steps of the whole run, at least 1
 */
public record Horizon(long stepsPerEpoch, long steps) {
    public Horizon {
        if (stepsPerEpoch < 1 || steps < 1) {
            throw new IllegalArgumentException(stepsPerEpoch + " steps an epoch, " + steps + " in all");
        }
    }
}
