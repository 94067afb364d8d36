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
    public ArmMap {
        arms = arms.stream().map(List::copyOf).toList();
    }

    /**
     * The mean of a figure over the seeds of each arm.
     *
     * @param figure one that all arms have
     * @param arms for each value of y a list of names, one for each value of x
     */
    static ArmMap of(
            String title, MapFigure figure, HeatMap.Axis x, HeatMap.Axis y, List<List<String>> arms, Figures figures) {
        List<List<HeatMap.Cell>> cells = arms.stream()
                .map(row -> row.stream().map(arm -> cell(figures, arm, figure)).toList())
                .toList();
        HeatMap exact = new HeatMap(title, figure.unit(), x, y, cells, figure.better(), 0);
        double within =
                exact.best().map(best -> figure.within(exact.at(best).value())).orElse(0.0);
        HeatMap map = new HeatMap(title, figure.unit(), x, y, cells, figure.better(), within);
        return new ArmMap(map, arms);
    }

    private static HeatMap.Cell cell(Figures figures, String arm, MapFigure figure) {
        if (figures.diverged(arm)) {
            return new HeatMap.Cell(HeatMap.State.DIVERGED, Double.NaN);
        }
        double mean = figures.mean(arm, figure.name());
        return Double.isFinite(mean) ? HeatMap.Cell.of(figure.factor() * mean) : HeatMap.Cell.missing();
    }

    /** The arm of a cell. */
    public String arm(HeatMap.Place place) {
        return arms.get(place.row()).get(place.column());
    }
}
