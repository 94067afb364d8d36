package decaylab.graph;

/** Softmax of each node's logits; arrays are nodes x classes, row after row. */
public final class SoftmaxNodes {
    private SoftmaxNodes() {}

    /**
     * @param logits of any size
     * @param probabilities receives softmax(logits); may be the same array
     * @param logs receives their logarithms, which do not underflow; not the same array as the logits
     */
    public static void of(double[] logits, int classes, double[] probabilities, double[] logs) {
        for (int row = 0; row < logits.length; row += classes) {
            double most = Double.NEGATIVE_INFINITY;
            for (int c = row; c < row + classes; c++) {
                most = Math.max(most, logits[c]); // NaN stays
            }
            double sum = 0;
            for (int c = row; c < row + classes; c++) {
                sum += Math.exp(logits[c] - most);
            }
            double log = most + Math.log(sum);
            for (int c = row; c < row + classes; c++) {
                logs[c] = logits[c] - log;
                probabilities[c] = Math.exp(logs[c]);
            }
        }
    }

    /** gradient = F (gradient - sum of F gradient), row by row: from probabilities F to their logits. */
    public static void back(double[] probabilities, int classes, double[] gradient) {
        for (int row = 0; row < gradient.length; row += classes) {
            double sum = 0;
            for (int c = row; c < row + classes; c++) {
                sum += probabilities[c] * gradient[c];
            }
            for (int c = row; c < row + classes; c++) {
                gradient[c] = probabilities[c] * (gradient[c] - sum);
            }
        }
    }
}
