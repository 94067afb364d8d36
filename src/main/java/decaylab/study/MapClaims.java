package decaylab.study;

import decaylab.chart.HeatMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What maps tell of how easily two settings are chosen, only reported. Keys of {@code measured}: {@code best}, in the map's unit;
 * {@code goodPart} of the cells are nearly as good, {@code goodArea} in square decades; {@code slope} of the ridge, decades a
 * decade; {@code movedX} and {@code movedY}, decades by which the best lies from that of another map; {@code costOfFirst}, what
 * that map's choice costs here, in the unit. The last three are those of maps that are compared with another.
 */
final class MapClaims {
    private MapClaims() {}

    /** Those of the maps of a sweep, M1 and so on; later ones are compared with the first where they have the same settings. */
    static List<Claim> of(List<ArmMap> maps) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            HeatMap map = maps.get(i).map();
            HeatMap first = maps.get(0).map();
            boolean comparable = i > 0 && map.x().equals(first.x()) && map.y().equals(first.y());
            claims.add(comparable ? of("M" + (i + 1), map, first) : of("M" + (i + 1), map));
        }
        return claims;
    }

    /** That of one map. */
    static Claim of(String id, HeatMap map) {
        return claim(id, map, "", measured(map));
    }

    /**
     * That of one map, compared with another.
     *
     * @param first with the same axes
     */
    static Claim of(String id, HeatMap map, HeatMap first) {
        Map<String, Double> measured = measured(map);
        measured.put("movedX", moved(map.x(), map, first, true));
        measured.put("movedY", moved(map.y(), map, first, false));
        measured.put("costOfFirst", map.costOfChoice(first));
        return claim(id, map, ", and what the choice of " + first.title() + " costs here", measured);
    }

    private static Claim claim(String id, HeatMap map, String also, Map<String, Double> measured) {
        return Claim.reported(
                        id,
                        map.title() + ": " + best(map),
                        "how large the region of good choices is, how the best of one setting moves with the other"
                                + also,
                        measured)
                .reconstructed("Only told: numbers for how easily settings are chosen are the lab's own.");
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

    private static Map<String, Double> measured(HeatMap map) {
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("best", map.best().map(place -> map.at(place).value()).orElse(Double.NaN));
        measured.put("goodPart", map.goodPart());
        measured.put("goodArea", map.goodArea().orElse(Double.NaN));
        measured.put("slope", map.slope().orElse(Double.NaN));
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
