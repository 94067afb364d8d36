package decaylab.net;

import decaylab.experiment.Activation;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix, row after row, twice: in native memory, where BLAS and DL4J read it, and in a Java array, where loops run
 * without calls into native code. {@link #pull} and {@link #push} copy from one to the other, which costs far less than a
 * native operation. Made once and filled at every step. The precision is the subclass's.
 */
abstract class Matrix {
    private final int rows;
    private final int columns;

    Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** A matrix with memory of its own. */
    static Matrix of(DataType type, int rows, int columns) {
        return type == DataType.DOUBLE ? new DoubleMatrix(rows, columns) : new FloatMatrix(rows, columns);
    }

    /**
     * A matrix on the memory of an array, row after row.
     *
     * @param array without gaps, of rows x columns numbers
     */
    static Matrix on(INDArray array, int rows, int columns) {
        if (array.length() != (long) rows * columns) {
            throw new IllegalArgumentException(array.shapeInfoToString() + " for " + rows + " x " + columns);
        }
        return array.dataType() == DataType.DOUBLE
                ? new DoubleMatrix(array, rows, columns)
                : new FloatMatrix(array, rows, columns);
    }

    /**
     * A matrix on the memory of an array, of which nothing but rows, columns, {@link #multiply products} and copies from and to
     * another one's array can be asked: it has no array in Java.
     */
    static Matrix inNativeMemory(INDArray array, int rows, int columns) {
        return array.dataType() == DataType.DOUBLE
                ? DoubleMatrix.inNativeMemory(array, rows, columns)
                : FloatMatrix.inNativeMemory(array, rows, columns);
    }

    /** A matrix of a Java array alone, for loops; it takes no part in products. */
    static Matrix inHeap(DataType type, int rows, int columns) {
        return type == DataType.DOUBLE ? DoubleMatrix.inHeap(rows, columns) : FloatMatrix.inHeap(rows, columns);
    }

    /** A matrix with memory of its own, of which nothing can be asked but what {@link #inNativeMemory} says. */
    static Matrix inNativeMemory(DataType type, int rows, int columns) {
        return type == DataType.DOUBLE
                ? DoubleMatrix.inNativeMemory(rows, columns)
                : FloatMatrix.inNativeMemory(rows, columns);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Some of the rows, on the same native memory; with an array of their own. */
    abstract Matrix rowsFrom(int first, int count);

    /** Some of the rows, on the same native memory and without an array, as {@link #inNativeMemory} has it. */
    abstract Matrix rowsInNativeMemory(int first, int count);

    /** Some of the columns, likewise; for products alone, since its rows have gaps between them. */
    abstract Matrix columnsInNativeMemory(int first, int count);

    /** The first half of the columns and the rest, likewise. */
    final Matrix[] columnHalves() {
        int middle = columns / 2;
        return new Matrix[] {columnsInNativeMemory(0, middle), columnsInNativeMemory(middle, columns - middle)};
    }

    /** The same numbers as one row, on the same native memory. */
    abstract Matrix asRow();

    /** The same numbers, row after row, in so many rows; likewise without an array. */
    abstract Matrix inRowsInNativeMemory(int count);

    /** Copies from native memory into the array. */
    abstract void pull();

    /** Copies from the array into native memory. */
    abstract void push();

    /** Copies the array into the native memory of another matrix of this size. */
    abstract void pushTo(Matrix other);

    /** Copies the native memory of another matrix of this size into the array. */
    abstract void pullFrom(Matrix other);

    /** Value of the array. */
    abstract double get(int row, int column);

    /** Sets a value of the array. */
    abstract void set(int row, int column, double value);

    /**
     * This = a b, or with transposed factors; in native memory, by BLAS.
     *
     * @param keep whether the product is added to what is here
     */
    abstract void multiply(Matrix a, boolean transposeA, Matrix b, boolean transposeB, boolean keep);

    // What follows works on the arrays. "Sums" and the like are rows of one number a column.

    /** The mean of each column. */
    abstract void means(Matrix means);

    /** The mean square of each column. */
    abstract void meanSquares(Matrix means);

    /** This, a row: 1 / sqrt(variances + epsilon). */
    abstract void inverseDeviations(Matrix variances, double epsilon);

    /** This = this - means, column by column. */
    abstract void centre(Matrix means);

    /** This = this times factors, column by column. */
    abstract void scale(Matrix factors);

    /**
     * A part of a wider matrix of the same number of rows = activation(scale times this + shift).
     *
     * @param into whose columns from a first one on are set
     * @param scale a row; null for 1
     * @param shift a row; null for 0
     */
    abstract void activate(
            Matrix into, int firstColumn, @Nullable Matrix scale, @Nullable Matrix shift, Activation activation);

    /**
     * This = gradient times the slope of the activation, which is known from its values.
     *
     * @param gradient with respect to the values; a part of its columns is read, as of the values'
     */
    abstract void throughActivation(Matrix gradient, Matrix values, int firstColumn, Activation activation);

    /** The sum of each column. */
    abstract void sums(Matrix sums);

    /** This = factor times (minuend - subtrahend). */
    abstract void differences(Matrix minuend, Matrix subtrahend, double factor);

    /** The sum over each column of products with another matrix. */
    abstract void products(Matrix other, Matrix sums);

    /**
     * From the gradient with respect to a standardised matrix to that of what was standardised: this = inverse (this - sum /
     * rows - standardised product / rows), times scale.
     *
     * @param standardized the matrix whose gradient this is
     * @param sums column sums of this
     * @param products column sums of this times the standardised matrix
     * @param scale a row; null for 1
     */
    abstract void throughStandardization(
            Matrix standardized, Matrix inverses, Matrix sums, Matrix products, @Nullable Matrix scale);

    /**
     * From the gradient with respect to probabilities to that of their logits, row by row: this = p (this - the row's sum of this
     * times p).
     *
     * @param probabilities of this size
     */
    abstract void throughSoftmax(Matrix probabilities);

    /** Adds a row to each row. */
    abstract void addToRows(Matrix row);

    /** Copies rows of the array into one of double precision, from its beginning on. */
    abstract void copyRows(int first, int count, double[] into);

    /** Takes rows of the array from one of double precision, from its beginning on. */
    abstract void takeRows(int first, int count, double[] from);

    /** Copies every row into the same row of a wider matrix, from a column on. */
    abstract void copyInto(Matrix wider, int firstColumn);

    /**
     * Row i = some columns of that row of a table whose number is at place {@code from} + i.
     *
     * @param table at least as wide as firstColumn + this
     */
    abstract void takeRows(Matrix table, int[] numbers, int from, int firstColumn);

    /** Adds row i to that row of a table, as wide as this, whose number is at place {@code from} + i. */
    abstract void addRowsTo(Matrix table, int[] numbers, int from);

    /** This = 0. */
    abstract void clear();

    /** A row = 0. */
    abstract void clearRow(int row);

    /** This = a + b. */
    abstract void add(Matrix a, Matrix b);

    // What follows is for images: a row is one channel of one image, a column a place in it; "of channels" are rows of
    // one
    // number a channel.

    /** The mean of each channel, over all images and places, and the sum of squared distances from it. */
    abstract void channelMoments(Matrix means, Matrix squares);

    /** The sum of each channel, over all images and places. */
    abstract void channelSums(Matrix sums);

    /** The sum of each channel, and that of its products with another matrix. */
    abstract void channelSumsAndProducts(Matrix other, Matrix sums, Matrix products);

    /** This = (this - means) times inverses, channel by channel. */
    abstract void standardizeChannels(Matrix means, Matrix inverses);

    /**
     * Into = activation(scale times this + shift), channel by channel.
     *
     * @param scale of channels; null for 1
     * @param shift of channels; null for 0
     */
    abstract void activateChannels(Matrix into, @Nullable Matrix scale, @Nullable Matrix shift, Activation activation);

    /**
     * This = gradient times the slope of the activation at scale times values + shift, channel by channel.
     *
     * @param gradient with respect to the activated values
     * @param scale of channels; null for 1
     * @param shift of channels; null for 0
     */
    abstract void throughChannelActivation(
            Matrix gradient, Matrix values, @Nullable Matrix scale, @Nullable Matrix shift, Activation activation);

    /** This = factors (this - means - standardised times slopes), channel by channel. */
    abstract void throughChannels(Matrix standardized, Matrix factors, Matrix means, Matrix slopes);

    /**
     * Row (c 9 + y 3 + x) = channel c of an image moved by (1 - y, 1 - x), with zeros where nothing comes from: what a kernel of
     * 3 x 3 with padding 1 sees at each place through its weight (y, x). Columns behind the places are left alone.
     */
    abstract void takePatches(Matrix image, int height, int width);

    /** The mean of each row. */
    abstract void rowMeans(Matrix into);

    /** Every place of a row of this = the row's number divided by the row's length. */
    abstract void spreadRows(Matrix from);
}
