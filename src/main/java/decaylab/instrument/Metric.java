package decaylab.instrument;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One column of a run's samples: a quantity, and the layer it is taken of where it is a layer's.
 *
 * @param quantity what is measured
 * @param layer the layer's name; null for the network's quantities
 */
public record Metric(Quantity quantity, @Nullable String layer) {
    public Metric {
        if (quantity.scope() == (layer == null ? Quantity.Scope.LAYER : Quantity.Scope.NETWORK)) {
            throw new IllegalArgumentException(quantity + " with layer " + layer);
        }
    }

    /** The network's metric of a quantity. */
    public static Metric of(Quantity quantity) {
        return new Metric(quantity, null);
    }

    /** A layer's metric. */
    public static Metric of(Quantity quantity, String layer) {
        return new Metric(quantity, Objects.requireNonNull(layer));
    }

    /** The column's name in metrics.csv: {@code norm}, or {@code norm[dense1]}. */
    public String column() {
        return layer == null ? quantity.column() : quantity.column() + "[" + layer + "]";
    }
}
