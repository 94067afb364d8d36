package decaylab.study;

/**
 * Which run of a study.
 *
 * @param arm its name
 * @param seed from 1
 */
public record CellKey(String arm, long seed) {
    /** As in "early, seed 3". */
    @Override
    public String toString() {
        return arm + ", seed " + seed;
    }
}
