package decaylab.ui.synthetic;

import java.util.List;

/**
 * The dissimilarities of some layers at the same points, of one run and, where there is one, of another from the same start.
 *
 * @param step after how many steps
 * @param points how many
 * @param own of each layer, from the lowest
 * @param reference likewise; empty where there is none
 */
record Pictures(long step, int points, List<Picture> own, List<Picture> reference) {
    /**
     * One layer's.
     *
     * @param layer its name
     * @param values points x points, row after row, in [0, 2]
     * @param alike its similarity to the same layer of the other run, in [-1, 1]; NaN where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody asks whether two are equal
    record Picture(String layer, double[] values, double alike) {}
}
