package decaylab.net;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The matrix on an array that DL4J hands over, made anew only where it hands over another one. */
final class ArrayMatrix {
    private final int rows;
    private final int columns;
    private @Nullable INDArray array;
    private @Nullable Matrix matrix;

    ArrayMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    Matrix of(INDArray handed) {
        Matrix known = matrix;
        if (known == null || handed != array) {
            known = Matrix.on(handed, rows, columns);
            matrix = known;
            array = handed;
        }
        return known;
    }
}
