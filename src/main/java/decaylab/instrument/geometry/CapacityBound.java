package decaylab.instrument.geometry;

import decaylab.optim.MatrixNorm;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A bound on the Rademacher complexity of networks with bounded weights, in the form that the lab derives itself (after Xu and
 * Wang, "Understanding Weight Normalized Deep Neural Networks with Rectified Linear Units", NeurIPS 2018, whose own constants may
 * differ): with z_i = (1, x_i), b_i = ||z_i||_p* and 1/p + 1/p* = 1,
 *
 * <pre>
 *   R_S <= (c_o / n) prod_l K_l [ sqrt(2 k ln 2 sum b_i^2) + E || sum e_i z_i ||_p* ]
 *   K_l = (1 + (c_l d_l^[1/p* - 1/q]_+)^p*)^(1/p*)
 * </pre>
 *
 * <p>of k hidden layers with rectified linear units, d_l of them, and a bias each, where ||V_l||_{p,q} <= c_l and the output's norm
 * is at most c_o. Like every bound of its kind it says nothing in absolute terms; only how it moves is of interest.
 *
 * @param factors K_l of each hidden layer, from the input on
 * @param head c_o
 * @param peeling sqrt(2 k ln 2 sum b_i^2) / n: what depth adds
 * @param input the bound of E || sum e_i z_i ||_p* / n: what the examples alone give
 */
public record CapacityBound(List<Double> factors, double head, double peeling, double input) {
    public CapacityBound {
        factors = List.copyOf(factors);
    }

    /**
     * The bound of a class of networks.
     *
     * @param norm of the constraint; p must be 1, or from above 1 to 2, since for larger p there is no bound of the last term
     * @param radii c_l of each hidden layer, from the input on
     * @param widths d_l likewise
     * @param head c_o
     * @param inputs of the examples, row after row
     * @param features numbers an example has
     */
    public static CapacityBound of(
            MatrixNorm norm, double[] radii, int[] widths, double head, float[] inputs, int features) {
        if (norm.p() > 2 || radii.length != widths.length) {
            throw new IllegalArgumentException(
                    norm + " with " + radii.length + " radii of " + widths.length + " layers");
        }
        int n = inputs.length / features;
        return of(norm, radii, widths, head, n, features, squaredLengths(norm, inputs, features));
    }

    /**
     * The same with what is known of the examples.
     *
     * @param n how many examples there are
     * @param squares {@link #squaredLengths sum of b_i^2}
     */
    static CapacityBound of(
            MatrixNorm norm, double[] radii, int[] widths, double head, int n, int features, double squares) {
        return new CapacityBound(
                IntStream.range(0, radii.length)
                        .mapToObj(l -> factor(norm, radii[l], widths[l]))
                        .toList(),
                head,
                Math.sqrt(2 * radii.length * Math.log(2) * squares) / n,
                Math.sqrt(ofSigns(norm.dual(), features) * squares) / n);
    }

    /**
     * Sum over the examples of b_i^2 = ||(1, x_i)||_p*^2, which the bound reads of them, however large they are.
     *
     * @param inputs row after row
     * @param features numbers an example has
     */
    static double squaredLengths(MatrixNorm norm, float[] inputs, int features) {
        double squares = 0;
        double[] example = new double[features + 1];
        example[0] = 1;
        for (int i = 0; i < inputs.length / features; i++) {
            for (int j = 0; j < features; j++) {
                example[j + 1] = inputs[i * features + j];
            }
            double length = MatrixNorm.vector(example, norm.dual());
            squares += length * length;
        }
        return squares;
    }

    /** K_l of a layer. */
    static double factor(MatrixNorm norm, double radius, int width) {
        double reach = radius * Math.pow(width, norm.widthExponent());
        double dual = norm.dual();
        return dual == Double.POSITIVE_INFINITY ? Math.max(1, reach) : Math.pow(1 + Math.pow(reach, dual), 1 / dual);
    }

    /** How many times sum b_i^2 bounds the squared expectation over random signs: Massart's lemma, or Khintchine's inequality. */
    private static double ofSigns(double dual, int features) {
        return dual == Double.POSITIVE_INFINITY ? 2 * Math.log(2.0 * (features + 1)) : dual - 1;
    }

    /** The bound of R_S. */
    public double value() {
        return factors.stream().reduce(head, (product, factor) -> product * factor) * (peeling + input);
    }
}
