package decaylab.instrument.geometry;

/** A symmetric matrix that is known by its products with vectors alone. */
public interface SymmetricOperator {
    /** Rows and columns. */
    int dimension();

    /**
     * The product with a vector.
     *
     * @param vector dimension numbers, which are only read
     * @param into receives the product, dimension numbers
     * @throws java.util.concurrent.CancellationException where it was given up
     */
    void apply(double[] vector, double[] into);
}
