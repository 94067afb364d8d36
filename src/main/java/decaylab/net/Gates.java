package decaylab.net;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * The element-wise arithmetic of a long short-term memory, on the arrays of matrices of one size. With input value a, gates
 * f (forget), o (output) and g (input), cell c and output h: c = f c' + g a, h = o tanh(c). The precision is the subclass's.
 */
abstract class Gates {
    static Gates of(DataType type) {
        return type == DataType.DOUBLE ? new DoubleGates() : new FloatGates();
    }

    /** Values = tanh(values). */
    abstract void tanh(Matrix values);

    /** Values = 1 / (1 + exp(-values)). */
    abstract void sigmoid(Matrix values);

    /** Cell = f before + g a. */
    abstract void cell(Matrix cell, Matrix f, Matrix before, Matrix g, Matrix a);

    /** Output = o squashed, and squashed = tanh(cell). */
    abstract void output(Matrix output, Matrix o, Matrix cell, Matrix squashed);

    /** Adds to the cell's gradient what comes from the output's: cellSlope += slope o (1 - squashed^2). */
    abstract void backToCell(Matrix cellSlope, Matrix slope, Matrix o, Matrix squashed);

    /** Into = slope other gate (1 - gate): the gradient before a gate that multiplies another value. */
    abstract void backThroughGate(Matrix into, Matrix slope, Matrix other, Matrix gate);

    /** Into = slope g (1 - a^2): the gradient before the input value. */
    abstract void backThroughValue(Matrix into, Matrix slope, Matrix g, Matrix a);

    /** Values = values factor. */
    abstract void scale(Matrix values, Matrix factor);
}
