package decaylab.lesson;

import decaylab.instrument.SampleLog;
import java.util.List;
import java.util.Map;

/**
 * An outcome that a lesson promises, and that can be checked.
 *
 * @param says the sentence for the student
 * @param claim what is measured
 * @param every whether it must hold with every seed; otherwise for the means over the seeds
 */
public record Expectation(String says, Claim claim, boolean every) {
    /**
     * What was found.
     *
     * @param met whether it holds
     * @param left the left side, its mean over the seeds
     * @param right the right side, its mean over the seeds
     * @param seeds with how many seeds it holds
     */
    public record Finding(boolean met, double left, double right, int seeds) {}

    /**
     * Judges runs.
     *
     * @param logs of each seed the logs by the names of the runs; at least one seed
     */
    public Finding judge(List<Map<String, SampleLog>> logs) {
        double left = 0;
        double right = 0;
        int held = 0;
        for (Map<String, SampleLog> ofSeed : logs) {
            double one = claim.left(ofSeed);
            double other = claim.right(ofSeed);
            left += one / logs.size();
            right += other / logs.size();
            held += claim.holds(one, other) ? 1 : 0;
        }
        return new Finding(every ? held == logs.size() : claim.holds(left, right), left, right, held);
    }
}
