package decaylab.net;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Vectors, a row for each step: every one is seen once. */
final class VectorInputs implements LstmInputs {
    private final ArrayMatrix vectors;
    private final Matrix weights;
    private final Matrix[] weightHalves;
    private final Matrix[] gradientHalves;
    private final Matrix[] seenHalves;
    private final Matrix slopes;
    private final Matrix[] slopeHalves;
    private final Matrix sums;
    private final Matrix[] tables;
    private final int[][] numbers;
    private final int[] zeros;
    private final INDArray below;
    private final Matrix belowMatrix;
    private Matrix inputs;

    /**
     * @param slopes where the gradient before the gates will be, in native memory
     */
    VectorInputs(DataType type, SequenceOrder order, Matrix weights, Matrix weightGradient, Matrix slopes) {
        this.weights = weights;
        this.slopes = slopes;
        weightHalves = weights.columnHalves();
        gradientHalves = weightGradient.columnHalves();
        slopeHalves = slopes.columnHalves();
        int width = weights.rows();
        int rows = order.rows();
        vectors = new ArrayMatrix(rows, width);
        Matrix seen = Matrix.of(type, rows, weights.columns());
        seenHalves = seen.columnHalves();
        sums = Matrix.inHeap(type, 1, weights.columns());
        below = Nd4j.createUninitialized(type, new long[] {rows, width}, 'c');
        belowMatrix = Matrix.inNativeMemory(below, rows, width);
        inputs = belowMatrix;
        tables = new Matrix[order.halves()];
        numbers = new int[order.halves()][];
        for (int half = 0; half < tables.length; half++) {
            int steps = order.sequences(half) * order.length();
            tables[half] = seen.rowsFrom(order.firstRow(half), steps);
            numbers[half] = IntStream.range(0, steps).toArray();
        }
        zeros = new int[Arrays.stream(numbers).mapToInt(all -> all.length).max().orElse(0)];
    }

    @Override
    public void take(INDArray batch) {
        inputs = vectors.of(batch);
    }

    @Override
    public void multiply(int part) {
        seenHalves[part].multiply(inputs, false, weightHalves[part], false, false);
    }

    @Override
    public Matrix table(int half) {
        return tables[half];
    }

    @Override
    public int[] numbers(int half) {
        return numbers[half];
    }

    @Override
    public int sumRows() {
        return 1;
    }

    @Override
    public int[] sumNumbers(int half) {
        return zeros;
    }

    @Override
    public Matrix sums() {
        return sums;
    }

    @Override
    public void settle() {
        // the gradient before the gates is in the slopes already
    }

    @Override
    public void weightGradient(int part) {
        gradientHalves[part].multiply(inputs, true, slopeHalves[part], false, false);
    }

    @Override
    public INDArray below() {
        belowMatrix.multiply(slopes, false, weights, true, false);
        return below;
    }
}
