package decaylab.graph;

import java.util.Arrays;

/**
 * The theorem of Dong et al. 2021 (section 6.2 of the specification) in numbers. Where F = softmax(f) is propagated, p_i = sum_j a_ij
 * F_j, the gradient of -sum over labelled i of log p_i,y is that of sum_ij w_ij CE(F_j, y_i), with w_ij = a_ij F_j,y / sum_q
 * a_iq F_q,y held constant: a decoupled graph network trains its perceptron on labels that are spread by label propagation. Where
 * logits are propagated instead, softmax(Abar f), it does not hold.
 *
 * @param probabilities largest difference of the two gradients with respect to the logits f where probabilities are propagated
 * @param logits the same where logits are propagated, and the weights w are those above
 * @param rowSums largest distance of a sum_j w_ij from 1
 */
public record Equivalence(double probabilities, double logits, double rowSums) {
    /** Numbers of the rows of Abar beyond which the check is left out, 160 MB. */
    private static final long MOST = 20_000_000;

    /** Whether the rows of Abar of the labelled nodes fit. */
    public static boolean fits(int labelled, int nodes) {
        return (long) labelled * nodes <= MOST;
    }

    /**
     * Measures it.
     *
     * @param along Abar
     * @param rows of Abar, of the labelled nodes, as {@link Propagation#rows} tells them
     * @param logits f, nodes x classes
     * @param train the labelled nodes
     * @param labels their classes
     */
    public static Equivalence of(
            Propagation along, double[] rows, double[] logits, int classes, int[] train, int[] labels) {
        double[] spread = new double[logits.length];
        double[] f = new double[logits.length];
        SoftmaxNodes.of(logits, classes, f, spread);
        double[] byPseudoLabels = new double[logits.length];
        double rowSums = pseudoLabelGradient(rows, f, classes, train, labels, byPseudoLabels);
        double[] direct = new double[logits.length];
        double[] back = new double[logits.length];
        along.apply(f, classes, spread);
        for (int i = 0; i < train.length; i++) {
            int at = train[i] * classes + labels[i];
            direct[at] = -1 / spread[at];
        }
        along.apply(direct, classes, back);
        SoftmaxNodes.back(f, classes, back);
        double ofProbabilities = largestDifference(back, byPseudoLabels);

        double[] p = new double[logits.length];
        along.apply(logits, classes, spread);
        SoftmaxNodes.of(spread, classes, p, back);
        Arrays.fill(direct, 0);
        for (int i = 0; i < train.length; i++) {
            for (int c = 0; c < classes; c++) {
                int at = train[i] * classes + c;
                direct[at] = p[at] - (c == labels[i] ? 1 : 0);
            }
        }
        along.apply(direct, classes, back);
        return new Equivalence(ofProbabilities, largestDifference(back, byPseudoLabels), rowSums);
    }

    /** Adds up w_ij (F_j - y_i); returns the largest distance of a row's sum of w from 1. */
    private static double pseudoLabelGradient(
            double[] rows, double[] f, int classes, int[] train, int[] labels, double[] gradient) {
        int nodes = f.length / classes;
        double[] weights = new double[nodes];
        double largest = 0;
        for (int i = 0; i < train.length; i++) {
            double sum = 0;
            for (int j = 0; j < nodes; j++) {
                weights[j] = rows[i * nodes + j] * f[j * classes + labels[i]];
                sum += weights[j];
            }
            double total = 0;
            for (int j = 0; j < nodes; j++) {
                double weight = weights[j] / sum;
                total += weight;
                for (int c = 0; c < classes; c++) {
                    gradient[j * classes + c] += weight * f[j * classes + c];
                }
                gradient[j * classes + labels[i]] -= weight;
            }
            largest = Math.max(largest, Math.abs(total - 1));
        }
        return largest;
    }

    private static double largestDifference(double[] some, double[] others) {
        double largest = 0;
        for (int i = 0; i < some.length; i++) {
            largest = Math.max(largest, Math.abs(some[i] - others[i])); // NaN stays
        }
        return largest;
    }
}
