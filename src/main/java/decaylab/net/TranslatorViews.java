package decaylab.net;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays of an {@link EncoderDecoder} in the flat vectors.
 *
 * @param type of the numbers
 * @param parameters by their keys
 * @param gradients likewise
 */
record TranslatorViews(DataType type, Map<String, INDArray> parameters, Map<String, INDArray> gradients) {
    Matrix parameter(String key) {
        return matrix(parameters, key);
    }

    Matrix gradient(String key) {
        return matrix(gradients, key);
    }

    private static Matrix matrix(Map<String, INDArray> views, String key) {
        INDArray view = Objects.requireNonNull(views.get(key), key);
        int columns = Math.toIntExact(view.size(view.rank() - 1));
        return Matrix.on(view, Math.toIntExact(view.length() / columns), columns);
    }
}
