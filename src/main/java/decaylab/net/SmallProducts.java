package decaylab.net;

import java.util.Arrays;
import java.util.Set;

/**
 * Into how many columns a product is cut. OpenBLAS copies the factors of a product into an order of its own before it
 * multiplies, which can cost more than multiplying; with its kernels for AVX-512, and below a bound on the size, it works on
 * them as they are, up to twice as fast. With other kernels pieces would only be slower.
 */
final class SmallProducts {
    /** Multiplications up to which factors are used as they are. */
    private static final long MOST = 600_000;
    /** Numbers of the product up to which the same holds where the second factor is transposed. */
    private static final int MOST_TRANSPOSED = 1_200;

    private static final int LANES = 16;

    private static final boolean DIRECT =
            Set.of("SkylakeX", "Cooperlake", "SapphireRapids").contains(NativeLibrary.blasKernels());

    private SmallProducts() {}

    /** A matrix in pieces of so many columns, for products alone. */
    static Matrix[] pieces(Matrix all, int columns) {
        Matrix[] pieces = new Matrix[(all.columns() + columns - 1) / columns];
        Arrays.setAll(
                pieces, i -> all.columnsInNativeMemory(i * columns, Math.min(columns, all.columns() - i * columns)));
        return pieces;
    }

    /**
     * @param rows of the product
     * @param columns of the product
     * @param inner columns of the first factor
     * @param transposed whether the second factor is
     * @return columns of a piece; all where pieces would not be faster
     */
    static int columns(int rows, int columns, int inner, boolean transposed) {
        return DIRECT ? direct(rows, columns, inner, transposed) : columns;
    }

    /** The same for kernels that have the faster way. */
    static int direct(int rows, int columns, int inner, boolean transposed) {
        long most = MOST / ((long) rows * inner);
        if (transposed) {
            most = Math.min(most, MOST_TRANSPOSED / rows);
        }
        int pieces = (int) (most / LANES * LANES);
        return pieces == 0 ? columns : Math.min(columns, pieces);
    }
}
