package decaylab.net;

import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The flat vector in native memory that DL4J's layers have their views on. It is copied in halves of each block, as it is
 * computed and updated: a core finds in its own cache what it has just written.
 */
final class NativeVector {
    /** Numbers of a block below which one thread copies all of it. */
    private static final int LEAST_FOR_HALVES = 8_192;

    private final ParameterLayout layout;
    private final Team team;
    private final INDArray array;
    /** One for each half, since a pointer's position is its state. */
    private final FloatPointer[] floats;

    private final DoublePointer[] doubles;
    private final IntConsumer copyHalf;
    private boolean writing;
    private FlatArray vector;

    NativeVector(INDArray array, ParameterLayout layout, Team team, FlatArray like) {
        this.array = array;
        this.layout = layout;
        this.team = team;
        vector = like;
        copyHalf = this::copy;
        boolean single = like instanceof FlatArray.OfFloat;
        floats = single ? new FloatPointer[] {float32(), float32()} : new FloatPointer[0];
        doubles = single ? new DoublePointer[0] : new DoublePointer[] {float64(), float64()};
    }

    private FloatPointer float32() {
        return new FloatPointer(array.data().pointer());
    }

    private DoublePointer float64() {
        return new DoublePointer(array.data().pointer());
    }

    /** Takes over a vector. */
    void write(FlatArray from) {
        vector = from;
        writing = true;
        copy();
    }

    /** Hands a vector over. */
    void read(FlatArray to) {
        vector = to;
        writing = false;
        copy();
    }

    /** Takes over some numbers of a vector, by the calling thread alone. */
    void write(FlatArray from, int first, int end) {
        vector = from;
        writing = true;
        copy(first, end, 0);
    }

    /** Hands some numbers of a vector over, by the calling thread alone. */
    void read(FlatArray to, int first, int end) {
        vector = to;
        writing = false;
        copy(first, end, 0);
    }

    private void copy() {
        if (layout.length() < 2 * LEAST_FOR_HALVES) {
            copy(0, layout.length(), 0);
        } else {
            team.halves(copyHalf);
        }
    }

    private void copy(int part) {
        for (ParameterBlock block : layout.blocks()) {
            int half = block.length() < LEAST_FOR_HALVES ? block.length() : block.length() / 2;
            int from = part == 0 ? block.offset() : block.offset() + half;
            int to = part == 0 ? block.offset() + half : block.offset() + block.length();
            if (to > from) {
                copy(from, to, part);
            }
        }
    }

    private void copy(int from, int to, int part) {
        if (vector instanceof FlatArray.OfFloat values) {
            FloatPointer memory = floats[part].position(from);
            if (writing) {
                memory.put(values.values(), from, to - from);
            } else {
                memory.get(values.values(), from, to - from);
            }
        } else if (vector instanceof FlatArray.OfDouble values) {
            DoublePointer memory = doubles[part].position(from);
            if (writing) {
                memory.put(values.values(), from, to - from);
            } else {
                memory.get(values.values(), from, to - from);
            }
        }
    }
}
