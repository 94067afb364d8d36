package decaylab.study;

import decaylab.optim.DecayEntry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the {@link TuningStudy} varies. Each way for decay to enter has values of its own, such that the best lies inside.
 *
 * @param rates learning rates, rising
 * @param lambdas of each entry, rising; those of {@link DecayEntry#L2} reach two decades beyond its best, where the best is once
 *     the loss is a hundred times as large
 */
record TuningGrid(List<String> rates, Map<DecayEntry, List<String>> lambdas) {
    private static final List<String> HALF_DECADES = List.of(
            "1e-5", "3e-5", "1e-4", "3e-4", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10", "30", "100",
            "300", "1000");

    TuningGrid {
        rates = List.copyOf(rates);
        lambdas = Map.copyOf(lambdas);
    }

    /** With these learning rates and no lambdas yet. */
    static TuningGrid of(String... rates) {
        return new TuningGrid(List.of(rates), Map.of());
    }

    /** With lambdas from one to another, half a decade apart, for some entries. */
    TuningGrid with(String from, String to, DecayEntry... entries) {
        List<String> range = HALF_DECADES.subList(HALF_DECADES.indexOf(from), HALF_DECADES.indexOf(to) + 1);
        Map<DecayEntry, List<String>> more = new EnumMap<>(DecayEntry.class);
        more.putAll(lambdas);
        for (DecayEntry entry : entries) {
            more.put(entry, range);
        }
        return new TuningGrid(rates, more);
    }

    /** The lambdas of an entry; one that makes no difference where it has none. */
    List<String> of(DecayEntry entry) {
        return lambdas.getOrDefault(entry, List.of("0"));
    }
}
