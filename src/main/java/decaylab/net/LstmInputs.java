package decaylab.net;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What an LSTM reads, and its way to the gates and back. */
interface LstmInputs {
    /** Takes over a batch. */
    void take(INDArray batch);

    /** Half of what the gates see of the inputs, without bias; one half after the other, or both at once. */
    void multiply(int part);

    /** What the gates of a half see of each different input: a table with an array of its own. */
    Matrix table(int half);

    /** The row of the table for each step of a half. */
    int[] numbers(int half);

    /** How many rows the sums of gradients before the gates have. */
    int sumRows();

    /** The row of the sums for each step of a half. */
    int[] sumNumbers(int half);

    /** Receives the sums of both halves in its array. */
    Matrix sums();

    /** Takes over the sums. */
    void settle();

    /** Half of the gradient of the input weights; one half after the other, or both at once. */
    void weightGradient(int part);

    /** The gradient of the inputs; null where nothing is below. For tokens that of the embedding is computed instead. */
    @Nullable
    INDArray below();
}
