package decaylab.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of all runs of a study. */
public final class Figures {
    private final Map<String, List<Map<String, Double>>> ofArms;

    /**
     * @param ofArms for each arm's name the figures of its runs, in the order of their seeds, which are the same for all arms
     *     unless runs that diverged count; those have no figures
     */
    public Figures(Map<String, List<Map<String, Double>>> ofArms) {
        this.ofArms = new LinkedHashMap<>(ofArms);
    }

    /**
     * One figure of every run of an arm, in the order of their seeds; NaN of a run that diverged.
     *
     * @throws IllegalArgumentException where there is no such arm or figure
     */
    public double[] of(String arm, String figure) {
        List<Map<String, Double>> runs = ofArms.get(arm);
        if (runs == null) {
            throw new IllegalArgumentException("there is no arm " + arm);
        }
        return runs.stream()
                .mapToDouble(run -> {
                    Double value = run.isEmpty() ? Double.valueOf(Double.NaN) : run.get(figure);
                    if (value == null) {
                        throw new IllegalArgumentException("there is no figure " + figure + " of arm " + arm);
                    }
                    return value;
                })
                .toArray();
    }

    /** A figure of one arm by that of another, seed by seed. */
    public double[] ratios(String arm, String by, String figure) {
        double[] ratios = of(arm, figure);
        double[] divisors = of(by, figure);
        Arrays.setAll(ratios, i -> ratios[i] / divisors[i]);
        return ratios;
    }

    /** A figure of one arm less that of another, seed by seed. */
    public double[] differences(String arm, String from, String figure) {
        double[] differences = of(arm, figure);
        double[] others = of(from, figure);
        Arrays.setAll(differences, i -> differences[i] - others[i]);
        return differences;
    }

    /** Whether a run of an arm diverged. */
    public boolean diverged(String arm) {
        return ofArms.getOrDefault(arm, List.of()).stream().anyMatch(Map::isEmpty);
    }

    /** The mean of one figure over the seeds; NaN where there are none. */
    public double mean(String arm, String figure) {
        return Statistics.mean(of(arm, figure));
    }
}
