package decaylab.graph;

/**
 * The losses on pseudo-labels of PTS, PTD and PTA (Dong et al. 2021, section 6.3 of the specification): l = -(1/k) sum over all
 * nodes j and classes c of ybar_jc F_jc^gamma log F_jc, in which F^gamma is a constant for the gradient. PTS has gamma 0, PTD 1,
 * and PTA ln(1 + epoch / 100), so that it begins as PTS. 0^0 is 1. The division is by the k classes, not by the nodes.
 */
public final class PseudoLabelLoss {
    private static final double EPOCHS = 100;

    private PseudoLabelLoss() {}

    /** PTA's gamma at an epoch, from 0. */
    public static double adaptiveGamma(long epoch) {
        return Math.log(1 + epoch / EPOCHS);
    }

    /**
     * @param softLabels ybar, nodes x classes
     * @param probabilities F
     * @param logs of F
     * @param gamma at least 0
     * @param gradient receives the gradient with respect to the logits of F
     * @return the loss
     */
    public static double of(
            double[] softLabels, double[] probabilities, double[] logs, int classes, double gamma, double[] gradient) {
        double loss = 0;
        for (int row = 0; row < probabilities.length; row += classes) {
            double sum = 0;
            for (int c = row; c < row + classes; c++) {
                double weight = softLabels[c] * power(probabilities[c], gamma);
                gradient[c] = weight;
                sum += weight;
                loss -= weight == 0 ? 0 : weight * logs[c]; // not 0 times infinity
            }
            for (int c = row; c < row + classes; c++) {
                gradient[c] = (probabilities[c] * sum - gradient[c]) / classes;
            }
        }
        return loss / classes;
    }

    private static double power(double base, double exponent) {
        if (exponent == 0) {
            return 1;
        }
        return exponent == 1 ? base : Math.pow(base, exponent);
    }
}
