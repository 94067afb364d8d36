package decaylab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Norms that are taken from another run: every so many steps each of these layers is rescaled to the norm that it had there at
 * the same step (Zhang, Wang, Xu and Grosse, "Three Mechanisms of Weight Decay Regularization", ICLR 2019). The function does not
 * change, since the layers' outputs are normalised; the effective learning rate does.
 *
 * @param every steps between two times, at least 1
 * @param norms of each layer the norms after {@code every}, 2 {@code every}, ... steps, each above 0; of all layers as many. After
 *     the last of them nothing is rescaled any more
 * @param buffers whether the momentum is divided by the same factor, as the gradient is by itself
 */
public record TransplantSpec(int every, Map<String, List<Double>> norms, boolean buffers) {
    private static final String LIKE =
            "null, or like {every: 30, norms: {dense1: [9.5, 8.1], dense2: [7.2, 6.4]}, buffers: " + "false}";
    private static final int MOST = 1_000_000_000;

    public TransplantSpec {
        if (every < 1 || every > MOST) {
            throw refuse("every is " + every + "; it must be a whole number from 1 to " + MOST + " steps.");
        }
        Map<String, List<Double>> ordered = new LinkedHashMap<>();
        norms.forEach((layer, values) -> ordered.put(layer, List.copyOf(values)));
        norms = Collections.unmodifiableMap(ordered);
        if (norms.isEmpty() || norms.values().iterator().next().isEmpty()) {
            throw refuse("norms has no layer with a norm; it must be like {dense1: [9.5, 8.1]}.");
        }
        int length = norms.values().iterator().next().size();
        norms.forEach((layer, values) -> {
            if (values.size() != length) {
                throw refuse("norms." + layer + " has " + values.size() + " norms, but another layer has " + length
                        + "; give as many for each.");
            }
            for (double norm : values) {
                if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
                    throw refuse("norms." + layer + " has " + norm + "; each must be a number above 0.");
                }
            }
        });
    }

    private static BadInputException refuse(String sentence) {
        return new BadInputException("decay.transplant." + sentence);
    }

    /** Whether layers are rescaled after a step, from 0. */
    public boolean isDue(long step) {
        return (step + 1) % every == 0 && (step + 1) / every <= times();
    }

    /** How often layers are rescaled. */
    public int times() {
        return norms.values().iterator().next().size();
    }

    /**
     * The norm that a layer gets after a step that {@link #isDue} tells of.
     *
     * @param layer one of those with norms
     */
    public double norm(String layer, long step) {
        List<Double> values = norms.get(layer);
        if (values == null) {
            throw new IllegalArgumentException("no norms of " + layer);
        }
        return values.get(Math.toIntExact((step + 1) / every - 1));
    }

    static @Nullable TransplantSpec read(FieldReader reader) {
        if (reader.isNull()) {
            return null;
        }
        reader.having(List.of("every", "norms", "buffers"));
        Map<String, List<Double>> norms = new LinkedHashMap<>();
        FieldReader layers = reader.at("norms");
        for (String layer : layers.names("like {dense1: [9.5, 8.1], dense2: [7.2, 6.4]}")) {
            List<Double> values = new ArrayList<>();
            for (FieldReader item : layers.at(layer).items("a list of numbers above 0")) {
                values.add(item.number("a number above 0"));
            }
            norms.put(layer, values);
        }
        return new TransplantSpec(
                reader.at("every").between(1, MOST), norms, reader.at("buffers").truth("true or false"));
    }

    /** What was given, where it is null or has fields; it is complete in itself, so that nothing of what was there stays. */
    static JsonNode laid(JsonNode given, String path) {
        if (!given.isNull() && !given.isObject()) {
            throw new BadInputException(path + " is " + YamlTree.shown(given) + "; it must be " + LIKE + ".");
        }
        return given;
    }
}
