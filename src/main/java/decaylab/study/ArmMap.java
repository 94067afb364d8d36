package decaylab.study;

import decaylab.chart.HeatMap;
import java.util.List;

/**
 * A map whose cells are arms.
 *
 * @param map their figure
 * @param arms their names, for each row of the map from the lowest a list
 */
public record ArmMap(HeatMap map, List<List<String>> arms) {
    /** Nearly as good, of accuracies in percent. */
    private static final double POINT = 1;
    /** Likewise of losses in nats. */
    private static final double NATS = 0.01;

    public ArmMap {
        arms = arms.stream().map(List::copyOf).toList();
    }

    /**
     * The mean of a figure over the seeds of each arm. What ends in accuracy is shown in percent, and more of it is better; of
     * what ends in loss less is.
     *
     * @param figure one that all arms have
     * @param arms for each value of y a list of names, one for each value of x
     */
    static ArmMap of(
            String title, String figure, HeatMap.Axis x, HeatMap.Axis y, List<List<String>> arms, Figures figures) {
        boolean accuracy = figure.endsWith("accuracy");
        boolean loss = figure.endsWith("loss");
        HeatMap map = new HeatMap(
                title,
                accuracy ? "%" : loss ? "nats" : "",
                x,
                y,
                arms.stream()
                        .map(row -> row.stream()
                                .map(arm -> cell(figures, arm, figure, accuracy ? 100 : 1))
                                .toList())
                        .toList(),
                accuracy ? HeatMap.Better.HIGHER : loss ? HeatMap.Better.LOWER : HeatMap.Better.NEITHER,
                accuracy ? POINT : NATS);
        return new ArmMap(map, arms);
    }

    private static HeatMap.Cell cell(Figures figures, String arm, String figure, double scale) {
        if (figures.diverged(arm)) {
            return new HeatMap.Cell(HeatMap.State.DIVERGED, Double.NaN);
        }
        double mean = figures.mean(arm, figure);
        return Double.isFinite(mean) ? HeatMap.Cell.of(scale * mean) : HeatMap.Cell.missing();
    }

    /** The arm of a cell. */
    public String arm(HeatMap.Place place) {
        return arms.get(place.row()).get(place.column());
    }
}
