package decaylab.net;

import org.jspecify.annotations.Nullable;

/**
 * What carries the error from a layer to the one below in place of the layer's own weights: a matrix of as many columns as the
 * layer has inputs, and a row for each of its units or, where the error comes from the output, for each class. May be turned
 * off, so that the weights carry it for a while.
 */
final class ErrorCarrier {
    private final Matrix matrix;
    private final @Nullable HeadLayer output;
    private final boolean[] on;
    // The errors of the batch size that was asked for last, in two halves and whole.
    private Matrix @Nullable [] errors;
    private int rowsOfErrors;

    /**
     * @param matrix in native memory
     * @param output whose errors are carried; null for those of the layer itself
     * @param on a flag that all carriers of a network share
     */
    ErrorCarrier(Matrix matrix, @Nullable HeadLayer output, boolean[] on) {
        this.matrix = matrix;
        this.output = output;
        this.on = on;
    }

    /** Whether it takes the place of the weights now. */
    boolean isOn() {
        return on[0];
    }

    /** Whether it carries the output's errors, whether on or off. */
    boolean ofOutput() {
        return output != null;
    }

    /** Whether it carries the output's errors now. */
    boolean isDirect() {
        return ofOutput() && isOn();
    }

    /** What takes the place of the weights of some units. */
    Matrix rows(int first, int count) {
        return matrix.rowsInNativeMemory(first, count);
    }

    /** Finds the output's errors of a batch; by one thread, before {@link #carry}. */
    void bind(int rows) {
        if (output == null || errors != null && rowsOfErrors == rows) {
            return;
        }
        Matrix all = output.errors(rows);
        int half = rows / 2;
        errors = new Matrix[] {
            all, all.rowsInNativeMemory(0, half), all.rowsInNativeMemory(half, rows - half),
        };
        rowsOfErrors = rows;
    }

    /**
     * Below = errors of the output times the matrix.
     *
     * @param part 0, or one of two halves of the rows
     * @param below all rows, or two halves
     */
    void carry(int part, Matrix[] below) {
        Matrix[] known = errors;
        if (known == null) {
            throw new IllegalStateException("errors that are not bound");
        }
        below[part].multiply(below.length == 1 ? known[0] : known[1 + part], false, matrix, false, false);
    }
}
