package decaylab.net;

import decaylab.parallel.Team;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes the last layer, a linear map with a bias and a loss: products by BLAS, the loss in double precision, memory made
 * once a size of batch. Many rows are computed in two halves. Labels are what the {@link HeadRows loss} reads of a row, first
 * of all the number of its class, and not a column for each class.
 */
final class HeadLayer extends OutputLayer {
    private static final long serialVersionUID = 1L;

    private transient Team team = Team.of(1);
    private final transient Map<Long, Pass> passes = new HashMap<>();
    private transient @Nullable Pass trained;
    private transient @Nullable ErrorCarrier carrier;
    private double meanLoss = Double.NaN;
    /** What takes the place of the loss's gradient; null for nothing. */
    private transient @Nullable OutputErrors errors;

    private final transient HeadRows.Maker loss;
    private final int labelColumns;

    /**
     * @param loss what is done with the sums of a row
     * @param labelColumns numbers that it reads of each row's label: 1, or 2
     */
    HeadLayer(NeuralNetConfiguration configuration, DataType type, HeadRows.Maker loss, int labelColumns) {
        super(configuration, type);
        this.loss = loss;
        this.labelColumns = labelColumns;
    }

    /** Numbers in the label of a row. */
    int labelColumns() {
        return labelColumns;
    }

    /** Has something else than the weights carry the error down. Before the first batch. */
    void carry(ErrorCarrier instead) {
        carrier = instead;
    }

    /** The errors of so many rows, as the gradient of their batch left them; in native memory. */
    Matrix errors(int rows) {
        Pass pass = passes.get((long) rows);
        if (pass == null) {
            throw new IllegalStateException("the head has no errors of " + rows + " rows before their gradient");
        }
        return pass.errors;
    }

    /** Has the team do the work from now on. */
    void use(Team forWork) {
        team = forWork;
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
        private final Part[] parts;
        private final Matrix weights;
        private final Matrix carrying;
        /** Behind the gradient what is left of the outputs, in the same memory. */
        private final Matrix errors;

        private final Matrix bias;
        private final double[] biases = new double[classes()];
        private final Matrix biasGradient;
        private final INDArray probability;
        private final INDArray below;
        private final ArrayMatrix inputs;
        private final ArrayMatrix targets;
        private final int[] labelOf;
        private final double[] wanted;
        private final Gradient gradients = new DefaultGradient();
        private final IntConsumer forward;
        private final IntConsumer backward;
        private final IntConsumer gather;
        private final Matrix[] sumErrors;
        private Matrix known;

        Pass(int rows) {
            this.rows = rows;
            labelOf = new int[rows];
            wanted = new double[labelColumns > 1 ? rows : 0];
            inputs = new ArrayMatrix(rows, fanIn());
            targets = new ArrayMatrix(rows, labelColumns);
            UnitViews views = new UnitViews(params, gradientViews, 0, classes());
            weights = views.weights();
            carrying = carrier == null ? weights : carrier.rows(0, classes());
            bias = views.parameter(DefaultParamInitializer.BIAS_KEY);
            biasGradient = views.gradient(DefaultParamInitializer.BIAS_KEY);
            probability = Nd4j.createUninitialized(dataType, new long[] {rows, classes()}, 'c');
            below = Nd4j.createUninitialized(dataType, new long[] {rows, fanIn()}, 'c');
            Matrix probabilities = Matrix.inNativeMemory(probability, rows, classes());
            Matrix allBelow = Matrix.inNativeMemory(below, rows, fanIn());
            sumErrors = new Matrix[] {probabilities};
            errors = probabilities;
            known = allBelow;
            Matrix weightGradient = views.weightGradient();
            boolean large = DenseBlockLayer.inHalves(rows, fanIn(), classes());
            int middle = rows / 2;
            int half = classes() / 2;
            parts = large
                    ? new Part[] {
                        new Part(probabilities, allBelow, weightGradient, 0, middle, 0, half),
                        new Part(probabilities, allBelow, weightGradient, middle, rows, half, classes())
                    }
                    : new Part[] {new Part(probabilities, allBelow, weightGradient, 0, rows, 0, classes())};
            gradientViews.forEach(gradients::setGradientFor);
            forward = part -> parts[part].forward(weights, biases);
            backward = part -> parts[part].backward(weights, carrying(), biases, labelOf, wanted);
            gather = part -> parts[part].gather(known);
        }

        /** What the error goes down by. */
        private Matrix carrying() {
            return carrier != null && carrier.isOn() ? carrying : weights;
        }

        private void each(IntConsumer work) {
            if (parts.length == 1) {
                work.accept(0);
            } else {
                team.halves(work);
            }
        }

        private void take(INDArray input) {
            Matrix all = inputs.of(input);
            if (known != all) {
                known = all;
                for (Part part : parts) {
                    part.bindInput(all);
                }
            }
            bias.pull();
            bias.copyRows(0, 1, biases);
        }

        INDArray forward(INDArray input) {
            take(input);
            each(forward);
            return probability;
        }

        /** The products of both ways again, and nothing else. */
        void products() {
            each(part -> parts[part].multiply(weights));
            each(part -> parts[part].multiplyBack(carrying()));
            each(gather);
        }

        void tap(LayerTap tap) {
            tap.take(known, sumErrors);
        }

        Pair<Gradient, INDArray> backward(INDArray input, INDArray classOfRows) {
            take(input);
            Matrix classOf = targets.of(classOfRows);
            classOf.pull();
            for (int row = 0; row < rows; row++) {
                labelOf[row] = (int) classOf.get(row, 0);
                if (labelColumns > 1) {
                    wanted[row] = classOf.get(row, 1);
                }
            }
            each(backward);
            each(gather);
            double loss = 0;
            biasGradient.clear();
            for (Part part : parts) {
                loss += part.loss;
                biasGradient.add(biasGradient, part.biasSums);
            }
            meanLoss = loss / rows;
            biasGradient.push();
            return new Pair<>(gradients, below);
        }
    }

    /** Some of the rows, and some of the classes for what is summed over all rows. */
    private final class Part {
        private final int firstRow;
        private final Matrix values;
        private final Matrix columns;
        private final Matrix below;
        private final Matrix weightGradient;
        private final Matrix biasSums;
        private final HeadRows outputs;
        private Matrix inputs;
        private double loss;

        Part(
                Matrix probabilities,
                Matrix allBelow,
                Matrix allGradients,
                int firstRow,
                int endRow,
                int firstClass,
                int endClass) {
            this.firstRow = firstRow;
            int count = endRow - firstRow;
            values = probabilities.rowsFrom(firstRow, count);
            columns = probabilities.columnsInNativeMemory(firstClass, endClass - firstClass);
            below = allBelow.rowsInNativeMemory(firstRow, count);
            inputs = below;
            weightGradient = allGradients.rowsInNativeMemory(firstClass, endClass - firstClass);
            biasSums = Matrix.inHeap(dataType, 1, classes());
            outputs = HeadLayer.this.loss.of(count, classes());
        }

        void bindInput(Matrix all) {
            inputs = all.rowsInNativeMemory(firstRow, values.rows());
        }

        void multiply(Matrix weights) {
            values.multiply(inputs, false, weights, true, false);
        }

        void multiplyBack(Matrix weights) {
            below.multiply(values, false, weights, false, false);
        }

        private void logits(Matrix weights) {
            multiply(weights);
            values.pull();
        }

        void forward(Matrix weights, double[] bias) {
            logits(weights);
            outputs.outputs(values, bias);
            values.push();
        }

        void backward(Matrix weights, Matrix carrying, double[] bias, int[] labels, double[] wanted) {
            logits(weights);
            OutputErrors instead = errors;
            if (instead == null) {
                loss = outputs.gradient(values, bias, labels, wanted, firstRow);
            } else {
                instead.fill(values, bias, outputs, firstRow);
            }
            values.sums(biasSums);
            values.push();
            multiplyBack(carrying);
        }

        /** Sums over all rows, of these classes. */
        void gather(Matrix allInputs) {
            weightGradient.multiply(columns, true, allInputs, false, false);
        }
    }

    private Pass pass() {
        assertInputSet(false);
        return passes.computeIfAbsent(input.size(0), rows -> new Pass(Math.toIntExact(rows)));
    }

    /** The products of the batch that was trained on last, again, and nothing else: the least that it can cost. */
    void products() {
        Pass pass = trained;
        if (pass == null) {
            throw new IllegalStateException("the head has no products before its first gradient");
        }
        pass.products();
    }

    /** Has the next gradients be those of other errors at the outputs than the loss's; null for the loss's again. */
    void send(@Nullable OutputErrors instead) {
        errors = instead;
    }

    /** Shows what the gradient of the batch that was trained on last was made of. */
    void tap(LayerTap tap) {
        Pass pass = trained;
        if (pass == null) {
            throw new IllegalStateException("the head has no errors before its first gradient");
        }
        pass.tap(tap);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return pass().forward(input);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        Pass pass = pass();
        trained = pass;
        return pass.backward(input, labels);
    }

    /** From a batch and its labels to the gradient of what it reads, in memory that the next batch of this size writes over. */
    INDArray backward(INDArray batch, INDArray classOfRows) {
        Pass pass = passes.computeIfAbsent(batch.size(0), rows -> new Pass(Math.toIntExact(rows)));
        trained = pass;
        return pass.backward(batch, classOfRows).getSecond();
    }

    /** The mean loss of the batch whose gradient was computed last, in nats. */
    double meanLoss() {
        return meanLoss;
    }

    /** The mean loss of the batch whose gradient was computed last, in nats. */
    @Override
    public double computeScore(double regularization, boolean training, LayerWorkspaceMgr workspaces) {
        return meanLoss + regularization;
    }
}
