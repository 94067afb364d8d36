package decaylab.study;

import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;

/**
 * How well measures of generalisation rank runs: Kendall's rank correlation (tau-b) of each with the test accuracy, with a sign
 * that is positive where a smaller measure goes with a higher accuracy.
 */
public final class Scoreboard {
    private static final int DRAWS = 1_000;
    private static final double TAIL = 0.025;

    private Scoreboard() {}

    /**
     * A run.
     *
     * @param accuracy on the test set
     * @param group runs of one group, such as those of a seed, are drawn together
     * @param values its measures
     */
    public record Entry(double accuracy, long group, Map<GeneralizationMetric, Double> values) {
        public Entry {
            values = Map.copyOf(values);
        }
    }

    /**
     * A measure.
     *
     * @param runs that have it
     * @param tau in [-1, 1]; NaN of fewer than two runs, or where all are equal
     * @param low end of the 95 % interval: percentiles of the tau of groups drawn with replacement
     * @param high end of it
     */
    public record Row(GeneralizationMetric metric, int runs, double tau, double low, double high) {}

    /** A row for each measure, in the order of the measures. */
    public static List<Row> of(List<Entry> entries) {
        return Arrays.stream(GeneralizationMetric.values())
                .map(metric -> row(metric, entries))
                .toList();
    }

    private static Row row(GeneralizationMetric metric, List<Entry> entries) {
        List<Entry> having = entries.stream()
                .filter(entry -> !Double.isNaN(value(entry, metric)) && !Double.isNaN(entry.accuracy()))
                .toList();
        List<List<Entry>> groups = new ArrayList<>(having.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Entry::group, TreeMap::new, java.util.stream.Collectors.toList()))
                .values());
        double[] taus = new double[DRAWS];
        int count = 0;
        CounterRandom random = CounterRandom.of(1, "scoreboard");
        for (int draw = 0; draw < DRAWS && !groups.isEmpty(); draw++) {
            List<Entry> drawn = new ArrayList<>();
            for (int i = 0; i < groups.size(); i++) {
                drawn.addAll(groups.get(random.nextInt(groups.size())));
            }
            double tau = tau(drawn, metric);
            if (!Double.isNaN(tau)) { // all of one group, of equal values
                taus[count++] = tau;
            }
        }
        Arrays.sort(taus, 0, count);
        return new Row(
                metric,
                having.size(),
                tau(having, metric),
                count == 0 ? Double.NaN : taus[(int) (TAIL * (count - 1))],
                count == 0 ? Double.NaN : taus[(int) Math.ceil((1 - TAIL) * (count - 1))]);
    }

    private static double value(Entry entry, GeneralizationMetric metric) {
        return entry.values().getOrDefault(metric, Double.NaN);
    }

    private static double tau(List<Entry> entries, GeneralizationMetric metric) {
        if (entries.size() < 2) {
            return Double.NaN;
        }
        double[] accuracies = entries.stream().mapToDouble(Entry::accuracy).toArray();
        double[] goodness =
                entries.stream().mapToDouble(entry -> -value(entry, metric)).toArray();
        return new KendallsCorrelation().correlation(goodness, accuracies);
    }

    /** The rows as a table, raw measures and invariant ones side by side. */
    public static Table table(String title, List<Row> rows) {
        List<Row> raw = rows.stream().filter(row -> !row.metric().invariant()).toList();
        List<Row> invariant =
                rows.stream().filter(row -> row.metric().invariant()).toList();
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(raw.size(), invariant.size()); i++) {
            List<String> line = new ArrayList<>(cells(raw, i));
            line.addAll(cells(invariant, i));
            lines.add(line);
        }
        return new Table(
                title,
                "Kendall's tau of measure and test accuracy: +1 where the smallest measure has the best accuracy, -1 where it has "
                        + "the worst; in brackets the 95 % interval.",
                List.of("raw measure", "tau", "scale-invariant measure", "tau"),
                lines);
    }

    private static List<String> cells(List<Row> rows, int i) {
        if (i >= rows.size()) {
            return List.of("", "");
        }
        Row row = rows.get(i);
        return List.of(
                row.metric().key(),
                String.format(java.util.Locale.ROOT, "%+.2f [%+.2f, %+.2f]", row.tau(), row.low(), row.high()));
    }
}
