package decaylab.net;

/**
 * Into how many columns a product is cut that is made many times of a few rows. OpenBLAS copies the factors of a product
 * into an order of its own before it multiplies, which costs more than multiplying where there are few rows; below a bound
 * on the size it works on them as they are, twice as fast.
 */
final class SmallProducts {
    /** Multiplications up to which factors are used as they are. */
    private static final long MOST = 600_000;
    /** Numbers of the product up to which the same holds where the second factor is transposed. */
    private static final int MOST_TRANSPOSED = 1_200;

    private static final int LANES = 16;

    private SmallProducts() {}

    /**
     * @param rows of the product
     * @param columns of the product
     * @param inner columns of the first factor
     * @param transposed whether the second factor is
     * @return columns of a piece; all where no piece would be small enough
     */
    static int columns(int rows, int columns, int inner, boolean transposed) {
        long most = MOST / ((long) rows * inner);
        if (transposed) {
            most = Math.min(most, MOST_TRANSPOSED / rows);
        }
        int pieces = (int) (most / LANES * LANES);
        return pieces == 0 ? columns : Math.min(columns, pieces);
    }
}
