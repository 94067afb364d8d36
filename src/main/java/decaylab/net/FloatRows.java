package decaylab.net;

/**
 * Loops over all rows of a matrix at once. The virtual machine vectorises a loop only where all arrays are read at the same
 * place, which those over row after row are not: a row that belongs to every row is repeated, rows are added half to half.
 */
final class FloatRows {
    private FloatRows() {}

    /** Fills an array with a row, again and again. */
    static void repeat(float[] row, float[] into) {
        System.arraycopy(row, 0, into, 0, row.length);
        for (int done = row.length; done < into.length; done *= 2) {
            System.arraycopy(into, 0, into, done, Math.min(done, into.length - done));
        }
    }

    /**
     * The sum of rows, in pairs.
     *
     * @param values row after row; used up
     * @param spare as long
     * @param sum receives a row
     */
    static void sum(float[] values, float[] spare, float[] sum) {
        int width = sum.length;
        for (int rows = values.length / width; rows > 1; rows -= rows / 2) {
            int count = rows / 2 * width;
            System.arraycopy(values, rows * width - count, spare, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] += spare[i];
            }
        }
        System.arraycopy(values, 0, sum, 0, width);
    }
}
