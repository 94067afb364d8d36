package decaylab.instrument.geometry;

import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The largest eigenvalue of a symmetric matrix by Lanczos' method (1950) with full reorthogonalisation: every new vector is
 * made orthogonal to all before, twice, so that no eigenvalue appears a second time. Memory: a vector an iteration.
 *
 * @param seed of the start
 * @param least iterations before it may end, unless the dimension is exhausted
 * @param most iterations, at least as many
 * @param tolerance it ends where the residual is at most this part of the eigenvalue's size
 */
public record Lanczos(long seed, int least, int most, double tolerance) {
    /** Sums of rounding errors that are left of a vector that lies in the space of those before it. */
    private static final double EXHAUSTED = 1e-12;

    public Lanczos {
        if (least < 1 || most < least || !(tolerance >= 0)) {
            throw new IllegalArgumentException(least + " to " + most + " iterations to " + tolerance);
        }
    }

    /**
     * What was found.
     *
     * @param eigenvalue the largest, algebraically; NaN where a product was not finite
     * @param iterations products that it took
     * @param residual ||A x - eigenvalue x|| of the unit vector x that belongs to it: some eigenvalue of A is no farther away
     * @param converged whether the residual is as small as was asked for
     */
    public record Result(double eigenvalue, int iterations, double residual, boolean converged) {}

    /**
     * Finds it.
     *
     * @param matrix of dimension 1 or more
     * @param progress told the number of iterations done, after each
     * @throws java.util.concurrent.CancellationException where the matrix's product was given up
     */
    public Result largest(SymmetricOperator matrix, IntConsumer progress) {
        int dimension = matrix.dimension();
        int last = Math.min(most, dimension);
        List<double[]> basis = new ArrayList<>();
        double[] diagonal = new double[last];
        double[] secondary = new double[last];
        double[] next = start(dimension);
        double size = 0;
        for (int j = 0; j < last; j++) {
            basis.add(next);
            double[] product = new double[dimension];
            matrix.apply(next, product);
            diagonal[j] = Products.dot(next, product);
            size = Math.max(size, Math.sqrt(Products.dot(product, product)));
            if (!Double.isFinite(size)) {
                return new Result(Double.NaN, j + 1, Double.NaN, false);
            }
            for (int pass = 0; pass < 2; pass++) {
                for (double[] before : basis) {
                    subtract(product, before, Products.dot(product, before));
                }
            }
            double left = Math.sqrt(Products.dot(product, product));
            boolean exhausted = left <= EXHAUSTED * size || j + 1 == dimension;
            Result now = ritz(diagonal, secondary, j + 1, exhausted ? 0 : left);
            progress.accept(j + 1);
            if (exhausted || j + 1 == last || j + 1 >= least && now.converged) {
                return now;
            }
            secondary[j] = left;
            for (int i = 0; i < dimension; i++) {
                product[i] /= left;
            }
            next = product;
        }
        throw new IllegalArgumentException("a matrix without rows");
    }

    private double[] start(int dimension) {
        CounterRandom random = CounterRandom.of(seed, "lanczos");
        double[] start = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            start[i] = random.nextGaussian();
        }
        double length = Math.sqrt(Products.dot(start, start));
        for (int i = 0; i < dimension; i++) {
            start[i] /= length;
        }
        return start;
    }

    private static void subtract(double[] from, double[] vector, double factor) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= factor * vector[i];
        }
    }

    /** The largest eigenvalue of the tridiagonal matrix so far. */
    private Result ritz(double[] diagonal, double[] secondary, int size, double left) {
        double[] main = java.util.Arrays.copyOf(diagonal, size);
        EigenDecomposition decomposition = new EigenDecomposition(main, java.util.Arrays.copyOf(secondary, size - 1));
        double[] values = decomposition.getRealEigenvalues();
        int top = 0;
        for (int i = 1; i < size; i++) {
            top = values[i] > values[top] ? i : top;
        }
        double residual = left * Math.abs(decomposition.getEigenvector(top).getEntry(size - 1));
        return new Result(values[top], size, residual, residual <= tolerance * Math.abs(values[top]));
    }
}
