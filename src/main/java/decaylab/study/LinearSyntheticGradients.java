package decaylab.study;

import decaylab.random.CounterRandom;

/**
 * Linear regression with a linear module of synthetic gradients at its output: the linear experiment of the specification's
 * section 5.3, for Czarnecki et al., "Understanding Synthetic Gradients and Decoupled Neural Interfaces" (ICML 2017). 256 examples of 8
 * inputs and 3 outputs, y = X W* + 0.1 noise, all in one batch; the weights only ever see what the module predicts.
 */
final class LinearSyntheticGradients {
    private static final int EXAMPLES = 256;
    private static final int INPUTS = 8;
    private static final int OUTPUTS = 3;
    private static final int STEPS = 3_000;
    private static final double NOISE = 0.1;
    private static final double RATE = 0.05;
    /** What a module reads of an example: h, y and 1. */
    private static final int READ = 2 * OUTPUTS + 1;

    private final double[][] x = new double[EXAMPLES][INPUTS];
    private final double[][] y = new double[EXAMPLES][OUTPUTS];
    private final double[][] w = new double[INPUTS][OUTPUTS];
    /** A, C and c, one under the other; zero at the start. */
    private final double[][] module = new double[READ][OUTPUTS];

    /** Trains, from zero. */
    LinearSyntheticGradients(long seed) {
        CounterRandom random = CounterRandom.of(seed, "linear synthetic gradients");
        double[][] hidden = new double[INPUTS][OUTPUTS];
        for (double[] row : hidden) {
            for (int j = 0; j < OUTPUTS; j++) {
                row[j] = random.nextGaussian();
            }
        }
        for (int i = 0; i < EXAMPLES; i++) {
            for (int k = 0; k < INPUTS; k++) {
                x[i][k] = random.nextGaussian();
            }
            for (int j = 0; j < OUTPUTS; j++) {
                y[i][j] = NOISE * random.nextGaussian() + dot(x[i], hidden, j);
            }
        }
        for (int step = 0; step < STEPS; step++) {
            step();
        }
    }

    private static double dot(double[] row, double[][] matrix, int column) {
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            sum += row[k] * matrix[k][column];
        }
        return sum;
    }

    private void step() {
        double[][] ofW = new double[INPUTS][OUTPUTS];
        double[][] ofModule = new double[READ][OUTPUTS];
        double[] read = new double[READ];
        read[READ - 1] = 1;
        for (int i = 0; i < EXAMPLES; i++) {
            for (int j = 0; j < OUTPUTS; j++) {
                read[j] = dot(x[i], w, j);
                read[OUTPUTS + j] = y[i][j];
            }
            for (int j = 0; j < OUTPUTS; j++) {
                double synthetic = dot(read, module, j);
                double residual = synthetic - (read[j] - y[i][j]);
                for (int k = 0; k < INPUTS; k++) {
                    ofW[k][j] += x[i][k] * synthetic;
                }
                for (int k = 0; k < READ; k++) {
                    ofModule[k][j] += read[k] * residual;
                }
            }
        }
        descend(w, ofW);
        descend(module, ofModule);
    }

    private static void descend(double[][] weights, double[][] sums) {
        for (int k = 0; k < weights.length; k++) {
            for (int j = 0; j < OUTPUTS; j++) {
                weights[k][j] -= RATE / EXAMPLES * sums[k][j];
            }
        }
    }

    /** The weights of least squares, in closed form. */
    private double[][] leastSquares() {
        int columns = INPUTS + OUTPUTS;
        double[][] system = new double[INPUTS][columns];
        for (int i = 0; i < EXAMPLES; i++) {
            for (int k = 0; k < INPUTS; k++) {
                for (int j = 0; j < columns; j++) {
                    system[k][j] += x[i][k] * (j < INPUTS ? x[i][j] : y[i][j - INPUTS]);
                }
            }
        }
        for (int p = 0; p < INPUTS; p++) { // positive definite: no pivots are needed
            for (int k = 0; k < INPUTS; k++) {
                double factor = k == p ? 0 : system[k][p] / system[p][p];
                for (int j = p; j < columns; j++) {
                    system[k][j] -= factor * system[p][j];
                }
            }
        }
        double[][] best = new double[INPUTS][OUTPUTS];
        for (int k = 0; k < INPUTS; k++) {
            for (int j = 0; j < OUTPUTS; j++) {
                best[k][j] = system[k][INPUTS + j] / system[k][k];
            }
        }
        return best;
    }

    /** ||W - W_ls|| / ||W_ls||. */
    double weightError() {
        double[][] best = leastSquares();
        double error = 0;
        double size = 0;
        for (int k = 0; k < INPUTS; k++) {
            for (int j = 0; j < OUTPUTS; j++) {
                error += (w[k][j] - best[k][j]) * (w[k][j] - best[k][j]);
                size += best[k][j] * best[k][j];
            }
        }
        return Math.sqrt(error / size);
    }

    /** The loss by the smallest that there is. */
    double lossRatio() {
        return loss(w) / loss(leastSquares());
    }

    private double loss(double[][] weights) {
        double sum = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            for (int j = 0; j < OUTPUTS; j++) {
                double off = dot(x[i], weights, j) - y[i][j];
                sum += off * off;
            }
        }
        return sum / (2 * EXAMPLES);
    }

    /** The mean of the diagonal of A, which is 1 where the module is exact. */
    double diagonalOfA() {
        double sum = 0;
        for (int j = 0; j < OUTPUTS; j++) {
            sum += module[j][j];
        }
        return sum / OUTPUTS;
    }

    /**
     * The relative squared error of the best linear module for the gradient of a loss: 0 for squared error, h - y, whose module is A
     * = 1 and C = -1; above 0 for the log loss of a softmax, p(h) - y.
     *
     * @param logLoss which of them
     */
    double bestModuleError(boolean logLoss) {
        double[][] system = new double[READ][READ + OUTPUTS];
        double size = 0;
        double[][] reads = new double[EXAMPLES][];
        double[][] slopes = new double[EXAMPLES][];
        for (int i = 0; i < EXAMPLES; i++) {
            reads[i] = new double[READ];
            double[] h = new double[OUTPUTS];
            for (int j = 0; j < OUTPUTS; j++) {
                h[j] = x[i][j]; // any inputs will do
                reads[i][j] = h[j];
                reads[i][OUTPUTS + j] = logLoss ? (j == i % OUTPUTS ? 1 : 0) : y[i][j];
            }
            reads[i][READ - 1] = logLoss ? 0 : 1; // the one-hot rows hold a constant already
            slopes[i] = slope(h, reads[i], logLoss);
            for (int k = 0; k < READ; k++) {
                for (int j = 0; j < READ; j++) {
                    system[k][j] += reads[i][k] * reads[i][j];
                }
                for (int j = 0; j < OUTPUTS; j++) {
                    system[k][READ + j] += reads[i][k] * slopes[i][j];
                }
            }
        }
        int free = logLoss ? READ - 1 : READ;
        for (int p = 0; p < free; p++) {
            for (int k = 0; k < free; k++) {
                double factor = k == p ? 0 : system[k][p] / system[p][p];
                for (int j = p; j < READ + OUTPUTS; j++) {
                    system[k][j] -= factor * system[p][j];
                }
            }
        }
        double error = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            for (int j = 0; j < OUTPUTS; j++) {
                double predicted = 0;
                for (int k = 0; k < free; k++) {
                    predicted += reads[i][k] * system[k][READ + j] / system[k][k];
                }
                error += (predicted - slopes[i][j]) * (predicted - slopes[i][j]);
                size += slopes[i][j] * slopes[i][j];
            }
        }
        return error / size;
    }

    private static double[] slope(double[] h, double[] read, boolean logLoss) {
        double[] slope = new double[OUTPUTS];
        double sum = 0;
        for (double value : h) {
            sum += Math.exp(value);
        }
        for (int j = 0; j < OUTPUTS; j++) {
            slope[j] = (logLoss ? Math.exp(h[j]) / sum : h[j]) - read[OUTPUTS + j];
        }
        return slope;
    }
}
