package decaylab.net;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What one part of a network hands up to the next, and gets back: the outputs of its last layer and the labels, then the gradient
 * of these outputs. In memory of its own, which is used again; for one thread at a time.
 */
public final class Handover {
    private final int width;
    private final DataType type;
    private final Map<Integer, INDArray> outputs = new HashMap<>();
    private final Map<Integer, INDArray> slopes = new HashMap<>();
    private final int[] labels;
    private int size;
    private long step;

    Handover(int width, int mostRows, DataType type) {
        this.width = width;
        this.type = type;
        labels = new int[mostRows];
    }

    /** The step whose mini-batch it is. */
    public long step() {
        return step;
    }

    /** Examples in the mini-batch. */
    public int size() {
        return size;
    }

    /** The classes of the mini-batch; only the first {@link #size} count. */
    public int[] labels() {
        return labels;
    }

    void fill(long ofStep, INDArray h, int[] classOf) {
        step = ofStep;
        size = Math.toIntExact(h.size(0));
        System.arraycopy(classOf, 0, labels, 0, size);
        copy(h, outputs());
    }

    void answer(INDArray d) {
        copy(d, slopes());
    }

    INDArray outputs() {
        return outputs.computeIfAbsent(size, this::array);
    }

    INDArray slopes() {
        return slopes.computeIfAbsent(size, this::array);
    }

    private INDArray array(int rows) {
        return Nd4j.create(type, new long[] {rows, width}, 'c');
    }

    static void copy(INDArray from, INDArray to) {
        Pointer.memcpy(
                to.data().pointer(),
                from.data().pointer(),
                to.length() * to.dataType().width());
    }
}
