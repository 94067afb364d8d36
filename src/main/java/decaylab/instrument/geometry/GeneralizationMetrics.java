package decaylab.instrument.geometry;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@link GeneralizationMeter} found at one place.
 *
 * @param examples on how many
 * @param trainLoss mean cross-entropy of those examples, in nats, as the network predicts; measures are compared only where
 *     it is about the same, see {@link FairComparison}
 * @param values of the measures that are meaningful; NaN where a weight or a loss is not finite
 * @param withoutInvariants why the invariant measures are missing, a sentence; empty where they are there
 * @param layers from the lowest to the head
 * @param hessian how HESSIAN was found
 * @param scaledHessian how K_HESSIAN was found, where it is there
 */
public record GeneralizationMetrics(
        int examples,
        double trainLoss,
        Map<GeneralizationMetric, Double> values,
        Optional<String> withoutInvariants,
        List<LayerFigures> layers,
        Lanczos.Result hessian,
        Optional<Lanczos.Result> scaledHessian) {
    public GeneralizationMetrics {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
        layers = List.copyOf(layers);
    }

    /** A measure, or empty where it has no meaning for this network. */
    public OptionalDouble value(GeneralizationMetric metric) {
        Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
