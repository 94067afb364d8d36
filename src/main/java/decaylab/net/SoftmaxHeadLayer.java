package decaylab.net;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes a {@link SoftmaxHead}: products by BLAS, exponentials in double precision, memory made once a size of batch. */
final class SoftmaxHeadLayer extends OutputLayer {
    private static final long serialVersionUID = 1L;

    private final transient Map<Long, Pass> passes = new HashMap<>();
    private double meanLoss = Double.NaN;

    SoftmaxHeadLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    private int fanIn() {
        return Math.toIntExact(layerConf().getNIn());
    }

    private int classes() {
        return Math.toIntExact(layerConf().getNOut());
    }

    /** Everything of one size of batch. */
    private final class Pass {
        private final int rows;
        private final Matrix weights;
        private final Matrix bias;
        private final Matrix weightGradient;
        private final Matrix biasGradient;
        private final INDArray probability;
        private final Matrix probabilities;
        private final INDArray below;
        private final Matrix belowMatrix;
        private final Gradient gradients = new DefaultGradient();
        private final ArrayMatrix inputs;
        private final ArrayMatrix targets;

        Pass(int rows) {
            this.rows = rows;
            inputs = new ArrayMatrix(rows, fanIn());
            targets = new ArrayMatrix(rows, classes());
            UnitViews views = new UnitViews(params, gradientViews, 0, classes());
            weights = views.weights();
            weightGradient = views.weightGradient();
            bias = views.parameter(DefaultParamInitializer.BIAS_KEY);
            biasGradient = views.gradient(DefaultParamInitializer.BIAS_KEY);
            probability = Nd4j.createUninitialized(dataType, new long[] {rows, classes()}, 'c');
            probabilities = Matrix.on(probability, rows, classes());
            below = Nd4j.createUninitialized(dataType, new long[] {rows, fanIn()}, 'c');
            belowMatrix = Matrix.on(below, rows, fanIn());
            gradientViews.forEach(gradients::setGradientFor);
        }

        /** Leaves the logits, still without bias, in the array of the probabilities. */
        private void logits(INDArray input) {
            probabilities.multiply(inputs.of(input), false, weights, true, false);
            probabilities.pull();
            bias.pull();
        }

        /** Leaves the probabilities in their array. */
        void forward(INDArray input) {
            logits(input);
            for (int row = 0; row < rows; row++) {
                softmax(row);
            }
        }

        /** One row's probabilities, from logits without bias; returns the logarithm of their common divisor. */
        private double softmax(int row) {
            int classes = classes();
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                largest = Math.max(largest, probabilities.get(row, k) + bias.get(0, k)); // NaN stays NaN
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                double power = Math.exp(probabilities.get(row, k) + bias.get(0, k) - largest);
                sum += power;
                probabilities.set(row, k, power);
            }
            for (int k = 0; k < classes; k++) {
                probabilities.set(row, k, probabilities.get(row, k) / sum);
            }
            return largest + Math.log(sum);
        }

        Pair<Gradient, INDArray> backward(INDArray input, INDArray ofClasses) {
            Matrix goals = targets.of(ofClasses);
            goals.pull();
            logits(input);
            double loss = 0;
            for (int row = 0; row < rows; row++) {
                double wanted = 0;
                for (int k = 0; k < classes(); k++) {
                    double goal = goals.get(row, k);
                    wanted += goal == 0 ? 0 : goal * (probabilities.get(row, k) + bias.get(0, k));
                }
                loss += softmax(row) - wanted;
                for (int k = 0; k < classes(); k++) {
                    probabilities.set(row, k, probabilities.get(row, k) - goals.get(row, k));
                }
            }
            meanLoss = loss / rows;
            probabilities.sums(biasGradient);
            biasGradient.push();
            probabilities.push();
            weightGradient.multiply(probabilities, true, inputs.of(input), false, false);
            belowMatrix.multiply(probabilities, false, weights, false, false);
            return new Pair<>(gradients, below);
        }
    }

    private Pass pass() {
        assertInputSet(false);
        return passes.computeIfAbsent(input.size(0), rows -> new Pass(Math.toIntExact(rows)));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        Pass pass = pass();
        pass.forward(input);
        pass.probabilities.push();
        return pass.probability;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return pass().backward(input, labels);
    }

    /** The mean loss of the batch whose gradient was computed last, in nats. */
    @Override
    public double computeScore(double regularization, boolean training, LayerWorkspaceMgr workspaces) {
        return meanLoss + regularization;
    }
}
