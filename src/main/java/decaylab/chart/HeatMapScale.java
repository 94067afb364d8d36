package decaylab.chart;

import java.util.List;

/**
 * What the colours of maps mean: maps that are compared have one scale.
 *
 * @param from the smallest value that is shown; above {@code to} where there is none
 * @param to the largest
 * @param byLogarithm whether equal differences of shade are equal factors
 * @param better which values are; the better ones are brighter, or else the larger ones
 */
public record HeatMapScale(double from, double to, boolean byLogarithm, HeatMap.Better better) {
    /**
     * Values of which the largest is more than this times the smallest are coloured by their logarithms; not where higher ones
     * are better, since it is those that are to be told apart.
     */
    private static final double MANY_TIMES = 10;

    /** The scale of maps of one figure. */
    public static HeatMapScale of(List<HeatMap> maps) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (HeatMap map : maps) {
            for (HeatMap.Place place : map.places()) {
                if (map.at(place).state() == HeatMap.State.MEASURED) {
                    least = Math.min(least, map.at(place).value());
                    most = Math.max(most, map.at(place).value());
                }
            }
        }
        HeatMap.Better better = maps.get(0).better();
        boolean manyTimes = least > 0 && most > MANY_TIMES * least;
        return new HeatMapScale(least, most, manyTimes && better != HeatMap.Better.HIGHER, better);
    }

    /** Whether there is no value. */
    boolean isEmpty() {
        return !(to >= from);
    }

    /** The place of a value between 0, the worst, and 1, the best, or the largest where none is better. */
    double shade(double value) {
        double part = !(to > from)
                ? 0.5
                : byLogarithm ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
        return better == HeatMap.Better.LOWER ? 1 - part : part;
    }
}
