package decaylab.ui.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out the knots that a straight line replaces: of a stretch, the one that is farthest from the line between its ends
 * stays where it is farther than the tolerance (Ramer 1972; Douglas and Peucker 1973, with vertical distances).
 */
final class Thin {
    private Thin() {}

    /** @param tolerance in units of the value, at least 0 */
    static List<Knot> of(List<Knot> knots, double tolerance) {
        if (knots.size() < 3) {
            return knots;
        }
        boolean[] kept = new boolean[knots.size()];
        kept[0] = true;
        kept[knots.size() - 1] = true;
        List<int[]> stretches = new ArrayList<>(); // not recursive: a staircase would go as deep as it has steps
        stretches.add(new int[] {0, knots.size() - 1});
        while (!stretches.isEmpty()) {
            int[] ends = stretches.remove(stretches.size() - 1);
            int farthest = farthest(knots, ends[0], ends[1], tolerance);
            if (farthest > 0) {
                kept[farthest] = true;
                stretches.add(new int[] {ends[0], farthest});
                stretches.add(new int[] {farthest, ends[1]});
            }
        }
        List<Knot> thinned = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                thinned.add(knots.get(i));
            }
        }
        return thinned;
    }

    /** The place of the knot that is farthest from the line; 0 where all are near enough. */
    private static int farthest(List<Knot> knots, int first, int last, double tolerance) {
        Knot from = knots.get(first);
        Knot to = knots.get(last);
        double slope = (to.value() - from.value()) / (to.step() - from.step());
        double most = tolerance + 1e-12 * Math.max(from.value(), to.value()); // rounding is no bend
        int farthest = 0;
        for (int i = first + 1; i < last; i++) {
            Knot knot = knots.get(i);
            double distance = Math.abs(from.value() + slope * (knot.step() - from.step()) - knot.value());
            if (distance > most) {
                most = distance;
                farthest = i;
            }
        }
        return farthest;
    }
}
