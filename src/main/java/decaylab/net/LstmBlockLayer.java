package decaylab.net;

import java.util.Arrays;
import java.util.Objects;
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
 * Computes an {@link LstmBlock}: products by BLAS, everything else in Java loops, in memory that is made once for each size of
 * batch. The sequences are computed in two halves, which need nothing of each other until their gradients are summed.
 */
final class LstmBlockLayer extends BlockLayer<LstmBlock> {
    private static final long serialVersionUID = 1L;

    LstmBlockLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    private Matrix parameter(String key) {
        return matrix(params.get(key));
    }

    private Matrix gradient(String key) {
        return matrix(gradientViews.get(key));
    }

    private static Matrix matrix(@Nullable INDArray view) {
        INDArray known = Objects.requireNonNull(view);
        int columns = Math.toIntExact(known.size(known.rank() - 1));
        return Matrix.on(known, Math.toIntExact(known.length() / columns), columns);
    }

    /** A batch of one size. */
    private final class SequencePass implements Pass {
        private final SequenceOrder order;
        private final LstmInputs inputs;
        private final Matrix bias = parameter(LstmBlock.BIAS);
        private final Matrix biasGradient = gradient(LstmBlock.BIAS);
        private final INDArray output;
        private final LstmHalf[] halves;
        private final Matrix[] tables;
        private final Matrix[] sums;
        private final ArrayMatrix above;
        private final Matrix[][] stepsAbove;
        private final Matrix allSums;
        private final Gradient gradients = new DefaultGradient();
        private final IntConsumer look;
        private final IntConsumer forward;
        private final IntConsumer backward;
        private final IntConsumer gather;
        private @Nullable Matrix known;

        SequencePass(SequenceOrder order) {
            this.order = order;
            LstmBlock block = layerConf();
            int units = Math.toIntExact(block.getNOut());
            int wide = LstmBlock.GATES * units;
            int rows = order.rows();
            output = Nd4j.createUninitialized(dataType, new long[] {rows, units}, 'c');
            above = new ArrayMatrix(rows, units);
            Matrix outputs = Matrix.inNativeMemory(output, rows, units);
            Matrix slopes = Matrix.inNativeMemory(dataType, rows, wide);
            Matrix recurrent = parameter(LstmBlock.RECURRENT);
            Matrix[] recurrentGradient = gradient(LstmBlock.RECURRENT).columnHalves();
            inputs = block.readsTokens()
                    ? new TokenInputs(
                            dataType,
                            order,
                            parameter(LstmBlock.EMBEDDING),
                            gradient(LstmBlock.EMBEDDING),
                            parameter(LstmBlock.INPUT_WEIGHTS),
                            gradient(LstmBlock.INPUT_WEIGHTS),
                            false)
                    : new VectorInputs(
                            dataType,
                            order,
                            parameter(LstmBlock.INPUT_WEIGHTS),
                            gradient(LstmBlock.INPUT_WEIGHTS),
                            slopes);
            int count = order.halves();
            halves = new LstmHalf[count];
            tables = new Matrix[count];
            sums = new Matrix[count];
            stepsAbove = new Matrix[count][];
            Matrix[] ofHalf = new Matrix[count];
            Matrix[] left = new Matrix[count];
            Matrix[][] made = new Matrix[count][];
            for (int half = 0; half < count; half++) {
                int steps = order.sequences(half) * order.length();
                ofHalf[half] = slopes.rowsInNativeMemory(order.firstRow(half), steps);
                halves[half] = new LstmHalf(
                        dataType,
                        order.sequences(half),
                        order.length(),
                        outputs.rowsInNativeMemory(order.firstRow(half), steps),
                        ofHalf[half],
                        recurrent);
                tables[half] = inputs.table(half);
                sums[half] = Matrix.inHeap(dataType, inputs.sumRows(), wide);
            }
            allSums = inputs.sums();
            gradientViews.forEach(gradients::setGradientFor);
            look = part -> inputs.multiply(part);
            forward = half -> {
                tables[half].pull();
                tables[half].addToRows(bias);
                halves[half].forward(tables[half], inputs.numbers(half));
            };
            backward = half -> {
                sums[half].clear();
                halves[half].backward(stepsAbove[half], sums[half], inputs.sumNumbers(half));
            };
            for (int half = 0; half < count; half++) {
                int each = order.sequences(half);
                int steps = each * (order.length() - 1); // what a step left and what the next one made of it
                left[half] = outputs.rowsInNativeMemory(order.firstRow(half), steps);
                made[half] = ofHalf[half].rowsInNativeMemory(each, steps).columnHalves();
            }
            gather = part -> {
                for (int half = 0; half < count; half++) {
                    recurrentGradient[part].multiply(left[half], true, made[half][part], false, half > 0);
                }
                inputs.weightGradient(part);
            };
        }

        @Override
        public INDArray forward(INDArray input, boolean training) {
            inputs.take(input);
            bias.pull();
            each(2, look);
            each(order.halves(), forward);
            return output;
        }

        @Override
        public Pair<Gradient, INDArray> backward(INDArray epsilon) {
            Matrix ofOutputs = above.of(epsilon);
            if (known != ofOutputs) {
                known = ofOutputs;
                for (int half = 0; half < halves.length; half++) {
                    stepsAbove[half] = halves[half].stepsOf(ofOutputs, order.firstRow(half));
                }
            }
            each(order.halves(), backward);
            allSums.clear();
            Arrays.stream(sums).forEach(part -> allSums.add(allSums, part));
            allSums.sums(biasGradient);
            biasGradient.push();
            inputs.settle();
            each(2, gather);
            return new Pair<>(gradients, inputs.below());
        }

        @Override
        public void products() {
            each(2, look);
            each(order.halves(), half -> halves[half].multiply());
            each(order.halves(), half -> halves[half].multiplyBack());
            each(2, gather);
            inputs.below();
        }
    }

    @Override
    Pass passFor(INDArray batch) {
        int length = layerConf().getLength();
        long sequences = layerConf().readsTokens() ? batch.size(0) : batch.size(0) / length;
        return new SequencePass(new SequenceOrder(Math.toIntExact(sequences), length));
    }

    @Override
    public Type type() {
        return Type.RECURRENT;
    }
}
