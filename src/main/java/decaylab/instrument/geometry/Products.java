package decaylab.instrument.geometry;

/**
 * Products of matrices in double precision, written so that the virtual machine vectorises the inner loop: a stretch of a
 * row of the result gets eight rows of the right matrix at a time.
 */
final class Products {
    /** Columns of a stretch, so that the rows that are read again and again stay in the first cache. */
    private static final int STRETCH = 256;
    /** Rows of the right matrix until the next row of the result has its turn. */
    private static final int DEPTH = 64;

    private Products() {}

    /**
     * A matrix within an array.
     *
     * @param values the array
     * @param offset of the first number
     * @param row places from a row to the next
     * @param column places from a column to the next
     */
    @SuppressWarnings("ArrayRecordComponent") // a view; nobody compares two
    record View(double[] values, int offset, int row, int column) {
        /** Row after row without gaps, from the array's beginning. */
        static View rows(double[] values, int columns) {
            return new View(values, 0, columns, 1);
        }

        /** Rows and columns exchanged. */
        View transposed() {
            return new View(values, offset, column, row);
        }
    }

    /**
     * Adds a product.
     *
     * @param rows of the left matrix and of the result
     * @param columns of the right matrix and of the result
     * @param inner columns of the left matrix, rows of the right
     * @param right with columns side by side
     * @param into with columns side by side; receives left x right on top of what it has
     */
    static void add(int rows, int columns, int inner, View left, View right, View into) {
        for (int j = 0; j < columns; j += STRETCH) {
            int width = Math.min(STRETCH, columns - j);
            for (int depth = 0; depth < inner; depth += DEPTH) {
                int end = Math.min(inner, depth + DEPTH);
                for (int i = 0; i < rows; i++) {
                    stretch(
                            width,
                            depth,
                            end,
                            left,
                            left.offset + i * left.row,
                            right,
                            right.offset + j,
                            into.values,
                            into.offset + i * into.row + j);
                }
            }
        }
    }

    private static void stretch(
            int width, int from, int end, View left, int factors, View right, int first, double[] into, int at) {
        double[] a = left.values;
        int step = left.column;
        int k = from;
        for (; k + 7 < end; k += 8) {
            int p = factors + k * step;
            eight(
                    width,
                    a[p],
                    a[p + step],
                    a[p + 2 * step],
                    a[p + 3 * step],
                    a[p + 4 * step],
                    a[p + 5 * step],
                    a[p + 6 * step],
                    a[p + 7 * step],
                    right.values,
                    first + k * right.row,
                    right.row,
                    into,
                    at);
        }
        for (; k < end; k++) {
            one(width, a[factors + k * step], right.values, first + k * right.row, into, at);
        }
    }

    private static void eight(
            int width,
            double a,
            double b,
            double c,
            double d,
            double e,
            double f,
            double g,
            double h,
            double[] x,
            int first,
            int row,
            double[] into,
            int at) {
        int p = first;
        int q = p + row;
        int r = q + row;
        int s = r + row;
        int t = s + row;
        int u = t + row;
        int v = u + row;
        int w = v + row;
        for (int j = 0; j < width; j++) {
            double lower = Math.fma(a, x[p + j], Math.fma(b, x[q + j], Math.fma(c, x[r + j], into[at + j])));
            double upper = Math.fma(d, x[s + j], Math.fma(e, x[t + j], Math.fma(f, x[u + j], lower)));
            into[at + j] = Math.fma(g, x[v + j], Math.fma(h, x[w + j], upper));
        }
    }

    private static void one(int width, double a, double[] x, int first, double[] into, int at) {
        for (int j = 0; j < width; j++) {
            into[at + j] = Math.fma(a, x[first + j], into[at + j]);
        }
    }

    /** Writes a matrix of rows x columns, row after row, as one of columns x rows. */
    static void transpose(double[] values, int rows, int columns, double[] into) {
        int tile = 16; // a line of the cache is read once for eight numbers
        for (int i0 = 0; i0 < rows; i0 += tile) {
            int i1 = Math.min(rows, i0 + tile);
            for (int j0 = 0; j0 < columns; j0 += tile) {
                int j1 = Math.min(columns, j0 + tile);
                for (int i = i0; i < i1; i++) {
                    for (int j = j0; j < j1; j++) {
                        into[j * rows + i] = values[i * columns + j];
                    }
                }
            }
        }
    }

    /** The scalar product of two vectors of the same length. */
    static double dot(double[] x, double[] y) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) { // four chains, since one would wait for each addition
            a = Math.fma(x[i], y[i], a);
            b = Math.fma(x[i + 1], y[i + 1], b);
            c = Math.fma(x[i + 2], y[i + 2], c);
            d = Math.fma(x[i + 3], y[i + 3], d);
        }
        for (; i < x.length; i++) {
            a = Math.fma(x[i], y[i], a);
        }
        return a + b + (c + d);
    }
}
