package decaylab.net;

import java.util.Arrays;

/**
 * Values of actions, of which one a row is corrected, by Huber's loss of its error (Huber 1964, with a threshold of 1):
 * half of the square up to 1, growing evenly beyond, so that the gradient is the error cut off at 1 and -1, as Mnih et al.
 * (2015) do it. For one thread.
 */
final class HuberRows implements HeadRows {
    private final double[] row;

    HuberRows(int rows, int actions) {
        row = new double[actions];
    }

    @Override
    public void outputs(Matrix sums, double[] bias) {
        for (int i = 0; i < sums.rows(); i++) {
            sums.copyRows(i, 1, row);
            for (int k = 0; k < row.length; k++) {
                row[k] += bias[k];
            }
            sums.takeRows(i, 1, row);
        }
    }

    @Override
    public double gradient(Matrix sums, double[] bias, int[] labels, double[] wanted, int first) {
        double loss = 0;
        for (int i = 0; i < sums.rows(); i++) {
            sums.copyRows(i, 1, row);
            int action = labels[first + i];
            double error = row[action] + bias[action] - wanted[first + i];
            double size = Math.abs(error); // NaN stays NaN
            loss += size <= 1 ? error * error / 2 : size - 0.5;
            Arrays.fill(row, 0);
            row[action] = Math.max(-1, Math.min(1, error));
            sums.takeRows(i, 1, row);
        }
        return loss;
    }
}
