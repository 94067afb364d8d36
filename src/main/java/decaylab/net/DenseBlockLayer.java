package decaylab.net;

import decaylab.experiment.Normalization;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes a {@link DenseBlock}: products by BLAS, everything else in Java loops, in memory that is made once for each size
 * of batch. Large layers are computed in two halves of their units, which need nothing of each other until the gradient goes
 * to the layer below.
 */
final class DenseBlockLayer extends BlockLayer<DenseBlock> {
    private static final long serialVersionUID = 1L;

    /** Multiplications below which halves are not worth their handing over; a bound on the shape alone. */
    private static final long LEAST_FOR_HALVES = 400_000;

    private transient @Nullable ErrorCarrier carrier;
    private transient @Nullable BatchPass last;

    DenseBlockLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** Has something else than the weights carry the error down. Before the first batch. */
    void carry(ErrorCarrier instead) {
        carrier = instead;
    }

    /**
     * The gradient with respect to the sums of the batch that went back last, before biases or normalisation.
     *
     * @param into receives rows x width numbers, row after row
     */
    void errors(double[] into) {
        BatchPass pass = last;
        if (pass == null) {
            throw new IllegalStateException("the errors of " + layerId() + " need a pass of training first");
        }
        for (Units some : pass.units) {
            for (int row = 0; row < some.slope.rows(); row++) {
                for (int i = 0; i < some.slope.columns(); i++) {
                    into[row * width() + some.first + i] = some.slope.get(row, i);
                }
            }
        }
    }

    /** Whether a layer of this shape is computed in halves. */
    static boolean inHalves(int rows, int fanIn, int width) {
        return (long) rows * fanIn * width >= LEAST_FOR_HALVES && width > 1 && rows > 1;
    }

    private int fanIn() {
        return Math.toIntExact(layerConf().getNIn());
    }

    private int width() {
        return Math.toIntExact(layerConf().getNOut());
    }

    /** A batch of one size. */
    private final class BatchPass implements Pass {
        private final ArrayMatrix input;
        private final ArrayMatrix above;
        private final INDArray output;
        private final INDArray below;
        private final Matrix outputs;
        private final Matrix[] belowRows;
        private final Units[] units;
        private final Matrix[] errors;
        private final Gradient gradients = new DefaultGradient();
        private final IntConsumer forward;
        private final IntConsumer backward;
        private final IntConsumer downwards;
        // Of the batch under way.
        private Matrix inputs;
        private Matrix slopes;
        private boolean training;

        BatchPass(int rows) {
            input = new ArrayMatrix(rows, fanIn());
            above = new ArrayMatrix(rows, width());
            output = Nd4j.createUninitialized(dataType, new long[] {rows, width()}, 'c');
            below = Nd4j.createUninitialized(dataType, new long[] {rows, fanIn()}, 'c');
            outputs = Matrix.on(output, rows, width());
            inputs = outputs;
            slopes = outputs;
            boolean large = inHalves(rows, fanIn(), width());
            Matrix all = Matrix.on(below, rows, fanIn());
            int half = width() / 2;
            if (large) {
                belowRows = new Matrix[] {all.rowsFrom(0, rows / 2), all.rowsFrom(rows / 2, rows - rows / 2)};
                units = new Units[] {new Units(rows, 0, half), new Units(rows, half, width() - half)};
            } else {
                belowRows = new Matrix[] {all};
                units = new Units[] {new Units(rows, 0, width())};
            }
            errors = Arrays.stream(units).map(some -> some.slope).toArray(Matrix[]::new);
            gradientViews.forEach(gradients::setGradientFor);
            forward = part -> units[part].forward(inputs, outputs, training);
            backward = part -> units[part].backward(outputs, slopes);
            downwards = part -> {
                if (carrier != null && carrier.isDirect()) {
                    carrier.carry(part, belowRows);
                    return;
                }
                for (int i = 0; i < units.length; i++) {
                    Matrix slope = large ? units[i].slopeRows[part] : units[i].slope;
                    Matrix carrying = carrier != null && carrier.isOn() ? units[i].carrying : units[i].weights;
                    belowRows[part].multiply(slope, false, carrying, false, i > 0);
                }
            };
        }

        @Override
        public INDArray forward(INDArray handed, boolean forTraining) {
            Matrix now = input.of(handed);
            if (inputs != now) {
                inputs = now;
                for (Units some : units) {
                    some.bindInput(now);
                }
            }
            training = forTraining;
            each(units.length, forward);
            outputs.push();
            return output;
        }

        @Override
        public Pair<Gradient, INDArray> backward(INDArray epsilon) {
            slopes = above.of(epsilon);
            slopes.pull();
            last = this;
            each(units.length, backward);
            if (index == 0) {
                return new Pair<>(gradients, null); // nothing is below
            }
            bind(outputs.rows());
            each(units.length, downwards);
            return new Pair<>(gradients, below);
        }

        @Override
        public void products() {
            each(units.length, part -> units[part].multiply(inputs));
            each(units.length, part -> units[part].multiplyBack());
            if (index > 0) {
                each(units.length, downwards);
            }
        }

        @Override
        public void tap(LayerTap tap) {
            tap.take(inputs, errors);
        }
    }

    private void bind(int rows) {
        if (carrier != null && carrier.isDirect()) {
            carrier.bind(rows);
        }
    }

    /** A run of units and what they keep of a batch. */
    private final class Units {
        private final int first;
        private final Matrix weights;
        /** What takes their place on the way down. */
        private final Matrix carrying;

        private final int piece;
        private final Matrix[] gradientPieces;
        private Matrix[] inputPieces = {};
        private final Matrix linear;
        private final Matrix slope;
        private final Matrix[] slopeRows;
        private final UnitFinish finish;

        Units(int rows, int first, int count) {
            this.first = first;
            UnitViews views = new UnitViews(params, gradientViews, first, count);
            weights = views.weights();
            carrying = carrier == null || carrier.ofOutput() ? weights : carrier.rows(first, count);
            piece = SmallProducts.columns(count, fanIn(), rows, false);
            gradientPieces = SmallProducts.pieces(views.weightGradient(), piece);
            linear = Matrix.of(dataType, rows, count);
            slope = Matrix.of(dataType, rows, count);
            slopeRows = new Matrix[] {slope.rowsFrom(0, rows / 2), slope.rowsFrom(rows / 2, rows - rows / 2)};
            finish = layerConf().getNormalization() == Normalization.NONE
                    ? new BiasFinish(views, layerConf().getActivation())
                    : new NormalizingFinish(views, layerConf(), dataType);
        }

        void bindInput(Matrix inputs) {
            inputPieces = SmallProducts.pieces(inputs, piece);
        }

        void forward(Matrix inputs, Matrix outputs, boolean training) {
            multiply(inputs);
            linear.pull();
            finish.forward(linear, outputs, first, training);
        }

        void backward(Matrix outputs, Matrix above) {
            slope.throughActivation(above, outputs, first, layerConf().getActivation());
            finish.backward(slope, linear);
            slope.push();
            multiplyBack();
        }

        void multiply(Matrix inputs) {
            linear.multiply(inputs, false, weights, true, false);
        }

        void multiplyBack() {
            for (int i = 0; i < gradientPieces.length; i++) {
                gradientPieces[i].multiply(slope, true, inputPieces[i], false, false);
            }
        }
    }

    @Override
    Pass passFor(INDArray batch) {
        return new BatchPass(Math.toIntExact(batch.size(0)));
    }
}
