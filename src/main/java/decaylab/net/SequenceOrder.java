package decaylab.net;

/**
 * In which order the steps of a batch of sequences stand as rows of a matrix: first those of the first half of the
 * sequences, then those of the second; within a half all first steps, then all second ones, and so on. So a half's step is
 * one run of rows, and so is a half.
 *
 * @param sequences in the batch, at least 1
 * @param length steps of each
 */
record SequenceOrder(int sequences, int length) {
    /** The number of halves: 1 where there is a single sequence. */
    int halves() {
        return sequences > 1 ? 2 : 1;
    }

    /** The first sequence of a half. */
    int firstSequence(int half) {
        return half == 0 ? 0 : (sequences + 1) / 2;
    }

    /** The sequences of a half. */
    int sequences(int half) {
        int first = (sequences + 1) / 2;
        return half == 0 ? first : sequences - first;
    }

    /** The first row of a half. */
    int firstRow(int half) {
        return firstSequence(half) * length;
    }

    /** The row of a sequence's step. */
    int row(int sequence, int step) {
        int half = sequence < firstSequence(1) ? 0 : 1;
        return firstRow(half) + step * sequences(half) + sequence - firstSequence(half);
    }

    /** All rows. */
    int rows() {
        return sequences * length;
    }
}
