package decaylab.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Half of a batch's sequences on their way through a {@link LstmBlock}, step after step and back. What gates see of the
 * inputs is a table with a row for each different input, so that it is computed once for inputs that come often.
 */
final class LstmHalf {
    private final int rows;
    private final int length;
    private final int units;
    private final Gates arithmetic;
    private final Matrix[] hidden;
    private final Matrix[] slopes;
    private final Matrix[][] gates;
    private final Matrix[] cells;
    private final Matrix[] squashed;
    private final Matrix start;
    private final Matrix output;
    private final Matrix slope;
    private final Matrix cellSlope;
    private final Matrix gateSlope;
    private final Matrix stepSlopes;
    private final Matrix[] recurrent;
    private final Matrix fromAfter;
    private final List<Piece> forwardPieces = new ArrayList<>();
    private final List<Piece> backwardPieces = new ArrayList<>();
    /** Where the first step comes from; null for zeros, which need no product. */
    private @Nullable Matrix hiddenBefore;

    private Matrix cellsBefore;
    /** The gradient of the last step's cells from what follows; null for none. */
    private @Nullable Matrix cellsAbove;
    /** The number of the row of inputs that is no input; below 0 where there is none. */
    private int padding = -1;

    /** Some columns of a product with the recurrent weights. */
    private record Piece(Matrix product, Matrix weights) {}

    /**
     * @param rows sequences
     * @param length steps of each
     * @param outputs of the half, a row for each step and sequence, in native memory
     * @param slopes receives the gradient before the gates, as wide as all gates, in native memory
     * @param weights the recurrent ones, in native memory
     */
    LstmHalf(DataType type, int rows, int length, Matrix outputs, Matrix slopes, Matrix weights) {
        this.rows = rows;
        this.length = length;
        units = outputs.columns();
        arithmetic = Gates.of(type);
        hidden = steps(outputs);
        this.slopes = steps(slopes);
        gates = new Matrix[length][LstmBlock.GATES];
        cells = new Matrix[length];
        squashed = new Matrix[length];
        for (int t = 0; t < length; t++) {
            Arrays.setAll(gates[t], gate -> Matrix.inHeap(type, rows, units));
            cells[t] = Matrix.inHeap(type, rows, units);
            squashed[t] = Matrix.inHeap(type, rows, units);
        }
        start = Matrix.inHeap(type, rows, units);
        cellsBefore = start;
        output = Matrix.inHeap(type, rows, units);
        slope = Matrix.inHeap(type, rows, units);
        cellSlope = Matrix.inHeap(type, rows, units);
        gateSlope = Matrix.inHeap(type, rows, units);
        stepSlopes = Matrix.inHeap(type, rows, LstmBlock.GATES * units);
        recurrent = new Matrix[LstmBlock.GATES];
        Arrays.setAll(recurrent, gate -> Matrix.of(type, rows, units));
        fromAfter = Matrix.of(type, rows, units);
        int forward = SmallProducts.columns(rows, units, units, false);
        int backward = SmallProducts.columns(rows, units, LstmBlock.GATES * units, true);
        for (int from = 0; from < units; from += forward) {
            int count = Math.min(forward, units - from);
            for (int gate = 0; gate < LstmBlock.GATES; gate++) {
                forwardPieces.add(new Piece(
                        recurrent[gate].columnsInNativeMemory(from, count),
                        weights.columnsInNativeMemory(gate * units + from, count)));
            }
        }
        for (int from = 0; from < units; from += backward) {
            int count = Math.min(backward, units - from);
            backwardPieces.add(
                    new Piece(fromAfter.columnsInNativeMemory(from, count), weights.rowsInNativeMemory(from, count)));
        }
    }

    /** Begins at the end of another half in place of zeros. */
    void startAtTheEndOf(LstmHalf other) {
        hiddenBefore = other.hidden[other.length - 1];
        cellsBefore = other.cells[other.length - 1];
    }

    /**
     * Has the cells' gradient begin with the one that a half which starts here leaves. It is to go back before this one does.
     */
    void goesOnIn(LstmHalf other) {
        cellsAbove = other.cellSlope;
    }

    /** Nothing goes back through steps with that row of the table. */
    void skip(int number) {
        padding = number;
    }

    private Matrix[] steps(Matrix all) {
        Matrix[] steps = new Matrix[length];
        Arrays.setAll(steps, t -> all.rowsInNativeMemory(t * rows, rows));
        return steps;
    }

    /**
     * From inputs to outputs.
     *
     * @param table what all gates see of each different input, bias included
     * @param numbers the row of the table for each step of each sequence
     */
    void forward(Matrix table, int[] numbers) {
        Matrix before = cellsBefore;
        for (int t = 0; t < length; t++) {
            boolean follows = t > 0 || hiddenBefore != null;
            if (follows) {
                multiply(t);
            }
            for (int gate = 0; gate < LstmBlock.GATES; gate++) {
                Matrix values = gates[t][gate];
                values.takeRows(table, numbers, t * rows, gate * units);
                if (follows) {
                    recurrent[gate].pull();
                    values.add(values, recurrent[gate]);
                }
                if (gate == LstmBlock.VALUE) {
                    arithmetic.tanh(values);
                } else {
                    arithmetic.sigmoid(values);
                }
            }
            arithmetic.cell(
                    cells[t], gates[t][LstmBlock.FORGET], before, gates[t][LstmBlock.INPUT], gates[t][LstmBlock.VALUE]);
            arithmetic.output(output, gates[t][LstmBlock.OUTPUT], cells[t], squashed[t]);
            output.pushTo(hidden[t]);
            before = cells[t];
        }
    }

    /**
     * From the gradient of the outputs to that before the gates.
     *
     * @param above gradient of this half's outputs, in native memory
     * @param sums receives, added, the gradients before the gates
     * @param numbers the row of the sums for each step of each sequence
     */
    void backward(Matrix[] above, Matrix sums, int[] numbers) {
        cellSlope.clear();
        if (cellsAbove != null) {
            cellSlope.add(cellSlope, cellsAbove);
        }
        for (int t = length - 1; t >= 0; t--) {
            slope.pullFrom(above[t]);
            if (t < length - 1) {
                multiplyBack(t);
                fromAfter.pull();
                slope.add(slope, fromAfter);
            }
            Matrix[] now = gates[t];
            arithmetic.backThroughGate(gateSlope, slope, squashed[t], now[LstmBlock.OUTPUT]);
            gateSlope.copyInto(stepSlopes, LstmBlock.OUTPUT * units);
            arithmetic.backToCell(cellSlope, slope, now[LstmBlock.OUTPUT], squashed[t]);
            arithmetic.backThroughValue(gateSlope, cellSlope, now[LstmBlock.INPUT], now[LstmBlock.VALUE]);
            gateSlope.copyInto(stepSlopes, LstmBlock.VALUE * units);
            arithmetic.backThroughGate(gateSlope, cellSlope, now[LstmBlock.VALUE], now[LstmBlock.INPUT]);
            gateSlope.copyInto(stepSlopes, LstmBlock.INPUT * units);
            arithmetic.backThroughGate(
                    gateSlope, cellSlope, t == 0 ? cellsBefore : cells[t - 1], now[LstmBlock.FORGET]);
            gateSlope.copyInto(stepSlopes, LstmBlock.FORGET * units);
            arithmetic.scale(cellSlope, now[LstmBlock.FORGET]);
            for (int i = 0; i < rows; i++) {
                if (numbers[t * rows + i] == padding) {
                    stepSlopes.clearRow(i);
                }
            }
            stepSlopes.pushTo(slopes[t]);
            stepSlopes.addRowsTo(sums, numbers, t * rows);
        }
    }

    /** After the way back: adds the gradient of what the first step starts from. */
    void addSlopeBefore(Matrix to) {
        multiplyBack(-1);
        fromAfter.pull();
        to.add(to, fromAfter);
    }

    /** What the gates of a step see of the outputs of the step before. */
    private void multiply(int t) {
        Matrix before = t > 0 ? hidden[t - 1] : hiddenBefore;
        if (before != null) {
            for (Piece piece : forwardPieces) {
                piece.product.multiply(before, false, piece.weights, false, false);
            }
        }
    }

    /** What comes back to the outputs of a step from the gates of the step after. */
    private void multiplyBack(int t) {
        for (Piece piece : backwardPieces) {
            piece.product.multiply(slopes[t + 1], false, piece.weights, true, false);
        }
    }

    /** The products of the way there again, and nothing else. */
    void multiply() {
        for (int t = 1; t < length; t++) {
            multiply(t);
        }
    }

    /** The products of the way back again, and nothing else. */
    void multiplyBack() {
        for (int t = length - 2; t >= 0; t--) {
            multiplyBack(t);
        }
    }

    /** The rows of a matrix that belong to the steps of this half, which begin at a row. */
    Matrix[] stepsOf(Matrix all, int firstRow) {
        return steps(all.rowsInNativeMemory(firstRow, length * rows));
    }
}
