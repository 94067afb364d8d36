package decaylab.net;

import java.util.Arrays;

/**
 * Softmax and cross-entropy of rows of logits, in double precision whatever the matrices have, some rows at a time, so that
 * loops stay in the processor's nearest cache. For one thread.
 */
final class SoftmaxRows implements HeadRows {
    private static final int BLOCK = 4_096;

    /** exp(x) = exp(x / 4096)^4096 keeps the loop free of calls, tables and branches; it costs four digits of sixteen. */
    private static final double SHARE = 1.0 / 4_096;

    /** Below this exp is as good as 0. */
    private static final double LEAST = -700;

    private final int classes;
    private final int rowsOfBlock;
    private final double[] values;

    SoftmaxRows(int rows, int classes) {
        this.classes = classes;
        rowsOfBlock = Math.max(1, Math.min(rows, BLOCK / classes));
        values = new double[rowsOfBlock * classes];
    }

    /**
     * Turns logits into probabilities.
     *
     * @param logits in the array, without bias
     */
    @Override
    public void outputs(Matrix logits, double[] bias) {
        for (int first = 0; first < logits.rows(); first += rowsOfBlock) {
            int count = Math.min(rowsOfBlock, logits.rows() - first);
            distances(logits, bias, first, count);
            exponentials(values);
            for (int row = 0; row < count; row++) {
                divide(row * classes, sum(row * classes));
            }
            logits.takeRows(first, count, values);
        }
    }

    /**
     * Turns logits into the gradient of the summed cross-entropy: probabilities, less one for the class that was to be told. Rows
     * in which nothing was to be told become 0.
     *
     * @param logits in the array, without bias
     * @param labels the class of each row; below 0 where there is none
     * @param firstLabel where the rows' labels begin
     * @return the summed loss, in nats
     */
    double gradient(Matrix logits, double[] bias, int[] labels, int firstLabel) {
        double loss = 0;
        for (int first = 0; first < logits.rows(); first += rowsOfBlock) {
            int count = Math.min(rowsOfBlock, logits.rows() - first);
            distances(logits, bias, first, count);
            for (int row = 0; row < count; row++) {
                int label = labels[firstLabel + first + row];
                loss -= label < 0 ? 0 : values[row * classes + label];
            }
            exponentials(values);
            for (int row = 0; row < count; row++) {
                int label = labels[firstLabel + first + row];
                if (label < 0) {
                    Arrays.fill(values, row * classes, (row + 1) * classes, 0);
                    continue;
                }
                double sum = sum(row * classes);
                loss += Math.log(sum);
                divide(row * classes, sum);
                values[row * classes + label] -= 1;
            }
            logits.takeRows(first, count, values);
        }
        return loss;
    }

    @Override
    public double gradient(Matrix logits, double[] bias, int[] labels, double[] wanted, int firstLabel) {
        return gradient(logits, bias, labels, firstLabel); // a class is wanted, not a value
    }

    /** Leaves how far each logit is below the largest of its row. */
    private void distances(Matrix logits, double[] bias, int first, int count) {
        logits.copyRows(first, count, values);
        for (int row = 0; row < count; row++) {
            int at = row * classes;
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                values[at + k] += bias[k];
                largest = Math.max(largest, values[at + k]); // NaN stays NaN
            }
            for (int k = 0; k < classes; k++) {
                values[at + k] -= largest;
            }
        }
        Arrays.fill(values, count * classes, values.length, 0); // the rest of the last block
    }

    /** Values = exp(values), for values up to 0. */
    private static void exponentials(double[] values) {
        for (int i = 0; i < values.length; i++) {
            double x = Math.max(LEAST, values[i]) * SHARE;
            double p = Math.fma(
                    Math.fma(Math.fma(Math.fma(1.0 / 40_320, x, 1.0 / 5_040), x, 1.0 / 720), x, 1.0 / 120),
                    x,
                    1.0 / 24);
            p = Math.fma(Math.fma(Math.fma(Math.fma(p, x, 1.0 / 6), x, 0.5), x, 1), x, 1);
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            values[i] = p;
        }
    }

    private double sum(int at) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += values[at + k];
        }
        return sum;
    }

    private void divide(int at, double by) {
        double share = 1 / by;
        for (int k = 0; k < classes; k++) {
            values[at + k] *= share;
        }
    }
}
