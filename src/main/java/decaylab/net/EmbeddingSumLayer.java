package decaylab.net;

import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes an {@link EmbeddingSum}, in Java loops, in memory that is made once for each size of batch. */
final class EmbeddingSumLayer extends BlockLayer<EmbeddingSum> {
    private static final long serialVersionUID = 1L;

    EmbeddingSumLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** Batches of one size. */
    private final class BagPass implements Pass {
        private final int rows;
        private final int tokens;
        private final ArrayMatrix inputs;
        private final ArrayMatrix above;
        private final Matrix table;
        private final Matrix tableGradient;
        private final INDArray output;
        private final Matrix sums;
        private final Matrix each;
        /** The tokens at the first place of all examples, then those at the second, and so on. */
        private final int[] numbers;

        private final Gradient gradients = new DefaultGradient();

        BagPass(int rows, int tokens) {
            this.rows = rows;
            this.tokens = tokens;
            int vocabulary = Math.toIntExact(layerConf().getNIn());
            int width = Math.toIntExact(layerConf().getNOut());
            inputs = new ArrayMatrix(rows, tokens);
            above = new ArrayMatrix(rows, width);
            table = Matrix.on(Objects.requireNonNull(params.get(LstmBlock.EMBEDDING)), vocabulary, width);
            tableGradient =
                    Matrix.on(Objects.requireNonNull(gradientViews.get(LstmBlock.EMBEDDING)), vocabulary, width);
            output = Nd4j.createUninitialized(dataType, new long[] {rows, width}, 'c');
            sums = Matrix.on(output, rows, width);
            each = Matrix.inHeap(dataType, rows, width);
            numbers = new int[rows * tokens];
            gradientViews.forEach(gradients::setGradientFor);
        }

        @Override
        public INDArray forward(INDArray batch, boolean training) {
            Matrix all = inputs.of(batch);
            all.pull();
            table.pull();
            sums.clear();
            for (int place = 0; place < tokens; place++) {
                for (int row = 0; row < rows; row++) {
                    numbers[place * rows + row] = (int) all.get(row, place);
                }
                each.takeRows(table, numbers, place * rows, 0);
                sums.add(sums, each);
            }
            sums.push();
            return output;
        }

        @Override
        public Pair<Gradient, INDArray> backward(INDArray epsilon) {
            Matrix slopes = above.of(epsilon);
            slopes.pull();
            tableGradient.clear();
            for (int place = 0; place < tokens; place++) {
                slopes.addRowsTo(tableGradient, numbers, place * rows);
            }
            tableGradient.push();
            return new Pair<>(gradients, null);
        }

        @Override
        public void products() {
            // none: rows are taken and added
        }
    }

    @Override
    Pass passFor(INDArray batch) {
        return new BagPass(Math.toIntExact(batch.size(0)), Math.toIntExact(batch.size(1)));
    }
}
