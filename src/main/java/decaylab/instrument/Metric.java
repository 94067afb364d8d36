package decaylab.instrument;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One column of a run's samples: a quantity, and the layer or the class of tokens it is taken of where it is not the network's.
 *
 * @param quantity what is measured
 * @param layer the layer's name, or the word of a {@link TokenClass}; null for the network's quantities
 */
public record Metric(Quantity quantity, @Nullable String layer) {
    public Metric {
        if (layer == null ? quantity.scope().ofParts() : quantity.scope() == Quantity.Scope.NETWORK) {
            throw new IllegalArgumentException(quantity + " with layer " + layer);
        }
    }

    /** The network's metric of a quantity. */
    public static Metric of(Quantity quantity) {
        return new Metric(quantity, null);
    }

    /** A layer's metric, or that of a class of tokens. */
    public static Metric of(Quantity quantity, String layer) {
        return new Metric(quantity, Objects.requireNonNull(layer));
    }

    /** The column's name in metrics.csv: {@code norm}, or {@code norm[dense1]}. */
    public String column() {
        return layer == null ? quantity.column() : quantity.column() + "[" + layer + "]";
    }
}
