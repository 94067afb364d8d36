package decaylab.train;

import decaylab.optim.FlatArray;

/**
 * How long the rows of an embedding are, token by token, the most frequent first.
 *
 * @param norms length of each token's row
 * @param counts how often each token comes in the training data
 * @param classes the ordinal of each token's {@link decaylab.instrument.TokenClass}
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two looks
public record RowLook(double[] norms, long[] counts, int[] classes) {
    /** The rows as they are now. */
    static RowLook of(TokenRows rows, FlatArray parameters) {
        int[] tokens = rows.tokens();
        double[] norms = new double[tokens.length];
        long[] counts = new long[tokens.length];
        int[] classes = new int[tokens.length];
        for (int rank = 0; rank < tokens.length; rank++) {
            norms[rank] = rows.norm(parameters, tokens[rank]);
            counts[rank] = rows.counts()[tokens[rank]];
            classes[rank] = rows.classes().classOf()[tokens[rank]];
        }
        return new RowLook(norms, counts, classes);
    }
}
