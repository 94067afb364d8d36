package decaylab.net;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Attention of half of a batch's targets to their sources (Luong, Pham and Manning 2015): each state h of the decoder weighs the
 * encoder's states s with softmax(h . s) and gets their weighted sum, the context. All steps of a sequence at once; a sequence's
 * states are columns of the half's, between rows of all sequences.
 */
final class AttentionHalf {
    private final One[] sequences;
    private final Matrix slope;
    private final SoftmaxRows softmax;
    private final double[][] hidden;

    /** What belongs to one sequence. */
    private record One(
            Matrix weights,
            Matrix states,
            Matrix stateSlopes,
            Matrix keys,
            Matrix keySlopes,
            Matrix contexts,
            Matrix contextSlopes) {}

    /** States of the decoder, contexts, or their gradients; a row for each step and sequence, in native memory. */
    record Sides(Matrix states, Matrix keys, Matrix contexts) {}

    /**
     * @param count sequences of this half
     * @param sourceLength steps of the encoder
     * @param targetLength steps of the decoder
     * @param values what there is
     * @param slopes receives the gradients of states and keys; has those of the contexts
     * @param hidden for each sequence, what is added to the weight of each of the encoder's steps before the softmax: 0, or far
     *     below 0 where there is nothing to attend to
     */
    AttentionHalf(
            DataType type,
            int count,
            int sourceLength,
            int targetLength,
            Sides values,
            Sides slopes,
            double[][] hidden) {
        this.hidden = hidden;
        int width = values.states.columns();
        sequences = new One[count];
        for (int i = 0; i < count; i++) {
            int from = i * width;
            sequences[i] = new One(
                    Matrix.of(type, targetLength, sourceLength),
                    of(values.states, targetLength, from, width),
                    of(slopes.states, targetLength, from, width),
                    of(values.keys, sourceLength, from, width),
                    of(slopes.keys, sourceLength, from, width),
                    of(values.contexts, targetLength, from, width),
                    of(slopes.contexts, targetLength, from, width));
        }
        slope = Matrix.of(type, targetLength, sourceLength);
        softmax = new SoftmaxRows(targetLength, sourceLength);
    }

    private static Matrix of(Matrix all, int length, int from, int width) {
        return all.inRowsInNativeMemory(length).columnsInNativeMemory(from, width);
    }

    /** From states to contexts. */
    void forward() {
        for (int i = 0; i < sequences.length; i++) {
            One one = sequences[i];
            one.weights.multiply(one.states, false, one.keys, true, false);
            one.weights.pull();
            softmax.outputs(one.weights, hidden[i]);
            one.weights.push();
            one.contexts.multiply(one.weights, false, one.keys, false, false);
        }
    }

    /** From the gradient of the contexts to that of the encoder's states; that of the decoder's is added to what is there. */
    void backward() {
        for (One one : sequences) {
            slope.multiply(one.contextSlopes, false, one.keys, true, false);
            slope.pull();
            slope.throughSoftmax(one.weights);
            slope.push();
            one.keySlopes.multiply(one.weights, true, one.contextSlopes, false, false);
            one.keySlopes.multiply(slope, true, one.states, false, true);
            one.stateSlopes.multiply(slope, false, one.keys, false, true);
        }
    }

    /** The weights of a sequence that went forward last: a row for each step of the target, a column for each of the source. */
    Matrix weights(int sequence) {
        return sequences[sequence].weights;
    }
}
