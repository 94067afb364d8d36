package decaylab.graph;

import java.util.Arrays;

/**
 * A matrix of few numbers other than 0, row after row (compressed sparse rows). Its arrays are shared, not copied: they are read
 * only. Dense matrices beside it are arrays of doubles, row after row.
 *
 * @param rows how many
 * @param columns how many
 * @param starts rows + 1 places: where each row begins in the two arrays that follow
 * @param places column of each number, ascending within a row
 * @param values the numbers
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two matrices
public record SparseMatrix(int rows, int columns, int[] starts, int[] places, double[] values) {
    public SparseMatrix {
        if (starts.length != rows + 1 || places.length != starts[rows] || values.length != places.length) {
            throw new IllegalArgumentException(
                    rows + " rows, " + starts.length + " starts, " + places.length + " places, " + values.length);
        }
    }

    /**
     * A matrix of ones.
     *
     * @param columnsOfRows for each row the columns with a one, in any order, none twice
     */
    public static SparseMatrix ofOnes(int columns, int[][] columnsOfRows) {
        int rows = columnsOfRows.length;
        int[] starts = new int[rows + 1];
        for (int i = 0; i < rows; i++) {
            starts[i + 1] = Math.addExact(starts[i], columnsOfRows[i].length);
        }
        int[] places = new int[starts[rows]];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(columnsOfRows[i], 0, places, starts[i], columnsOfRows[i].length);
            Arrays.sort(places, starts[i], starts[i + 1]);
        }
        double[] ones = new double[places.length];
        Arrays.fill(ones, 1);
        return new SparseMatrix(rows, columns, starts, places, ones);
    }

    /** How many numbers are told. */
    public int count() {
        return places.length;
    }

    /** The same with each row divided by the sum of its sizes; a row of zeros stays one. */
    public SparseMatrix rowNormalized() {
        double[] scaled = values.clone();
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int at = starts[i]; at < starts[i + 1]; at++) {
                sum += Math.abs(values[at]);
            }
            for (int at = starts[i]; at < starts[i + 1] && sum > 0; at++) {
                scaled[at] /= sum;
            }
        }
        return new SparseMatrix(rows, columns, starts, places, scaled);
    }

    /** Some of its rows, in the order asked for. */
    public SparseMatrix ofRows(int[] chosen) {
        int[] from = new int[chosen.length + 1];
        for (int i = 0; i < chosen.length; i++) {
            from[i + 1] = from[i] + starts[chosen[i] + 1] - starts[chosen[i]];
        }
        int[] columnOf = new int[from[chosen.length]];
        double[] numbers = new double[columnOf.length];
        for (int i = 0; i < chosen.length; i++) {
            int length = from[i + 1] - from[i];
            System.arraycopy(places, starts[chosen[i]], columnOf, from[i], length);
            System.arraycopy(values, starts[chosen[i]], numbers, from[i], length);
        }
        return new SparseMatrix(chosen.length, columns, from, columnOf, numbers);
    }

    /** Its rows as dense ones in single precision: rows x columns. */
    public float[] dense() {
        float[] all = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < rows; i++) {
            for (int at = starts[i]; at < starts[i + 1]; at++) {
                all[i * columns + places[at]] = (float) values[at];
            }
        }
        return all;
    }

    /**
     * into = this times dense.
     *
     * @param dense columns x width
     * @param width of both dense matrices
     * @param into rows x width; not the same array
     */
    public void multiply(double[] dense, int width, double[] into) {
        multiply(values, dense, width, into);
    }

    /** The same with other numbers at the same places, as dropout leaves them. */
    public void multiply(double[] numbers, double[] dense, int width, double[] into) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            Arrays.fill(into, row, row + width, 0);
            for (int at = starts[i]; at < starts[i + 1]; at++) {
                double number = numbers[at];
                int from = places[at] * width;
                if (number != 0) {
                    for (int j = 0; j < width; j++) {
                        into[row + j] += number * dense[from + j];
                    }
                }
            }
        }
    }

    /**
     * into = the transposed of this, with other numbers at the same places, times dense.
     *
     * @param dense rows x width
     * @param into columns x width; not the same array
     */
    public void multiplyTransposed(double[] numbers, double[] dense, int width, double[] into) {
        Arrays.fill(into, 0, columns * width, 0);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int at = starts[i]; at < starts[i + 1]; at++) {
                double number = numbers[at];
                int to = places[at] * width;
                if (number != 0) {
                    for (int j = 0; j < width; j++) {
                        into[to + j] += number * dense[row + j];
                    }
                }
            }
        }
    }
}
