package decaylab.instrument.geometry;

import decaylab.instrument.geometry.Products.View;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The singular values of a layer's weights, taken as a matrix with a row for each output: a convolution's kernels as output
 * channels x (input channels x 3 x 3).
 *
 * <p>They are the square roots of the eigenvalues of the smaller Gram matrix. The large ones are right to about 14 digits;
 * those below 1e-8 of the largest are rounding errors and may be told as 0.
 *
 * @param singularValues the largest first, as many as the smaller side has; all NaN where a weight is not finite
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two spectra
public record Spectrum(double[] singularValues) {
    /** Of a layer's weights in the flat vector of all parameters. */
    public static Spectrum of(ParameterBlock block, FlatArray parameters) {
        if (block.role() != ParameterBlock.Role.WEIGHT) {
            throw new IllegalArgumentException(block.layer() + " " + block.role() + " is no matrix");
        }
        return of(block, parameters, block.length() / block.fanIn());
    }

    /**
     * Of a layer's weights whose rows are not its outputs, as those of an embedding, which has a row for each token.
     *
     * @param rows how many, a divisor of the block's length
     */
    public static Spectrum of(ParameterBlock block, FlatArray parameters, int rows) {
        return of(WeightSet.values(block, parameters), rows, block.length() / rows);
    }

    /**
     * Of a matrix.
     *
     * @param values rows x columns, row after row
     */
    static Spectrum of(double[] values, int rows, int columns) {
        int side = Math.min(rows, columns);
        double largest = Arrays.stream(values).map(Math::abs).reduce(0, Math::max);
        if (!Double.isFinite(largest) || largest == 0) {
            double[] none = new double[side];
            Arrays.fill(none, largest == 0 ? 0 : Double.NaN);
            return new Spectrum(none);
        }
        // Squares of very small or very large weights would leave the range of a double.
        double[] scaled = Arrays.stream(values).map(value -> value / largest).toArray();
        double[] turned = new double[scaled.length];
        Products.transpose(scaled, rows, columns, turned);
        double[] gram = new double[side * side];
        View upright = View.rows(scaled, columns);
        View across = View.rows(turned, rows);
        Products.add(
                side,
                side,
                Math.max(rows, columns),
                rows <= columns ? upright : across,
                rows <= columns ? across : upright,
                View.rows(gram, side));
        double[][] symmetric = new double[side][side];
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                symmetric[i][j] = (gram[i * side + j] + gram[j * side + i]) / 2;
            }
        }
        double[] eigenvalues = new EigenDecomposition(new Array2DRowRealMatrix(symmetric, false)).getRealEigenvalues();
        Arrays.sort(eigenvalues);
        double[] singular = new double[side];
        for (int i = 0; i < side; i++) {
            singular[i] = largest * Math.sqrt(Math.max(0, eigenvalues[side - 1 - i]));
        }
        return new Spectrum(singular);
    }

    /** The largest singular value. */
    public double spectralNorm() {
        return singularValues[0];
    }

    /** The root of the sum of all squares. */
    public double frobeniusNorm() {
        double largest = spectralNorm();
        return largest == 0 ? 0 : largest * Math.sqrt(stableRank());
    }

    /**
     * Squared Frobenius norm by squared spectral norm, between 1 and the rank; NaN where all weights are 0 (Rudelson and
     * Vershynin, "Sampling from large matrices", 2007).
     */
    public double stableRank() {
        double sum = 0;
        for (double value : singularValues) {
            double part = value / spectralNorm();
            sum += part * part;
        }
        return sum;
    }
}
