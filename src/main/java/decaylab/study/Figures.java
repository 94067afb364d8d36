package decaylab.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of all runs of a study. */
public final class Figures {
    private final Map<String, List<Map<String, Double>>> ofArms;

    /**
     * @param ofArms for each arm's name the figures of its runs, in the order of their seeds
     */
    public Figures(Map<String, List<Map<String, Double>>> ofArms) {
        this.ofArms = new LinkedHashMap<>(ofArms);
    }

    /**
     * One figure of every run of an arm, in the order of their seeds.
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
                    Double value = run.get(figure);
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

    /**
     * The median, of an even number of values the mean of the two in the middle.
     *
     * @param values at least one
     * @return NaN where one of them is
     */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted); // NaN comes last
        int middle = sorted.length / 2;
        if (Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
