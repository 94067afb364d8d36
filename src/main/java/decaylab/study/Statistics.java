package decaylab.study;

import java.util.Arrays;
import java.util.Locale;

/** What is said of the figures of several seeds. */
public final class Statistics {
    private Statistics() {}

    /** The mean; NaN of none. */
    public static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The standard error of the mean, from the deviation of a sample; NaN of fewer than two. */
    public static double standardError(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /**
     * The median, of an even number of values the mean of the two in the middle.
     *
     * @return NaN of none, or where one of them is
     */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted); // NaN comes last
        int middle = sorted.length / 2;
        if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The part of the values that are above zero, in [0, 1]; NaN of none. */
    public static double positive(double[] values) {
        return Arrays.stream(values).map(v -> v > 0 ? 1 : 0).average().orElse(Double.NaN);
    }

    /** Mean and standard error in words, as in "2.81 ± 0.33". */
    public static String meanAndError(double[] values) {
        double error = standardError(values);
        return Double.isNaN(error)
                ? number(mean(values))
                : number(mean(values)) + " ± " + String.format(Locale.ROOT, "%.2g", error);
    }

    /** Four digits. */
    public static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : Double.toString(value);
    }
}
