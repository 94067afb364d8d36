package decaylab.train;

import java.util.List;

/**
 * The weights and the matrices that carry the error in their place, at one moment, to be drawn. Nothing in it changes.
 *
 * @param update how many updates were done
 * @param layers those whose matrices can be compared, from the input on
 */
public record FeedbackScene(long update, List<Pair> layers) {
    /** Units and inputs that are shown of a layer, at the most. */
    public static final int MOST = 64;

    public FeedbackScene {
        layers = List.copyOf(layers);
    }

    /**
     * W and B^T of a layer. Of one with more than {@link #MOST} units or inputs every so many-th is shown.
     *
     * @param layer its name
     * @param units shown, each a row
     * @param inputs shown, each a column
     * @param everyUnit from one shown unit to the next
     * @param everyInput from one shown input to the next
     * @param weights W, row after row
     * @param feedback B^T, likewise
     * @param figures of the whole layer; without the errors' angle
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two pairs
    public record Pair(
            String layer,
            int units,
            int inputs,
            int everyUnit,
            int everyInput,
            float[] weights,
            float[] feedback,
            Alignment figures) {}
}
