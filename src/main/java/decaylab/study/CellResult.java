package decaylab.study;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import decaylab.instrument.Quantity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a study keeps of a run.
 *
 * @param arm its name
 * @param seed from 1
 * @param divergence what diverged and where; null where the run came to its end
 * @param figures what the study measured, by name; none of a run that diverged
 * @param curves what its charts draw
 */
@JsonPropertyOrder({"arm", "seed", "divergence", "figures", "curves"})
public record CellResult(
        String arm, long seed, @Nullable String divergence, Map<String, Double> figures, Map<Quantity, Curve> curves) {
    public CellResult {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        Map<Quantity, Curve> copy = new EnumMap<>(Quantity.class);
        copy.putAll(curves);
        curves = Collections.unmodifiableMap(copy);
    }

    /** Which run it is of. */
    public CellKey key() {
        return new CellKey(arm, seed);
    }
}
