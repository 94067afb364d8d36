package decaylab.study;

import decaylab.chart.HeatMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What maps tell of how easily two settings are chosen, only reported. Keys of {@code measured}: {@code best}, in the map's unit;
 * {@code goodPart} of the cells are nearly as good; {@code slope} of the ridge, decades a decade; {@code movedX} and
 * {@code movedY}, decades by which the best lies from that of the first map; {@code costOfFirst}, what the first map's choice
 * costs here, in the unit. The last three are those of the later maps, where the settings are the same.
 */
final class MapClaims {
    private MapClaims() {}

    static List<Claim> of(List<ArmMap> maps) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            HeatMap map = maps.get(i).map();
            HeatMap first = maps.get(0).map();
            boolean comparable = i > 0 && map.x().equals(first.x()) && map.y().equals(first.y());
            claims.add(Claim.reported(
                            "M" + (i + 1),
                            map.title() + ": " + best(map),
                            "how large the region of good choices is, how the best of one setting moves with the other"
                                    + (comparable ? ", and what the choice of the first map costs here" : ""),
                            measured(map, comparable ? first : null))
                    .reconstructed("Only told: numbers for how easily settings are chosen are the lab's own."));
        }
        return claims;
    }

    private static String best(HeatMap map) {
        return map.best()
                .map(place -> "the best is at "
                        + (map.y().name().isEmpty()
                                ? ""
                                : map.y().name() + " " + map.y().labels().get(place.row()) + " and ")
                        + map.x().name() + " " + map.x().labels().get(place.column())
                        + (map.isBestAtEdge() ? ", on the edge of the map: beyond it there may be a better one." : "."))
                .orElse("there is no best, since every run diverged.");
    }

    private static Map<String, Double> measured(HeatMap map, @org.jspecify.annotations.Nullable HeatMap first) {
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("best", map.best().map(place -> map.at(place).value()).orElse(Double.NaN));
        measured.put("goodPart", map.goodPart());
        measured.put("slope", map.slope().orElse(Double.NaN));
        if (first != null) {
            measured.put("movedX", moved(map.x(), map, first, true));
            measured.put("movedY", moved(map.y(), map, first, false));
            measured.put("costOfFirst", map.costOfChoice(first));
        }
        return measured;
    }

    private static double moved(HeatMap.Axis axis, HeatMap map, HeatMap first, boolean across) {
        if (map.best().isEmpty() || first.best().isEmpty()) {
            return Double.NaN;
        }
        HeatMap.Place here = map.best().get();
        HeatMap.Place there = first.best().get();
        return axis.logarithm(across ? here.column() : here.row()).orElse(Double.NaN)
                - axis.logarithm(across ? there.column() : there.row()).orElse(Double.NaN);
    }
}
