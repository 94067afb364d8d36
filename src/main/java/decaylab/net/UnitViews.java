package decaylab.net;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What belongs to a run of a layer's units in the flat vectors.
 *
 * @param parameters the layer's, by their keys
 * @param gradients the same of the gradient
 * @param first unit
 * @param count of units
 */
record UnitViews(Map<String, INDArray> parameters, Map<String, INDArray> gradients, int first, int count) {
    /** The weights, a row for each unit. */
    Matrix weights() {
        return rows(of(parameters, BlockParameters.WEIGHT));
    }

    /** Their gradient. */
    Matrix weightGradient() {
        return rows(of(gradients, BlockParameters.WEIGHT));
    }

    /** A number for each unit, as a row. */
    Matrix parameter(String key) {
        return part(of(parameters, key));
    }

    /** Its gradient. */
    Matrix gradient(String key) {
        return part(of(gradients, key));
    }

    private static INDArray of(Map<String, INDArray> views, String key) {
        return Objects.requireNonNull(views.get(key), key);
    }

    private Matrix rows(INDArray weights) {
        return Matrix.on(weights, Math.toIntExact(weights.size(1)), Math.toIntExact(weights.size(0)))
                .rowsFrom(first, count);
    }

    private Matrix part(INDArray values) {
        return Matrix.on(values, Math.toIntExact(values.length()), 1)
                .rowsFrom(first, count)
                .asRow();
    }
}
