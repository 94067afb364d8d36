package decaylab.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tokens: the rows of the embedding that come in a batch, each once, in the order of their coming. Their gradients are sums
 * over all places where the token stands. Where sequences may be padded, a row of zeros stands for what is no token.
 */
final class TokenInputs implements LstmInputs {
    private static final int UNSEEN = -1;

    private final SequenceOrder order;
    private final ArrayMatrix tokens;
    private final Matrix embedding;
    private final Matrix embeddingGradient;
    private final Matrix weights;
    private final Matrix[] weightHalves;
    private final Matrix[] gradientHalves;
    private final Matrix rows;
    private final Matrix rowGradients;
    private final Matrix[] seenHalves;
    private final Matrix sums;
    private final Matrix[] sumHalves;
    private final Matrix[] tables;
    private final int[][] numbers;
    private final int[] numberOf;
    private final int[] tokenOf;
    /** The row of what is no token; none where there is no padding. */
    private final int padding;

    private int different;

    TokenInputs(
            DataType type,
            SequenceOrder order,
            Matrix embedding,
            Matrix embeddingGradient,
            Matrix weights,
            Matrix weightGradient,
            boolean padded) {
        this.order = order;
        this.embedding = embedding;
        this.embeddingGradient = embeddingGradient;
        this.weights = weights;
        weightHalves = weights.columnHalves();
        gradientHalves = weightGradient.columnHalves();
        int most = Math.min(embedding.rows(), order.rows()) + (padded ? 1 : 0);
        padding = padded ? most - 1 : UNSEEN;
        tokens = new ArrayMatrix(order.sequences(), order.length());
        rows = Matrix.of(type, most, embedding.columns());
        rowGradients = Matrix.of(type, most, embedding.columns());
        Matrix seen = Matrix.of(type, most, weights.columns());
        seenHalves = seen.columnHalves();
        sums = Matrix.of(type, most, weights.columns());
        sumHalves = sums.columnHalves();
        tables = new Matrix[order.halves()];
        numbers = new int[order.halves()][];
        for (int half = 0; half < tables.length; half++) {
            tables[half] = seen.rowsFrom(0, most);
            numbers[half] = new int[order.sequences(half) * order.length()];
        }
        numberOf = new int[embedding.rows()];
        tokenOf = new int[most];
    }

    /** The row of the table for what is no token. */
    int padding() {
        return padding;
    }

    @Override
    public void take(INDArray batch) {
        Matrix all = tokens.of(batch);
        all.pull();
        Arrays.fill(numberOf, UNSEEN);
        different = 0;
        for (int half = 0; half < numbers.length; half++) {
            int count = order.sequences(half);
            for (int step = 0; step < order.length(); step++) {
                for (int i = 0; i < count; i++) {
                    int token = (int) all.get(order.firstSequence(half) + i, step);
                    if (token < 0) {
                        numbers[half][step * count + i] = padding;
                        continue;
                    }
                    if (numberOf[token] == UNSEEN) {
                        numberOf[token] = different;
                        tokenOf[different++] = token;
                    }
                    numbers[half][step * count + i] = numberOf[token];
                }
            }
        }
        Arrays.fill(tokenOf, different, tokenOf.length, 0); // computed like the others and never looked at
        embedding.pull();
        rows.takeRows(embedding, tokenOf, 0, 0);
        if (padding != UNSEEN) {
            rows.clearRow(padding);
        }
        rows.push();
    }

    @Override
    public void multiply(int part) {
        seenHalves[part].multiply(rows, false, weightHalves[part], false, false);
    }

    @Override
    public Matrix table(int half) {
        return tables[half];
    }

    @Override
    public int[] numbers(int half) {
        return numbers[half];
    }

    @Override
    public int sumRows() {
        return tokenOf.length;
    }

    @Override
    public int[] sumNumbers(int half) {
        return numbers[half];
    }

    @Override
    public Matrix sums() {
        return sums;
    }

    @Override
    public void settle() {
        sums.push();
    }

    @Override
    public void weightGradient(int part) {
        gradientHalves[part].multiply(rows, true, sumHalves[part], false, false);
    }

    @Override
    public @Nullable INDArray below() {
        rowGradients.multiply(sums, false, weights, true, false);
        rowGradients.pull();
        embeddingGradient.clear();
        rowGradients.addRowsTo(embeddingGradient, tokenOf, 0);
        embeddingGradient.push();
        return null;
    }
}
