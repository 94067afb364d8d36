package decaylab.net;

import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One linear module of synthetic gradients behind a dense layer: from the layer's outputs h and the label's one-hot row y it
 * predicts for each example the gradient of that example's loss with respect to h, s = h A + y C + c (section 5.2 of the
 * specification, after Jaderberg et al. 2017). For one thread.
 */
final class SyntheticModule {
    private final String layer;
    private final int width;
    private final int classes;
    private final int offset;
    private final DataType type;
    private final Matrix a;
    private final Matrix c;
    private final Matrix bias;
    private final Matrix gradientOfA;
    private final Matrix gradientOfC;
    private final Matrix gradientOfBias;
    private final Map<Integer, Pass> passes = new HashMap<>();
    /** Read by other threads too. */
    private volatile SyntheticFigures figures = SyntheticFigures.NONE;

    /** A batch of one size: what it makes and keeps. */
    private final class Pass {
        private final int rows;
        /** On the arrays that are handed over in turn, as many as there is memory for between two parts. */
        private final IdentityHashMap<INDArray, Matrix> handed = new IdentityHashMap<>();

        private final INDArray predicted;
        private final Matrix prediction;
        private final Matrix ofLabels;
        private final Matrix residual;
        private final Matrix sums = Matrix.inHeap(type, 1, width);

        Pass(int rows) {
            this.rows = rows;
            predicted = Nd4j.createUninitialized(type, new long[] {rows, width}, 'c');
            prediction = Matrix.on(predicted, rows, width);
            ofLabels = Matrix.inHeap(type, rows, width);
            residual = Matrix.of(type, rows, width);
        }

        void predict(INDArray h, int[] labels) {
            prediction.multiply(on(h), false, a, false, false);
            prediction.pull();
            ofLabels.takeRows(c, labels, 0, 0);
            prediction.add(prediction, ofLabels);
            prediction.addToRows(bias);
            prediction.push();
        }

        void learn(INDArray h, int[] labels, INDArray d) {
            Matrix target = on(d);
            target.pull();
            residual.differences(prediction, target, 1);
            residual.push();
            gradientOfA.multiply(on(h), true, residual, false, false);
            gradientOfC.clear();
            residual.addRowsTo(gradientOfC, labels, 0);
            gradientOfC.push();
            residual.sums(gradientOfBias);
            gradientOfBias.push();
            figures = new SyntheticFigures(squares(residual), squares(prediction), squares(target), rows);
        }

        private Matrix on(INDArray array) {
            return handed.computeIfAbsent(array, key -> Matrix.on(key, rows, width));
        }

        private double squares(Matrix matrix) {
            matrix.products(matrix, sums);
            double sum = 0;
            for (int j = 0; j < width; j++) {
                sum += sums.get(0, j);
            }
            return sum;
        }
    }

    /**
     * @param layer whose outputs it stands behind
     * @param width of these outputs
     * @param parameters the native vector of all modules, in which its own begin at an offset: A, C, c, row after row
     * @param gradients likewise
     */
    SyntheticModule(String layer, int width, int classes, int offset, INDArray parameters, INDArray gradients) {
        this.layer = layer;
        this.width = width;
        this.classes = classes;
        this.offset = offset;
        type = parameters.dataType();
        a = all(parameters).rowsInNativeMemory(offset, square()).inRowsInNativeMemory(width);
        gradientOfA = all(gradients).rowsInNativeMemory(offset, square()).inRowsInNativeMemory(width);
        c = part(parameters, offset + square(), classes);
        gradientOfC = part(gradients, offset + square(), classes);
        bias = part(parameters, offset + square() + classes * width, 1);
        gradientOfBias = part(gradients, offset + square() + classes * width, 1);
    }

    private int square() {
        return width * width;
    }

    private static Matrix all(INDArray vector) {
        return Matrix.inNativeMemory(vector, Math.toIntExact(vector.length()), 1);
    }

    private Matrix part(INDArray vector, int from, int rows) {
        return Matrix.on(vector.get(NDArrayIndex.interval(from, from + rows * width)), rows, width);
    }

    /** Numbers of a module behind a layer of this width. */
    static int length(int width, int classes) {
        return width * width + classes * width + width;
    }

    /** How its numbers are divided. */
    List<ParameterBlock> blocks() {
        int afterC = offset + square() + classes * width;
        return List.of(
                new ParameterBlock(layer, Role.WEIGHT, offset, square(), width, false, false),
                new ParameterBlock(layer, Role.WEIGHT, offset + square(), classes * width, classes, false, false),
                new ParameterBlock(layer, Role.BIAS, afterC, width, 0, false, false));
    }

    /** Takes over what was written into the native vector. */
    void pull() {
        c.pull();
        bias.pull();
    }

    /**
     * The predicted gradient, in memory that the next prediction of this size writes over.
     *
     * @param h outputs of the layer, rows x width
     * @param labels the class of each row
     * @return s, rows x width, for each example by itself: not divided by the rows
     */
    INDArray predict(INDArray h, int[] labels) {
        Pass pass = pass(h);
        pass.predict(h, labels);
        return pass.predicted;
    }

    /**
     * The gradient of half the squared error of the last prediction, summed over the rows, into the native vector.
     *
     * @param h what was predicted from
     * @param d the gradient that arrived from above, a constant
     */
    void learn(INDArray h, int[] labels, INDArray d) {
        pass(h).learn(h, labels, d);
    }

    private Pass pass(INDArray h) {
        return passes.computeIfAbsent(Math.toIntExact(h.size(0)), Pass::new);
    }

    /** What the last {@link #learn} saw. */
    SyntheticFigures figures() {
        return figures;
    }

    /** The layer behind which it stands. */
    String layer() {
        return layer;
    }

    /** Frees native memory. */
    void close() {
        for (Pass pass : passes.values()) {
            if (pass.predicted.closeable()) {
                pass.predicted.close();
            }
        }
    }
}
